import { drawHelp } from '../../../blocks/cards/answers';
import type { FrontBot } from '../../composition';
import { COMMANDS } from '../commands';
import { queueRequests } from '../commands/requests';
import type { Press } from '../press';

/** The menu's "requests". */
export async function menuRequests(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  if (responseUrl === undefined) return;
  await queueRequests({ ...press, responseUrl }, bot, { page: 1, turn: false });
}

/** The menu's other choices: how the commands are used. */
export async function menuHelp(press: Press, bot: FrontBot): Promise<void> {
  if (press.responseUrl === undefined) return;
  await bot.ports.respond(press.responseUrl, drawHelp(COMMANDS, await bot.languageOf(press.user)));
}
