import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { BULLETIN_PAGE, drawBulletinList } from '../../../blocks/modals/bulletin-list';
import { rule } from '../../../src/access';
import { parseBulletinRef } from '../../../src/bulletins';
import { readBulletin } from '../../../src/cards';
import type { Language } from '../../../src/playbooks';
import type { Bot } from '../../composition';
import { openModal } from '../modal';
import type { Press, Refused } from '../press';

async function page(
  ref: string,
  number: number,
  bot: Bot,
  language: Language,
): Promise<ModalView | undefined> {
  const key = parseBulletinRef(ref);
  const sources = bot.bulletinPublisher;
  const bulletin = key && (await sources.bulletins.load(key));
  if (bulletin === undefined) return undefined;
  const linked = { from: (number - 1) * BULLETIN_PAGE, count: BULLETIN_PAGE };
  const { view } = await readBulletin(bulletin, sources, language, linked);
  return view && drawBulletinList(view, number, language);
}

/** Whoever may look at requests may look at a list of them. */
async function refusal(press: Press, bot: Bot): Promise<Refused | undefined> {
  const member = await bot.directory.isMember(press.user);
  const ruling = rule({ roles: ['member'], member }, { kind: 'look', severity: 'LOW' }, bot.config.access);
  if (ruling.effect === 'allow') return undefined;
  bot.ports.log.warn('a press was denied', { user: press.user, kind: 'look', record: press.value });
  return { refused: { kind: 'ruling', ruling, ask: [] } };
}

/** "See the list": every line of a bulletin. */
export const openBulletinList = (client: WebClient) => async (press: Press, bot: Bot) =>
  openModal(
    press,
    bot,
    client,
    async (language) => (await refusal(press, bot)) ?? page(press.value, 1, bot, language),
  );

/** Turns the pages of the list; the button's value is the number of the page. */
export const turnBulletinList = (client: WebClient) => async (press: Press, bot: Bot) => {
  const number = Number(press.value);
  if (press.view === undefined || !Number.isInteger(number) || number < 1) return;
  const view = await page(press.view.metadata, number, bot, await bot.languageOf(press.user));
  if (view) await client.views.update({ view_id: press.view.id, view });
};
