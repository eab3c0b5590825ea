import * as z from 'zod';
import { invalidInput } from './aws-error';
import { type AsffFinding, regionOf } from './finding';

const MAX_ATTRIBUTES = 10;
const MAX_VALUES = 20;
const DAY_MS = 86_400_000;

type Comparison = 'EQUALS' | 'PREFIX' | 'NOT_EQUALS' | 'PREFIX_NOT_EQUALS';

const one = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

/** The filter attributes that the stand-in knows, and the values a finding has for each. */
const STRINGS: Readonly<Record<string, (finding: AsffFinding) => readonly string[]>> = {
  Id: (f) => [f.Id],
  ProductArn: (f) => [f.ProductArn],
  AwsAccountId: (f) => [f.AwsAccountId],
  Region: (f) => [regionOf(f)],
  ComplianceStatus: (f) => one(f.Compliance?.Status),
  ComplianceSecurityControlId: (f) => one(f.Compliance?.SecurityControlId),
  WorkflowStatus: (f) => one(f.Workflow?.Status),
  RecordState: (f) => one(f.RecordState),
  ResourceId: (f) => f.Resources.map((resource) => resource.Id),
  GeneratorId: (f) => one(f.GeneratorId),
  ProductName: (f) => one(f.ProductName),
  SeverityLabel: (f) => one(f.Severity.Label),
  Title: (f) => [f.Title],
};

const DATES: Readonly<Record<string, (finding: AsffFinding) => string>> = {
  UpdatedAt: (f) => f.UpdatedAt,
  CreatedAt: (f) => f.CreatedAt,
};

const stringFilters = z.array(
  z.object({
    Value: z.string(),
    Comparison: z.enum(['EQUALS', 'PREFIX', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS'], {
      error: 'Comparison must be EQUALS, PREFIX, NOT_EQUALS or PREFIX_NOT_EQUALS',
    }),
  }),
);

const date = z.iso.datetime({ offset: true });

const dateFilters = z.array(
  z.union([
    z.strictObject({ DateRange: z.object({ Value: z.number().int().positive(), Unit: z.literal('DAYS') }) }),
    z
      .strictObject({ Start: date.optional(), End: date.optional() })
      .refine(
        (range) => range.Start !== undefined || range.End !== undefined,
        'needs Start, End or DateRange',
      ),
  ]),
);

export type Judge = (finding: AsffFinding) => boolean;

/**
 * Reads GetFindings' `Filters` as AWS does: attributes are and-ed; within one, EQUALS and PREFIX are or-ed,
 * NOT_EQUALS and PREFIX_NOT_EQUALS and-ed; case counts. (`StringFilter` in the SDK's models.)
 * @throws AwsError InvalidInputException for what AWS refuses and for attributes that the stand-in does not know
 */
export function readFilters(filters: Readonly<Record<string, unknown>> | undefined, now: Date): Judge {
  const attributes = Object.entries(filters ?? {});
  if (attributes.length > MAX_ATTRIBUTES) {
    throw invalidInput(`Filters has ${attributes.length} attributes; the limit is ${MAX_ATTRIBUTES}.`);
  }
  const judges = attributes.map(([attribute, values]) => readAttribute(attribute, values, now));
  return (finding) => judges.every((judge) => judge(finding));
}

function readAttribute(attribute: string, values: unknown, now: Date): Judge {
  const strings = Object.hasOwn(STRINGS, attribute) ? STRINGS[attribute] : undefined;
  const dates = Object.hasOwn(DATES, attribute) ? DATES[attribute] : undefined;
  if (Array.isArray(values) && values.length > MAX_VALUES) {
    throw invalidInput(`Filters.${attribute} has ${values.length} values; the limit is ${MAX_VALUES}.`);
  }
  if (strings) return judgeStrings(attribute, parse(attribute, stringFilters, values), strings);
  if (dates) return judgeDates(parse(attribute, dateFilters, values), dates, now);
  throw invalidInput(`Filters.${attribute} is not an attribute that can be filtered by here.`);
}

function parse<T>(attribute: string, schema: z.ZodType<T>, values: unknown): T {
  const read = schema.safeParse(values);
  if (!read.success)
    throw invalidInput(`Filters.${attribute}: ${read.error.issues[0]?.message ?? 'unreadable'}.`);
  return read.data;
}

function judgeStrings(
  attribute: string,
  filters: z.infer<typeof stringFilters>,
  valuesOf: (finding: AsffFinding) => readonly string[],
): Judge {
  const of = (comparison: Comparison) =>
    filters.filter((f) => f.Comparison === comparison).map((f) => f.Value);
  const equals = of('EQUALS');
  const prefixes = of('PREFIX');
  const notEquals = of('NOT_EQUALS');
  const notPrefixes = of('PREFIX_NOT_EQUALS');
  if (equals.length > 0 && notEquals.length + notPrefixes.length > 0) {
    throw invalidInput(`Filters.${attribute} combines EQUALS with NOT_EQUALS or PREFIX_NOT_EQUALS.`);
  }
  const wanted = equals.length + prefixes.length > 0;
  return (finding) => {
    const values = valuesOf(finding);
    const hit = (value: string) =>
      equals.includes(value) || prefixes.some((prefix) => value.startsWith(prefix));
    const excluded = (value: string) =>
      notEquals.includes(value) || notPrefixes.some((prefix) => value.startsWith(prefix));
    return (!wanted || values.some(hit)) && !values.some(excluded);
  };
}

function judgeDates(
  filters: z.infer<typeof dateFilters>,
  timeOf: (finding: AsffFinding) => string,
  now: Date,
): Judge {
  const ranges = filters.map((filter) =>
    'DateRange' in filter
      ? { from: now.getTime() - filter.DateRange.Value * DAY_MS, to: now.getTime() }
      : {
          from: filter.Start === undefined ? Number.NEGATIVE_INFINITY : Date.parse(filter.Start),
          to: filter.End === undefined ? Number.POSITIVE_INFINITY : Date.parse(filter.End),
        },
  );
  return (finding) => {
    const at = Date.parse(timeOf(finding));
    return ranges.some((range) => range.from <= at && at <= range.to);
  };
}

/**
 * Reads GetFindings' `SortCriteria`; without any, findings keep the order in which they first arrived.
 * @throws AwsError InvalidInputException for a field that cannot be sorted by
 */
export function readSort(
  criteria: readonly { readonly Field: string; readonly SortOrder: 'asc' | 'desc' }[],
): (a: AsffFinding, b: AsffFinding) => number {
  const orders = criteria.map(({ Field, SortOrder }) => {
    const strings = Object.hasOwn(STRINGS, Field) ? STRINGS[Field] : undefined;
    const dates = Object.hasOwn(DATES, Field) ? DATES[Field] : undefined;
    const sign = SortOrder === 'asc' ? 1 : -1;
    if (strings)
      return (a: AsffFinding, b: AsffFinding) => sign * compare(strings(a)[0] ?? '', strings(b)[0] ?? '');
    if (dates) {
      return (a: AsffFinding, b: AsffFinding) => sign * (Date.parse(dates(a)) - Date.parse(dates(b)));
    }
    throw invalidInput(`SortCriteria.Field ${Field} is not an attribute that can be sorted by here.`);
  });
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
