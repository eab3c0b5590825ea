import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { ChangeCommand, runChange } from '../src/changes';
import type { Bot } from './composition';
import { Job, runJob } from './jobs';
import { warmBot } from './warm-bot';

/** Receives after which the queue gives a message up; the last of them marks what cannot be finished. */
const MAX_RECEIVES = 5;

/** Applies changes and does slow reads, one after the other within a group. */
export async function applyChanges(event: SQSEvent, bot: Bot): Promise<SQSBatchResponse> {
  await Promise.all([bot.policies.refresh(), bot.accounts.refresh()]);
  for (const [index, record] of event.Records.entries()) {
    if (!(await applyRecord(record, bot))) {
      return {
        batchItemFailures: event.Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    }
  }
  return { batchItemFailures: [] };
}

async function applyRecord(record: SQSRecord, bot: Bot): Promise<boolean> {
  const { log } = bot.ports;
  try {
    const body: unknown = JSON.parse(record.body);
    const job = Job.safeParse(body);
    if (job.success) await runJob(job.data, bot);
    else {
      const last = Number(record.attributes.ApproximateReceiveCount) >= MAX_RECEIVES;
      await runChange(ChangeCommand.parse(body), bot.engine, last);
    }
    return true;
  } catch (error) {
    log.error('change not done; it will be tried again', {
      messageId: record.messageId,
      receives: record.attributes.ApproximateReceiveCount,
      error,
    });
    return false;
  }
}

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> =>
  applyChanges(event, await warmBot());
