import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { ChangeCommand, runChange } from '../src/changes';
import { measured } from '../src/metrics';
import type { Bot } from './composition';
import { Job, runJob } from './jobs';
import { wholeBot } from './whole-bot';

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

const Named = z.object({
  id: z.string().optional(),
  job: z.string().optional(),
  user: z.string().optional(),
  record: z.string().optional(),
});

/** By what a message is followed in the log: its change, or its job and whose it is. */
function namesIn(body: unknown): Record<string, unknown> {
  const { id: change, ...names } = Named.safeParse(body).data ?? {};
  return { change, ...names };
}

async function applyRecord(record: SQSRecord, bot: Bot): Promise<boolean> {
  const { log } = bot.ports;
  let body: unknown;
  try {
    body = JSON.parse(record.body);
    const job = Job.safeParse(body);
    if (job.success) {
      await runJob(job.data, bot);
      // What nobody asked for says for itself what it has done, or is too frequent to be told.
      if ('user' in job.data) log.info('job done', namesIn(body));
    } else {
      const last = Number(record.attributes.ApproximateReceiveCount) >= MAX_RECEIVES;
      await runChange(ChangeCommand.parse(body), bot.engine, last);
    }
    return true;
  } catch (error) {
    log.error('change not done; it will be tried again', {
      messageId: record.messageId,
      ...namesIn(body),
      receives: record.attributes.ApproximateReceiveCount,
      error,
    });
    return false;
  }
}

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const bot = await wholeBot();
  return measured(bot.ports.metrics, () => applyChanges(event, bot));
};
