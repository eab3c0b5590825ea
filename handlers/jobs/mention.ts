import * as z from 'zod';
import { drawAnswer } from '../../blocks/cards/answers';
import { drawOffer, type Offer } from '../../blocks/cards/offer';
import type { Message } from '../../blocks/kit';
import { type Principal, principal } from '../../src/accounts';
import { parseBulletinRef } from '../../src/bulletins';
import { parseRequestRef } from '../../src/requests';
import { SlackRefused } from '../../src/slack';
import type { Bot } from '../composition';
import { refusedToLook } from '../refused-to-look';
import { readMention } from './read-mention';

/** Somebody mentioned the bot: what it can do about it is offered to them alone. */
export const MentionJob = z.object({
  job: z.literal('mention'),
  user: z.string(),
  channel: z.string(),
  /** The thread it was said in. */
  thread: z.string().optional(),
  /** As Slack gives it: escaped, with the mention in it. */
  text: z.string(),
});
export type MentionJob = z.infer<typeof MentionJob>;

async function offerFor(job: MentionJob, bot: Bot): Promise<Offer> {
  const { channel, thread } = job;
  const ref = thread === undefined ? undefined : await bot.ports.slack.recordOf(channel, thread);
  if (ref === undefined) return { kind: 'elsewhere' };
  if (parseBulletinRef(ref) !== undefined) return { kind: 'bulletin' };
  const key = parseRequestRef(ref);
  const request = key && (await bot.intake.requests.load(key));
  if (request === undefined) return { kind: 'elsewhere' };
  const read = readMention(job.text, bot.settings.SLACK_BOT_USER_ID);
  if (read.kind === 'help') return { kind: 'help', ref };
  if (read.kind === 'suppress' && request.phase !== 'open') return { kind: 'done', ref, text: read.text };
  return { ...read, ref };
}

async function say(job: MentionJob, user: Principal, message: Message, bot: Bot): Promise<void> {
  try {
    await bot.ports.slack.ephemeral(job.channel, user, message, job.thread);
  } catch (error) {
    if (!(error instanceof SlackRefused)) throw error;
    // They have left the channel since; nothing is gained by trying again.
    bot.ports.log.warn('a mention could not be answered', { user, code: error.code });
  }
}

export async function runMention(job: MentionJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  if (user === undefined) return;
  const language = await bot.languageOf(user);
  const ruling = await refusedToLook(user, bot);
  if (ruling) {
    await say(job, user, drawAnswer({ kind: 'ruling', ruling, ask: [] }, language), bot);
    return;
  }
  await say(job, user, drawOffer(await offerFor(job, bot), language), bot);
}
