import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import { type IssueKey, issueKeyFromRef, mirrorIssues, parseRequestRef } from '../src/requests';
import { type Bot, warmBot } from './composition';

const Message = z.object({ issues: z.array(z.object({ record: z.string(), issue: z.string() })) });

/** Makes Security Hub's workflow follow the records of the issues that a batch names. */
export async function followWorkflow(event: SQSEvent, bot: Bot): Promise<SQSBatchResponse> {
  const { log } = bot.ports;
  const keys: IssueKey[] = [];
  for (const record of event.Records) {
    for (const { record: ref, issue } of Message.parse(JSON.parse(record.body)).issues) {
      const request = parseRequestRef(ref);
      const key = request && issueKeyFromRef(request, issue);
      if (key) keys.push(key);
      else log.warn('workflow message names no issue', { record: ref, issue });
    }
  }
  try {
    await mirrorIssues(keys, bot.mirror);
    return { batchItemFailures: [] };
  } catch (error) {
    // Issues of several messages go in one call, so they fail together; writing again does no harm.
    log.error('workflow not written; it will be tried again', { count: keys.length, error });
    return { batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  }
}

export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => followWorkflow(event, warmBot());
