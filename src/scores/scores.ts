import { type AccountId, accountId } from '../accounts';
import { addDays, type Day } from '../calendar';
import type { ControlId } from '../controls';
import { type Creatable, type Item, type Key, type Page, recordType, type Table } from '../store';
import type { AccountScore, DayScore } from './account-score';
import type { ControlScore } from './control-score';
import type { OrganisationWeek, Snapshot } from './snapshot';

/** Names what one control counts in one account. */
export interface ControlScoreKey {
  readonly account: AccountId;
  readonly control: string;
}

/** All that is kept of scores. */
export interface Scores {
  readonly ofAccounts: Creatable<AccountId, AccountScore> & {
    /** Every account's, page by page: what is folded need not be held. */
    pages(): AsyncIterable<readonly AccountScore[]>;
  };
  readonly ofControls: Creatable<ControlScoreKey, ControlScore> & {
    /** All controls of an account that have ever been counted. */
    of(account: AccountId): Promise<readonly ControlScore[]>;
  };
  /** The day's snapshot; written again it is the same. */
  keepSnapshot(snapshot: Snapshot): Promise<void>;
  /** The last so many days of an account for which there are any, oldest first. */
  snapshots(account: AccountId, days: number): Promise<readonly Snapshot[]>;
  keepWeek(week: OrganisationWeek): Promise<void>;
  /** The last so many weeks, oldest first. */
  weeks(count: number): Promise<readonly OrganisationWeek[]>;
  /** Remembers when the organisation first had a finding of a control. */
  noteControl(control: ControlId, at: string): Promise<void>;
  /** Every control with the time of its first finding. */
  firstSeen(): Promise<readonly { readonly control: ControlId; readonly at: string }[]>;
}

/** How long snapshots are kept. */
export const KEPT_DAYS = 400;
const DAY_MS = 24 * 3_600_000;

const SEPARATOR = ',';
/** A single day without data is something else than no day. */
const NO_SCORE = '-';

const ACCOUNTS = 'SCORES';
const WEEKS = 'SCORES#WEEKS';
const CONTROLS = 'SCORES#CONTROLS';
const partition = (account: string) => `SCORE#${account}`;
const accountKey = (account: string): Key => ({ pk: ACCOUNTS, sk: account });
const controlKey = ({ account, control }: ControlScoreKey): Key => ({
  pk: partition(account),
  sk: `C#${control.toLowerCase()}`,
});

/** The recent days as one short text: lists of numbers are slow to read five hundred times. */
type StoredAccountScore = Omit<AccountScore, 'recent'> & { readonly recent: string };

function toRecent(recent: readonly DayScore[]): string {
  return recent.map(({ score }) => score ?? NO_SCORE).join(SEPARATOR);
}

function fromRecent(text: string, day: Day): DayScore[] {
  if (text === '') return [];
  const scores = text.split(SEPARATOR);
  return scores.map((score, index) => ({
    day: addDays(day, index - scores.length),
    score: score === NO_SCORE ? undefined : Number(score),
  }));
}

const accountScoreItems = recordType<StoredAccountScore>('account-score');
const controlScoreItems = recordType<ControlScore>('control-score');
const snapshotItems = recordType<Snapshot & { readonly expiresAt: number }>('score-snapshot');
const weekItems = recordType<OrganisationWeek>('score-week');

function toAccountItem(score: AccountScore): Item {
  const stored: StoredAccountScore = { ...score, recent: toRecent(score.recent) };
  return accountScoreItems.toItem(accountKey(score.account), stored, { dueAt: score.wakeAt });
}

function fromAccountItem(item: Item): AccountScore {
  const { recent, ...score } = accountScoreItems.fromItem(item);
  return { ...score, recent: fromRecent(recent, score.day) };
}

/** The account of an item that the clock has come to. */
export function scoredAccount(item: Item): AccountId | undefined {
  return accountId(item.sk);
}

export function tableScores(table: Table): Scores {
  const toControlItem = (score: ControlScore) => controlScoreItems.toItem(controlKey(score), score);
  const last = async (pk: string, begins: string, limit: number): Promise<readonly Item[]> => {
    const items: Item[] = [];
    let from: Page['next'];
    do {
      const page = await table.query(pk, {
        begins,
        backwards: true,
        limit: limit - items.length,
        ...(from && { from }),
      });
      items.push(...page.items);
      from = page.next;
    } while (from && items.length < limit);
    return items.reverse();
  };
  return {
    ofAccounts: {
      async load(account) {
        const item = await table.get(accountKey(account));
        return item && fromAccountItem(item);
      },
      create: (score) => table.create(toAccountItem(score)),
      replace: (score, version) => table.replace(toAccountItem(score), version),
      async *pages() {
        let from: Page['next'];
        do {
          const page: Page = await table.query(ACCOUNTS, { ...(from && { from }) });
          yield page.items.map(fromAccountItem);
          from = page.next;
        } while (from);
      },
    },
    ofControls: {
      async load(key) {
        const item = await table.get(controlKey(key));
        return item && controlScoreItems.fromItem(item);
      },
      create: (score) => table.create(toControlItem(score)),
      replace: (score, version) => table.replace(toControlItem(score), version),
      of: async (account) => (await table.all(partition(account), 'C#')).map(controlScoreItems.fromItem),
    },
    async keepSnapshot(snapshot) {
      const expiresAt =
        Math.floor(Date.parse(`${snapshot.day}T00:00:00Z`) / 1_000) + KEPT_DAYS * (DAY_MS / 1_000);
      const key: Key = { pk: partition(snapshot.account), sk: `D#${snapshot.day}` };
      await table.put(snapshotItems.toItem(key, { ...snapshot, expiresAt }));
    },
    async snapshots(account, days) {
      return (await last(partition(account), 'D#', days)).map((item) => {
        const { expiresAt: _, ...snapshot } = snapshotItems.fromItem(item);
        return snapshot;
      });
    },
    async keepWeek(week) {
      await table.put(weekItems.toItem({ pk: WEEKS, sk: `W#${week.week}` }, week));
    },
    weeks: async (count) => (await last(WEEKS, 'W#', count)).map(weekItems.fromItem),
    async noteControl(control, at) {
      await table.create({ pk: CONTROLS, sk: control.toLowerCase(), control, at });
    },
    async firstSeen() {
      return (await table.all(CONTROLS)).map(({ control, at }) => ({
        control: String(control) as ControlId,
        at: String(at),
      }));
    },
  };
}
