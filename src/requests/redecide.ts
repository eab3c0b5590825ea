import type { AccountId } from '../accounts';
import type { Queues } from '../queues';
import { derivedId } from '../store';
import { finish, redecide } from './decide';
import { type Issue, isOpen } from './issue';
import type { RequestKey } from './request';
import { emitTogether, moveIssues } from './settle';
import { type Intake, treatmentOf } from './take-in';

/**
 * Decides all issues of one request by the policy, kind and mode that are in force now; those of a closed account are
 * closed as stale. Idempotent; may be killed at
 * any point and done again.
 * @param emit the account's mode has changed: what rests because of the old one is to have its effects
 * @returns how many issues have moved
 */
export async function redecideRequest(key: RequestKey, intake: Intake, emit: boolean): Promise<number> {
  const now = intake.now();
  const closed = intake.accounts(key.account).status === 'closed';
  const issues = await intake.issues.of(key);
  const moved = await moveIssues(
    issues,
    (issue) => {
      const next = closed
        ? closeWithAccount(issue, now)
        : redecide(issue, treatmentOf(issue, issue.severity, intake), now, emit);
      return next === issue ? undefined : next;
    },
    intake,
  );
  const unsettled = moved.filter((issue) => issue.unsettled === now.toISOString());
  // Those that are asked about for the first time now: many at once are told as one digest.
  for (const issue of unsettled) {
    if (isOpen(issue) && issue.news?.seq === undefined) await intake.flow.note(issue.account, now);
  }
  // A changed mode shows the card anew though nothing moves now: what moved while the account was observed is on none.
  if (unsettled.length > 0 || emit) await emitTogether(key, unsettled, intake);
  return unsettled.length;
}

/** Seen again, when the account is open again, it is decided as any closed issue is: nothing is known of its findings. */
function closeWithAccount(issue: Issue, now: Date): Issue {
  if (issue.state === 'resolved' || issue.state === 'closed') return issue;
  return finish({ ...issue, findings: {} }, 'closed', now, 'stale: the account is closed');
}

/**
 * Has the issues of one account decided anew, or those of one of its controls.
 * @param because tells one reason from another: the same one twice is one job
 */
export async function queueRedecide(
  account: AccountId,
  because: string,
  queues: Queues,
  control?: string,
): Promise<void> {
  const subject = control?.toLowerCase();
  await queues.change({
    id: derivedId('redecide', account, subject ?? '', because),
    version: 0,
    group: account,
    body: { job: 'redecide', account, ...(subject !== undefined && { control: subject }) },
  });
}
