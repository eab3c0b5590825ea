import { drawAnswer } from '../../../blocks/cards/answers';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import { refusedToLook } from '../../refused-to-look';
import { noteDenial } from '../note-denial';
import type { Typed } from './subcommand';

/**
 * Queues a list for whoever asked for it; it comes through the response URL. Asked twice at once, it is one list. Rights
 * are looked at here, because pages are turned by buttons that stay where they are.
 */
export async function queueList(
  job: string,
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: FrontBot,
  which: object,
): Promise<void> {
  const { user, triggerId, responseUrl } = typed;
  const ruling = await refusedToLook(user, bot);
  if (ruling) {
    await noteDenial({ user, kind: 'look', ref: job, ruling }, bot);
    const answer = drawAnswer({ kind: 'ruling', ruling, ask: [] }, bot.knownLanguageOf(user));
    await bot.ports.respond(responseUrl, answer);
    return;
  }
  await bot.ports.queues.change({
    id: derivedId(job, user, triggerId),
    version: 0,
    group: user,
    body: { job, user, responseUrl, ...which },
  });
}
