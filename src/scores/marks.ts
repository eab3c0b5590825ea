import type { AccountId } from '../accounts';
import type { Calendar } from '../calendar';
import type { ControlId } from '../controls';
import { type Issue, type Issues, requestKeyOf, requestRef, type Seen } from '../requests';
import { amendOrCreate, derivedId } from '../store';
import { newAccountScore } from './account-score';
import { SILENT_AFTER_MS, standardsOf } from './control-reading';
import { newControlScore } from './control-score';
import type { Scores } from './scores';

/** A control is counted so long after the first of its issues was written: a flood is counted once. */
export const COUNT_AFTER_MS = 60_000;
/** A mark may be relied on for so long: who finds it set, or has set it, need not set it again. */
const RELIED_ON_MS = 15_000;
/** An issue written so long after it was announced is announced once more. */
const LATE_MS = 2 * RELIED_ON_MS;
/**
 * A count leaves a mark that is younger than this: a write that relies on it may still be on its way. Longer than the
 * above by what two clocks may differ.
 */
export const MARK_STAYS_MS = 45_000;
/** A refresh after so long comes to a control that may have been counted without the issue, as silent. */
const RETURNS_AFTER_MS = SILENT_AFTER_MS - 3_600_000;
const REMEMBERED = 50_000;

export interface MarkSources {
  readonly scores: Scores;
  readonly calendar: Pick<Calendar, 'dayOf'>;
  readonly now: () => Date;
}

/** What an issue says for the score: two issues that say the same count the same. */
export function countsAs(issue: Issue): string {
  const findings = Object.entries<Seen>(issue.findings)
    .map(([key, seen]) =>
      [
        key,
        seen.compliance ?? '',
        seen.recordState,
        seen.workflow === 'SUPPRESSED',
        seen.direct === true && issue.state === 'suppressed',
        standardsOf(seen, issue).join(' '),
      ].join('|'),
    )
    .sort();
  const excepted = issue.cause?.by === 'exception' && issue.state.startsWith('suppress');
  return derivedId(...findings, String(excepted));
}

/** Has an account counted at this moment, or earlier if it is to be anyway. */
async function wakeScore(account: AccountId, at: Date, sources: MarkSources): Promise<void> {
  const wakeAt = at.toISOString();
  const { scores, calendar, now } = sources;
  await amendOrCreate(
    scores.ofAccounts,
    account,
    () => newAccountScore(account, calendar.dayOf(now()), at),
    (score) => (score.wakeAt <= wakeAt ? undefined : { ...score, wakeAt }),
  );
}

/** A mark from a clock that runs ahead proves nothing. */
function isReliable(marked: number, now: number): boolean {
  return marked <= now && now < marked + RELIED_ON_MS;
}

/** @returns when the mark was set that may be relied on now */
async function markControl(account: AccountId, control: ControlId, sources: MarkSources): Promise<number> {
  const { scores, now } = sources;
  const time = now().getTime();
  const at = new Date(time).toISOString();
  const { record } = await amendOrCreate(
    scores.ofControls,
    { account, control },
    async () => {
      // Before there is a record: who finds one takes it for noted.
      await scores.noteControl(control, at);
      return { ...newControlScore(account, control, at), marked: at };
    },
    ({ marked, ...score }) =>
      // An older one is set anew: it may be on the point of being counted, without what is to be written now.
      marked !== undefined && isReliable(Date.parse(marked), time) ? undefined : { ...score, marked: at },
  );
  return Date.parse(record.marked ?? at);
}

/**
 * The issues, with every write that changes what a control comes to announced before it is done: the control is marked
 * and its account's clock set, so that a crash between the two counts once too often and never too seldom.
 */
export function markingIssues(issues: Issues, sources: MarkSources): Issues {
  const marks = new Map<string, number>();
  const mark = async (issue: Issue): Promise<number> => {
    const ref = requestRef(requestKeyOf(issue));
    const now = sources.now().getTime();
    const known = marks.get(ref);
    if (known !== undefined && isReliable(known, now)) return known;
    const marked = await markControl(issue.account, issue.control, sources);
    await wakeScore(issue.account, new Date(now + COUNT_AFTER_MS), sources);
    if (marks.size >= REMEMBERED) marks.clear();
    marks.set(ref, marked);
    return marked;
  };
  const announced = async (issue: Issue, write: (issue: Issue) => Promise<boolean>): Promise<boolean> => {
    if (issue.product !== 'control') return write(issue);
    const says = countsAs(issue);
    const next: Issue = { ...issue, counts: `${says} ${issue.lastSeen}` };
    const [said, seen = ''] = issue.counts?.split(' ') ?? [];
    if (said === says && Date.parse(issue.lastSeen) < Date.parse(seen) + RETURNS_AFTER_MS) return write(next);
    const marked = await mark(issue);
    const written = await write(next);
    if (written && sources.now().getTime() > marked + LATE_MS) await mark(issue);
    return written;
  };
  return {
    load: (key) => issues.load(key),
    of: (request) => issues.of(request),
    create: (issue) => announced(issue, issues.create),
    replace: (issue, version) => announced(issue, (next) => issues.replace(next, version)),
  };
}
