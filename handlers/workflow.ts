import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { z } from 'zod';
import { type IssueKey, issueKeyFromRef, mirrorIssues, parseRequestRef } from '../src/requests';
import type { Bot } from './composition';
import { warmBot } from './warm-bot';

const Message = z.object({ issues: z.array(z.object({ record: z.string(), issue: z.string() })) });

/** The issues a message names; undefined when it cannot be read. */
function issuesOf({ messageId, body }: SQSRecord, { log }: Bot['ports']): IssueKey[] | undefined {
  try {
    return Message.parse(JSON.parse(body)).issues.flatMap(({ record: ref, issue }) => {
      const request = parseRequestRef(ref);
      const key = request && issueKeyFromRef(request, issue);
      if (key) return [key];
      log.warn('workflow message names no issue', { record: ref, issue });
      return [];
    });
  } catch (error) {
    log.error('workflow message cannot be read', { messageId, error });
    return undefined;
  }
}

/** Makes Security Hub's workflow follow the records of the issues that a batch names. */
export async function followWorkflow(event: SQSEvent, bot: Bot): Promise<SQSBatchResponse> {
  await Promise.all([bot.policies.refresh(), bot.accounts.refresh()]);
  const read = event.Records.map((record) => ({ record, keys: issuesOf(record, bot.ports) }));
  const failures = (records: readonly SQSRecord[]) =>
    records.map(({ messageId }) => ({ itemIdentifier: messageId }));
  const keys = read.flatMap((message) => message.keys ?? []);
  try {
    await mirrorIssues(keys, bot.mirror);
    // One that cannot be read ends in the dead-letter queue and takes nothing with it.
    const unreadable = read.filter((message) => message.keys === undefined);
    return { batchItemFailures: failures(unreadable.map(({ record }) => record)) };
  } catch (error) {
    // Issues of several messages go in one call, so they fail together; writing again does no harm.
    bot.ports.log.error('workflow not written; it will be tried again', { count: keys.length, error });
    return { batchItemFailures: failures(event.Records) };
  }
}

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> =>
  followWorkflow(event, await warmBot());
