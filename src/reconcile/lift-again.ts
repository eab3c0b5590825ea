import type { Finding } from '../findings';
import { type Issue, isOpen, type Seen } from '../requests';

/**
 * An issue that is asked for, or left to others, while Security Hub still says SUPPRESSED because the bot once wrote so:
 * it did not take the writing back. It is to be taken back once more.
 * @returns undefined when there is nothing to take back, or that is under way
 */
export function liftAgain(
  issue: Issue,
  { id, workflow, recordState }: Finding,
  now: Date,
): Issue | undefined {
  const over = isOpen(issue) || issue.state === 'left' || issue.state === 'held';
  if (!over || issue.lift || issue.unsettled !== undefined) return undefined;
  if (workflow !== 'SUPPRESSED' || recordState !== 'ACTIVE') return undefined;
  const ours = Object.values<Seen>(issue.findings).some(
    (seen) => seen.id === id && seen.workflow === 'SUPPRESSED' && seen.wrote?.status === 'SUPPRESSED',
  );
  return ours ? { ...issue, lift: true, unsettled: now.toISOString() } : undefined;
}
