import type { Bot } from './composition';

const DAY_MS = 24 * 3_600_000;
/** So often it is counted what waits in quarantine, and how old Slack's secret is asked. */
const COUNTED_EVERY_MINUTES = 5;
const ASKED_EVERY_MINUTES = 60;

/**
 * Measures what stands still between events. Called once a minute; what costs a read is measured less often. That it cannot
 * be measured holds nothing up.
 */
export async function noteGauges({ ports, quarantine }: Bot): Promise<void> {
  const { metrics, now, log } = ports;
  const minute = now().getUTCMinutes();
  try {
    if (minute % COUNTED_EVERY_MINUTES === 0) {
      const waiting = (await quarantine.list()).filter(({ resentAt }) => resentAt === undefined);
      metrics.measure('QuarantineWaiting', waiting.length);
    }
    if (minute % ASKED_EVERY_MINUTES === 0) {
      const changedAt = await ports.secretChangedAt();
      if (changedAt) metrics.measure('SecretAgeDays', (now().getTime() - changedAt.getTime()) / DAY_MS);
    }
  } catch (error) {
    log.warn('not everything could be measured; the next tick goes on', { error });
  }
}
