import { parseBulletinRef } from '../../../src/bulletins';
import { wantOwnCard } from '../../../src/requests';
import type { FrontBot } from '../../composition';
import { cardLink } from '../../jobs/card-link';
import { allowed, type Press, whisper } from '../press';

/** The list of a bulletin is a modal, where nothing can be said: it is said in the channel of its bulletin. */
async function heardIn(press: Press, bot: FrontBot): Promise<Press> {
  const key = press.channel === undefined ? parseBulletinRef(press.view?.metadata ?? '') : undefined;
  const bulletin = key && (await bot.intake.bulletins.load(key));
  return bulletin ? { ...press, channel: bulletin.channel } : press;
}

/** "Show": brings the card of a request that a bulletin lists, or leads to the one it has. */
export async function showRequest(pressed: Press, bot: FrontBot): Promise<void> {
  const press = await heardIn(pressed, bot);
  const access = await allowed(press, bot, press.value, 'look');
  if (access === undefined) return;
  const request = await bot.intake.requests.load(access.key);
  if (request?.phase !== 'open') {
    await whisper(press, bot, { kind: 'outcome', outcome: 'gone' });
    return;
  }
  const { permalink } = await cardLink(request.card, bot);
  if (permalink === undefined) await wantOwnCard(access.key, bot.intake);
  await whisper(
    press,
    bot,
    permalink === undefined ? { kind: 'outcome', outcome: 'shown' } : { kind: 'card', permalink },
  );
}
