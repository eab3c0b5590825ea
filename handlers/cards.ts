import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { parseAccountRequestRef } from '../src/account-requests';
import { parseBulletinRef } from '../src/bulletins';
import {
  publishAccountRequest,
  publishBulletin,
  publishCard,
  publishChange,
  publishNotice,
} from '../src/cards';
import { parseChangeRef } from '../src/changes';
import { measured } from '../src/metrics';
import { parseNoticeRef } from '../src/notices';
import { SlackRateLimited, SlackUnreachable } from '../src/slack';
import type { Bot } from './composition';
import { wholeBot } from './whole-bot';

const Message = z.object({ record: z.string(), revision: z.number(), channel: z.string() });
/** Spreads the channels that were asked to wait at the same moment. */
const JITTER_SECONDS = 1;
/**
 * Slack that could not be reached is asked again after so long, and so much longer each time: sooner than the queue would
 * show the message by itself, which would keep every channel waiting for a minute once Slack is back.
 */
const UNREACHABLE_SECONDS = 5;
const UNREACHABLE_AT_MOST_SECONDS = 30;

/** Shows cards. In a FIFO batch whatever follows a failure fails with it, so that the channel's order holds. */
export async function showCards(event: SQSEvent, bot: Bot): Promise<SQSBatchResponse> {
  await Promise.all([bot.policies.refresh(), bot.accounts.refresh()]);
  for (const [index, record] of event.Records.entries()) {
    if (!(await showCardOf(record, bot))) {
      return {
        batchItemFailures: event.Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    }
  }
  return { batchItemFailures: [] };
}

function readRefresh({ messageId, body }: SQSRecord, bot: Bot): z.infer<typeof Message> | undefined {
  try {
    return Message.parse(JSON.parse(body));
  } catch (error) {
    bot.ports.log.error('refresh cannot be read; dropped', { messageId, error });
    return undefined;
  }
}

async function showCardOf(record: SQSRecord, bot: Bot): Promise<boolean> {
  const { log } = bot.ports;
  const message = readRefresh(record, bot);
  // Its record is still unsettled, so the clock brings the refresh back; waiting would hold up the channel.
  if (message === undefined) return true;
  try {
    const notice = parseNoticeRef(message.record);
    if (notice) await publishNotice(notice, bot.noticePublisher);
    else if (parseBulletinRef(message.record)) await publishBulletin(message, bot.bulletinPublisher);
    else if (parseChangeRef(message.record)) await publishChange(message, bot.changePublisher);
    else if (parseAccountRequestRef(message.record)) {
      await publishAccountRequest(message, bot.timelinePublisher);
    } else await publishCard(message, bot.publisher);
    return true;
  } catch (error) {
    if (error instanceof SlackRateLimited) {
      const seconds = error.retryAfterSeconds + Math.random() * JITTER_SECONDS;
      log.info('Slack asks to wait', { record: message.record, channel: message.channel, seconds });
      await bot.ports.delay(bot.settings.CARDS_QUEUE_URL, record.receiptHandle, seconds);
    } else {
      log.error('card not shown; it will be tried again', {
        record: message.record,
        revision: message.revision,
        channel: message.channel,
        receives: record.attributes.ApproximateReceiveCount,
        error,
      });
      if (error instanceof SlackUnreachable) {
        const receives = Number(record.attributes.ApproximateReceiveCount);
        const wait = Math.min(UNREACHABLE_AT_MOST_SECONDS, UNREACHABLE_SECONDS * receives);
        const seconds = wait + Math.random() * JITTER_SECONDS;
        await bot.ports.delay(bot.settings.CARDS_QUEUE_URL, record.receiptHandle, seconds);
      }
    }
    return false;
  }
}

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const bot = await wholeBot();
  return measured(bot.ports.metrics, () => showCards(event, bot));
};
