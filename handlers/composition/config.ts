import { join, resolve } from 'node:path';
import { type AccessRules, loadAccessRules } from '../../src/access';
import { type AccountForm, loadAccountForm } from '../../src/account-requests';
import {
  type AccountDefaults,
  type AccountFile,
  type ChannelFile,
  loadAccounts,
  loadChannels,
} from '../../src/accounts';
import { loadCalendar } from '../../src/calendar';
import { type Catalogue, loadCatalogue } from '../../src/controls';
import { loadPlaybooks } from '../../src/playbooks';
import { loadPolicy, type PolicyFile } from '../../src/policy';
import { loadScoreRules } from '../../src/scores';
import type { Settings } from '../../src/settings';

/** The data files of `config/`, checked. */
export interface Config {
  readonly catalogue: Catalogue;
  readonly policy: PolicyFile;
  /** What the file says; the bot goes by `Bot.accounts`. */
  readonly accounts: AccountFile;
  readonly channels: ChannelFile;
  readonly playbooks: ReturnType<typeof loadPlaybooks>;
  readonly access: AccessRules;
  readonly accountForm: AccountForm;
  readonly calendar: ReturnType<typeof loadCalendar>;
  readonly scoreRules: ReturnType<typeof loadScoreRules>;
}

/** What an account is whose record or file entry does not say. */
export function accountDefaults(settings: Pick<Settings, 'UNKNOWN_ACCOUNT_MODE'>): AccountDefaults {
  return { kind: 'production', mode: settings.UNKNOWN_ACCOUNT_MODE };
}

/** @throws ConfigError naming file, line and column of what is wrong */
export function loadConfig(
  settings: Pick<Settings, 'CONFIG_DIR' | 'UNKNOWN_ACCOUNT_MODE' | 'TIME_ZONE' | 'QUIET'> &
    Partial<Pick<Settings, 'PLAYBOOK_OVERRIDES'>>,
): Config {
  const file = (name: string) => join(settings.CONFIG_DIR, name);
  const overrides = settings.PLAYBOOK_OVERRIDES;
  const catalogue = loadCatalogue(settings.CONFIG_DIR);
  return {
    catalogue,
    policy: loadPolicy(file('policy.yml'), catalogue),
    accounts: loadAccounts(file('accounts.yml'), accountDefaults(settings)),
    channels: loadChannels(file('channels.yml')),
    playbooks: loadPlaybooks(file('playbooks'), overrides && resolve(settings.CONFIG_DIR, overrides)),
    access: loadAccessRules(file('access.yml')),
    accountForm: loadAccountForm(file('account-request.yml')),
    calendar: loadCalendar(file('calendar.yml'), {
      timeZone: settings.TIME_ZONE,
      quiet: settings.QUIET === 'on',
    }),
    scoreRules: loadScoreRules(file('scores.yml')),
  };
}
