import { join } from 'node:path';
import { type AccountId, type AccountRecord, tableAccounts } from '../../src/accounts';
import { loadCalendar } from '../../src/calendar';
import { tableIssues, tableKnown, tableRequests } from '../../src/requests';
import { type CountSources, disabledControls, type Scores, tableScores } from '../../src/scores';
import { dataAccess, type Purpose } from '../data-access';
import type { WhichBot } from '../which-bot';
import { commandClock } from './command-clock';

/** What is said of an account beside its score. */
export type ScoredAccount = Partial<Pick<AccountRecord, 'name' | 'kind' | 'project'>>;

/** The scores of a bot, as the commands see them. */
export interface OpenScores {
  readonly scores: Scores;
  readonly counts: CountSources & Pick<ReturnType<typeof tableKnown>, 'accounts'>;
  /** Nothing of an account that nobody has registered. */
  readonly about: (account: AccountId) => ScoredAccount;
}

/**
 * Reads the scores of a bot.
 * @throws NoBotError when there is none
 */
export async function openScores(bot: WhichBot, purpose: Purpose): Promise<OpenScores> {
  // First: it says where the running bot's data files are.
  const { table, run } = await dataAccess(bot, purpose);
  const configDir = process.env['CONFIG_DIR'] || join(__dirname, '..', '..', 'config');
  const known = tableKnown(table);
  const scores = tableScores(table);
  const accounts = new Map(
    (await tableAccounts(table).all()).map(({ id, name, kind, project }): [AccountId, ScoredAccount] => [
      id,
      { kind, ...(name !== undefined && { name }), ...(project !== undefined && { project }) },
    ]),
  );
  return {
    scores,
    counts: {
      scores,
      issues: tableIssues(table),
      requests: tableRequests(table, () => undefined),
      known,
      accounts: () => known.accounts(),
      calendar: loadCalendar(join(configDir, 'calendar.yml'), {
        timeZone: process.env['TIME_ZONE'] || 'Asia/Tokyo',
        quiet: false,
      }),
      disabled: (account) => disabledControls(account, { table }),
      now: await commandClock(run),
    },
    about: (account) => accounts.get(account) ?? {},
  };
}
