import { memoryTable } from '../../bench/memory-table';
import { type Calendar, loadCalendar } from '../../src/calendar';
import {
  type Issue,
  type Issues,
  issueKeyOf,
  tableIssues,
  tableKnown,
  tableRequests,
} from '../../src/requests';
import { type CountSources, countAccount, markingIssues, tableScores } from '../../src/scores';
import type { Item, Table } from '../../src/store';
import { manualClock } from '../setup/spine';
import { ACCOUNT, type SeenSketch } from './example-issue';

const SECOND = 1_000;
export const KEY = { account: ACCOUNT, control: 's3.5' };

const calendars = new Map<string, Calendar>();
function calendarOf(timeZone: string): Calendar {
  const calendar = calendars.get(timeZone) ?? loadCalendar('config/calendar.yml', { timeZone, quiet: false });
  calendars.set(timeZone, calendar);
  return calendar;
}

/** Scores on a table in memory, written by several processes; something may happen right before or after a write. */
export function openCounting({ timeZone = 'Asia/Tokyo', start = '2026-11-24T01:00:00.000Z' } = {}) {
  const clock = manualClock(start);
  const calendar = calendarOf(timeZone);
  const memory = memoryTable();
  const written: Item[] = [];
  const hooks: { before?: (item: Item) => Promise<void>; after?: (item: Item) => Promise<void> } = {};
  const around =
    (write: (item: Item) => Promise<boolean>) =>
    async (item: Item): Promise<boolean> => {
      await hooks.before?.(item);
      const done = await write(item);
      if (done) written.push(item);
      await hooks.after?.(item);
      return done;
    };
  const table: Table = {
    ...memory,
    create: around(memory.create),
    replace: (item, version) => around((one) => memory.replace(one, version))(item),
  };
  const scores = tableScores(table);
  const process = () => markingIssues(tableIssues(table), { scores, calendar, now: clock.now });
  const disabled = new Map<string, ReadonlySet<string>>();
  const counts: CountSources = {
    scores,
    issues: tableIssues(table),
    requests: tableRequests(table, () => undefined),
    known: tableKnown(table),
    calendar,
    disabled: async () => disabled,
    now: clock.now,
  };
  return {
    clock,
    hooks,
    /** Regions in which a control, in lower case, is known to be switched off. */
    disabled,
    scores,
    counts,
    process,
    marks: () =>
      written.filter(({ type, marked }) => type === 'control-score' && marked !== undefined).length,
    count: () => countAccount(ACCOUNT, counts),
    /** The counts that the account's clock asks for in the next minutes. */
    async settle() {
      for (let times = 0; times < 3; times += 1) {
        clock.advance(61 * SECOND);
        const score = await scores.ofAccounts.load(ACCOUNT);
        if (score !== undefined && score.wakeAt <= clock.now().toISOString())
          await countAccount(ACCOUNT, counts);
      }
    },
    status: async () => (await scores.ofControls.load(KEY))?.status,
  };
}

/** The issue, whose one finding says something else. */
export function saying(issue: Issue, said: SeenSketch): Issue {
  const [entry] = Object.entries(issue.findings);
  if (entry === undefined) throw new Error('an issue without findings');
  const [key, seen] = entry;
  return { ...issue, findings: { [key]: { ...seen, ...said } } as Issue['findings'] };
}

/** Writes what the issue says now over what stands there. */
export async function write(issues: Issues, issue: Issue): Promise<void> {
  const stored = await issues.load(issueKeyOf(issue));
  if (stored === undefined) expect(await issues.create(issue)).toBe(true);
  else {
    const { counts } = stored;
    const next = { ...issue, ...(counts !== undefined && { counts }), version: stored.version + 1 };
    expect(await issues.replace(next, stored.version)).toBe(true);
  }
}
