import type { AccountId } from '../accounts';
import type { Calendar } from '../calendar';
import type { ControlId } from '../controls';
import { type Issue, type Issues, requestKeyOf, requestRef, type Seen } from '../requests';
import { amend, derivedId } from '../store';
import { newAccountScore } from './account-score';
import { standardsOf } from './control-reading';
import { newControlScore } from './control-score';
import type { Scores } from './scores';

/** A control is counted so long after the first of its issues was written: a flood is counted once. */
export const COUNT_AFTER_MS = 60_000;
/** A process does not mark the same control again for so long; shorter than the above, so that no write is missed. */
const MARKED_FOR_MS = 30_000;
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
export async function wakeScore(account: AccountId, at: Date, sources: MarkSources): Promise<void> {
  const wakeAt = at.toISOString();
  const { scores, calendar, now } = sources;
  const { record } = await amend(scores.ofAccounts, account, (score) =>
    score.wakeAt <= wakeAt ? undefined : { ...score, wakeAt },
  );
  if (record !== undefined) return;
  const created = await scores.ofAccounts.create(newAccountScore(account, calendar.dayOf(now()), at));
  if (!created) await wakeScore(account, at, sources);
}

async function markControl(account: AccountId, control: ControlId, sources: MarkSources): Promise<void> {
  const { scores, now } = sources;
  const at = now().toISOString();
  const { record } = await amend(scores.ofControls, { account, control }, (score) =>
    score.marked === undefined ? { ...score, marked: at } : undefined,
  );
  if (record !== undefined) return;
  const created = await scores.ofControls.create({ ...newControlScore(account, control, at), marked: at });
  if (created) await scores.noteControl(control, at);
  else await markControl(account, control, sources);
}

/**
 * The issues, with every write that changes what a control comes to announced before it is done: the control is marked
 * and its account's clock set, so that a crash between the two counts once too often and never too seldom.
 */
export function markingIssues(issues: Issues, sources: MarkSources): Issues {
  const marked = new Map<string, number>();
  const mark = async (issue: Issue): Promise<void> => {
    const ref = requestRef(requestKeyOf(issue));
    const now = sources.now().getTime();
    const since = now - (marked.get(ref) ?? Number.NEGATIVE_INFINITY);
    // A clock that was put back proves nothing.
    if (since >= 0 && since < MARKED_FOR_MS) return;
    await markControl(issue.account, issue.control, sources);
    await wakeScore(issue.account, new Date(now + COUNT_AFTER_MS), sources);
    if (marked.size >= REMEMBERED) marked.clear();
    marked.set(ref, now);
  };
  const counted = async (issue: Issue): Promise<Issue> => {
    if (issue.product !== 'control') return issue;
    const counts = countsAs(issue);
    if (issue.counts === counts) return issue;
    await mark(issue);
    return { ...issue, counts };
  };
  return {
    load: (key) => issues.load(key),
    of: (request) => issues.of(request),
    create: async (issue) => issues.create(await counted(issue)),
    replace: async (issue, version) => issues.replace(await counted(issue), version),
  };
}
