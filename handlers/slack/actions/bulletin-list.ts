import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { BULLETIN_PAGE, drawBulletinList } from '../../../blocks/modals/bulletin-list';
import { drawProblem } from '../../../blocks/modals/problem';
import { parseBulletinRef } from '../../../src/bulletins';
import { readBulletin } from '../../../src/cards';
import type { Language } from '../../../src/playbooks';
import type { FrontBot } from '../../composition';
import { refusedToLook } from '../../refused-to-look';
import { openModal } from '../modal';
import { noteDenial } from '../note-denial';
import type { Press, Refused } from '../press';

async function page(
  ref: string,
  number: number,
  bot: FrontBot,
  language: Language,
): Promise<ModalView | undefined> {
  const key = parseBulletinRef(ref);
  const sources = bot.bulletins;
  const bulletin = key && (await sources.bulletins.load(key));
  if (bulletin === undefined) return undefined;
  const linked = { from: (number - 1) * BULLETIN_PAGE, count: BULLETIN_PAGE };
  const { view } = await readBulletin(bulletin, sources, language, linked);
  return view && drawBulletinList(view, number, language);
}

/** Whoever may look at requests may look at a list of them. */
async function refusal(press: Press, bot: FrontBot): Promise<Refused | undefined> {
  const ruling = await refusedToLook(press.user, bot);
  if (ruling === undefined) return undefined;
  await noteDenial({ ...press, kind: 'look', ref: press.value, ruling }, bot);
  return { refused: { kind: 'ruling', ruling, ask: [] } };
}

/** "See the list": every line of a bulletin. */
export const openBulletinList = (client: WebClient) => async (press: Press, bot: FrontBot) =>
  openModal(
    press,
    bot,
    client,
    async (language) => (await refusal(press, bot)) ?? page(press.value, 1, bot, language),
  );

/** Turns the pages of the list; the button's value is the number of the page. Rights are looked at anew. */
export const turnBulletinList = (client: WebClient) => async (press: Press, bot: FrontBot) => {
  const number = Number(press.value);
  if (press.view === undefined || !Number.isInteger(number) || number < 1) return;
  const { metadata } = press.view;
  const refused = await refusal({ ...press, value: metadata }, bot);
  const language = await bot.languageOf(press.user);
  const view = refused ? drawProblem(refused.refused, language) : await page(metadata, number, bot, language);
  if (view) await client.views.update({ view_id: press.view.id, view });
};
