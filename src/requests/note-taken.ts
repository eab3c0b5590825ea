import type { Finding } from '../findings';
import type { Log, LogDetails } from '../log';
import { issueName, requestRef } from './keys';
import type { Taken } from './take-in';

/**
 * Writes down what has become of a finding, with the names by which it is followed: its issue's in what Security Hub is
 * told, its request's in cards and changes.
 * @param more how it came in
 */
export function noteTaken(
  { id, account, control }: Finding,
  { outcome, issue }: Taken,
  log: Log,
  more: LogDetails = {},
): void {
  log.info('finding taken in', {
    ...more,
    finding: id,
    account,
    control,
    outcome,
    record: requestRef(issue.request),
    issue: issueName(issue),
  });
}
