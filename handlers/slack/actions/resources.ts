import type { WebClient } from '@slack/web-api';
import { drawProblem } from '../../../blocks/modals/problem';
import { drawResources, RESOURCES_PAGE } from '../../../blocks/modals/resources';
import type { Language } from '../../../src/playbooks';
import { byDeadline, isOpen, parseRequestRef, viewRequest } from '../../../src/requests';
import type { FrontBot } from '../../composition';
import { openModal } from '../modal';
import { checkPress, type Press } from '../press';

async function page(ref: string, number: number, bot: FrontBot, language: Language) {
  const key = parseRequestRef(ref);
  const request = key && (await bot.intake.requests.load(key));
  if (key === undefined || request === undefined) return undefined;
  const issues = await bot.intake.issues.of(key);
  const open = issues.filter(isOpen).sort(byDeadline);
  return drawResources(
    {
      view: viewRequest(request, issues, bot.views, bot.ports.now()),
      issues: open.slice((number - 1) * RESOURCES_PAGE, number * RESOURCES_PAGE),
      page: number,
      total: open.length,
    },
    language,
  );
}

/** "and n more": the list of all open resources. */
export const openResources = (client: WebClient) => async (press: Press, bot: FrontBot) =>
  openModal(press, bot, client, async (language) => {
    const access = await checkPress(press, bot, press.value, 'look');
    return 'refused' in access ? access : page(access.ref, 1, bot, language);
  });

/** Turns the pages of the list; the button's value is the number of the page. Rights are looked at anew. */
export const turnResources = (client: WebClient) => async (press: Press, bot: FrontBot) => {
  const number = Number(press.value);
  if (press.view === undefined || !Number.isInteger(number) || number < 1) return;
  const access = await checkPress(press, bot, press.view.metadata, 'look');
  const language = await bot.languageOf(press.user);
  const view =
    'refused' in access
      ? drawProblem(access.refused, language)
      : await page(access.ref, number, bot, language);
  if (view) await client.views.update({ view_id: press.view.id, view });
};
