import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { readFindings } from '../src/findings';
import { type MetricName, measured } from '../src/metrics';
import { noteTaken, type Taken, takeIn } from '../src/requests';
import { composeIntake, type IntakeBot, intakePorts } from './composition';
import { warmBot } from './warm-bot';

/** Outcomes that nobody has to look at: those of a batch are told in one line. */
const QUIET: readonly Taken['outcome'][] = ['unchanged', 'seen', 'old', 'echo', 'left alone'];

const COUNTED: Partial<Record<Taken['outcome'], MetricName>> = {
  moved: 'FindingsMoved',
  recorded: 'FindingsRecorded',
};

/** What came of the findings of a batch that changed nothing. */
type Quiet = Map<Taken['outcome'], number>;

/**
 * Takes a batch of findings in. What cannot be read goes to quarantine, an event of AWS that holds no finding is let go;
 * what failed is delivered again.
 */
export async function takeFindings(event: SQSEvent, bot: IntakeBot): Promise<SQSBatchResponse> {
  await Promise.all([bot.policies.refresh(), bot.accounts.refresh()]);
  const quiet: Quiet = new Map();
  const results = await Promise.all(event.Records.map((record) => takeRecord(record, bot, quiet)));
  if (quiet.size > 0) {
    bot.ports.log.info('findings changed nothing', { outcomes: Object.fromEntries(quiet) });
  }
  return {
    batchItemFailures: event.Records.flatMap(({ messageId }, index) =>
      results[index] ? [] : [{ itemIdentifier: messageId }],
    ),
  };
}

async function takeRecord(record: SQSRecord, bot: IntakeBot, quiet: Quiet): Promise<boolean> {
  const { log, metrics } = bot.ports;
  let at: string | undefined;
  try {
    const { findings, refusals, sent, dropped } = readFindings(record.body, bot.config.catalogue);
    if (dropped !== undefined) {
      log.info('event dropped', { messageId: record.messageId, detailType: dropped });
    }
    if (refusals.length > 0) {
      await bot.quarantine.keep(record.messageId, record.body, refusals);
      metrics.count('FindingsQuarantined');
      log.warn('message quarantined', {
        messageId: record.messageId,
        field: refusals[0]?.field,
        problem: refusals[0]?.problem,
        count: refusals.length,
      });
    }
    for (const finding of findings) {
      at = finding.id;
      const taken = await takeIn(finding, bot.intake, { ...(sent !== undefined && { sent }) });
      const { outcome } = taken;
      metrics.count(COUNTED[outcome] ?? 'FindingsUnchanged');
      if (QUIET.includes(outcome)) quiet.set(outcome, (quiet.get(outcome) ?? 0) + 1);
      else {
        const { mode } = bot.intake.accounts(finding.account);
        noteTaken(finding, taken, log, { messageId: record.messageId, mode });
      }
    }
    return true;
  } catch (error) {
    log.error('finding not taken in; it will be delivered again', {
      messageId: record.messageId,
      finding: at,
      receives: record.attributes.ApproximateReceiveCount,
      error,
    });
    return false;
  }
}

const warmIntake = warmBot((settings, config, log) =>
  composeIntake(settings, intakePorts(settings, config.catalogue, log), config),
);

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const bot = await warmIntake();
  return measured(bot.ports.metrics, () => takeFindings(event, bot));
};
