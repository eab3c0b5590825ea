import { drawBulkReport } from '../blocks/cards/bulk-report';
import type { Change } from '../src/changes';
import { SlackRefused } from '../src/slack';
import type { SuppressedMany } from '../src/suppressions';
import type { Teller } from './tell-verdict';

/** Tells whoever suppressed several requests which of them were done meanwhile. */
export async function tellBulk(
  { id, actor, replyTo }: Change,
  result: SuppressedMany,
  { slack, log, languageOf }: Pick<Teller, 'slack' | 'log' | 'languageOf'>,
): Promise<void> {
  if (replyTo === undefined) return;
  const message = drawBulkReport(result, await languageOf(actor.id));
  try {
    await slack.ephemeral(replyTo.channel, actor.id, message, replyTo.thread);
  } catch (error) {
    if (!(error instanceof SlackRefused)) throw error;
    // They have left the channel since, or the list stood where the bot is no member: the cards tell it all the same.
    log.warn('a person could not be answered', { change: id, code: error.code });
  }
}
