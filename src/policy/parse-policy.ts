import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ACCOUNT_KINDS, accountId } from '../accounts';
import {
  type Compiled,
  ConfigError,
  checkCompiled,
  type Path,
  type Problem,
  parseYaml,
  readCompiled,
  readText,
  section,
} from '../config';
import { CATEGORIES, type Catalogue, SEVERITIES } from '../controls';
import { ANSWER_LINE } from './answer';
import { ANY_ACCOUNT } from './explain';
import type { PolicyFile } from './policy-file';
import { type Subject, TREATMENTS, type Treated } from './treatment';
import { unknownControl } from './unknown-control';
import { compile, covers } from './when';

/** One value or a list of them. */
function list<Item extends z.ZodType>(item: Item) {
  return z.preprocess(
    (value): unknown => (Array.isArray(value) ? value : [value]),
    z.array(item).min(1, 'write at least one'),
  );
}

const PATTERN = z
  .string()
  .regex(
    /^[^*\s]+\*?$/,
    'write a control id such as EC2.19, or EC2.* for all of a service; * stands only at the end',
  );
const ACCOUNT = z
  .string()
  .refine((text) => accountId(text) !== undefined, 'write the twelve digits of an account id');
const PRODUCTS = ['control', 'guardduty', 'other'] as const;
const lowerCase = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);
const HOURS = z
  .number()
  .int('write whole hours')
  .min(1, 'write at least 1')
  .max(8760, 'write at most 8760 (a year)');

const WHEN = section({
  control: list(PATTERN).optional(),
  category: list(z.enum(CATEGORIES)).optional(),
  product: list(z.preprocess(lowerCase, z.enum(PRODUCTS))).optional(),
  severity: list(z.enum(SEVERITIES)).optional(),
  account: list(ACCOUNT).optional(),
  kind: list(z.enum(ACCOUNT_KINDS)).optional(),
  region: list(z.string()).optional(),
  tag: z.record(z.string(), list(z.string())).optional(),
});

const POLICY = section({
  deadlines: section({
    CRITICAL: HOURS.optional(),
    HIGH: HOURS.optional(),
    MEDIUM: HOURS.optional(),
    LOW: HOURS.optional(),
    INFORMATIONAL: HOURS.optional(),
    otherwise: HOURS,
  }),
  lines: z
    .array(
      section({
        id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower-case words joined by hyphens'),
        why: z.string().max(300, 'write at most 300 characters').optional(),
        when: WHEN.optional(),
        uncatalogued: z.literal(true, 'write true, or leave it out').optional(),
        treatment: z.enum(TREATMENTS),
        deadlineHours: HOURS.optional(),
      }),
    )
    .min(1, 'write at least one line'),
});

/** Products whose findings have other names than the catalogue's controls. */
const named = (products: readonly string[] | undefined) =>
  products !== undefined && !products.includes('control');

/** The controls of a line that nobody will ever have a finding of, by their place in its list. */
function unknownControls(
  { when, uncatalogued }: z.output<typeof POLICY>['lines'][number],
  catalogue: Catalogue,
): readonly { readonly at: number; readonly text: string }[] {
  if (uncatalogued || named(when?.product)) return [];
  return (when?.control ?? []).flatMap((pattern, at) => {
    const text = unknownControl(pattern, catalogue);
    return text === undefined ? [] : [{ at, text }];
  });
}

/**
 * Reads a policy.
 * @param filename the name to show in messages
 * @param catalogue the controls that its lines may name
 * @param compiled the text's compiled form, where it is known
 * @throws {ConfigError} listing every mistake, lines that can never decide among them
 */
export function parsePolicy(
  text: string,
  filename: string,
  catalogue: Catalogue,
  compiled?: Compiled,
): PolicyFile {
  const { value, problemAt, lineOf } = compiled
    ? checkCompiled(compiled, filename, POLICY)
    : parseYaml(text, filename, POLICY);
  const unknown = value.lines.flatMap((line, index) =>
    unknownControls(line, catalogue).map(({ at, text }) =>
      problemAt(['lines', index, 'when', 'control', at], text),
    ),
  );
  const useless = value.lines.flatMap(({ id, when = {} }, index): readonly Problem[] => {
    const earlier = value.lines.slice(0, index);
    const path = ['lines', index, 'id'];
    if (id === ANSWER_LINE) {
      return [problemAt(path, `"${id}" stands for what is answered in Slack; give the line another id`)];
    }
    if (earlier.some((line) => line.id === id)) {
      return [problemAt(path, `a line before has the id "${id}" too; give each its own`)];
    }
    const shadow = earlier.find((line) => covers(line.when ?? {}, when));
    return shadow
      ? [
          problemAt(
            path,
            `"${id}" never decides, as "${shadow.id}" before it matches all that it matches; move or remove one`,
          ),
        ]
      : [];
  });
  const problems = [...unknown, ...useless];
  const last = value.lines.at(-1);
  if (last && !covers(last.when ?? {}, {})) {
    const path: Path = ['lines', value.lines.length - 1];
    problems.push(
      problemAt(
        path,
        'the last line has a condition; add a line without `when` after it, for everything else',
      ),
    );
  }
  if (problems.length > 0) throw new ConfigError(filename, problems);

  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const { otherwise, ...perSeverity } = value.deadlines;
  const rules = value.lines.map((line) => {
    const { control, category, product, kind, ...narrower } = line.when ?? {};
    const general = { control, category, product, kind };
    return {
      ...line,
      matches: compile(line.when ?? {}),
      mayMatch: compile(general),
      always: Object.values(narrower).every((values) => values === undefined),
    };
  });
  return {
    version,
    text,
    lines: value.lines.map(({ id, treatment, why }, index) => ({
      id,
      treatment,
      ...(why === undefined ? {} : { why }),
      lineNumber: lineOf(['lines', index]),
    })),
    possibleTreatments(about) {
      // The conditions that are asked name no others than these.
      const subject: Subject = { ...about, severity: 'CRITICAL', account: ANY_ACCOUNT, region: '', tags: {} };
      const found = rules.filter(({ mayMatch }) => mayMatch(subject));
      const last = found.findIndex(({ always }) => always);
      return new Set(found.slice(0, last + 1).map(({ treatment }) => treatment));
    },
    treat(subject): Treated {
      const line = rules.find(({ matches }) => matches(subject));
      if (!line) throw new Error('a policy without a catch-all was let through');
      const deadlineHours = line.deadlineHours ?? perSeverity[subject.severity] ?? otherwise;
      const undecided =
        subject.product === 'control' && subject.category === undefined && line.when?.control === undefined;
      return {
        treatment: line.treatment,
        line: line.id,
        version,
        deadlineHours,
        ...(undecided && { undecided }),
      };
    },
  };
}

/**
 * Reads a policy file.
 * @throws {ConfigError} as `parsePolicy` does
 */
export function loadPolicy(file: string, catalogue: Catalogue): PolicyFile {
  return parsePolicy(readText(file), file, catalogue, readCompiled(file));
}
