import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { readFindings } from '../src/findings';
import { takeIn } from '../src/requests';
import type { Bot } from './composition';
import { warmBot } from './warm-bot';

/**
 * Takes a batch of findings in. What cannot be read goes to quarantine, an event of AWS that holds no finding is let go;
 * what failed is delivered again.
 */
export async function takeFindings(event: SQSEvent, bot: Bot): Promise<SQSBatchResponse> {
  await Promise.all([bot.policies.refresh(), bot.accounts.refresh()]);
  const results = await Promise.all(event.Records.map((record) => takeRecord(record, bot)));
  return {
    batchItemFailures: event.Records.flatMap(({ messageId }, index) =>
      results[index] ? [] : [{ itemIdentifier: messageId }],
    ),
  };
}

async function takeRecord(record: SQSRecord, bot: Bot): Promise<boolean> {
  const { log } = bot.ports;
  try {
    const { findings, refusals, sent, dropped } = readFindings(record.body, bot.config.catalogue);
    if (dropped !== undefined) {
      log.info('event dropped', { messageId: record.messageId, detailType: dropped });
    }
    if (refusals.length > 0) {
      await bot.quarantine.keep(record.messageId, record.body, refusals);
      log.warn('message quarantined', {
        messageId: record.messageId,
        field: refusals[0]?.field,
        problem: refusals[0]?.problem,
        count: refusals.length,
      });
    }
    for (const finding of findings) {
      const outcome = await takeIn(finding, bot.intake, { ...(sent !== undefined && { sent }) });
      log.info('finding taken in', {
        messageId: record.messageId,
        account: finding.account,
        control: finding.control,
        mode: bot.intake.accounts(finding.account).mode,
        outcome,
      });
    }
    return true;
  } catch (error) {
    log.error('finding not taken in; it will be delivered again', {
      messageId: record.messageId,
      receives: record.attributes.ApproximateReceiveCount,
      error,
    });
    return false;
  }
}

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> =>
  takeFindings(event, await warmBot());
