import type { AsffFinding } from './finding';

const NOT_PASSED = ['FAILED', 'WARNING', 'NOT_AVAILABLE'];

/**
 * What Security Hub does to `Workflow.Status` when a provider or a control reports a finding again: PASSED resolves;
 * failing after PASSED, or coming back from ARCHIVED, starts anew; SUPPRESSED stays.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-workflow-status.html
 */
export function workflowAfter(before: AsffFinding | undefined, incoming: AsffFinding): string {
  const status = before?.Workflow?.Status ?? incoming.Workflow?.Status ?? 'NEW';
  if (status === 'SUPPRESSED') return status;
  const compliance = incoming.Compliance?.Status;
  if (compliance === 'PASSED') return 'RESOLVED';
  const back = before?.RecordState === 'ARCHIVED' && incoming.RecordState !== 'ARCHIVED';
  const failsAgain =
    before?.Compliance?.Status === 'PASSED' && compliance !== undefined && NOT_PASSED.includes(compliance);
  return back || failsAgain ? 'NEW' : status;
}
