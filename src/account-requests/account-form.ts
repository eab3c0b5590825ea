import * as z from 'zod';
import { ConfigError, readYaml, section } from '../config';
import type { Language } from '../playbooks';
import type { AccountStep } from './account-request';

/** A field that the deployment has added to the form. */
export interface FormField {
  readonly id: string;
  readonly label: Readonly<Record<Language, string>>;
  readonly type: 'text' | 'select';
  readonly required: boolean;
  /** Of a select. */
  readonly options: readonly string[];
}

/** A step that people take within so many working days, or are called. */
export type LimitedStep = Exclude<AccountStep, 'requested' | 'approved'>;

/** `config/account-request.yml`: further fields of the form, and how long the steps may take. */
export interface AccountForm {
  readonly fields: readonly FormField[];
  /** Working days since the step before. */
  readonly limits: Readonly<Record<LimitedStep, number>>;
}

const MAX_FIELDS = 20;
const LIMITS: AccountForm['limits'] = { created: 2, baseline: 1, registered: 1, ready: 2 };

const LABEL = z.string().trim().min(1).max(100, 'write at most 100 characters');
const DAYS = z
  .int('write a whole number of working days')
  .min(1, 'write at least 1')
  .max(60, 'write at most 60');
const FIELD = section({
  id: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,39}$/,
      'write small letters, digits and hyphens, at most 40, such as cost-center',
    ),
  label: section({ ja: LABEL, en: LABEL }),
  type: z.enum(['text', 'select']),
  required: z.boolean().optional(),
  options: z
    .array(z.string().trim().min(1).max(75, 'write at most 75 characters'))
    .min(1, 'write at least one')
    .max(100, 'write at most 100')
    .optional(),
});
const FORM = section({
  limits: section({
    created: DAYS.optional(),
    baseline: DAYS.optional(),
    registered: DAYS.optional(),
    ready: DAYS.optional(),
  }).optional(),
  fields: z.array(FIELD).max(MAX_FIELDS, `write at most ${MAX_FIELDS} fields`).nullish(),
});

/**
 * Reads what a deployment wants to know of a new account.
 * @throws {ConfigError} naming file, line and column of everything that is wrong
 */
export function loadAccountForm(file: string): AccountForm {
  const { value, problemAt } = readYaml(file, FORM);
  const fields = value.fields ?? [];
  const problems = fields.flatMap(({ id, type, options }, index) => [
    ...(fields.findIndex((other) => other.id === id) < index
      ? [problemAt(['fields', index, 'id'], `there is a field "${id}" already; give each an id of its own`)]
      : []),
    ...(type === 'select' && options === undefined
      ? [problemAt(['fields', index], `"${id}" is a select; write its options`)]
      : []),
    ...(type === 'text' && options !== undefined
      ? [
          problemAt(
            ['fields', index, 'options'],
            `"${id}" is a text; remove the options or write type: select`,
          ),
        ]
      : []),
    ...(new Set(options).size < (options ?? []).length
      ? [problemAt(['fields', index, 'options'], `"${id}" has an option twice; write each once`)]
      : []),
  ]);
  if (problems.length > 0) throw new ConfigError(file, problems);
  const { created, baseline, registered, ready } = value.limits ?? {};
  return {
    fields: fields.map(({ id, label, type, required = false, options = [] }) => ({
      id,
      label,
      type,
      required,
      options,
    })),
    limits: {
      created: created ?? LIMITS.created,
      baseline: baseline ?? LIMITS.baseline,
      registered: registered ?? LIMITS.registered,
      ready: ready ?? LIMITS.ready,
    },
  };
}
