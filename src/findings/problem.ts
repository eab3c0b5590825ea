import type * as z from 'zod';

/** Says in one sentence what is wrong with a field, for the person who looks into the quarantine. */
export function sentence(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'The field is missing.';
  switch (issue.code) {
    case 'invalid_type':
      return `Expected ${EXPECTED[issue.expected] ?? issue.expected}, found ${found(issue.input)}.`;
    case 'invalid_value':
      return `Expected one of ${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return 'The field is empty.';
    case 'too_big':
      return `The field is longer than ${issue.maximum} characters.`;
    default:
      return 'The field does not have the form that it should have.';
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list with at least one entry',
};

function found(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return 'one out of range';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
