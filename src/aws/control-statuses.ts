import { BatchGetSecurityControlsCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { ControlId } from '../controls';

/** As many as Security Hub's batches take. */
const CONTROLS_PER_CALL = 100;

/**
 * How controls are switched where a client looks. A control that the Region does not have is not among them.
 * @returns undefined where the permission is missing for one of them
 * @throws what Security Hub answers, and an error when it leaves one out for want of calls
 */
export async function controlStatuses(
  controls: readonly ControlId[],
  client: SecurityHubClient,
): Promise<ReadonlyMap<ControlId, 'ENABLED' | 'DISABLED'> | undefined> {
  const spelled = new Map(controls.map((control) => [control.toLowerCase(), control]));
  const asked = [...spelled.values()];
  const statuses = new Map<ControlId, 'ENABLED' | 'DISABLED'>();
  for (let from = 0; from < asked.length; from += CONTROLS_PER_CALL) {
    const { SecurityControls = [], UnprocessedIds = [] } = await client.send(
      new BatchGetSecurityControlsCommand({
        SecurityControlIds: asked.slice(from, from + CONTROLS_PER_CALL),
      }),
    );
    for (const { SecurityControlId, SecurityControlStatus } of SecurityControls) {
      const control = spelled.get(SecurityControlId?.toLowerCase() ?? '');
      if (control !== undefined && SecurityControlStatus !== undefined) {
        statuses.set(control, SecurityControlStatus);
      }
    }
    for (const { SecurityControlId, ErrorCode } of UnprocessedIds) {
      if (ErrorCode === 'ACCESS_DENIED') return undefined;
      if (ErrorCode === 'LIMIT_EXCEEDED')
        throw new Error(`Security Hub has left out ${SecurityControlId}: ${ErrorCode}`);
    }
  }
  return statuses;
}
