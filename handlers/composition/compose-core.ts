import { accountRegister, tableAccounts } from '../../src/accounts';
import { tableBulletins } from '../../src/bulletins';
import type { Log } from '../../src/log';
import { tableNotices } from '../../src/notices';
import { tablePolicies } from '../../src/policy';
import { tableFlow, tableIdentities, tableIssues, tableKnown, tableRequests } from '../../src/requests';
import { markingIssues, tableScores } from '../../src/scores';
import type { Settings } from '../../src/settings';
import { tableHistory } from '../../src/store';
import { holdUndecided, type Undecided } from '../../src/undecided';
import type { CoreBot } from './bot';
import { accountDefaults, type Config } from './config';
import type { CorePorts } from './ports';

/** What the parts of the bot are put together from. */
export interface Core extends CoreBot {
  readonly undecided: Undecided;
  readonly warn: Log['warn'];
}

export function composeCore(settings: Settings, ports: CorePorts, config: Config): Core {
  const { table, queues, now, log } = ports;
  const register = accountRegister(tableAccounts(table), config.accounts, accountDefaults(settings), now);
  const accounts = register.lookup;
  const warn: Log['warn'] = (message, details) => log.warn(message, details);
  const policies = tablePolicies(table, config.policy, config.catalogue, now, warn);
  const scores = tableScores(table);
  const undecided: Undecided = {
    policies,
    bulletins: tableBulletins(table),
    issues: markingIssues(tableIssues(table), { scores, calendar: config.calendar, now }),
    known: tableKnown(table),
    accounts,
    queues,
    now,
    securityChannel: settings.SECURITY_CHANNEL_ID,
  };
  return {
    settings,
    ports,
    config,
    policies,
    accounts: register,
    scores,
    undecided,
    warn,
    intake: {
      issues: undecided.issues,
      requests: tableRequests(table, (account) => accounts(account).owner),
      history: tableHistory(table),
      queues,
      accounts,
      defaultChannel: settings.DEFAULT_CHANNEL_ID,
      now,
      catalogue: config.catalogue,
      policy: () => policies.current(),
      holdUndecided: (issue) => holdUndecided(issue, undecided),
      notices: tableNotices(table),
      securityChannel: settings.SECURITY_CHANNEL_ID,
      bulletins: undecided.bulletins,
      known: undecided.known,
      flow: tableFlow(table),
      identities: tableIdentities(table),
      calendar: config.calendar,
    },
  };
}
