import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { measured } from '../src/metrics';
import { type IssueKey, issueKeyFromRef, issueName, mirrorIssues, parseRequestRef } from '../src/requests';
import { composeMirror, type MirrorBot, mirrorPorts } from './composition';
import { warmBot } from './warm-bot';

/** So many are named where all of them failed. */
const ISSUES_A_LINE = 100;

const Message = z.object({ issues: z.array(z.object({ record: z.string(), issue: z.string() })) });

/** The issues a message names; undefined when it cannot be read. */
function issuesOf({ messageId, body }: SQSRecord, { log }: MirrorBot['ports']): IssueKey[] | undefined {
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
export async function followWorkflow(event: SQSEvent, bot: MirrorBot): Promise<SQSBatchResponse> {
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
    bot.ports.log.error('workflow not written; it will be tried again', {
      count: keys.length,
      issues: keys.slice(0, ISSUES_A_LINE).map(issueName),
      error,
    });
    return { batchItemFailures: failures(event.Records) };
  }
}

const warmMirror = warmBot((settings, config, log) =>
  composeMirror(settings, mirrorPorts(settings, config.catalogue, log), config),
);

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const bot = await warmMirror();
  return measured(bot.ports.metrics, () => followWorkflow(event, bot));
};
