import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { showCards } from '../handlers/cards';
import { applyChanges } from '../handlers/changes';
import type { Bot } from '../handlers/composition';
import { takeFindings } from '../handlers/findings';
import { followWorkflow } from '../handlers/workflow';
import { POLLING, QUEUE_NAMES, type QueueName } from '../infra/resources';
import { LOCAL_REGION } from '../local/embedded';
import { type Poller, pollQueue } from '../local/poller';
import type { AwsClients } from '../src/aws';
import type { Settings } from '../src/settings';

const HANDLE: Readonly<Record<QueueName, (event: SQSEvent, bot: Bot) => Promise<SQSBatchResponse>>> = {
  findings: takeFindings,
  workflow: followWorkflow,
  cards: showCards,
  changes: applyChanges,
};
const URLS = {
  findings: 'FINDINGS_QUEUE_URL',
  workflow: 'WORKFLOW_QUEUE_URL',
  cards: 'CARDS_QUEUE_URL',
  changes: 'CHANGES_QUEUE_URL',
} as const satisfies Record<QueueName, keyof Settings>;

/** Feeds the bot from its queues as the deployed functions are fed: so large batches, so many at once. */
export function pollAsDeployed(bot: Bot, { sqs: client }: Pick<AwsClients, 'sqs'>): readonly Poller[] {
  return QUEUE_NAMES.map((name) => {
    const { batch, windowSeconds, atOnce: workers } = POLLING[name];
    return pollQueue(
      {
        name,
        url: bot.settings[URLS[name]],
        client,
        handle: (event) => HANDLE[name](event, bot),
        batch,
        workers,
        ...(windowSeconds !== undefined && { windowSeconds }),
      },
      LOCAL_REGION,
      (message, error) => bot.ports.log.error(message, { error }),
    );
  });
}
