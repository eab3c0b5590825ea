/** A rule of Lambda's filter syntax, as far as this project uses it. */
type Rule = string | { readonly prefix: string } | { readonly suffix: string };

export interface Pattern {
  readonly [field: string]: Pattern | readonly Rule[];
}

const isRules = (pattern: Pattern | readonly Rule[]): pattern is readonly Rule[] => Array.isArray(pattern);

function meets(value: unknown, rule: Rule): boolean {
  if (typeof value !== 'string') return false;
  if (typeof rule === 'string') return value === rule;
  return 'prefix' in rule ? value.startsWith(rule.prefix) : value.endsWith(rule.suffix);
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;

/**
 * Whether Lambda lets a record through: all fields of the pattern, and of each one of its rules.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export function passes(record: unknown, pattern: Pattern | readonly Rule[]): boolean {
  if (isRules(pattern)) return pattern.some((rule) => meets(record, rule));
  return Object.entries(pattern).every(([name, inner]) => passes(field(record, name), inner));
}
