import { z } from 'zod';
import { ConfigError, type Problem, readYaml, section } from '../config';
import { LANGUAGES, type Language } from '../playbooks';
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

/** What the deployment says for accounts, and for entries, that do not say it themselves. */
export interface AccountDefaults {
  /** The kind of an account that is not in the register. */
  readonly kind: AccountKind;
  /** The mode of an account that is not in the register, and of one whose entry names none. */
  readonly mode: Mode;
}

/** The accounts of `config/accounts.yml`. */
export interface AccountRegister {
  readonly lookup: AccountLookup;
  /** Registered accounts, in the file's order. */
  list(): readonly Account[];
  /** The language set for a channel; undefined when none is, so that the deployment's applies. */
  channelLanguage(channel: string): Language | undefined;
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

const CHANNEL = z
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
    }),
  ),
  channels: z.record(CHANNEL, section({ lang: z.enum(LANGUAGES) })).optional(),
});

/**
 * Reads the account register.
 * @throws {ConfigError} when the file is wrong or lists an account twice
 */
export function loadAccounts(file: string, defaults: AccountDefaults): AccountRegister {
  const { value, problemAt } = readYaml(file, REGISTER);
  const accounts = new Map<AccountId, Account>();
  const problems: Problem[] = [];
  for (const [index, { owner, deputy, channel, mode, ...entry }] of value.accounts.entries()) {
    if (accounts.has(entry.id)) {
      problems.push(problemAt(['accounts', index, 'id'], `${entry.id} is listed twice; keep one of the two`));
    }
    accounts.set(entry.id, {
      ...entry,
      mode: mode ?? defaults.mode,
      ...(owner === undefined ? {} : { owner }),
      ...(deputy === undefined ? {} : { deputy }),
      ...(channel === undefined ? {} : { channel }),
      registered: true,
    });
  }
  if (problems.length > 0) throw new ConfigError(file, problems);
  const languages = new Map(
    Object.entries(value.channels ?? {}).map(([channel, { lang }]) => [channel, lang]),
  );
  const list = [...accounts.values()];
  return {
    lookup: (id) => accounts.get(id) ?? { id, ...defaults, registered: false },
    list: () => list,
    channelLanguage: (channel) => languages.get(channel),
  };
}
