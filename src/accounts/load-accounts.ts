import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ConfigError, type Problem, readText, readYaml, section } from '../config';
import {
  ACCOUNT_KINDS,
  type Account,
  type AccountId,
  type AccountKind,
  type AccountLookup,
  accountId,
  MODES,
  type Mode,
  principal,
} from './account';
import { type AccountFields, registeredAccount } from './account-record';
import { unregisteredAccount } from './unregistered-account';

/** What the deployment says for accounts, and for entries, that do not say it themselves. */
export interface AccountDefaults {
  /** The kind of an account that is not in the register. */
  readonly kind: AccountKind;
  /** The mode of a registered account that names none. */
  readonly mode: Mode;
}

/** One account as the file has it. */
export interface AccountEntry extends AccountFields {
  readonly id: AccountId;
  readonly source: 'file';
}

/** The accounts of `config/accounts.yml`. What the bot goes by is the table, into which they are imported once. */
export interface AccountFile {
  readonly lookup: AccountLookup;
  /** Its accounts, in the file's order. */
  list(): readonly Account[];
  readonly entries: readonly AccountEntry[];
  /** sha-256 of its text: whether it has been edited since it was imported. */
  readonly hash: string;
}

const ACCOUNT_ID = z.string().transform((text, context) => {
  const id = accountId(text);
  if (id) return id;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is no account id; write its twelve digits in quotes, leading zeros too`,
  });
  return z.NEVER;
});

const PRINCIPAL = z.string().transform((text, context) => {
  const id = principal(text);
  if (id) return id;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is no Slack id; write a user (U…, W…) or a user group (S…)`,
  });
  return z.NEVER;
});

/** The id of a channel in which requests are posted. */
export const CHANNEL = z
  .string()
  .regex(
    /^[CG][A-Z0-9]{2,20}$/,
    'write the id of a shared channel (C… or G…), not its name, and no direct message',
  );

const REGISTER = section({
  accounts: z.array(
    section({
      id: ACCOUNT_ID,
      name: z.string().min(1, 'write a name').max(80, 'write at most 80 characters'),
      kind: z.enum(ACCOUNT_KINDS),
      owner: PRINCIPAL.optional(),
      deputy: PRINCIPAL.optional(),
      channel: CHANNEL.optional(),
      mode: z.enum(MODES).optional(),
      project: z
        .string()
        .min(1, 'write the name of a project')
        .max(80, 'write at most 80 characters')
        .optional(),
      mail: z.email('write a mail address').max(254, 'write at most 254 characters').optional(),
    }),
  ),
  channels: z
    .unknown()
    .refine((said) => said === undefined, {
      error: 'the languages of channels are in channels.yml beside this file; move these lines there',
    })
    .optional(),
});

/**
 * Reads the accounts that come with a deployment.
 * @throws {ConfigError} when the file is wrong or lists an account twice
 */
export function loadAccounts(file: string, defaults: AccountDefaults): AccountFile {
  const { value, problemAt } = readYaml(file, REGISTER);
  const entries = new Map<AccountId, AccountEntry>();
  const problems: Problem[] = [];
  for (const [index, { owner, deputy, channel, mode, project, mail, ...entry }] of value.accounts.entries()) {
    if (entries.has(entry.id)) {
      problems.push(problemAt(['accounts', index, 'id'], `${entry.id} is listed twice; keep one of the two`));
    }
    entries.set(entry.id, {
      ...entry,
      ...(mode !== undefined && { mode }),
      ...(owner !== undefined && { owner }),
      ...(deputy !== undefined && { deputy }),
      ...(channel !== undefined && { channel }),
      ...(project !== undefined && { project }),
      ...(mail !== undefined && { mail }),
      status: 'active',
      source: 'file',
    });
  }
  if (problems.length > 0) throw new ConfigError(file, problems);
  const list = [...entries.values()].map((entry) => registeredAccount(entry, defaults.mode));
  const accounts = new Map(list.map((account) => [account.id, account]));
  return {
    lookup: (id) => accounts.get(id) ?? unregisteredAccount(id, defaults),
    list: () => list,
    entries: [...entries.values()],
    hash: createHash('sha256').update(readText(file)).digest('base64url'),
  };
}
