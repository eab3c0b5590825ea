import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { ChangeCommand, runChange } from '../src/changes';
import type { LogDetails } from '../src/log';
import { measured } from '../src/metrics';
import { SlackRateLimited } from '../src/slack';
import type { Bot } from './composition';
import { Job, runJob } from './jobs';
import { wholeBot } from './whole-bot';

/** Receives after which the queue gives a message up; the last of them marks what cannot be finished. */
const MAX_RECEIVES = 5;
/**
 * A wait that Slack asks for is waited out here when it is no longer than this, so often: somebody waits for an answer,
 * given back the message would hide for minutes, with all that they do meanwhile behind it, and one of few receives be gone.
 */
const PATIENT_SECONDS = 5;
const PATIENT_TRIES = 5;

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
function namesIn(body: unknown): LogDetails {
  const { id: change, ...names } = Named.safeParse(body).data ?? {};
  return { change, ...names };
}

/** Does what may be done once more from the records alone, again when Slack has asked for a moment. */
async function patiently(work: () => Promise<void>, { ports }: Bot): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const waits = error instanceof SlackRateLimited && error.retryAfterSeconds <= PATIENT_SECONDS;
      if (!waits || tries === PATIENT_TRIES) throw error;
      await ports.pause(error.retryAfterSeconds * 1_000);
    }
  }
}

async function applyRecord(record: SQSRecord, bot: Bot): Promise<boolean> {
  const { log } = bot.ports;
  let body: unknown;
  try {
    body = JSON.parse(record.body);
    const job = Job.safeParse(body);
    if (job.success) {
      await patiently(() => runJob(job.data, bot), bot);
      // What nobody asked for says for itself what it has done, or is too frequent to be told.
      if ('user' in job.data) log.info('job done', namesIn(body));
    } else {
      const last = Number(record.attributes.ApproximateReceiveCount) >= MAX_RECEIVES;
      const command = ChangeCommand.parse(body);
      await patiently(() => runChange(command, bot.engine, last), bot);
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
