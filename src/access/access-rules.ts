import * as z from 'zod';
import { ConfigError, type Parsed, type Problem, readYaml } from '../config';
import { SEVERITIES } from '../controls';
import { ACCESS_KINDS, ON_THE_SPOT } from './access-kinds';
import { APPROVER_ROLES, ROLES } from './ruling';

const Approver = z.enum(APPROVER_ROLES);
const ANSWERS =
  'write yes, no, { yes-except: own-account }, { ask: analyst } or { ask: lead }, with count: 2 for two of them, or { ask: [lead, analyst] } for one of each';
const AnswerSchema = z.union(
  [
    z.enum(['yes', 'no']),
    z.strictObject({ 'yes-except': z.literal('own-account') }),
    z.strictObject({ ask: Approver, count: z.int().min(1).max(5).optional() }),
    z.strictObject({ ask: z.array(Approver).min(1).max(5) }),
  ],
  { error: ANSWERS },
);
/** One role's answer in `access.yml`. */
export type Answer = z.infer<typeof AnswerSchema>;

const RuleSchema = z.strictObject({
  severities: z.array(z.enum(SEVERITIES)).min(1).optional(),
  maxDays: z.int().min(1).max(366).optional(),
  'only-if': z.literal('ownerless').optional(),
  member: AnswerSchema.optional(),
  owner: AnswerSchema.optional(),
  analyst: AnswerSchema.optional(),
  lead: AnswerSchema.optional(),
});

const AccessSchema = z.strictObject({
  version: z.literal(1),
  changes: z.record(z.string(), z.array(RuleSchema).min(1)),
  guests: z
    .record(
      z.string().regex(/^[UW][A-Z0-9]{2,}$/, 'is not the id of a Slack user (U…)'),
      z.array(z.enum(ACCESS_KINDS)),
    )
    .nullish(),
});

/** `config/access.yml`, checked: which role may do which kind of change, and which guest may do what. */
export type AccessRules = z.infer<typeof AccessSchema>;

/** @throws ConfigError naming file, line and column of everything that is wrong */
export function loadAccessRules(file: string): AccessRules {
  const parsed = readYaml(file, AccessSchema);
  const problems = [...unknownKinds(parsed), ...pointlessRules(parsed), ...approvalsOnTheSpot(parsed)];
  if (problems.length > 0) throw new ConfigError(file, problems);
  return parsed.value;
}

function unknownKinds({ value, problemAt }: Parsed<AccessRules>): Problem[] {
  return Object.keys(value.changes)
    .filter((kind) => !ACCESS_KINDS.some((known) => known === kind))
    .map((kind) =>
      problemAt(
        ['changes', kind],
        `"${kind}" is not a kind of change; those that there are: ${ACCESS_KINDS.join(', ')}`,
      ),
    );
}

/** The first rule that matches decides: one that comes after all its severities can never do so. */
function pointlessRules({ value, problemAt }: Parsed<AccessRules>): Problem[] {
  return Object.entries(value.changes).flatMap(([kind, rules]) => {
    const decided = new Set<string>();
    return rules.flatMap(({ severities = SEVERITIES }, index) => {
      const pointless = severities.every((severity) => decided.has(severity));
      for (const severity of severities) decided.add(severity);
      return pointless
        ? [
            problemAt(
              ['changes', kind, index],
              'the rules above decide on all of these severities; remove this one',
            ),
          ]
        : [];
    });
  });
}

function approvalsOnTheSpot({ value, problemAt }: Parsed<AccessRules>): Problem[] {
  return ON_THE_SPOT.flatMap((kind) =>
    (value.changes[kind] ?? []).flatMap((rule, index) =>
      ROLES.filter((role) => typeof rule[role] === 'object' && 'ask' in rule[role]).map((role) =>
        problemAt(['changes', kind, index, role], `"${kind}" cannot wait for an approval; write yes or no`),
      ),
    ),
  );
}
