import { z } from 'zod';
import { readYaml } from '../config';
import { SEVERITIES } from '../controls';

const AnswerSchema = z.union([
  z.enum(['yes', 'no']),
  z.strictObject({ 'yes-except': z.literal('own-account') }),
  z.strictObject({
    ask: z.enum(['analyst', 'lead']),
    count: z.int().min(1).max(5).optional(),
    other: z.boolean().optional(),
  }),
]);
/** One role's answer in `access.yml`. */
export type Answer = z.infer<typeof AnswerSchema>;

const RuleSchema = z.strictObject({
  severities: z.array(z.enum(SEVERITIES)).min(1).optional(),
  maxDays: z.int().min(1).max(366).optional(),
  member: AnswerSchema.optional(),
  owner: AnswerSchema.optional(),
  analyst: AnswerSchema.optional(),
  lead: AnswerSchema.optional(),
});

const AccessSchema = z.strictObject({
  version: z.literal(1),
  changes: z.record(z.string().regex(/^[a-z][a-z-]*$/), z.array(RuleSchema).min(1)),
});

/** `config/access.yml`, checked: which role may do which kind of change. */
export type AccessRules = z.infer<typeof AccessSchema>;

/** @throws ConfigError naming file, line and column of everything that is wrong */
export function loadAccessRules(file: string): AccessRules {
  return readYaml(file, AccessSchema).value;
}
