import { SlackRefused } from '../../src/slack';
import type { FrontBot } from '../composition';

/** The address of a card, where it has one. */
export async function cardLink(
  card: { readonly channel?: string | undefined; readonly ts?: string | undefined },
  bot: FrontBot,
): Promise<{ permalink?: string }> {
  if (card.channel === undefined || card.ts === undefined) return {};
  try {
    return { permalink: await bot.ports.slack.permalink(card.channel, card.ts) };
  } catch (error) {
    // A deleted card has no address; its line in the list still counts.
    if (error instanceof SlackRefused) return {};
    throw error;
  }
}
