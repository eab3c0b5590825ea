import * as z from 'zod';
import { ACCOUNT_KINDS, principal } from '../accounts';

export const MAX_NAME = 80;
/** Characters that a purpose, a cost note and a field of the deployment's own may have. */
export const TEXT_LENGTH = 1000;

const Person = z.string().transform((text, context) => {
  const id = principal(text);
  if (id) return id;
  context.addIssue({ code: 'custom', message: `"${text}" is no Slack user or user group` });
  return z.NEVER;
});

const NAME = z.string().trim().min(1).max(MAX_NAME);
const TEXT = z.string().trim().min(1).max(TEXT_LENGTH);

/** The form of a channel's name in Slack, without its `#`. */
const NEW_CHANNEL = /^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u;

/** What is registered of an account once it exists. */
const Registered = z.object({
  name: NAME,
  kind: z.enum(ACCOUNT_KINDS),
  owner: Person.optional(),
  deputy: Person.optional(),
  project: NAME.optional(),
  mail: z.email().max(254).optional(),
  channel: z
    .string()
    .regex(/^[CG][A-Z0-9]{2,20}$/)
    .optional(),
});

/** What somebody asks for who wants an account: the frozen payload of the change. */
export const AccountWish = Registered.extend({
  owner: Person,
  mail: z.email().max(254),
  purpose: TEXT,
  /** The name of a channel that somebody has still to create. */
  newChannel: z.string().regex(NEW_CHANNEL).optional(),
  cost: TEXT.optional(),
  /** The deployment's own fields, by their id. */
  fields: z.record(z.string(), z.string().max(TEXT_LENGTH)),
});
export type AccountWish = z.infer<typeof AccountWish>;

/** What is registered of an account that somebody has made, or that has been there before. */
export const RegisterPayload = Registered.extend({
  /** Id of the account request that it fulfils; absent for an account that nobody has asked for here. */
  request: z.string().min(1).optional(),
  /** Why it is registered although checks are missing. */
  unchecked: TEXT.optional(),
});
export type RegisterPayload = z.infer<typeof RegisterPayload>;
