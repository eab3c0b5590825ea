import type { WebClient } from '@slack/web-api';
import { readMore } from '../../../blocks/ids';
import { DETAILS_SHOWN, drawDetails } from '../../../blocks/modals/details';
import { byDeadline, isOpen, issueItemKey, issueKeyOf, viewRequest } from '../../../src/requests';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import { openModal } from '../modal';
import { allowed, checkPress, type Press } from '../press';
import { openAsk } from './ask';

const HISTORY_READ = 10;

async function openDetails(press: Press, bot: FrontBot, client: WebClient, ref: string): Promise<void> {
  await openModal(press, bot, client, async (language) => {
    const access = await checkPress(press, bot, ref, 'look');
    if ('refused' in access) return access;
    const request = await bot.intake.requests.load(access.key);
    if (request === undefined) return undefined;
    const all = await bot.intake.issues.of(access.key);
    const urgentFirst = [...all.filter(isOpen).sort(byDeadline), ...all.filter((issue) => !isOpen(issue))];
    const issues = await Promise.all(
      urgentFirst.slice(0, DETAILS_SHOWN).map(async (issue) => {
        const copied = await bot.intake.history.latest(issueItemKey(issueKeyOf(issue)), HISTORY_READ);
        const uncopied = issue.uncopied.filter(({ seq }) => !copied.some((entry) => entry.seq === seq));
        return { issue, standards: issue.standards, history: [...copied.toReversed(), ...uncopied] };
      }),
    );
    const view = viewRequest(request, all, bot.views, bot.ports.now());
    return drawDetails({ view, issues, total: all.length }, language);
  });
}

async function queueCheck(press: Press, bot: FrontBot, ref: string): Promise<void> {
  const access = await allowed(press, bot, ref, 'look');
  if (access === undefined || press.channel === undefined) return;
  await bot.ports.queues.change({
    id: derivedId('check', press.user, ref, press.triggerId),
    version: 0,
    group: press.user,
    body: { job: 'check', user: press.user, record: ref, channel: press.channel, thread: press.thread },
  });
}

/** "See details" and "Check now" as buttons, where a card has no menu. */
export const pressDetails = (client: WebClient) => async (press: Press, bot: FrontBot) =>
  openDetails(press, bot, client, press.value);
export const pressCheck = async (press: Press, bot: FrontBot) => queueCheck(press, bot, press.value);

/** The card's menu: Details, Check now, Ask the security team. */
export const chooseMore = (client: WebClient) => async (press: Press, bot: FrontBot) => {
  const more = readMore(press.value);
  if (more?.choice === 'details') await openDetails(press, bot, client, more.ref);
  if (more?.choice === 'check') await queueCheck(press, bot, more.ref);
  if (more?.choice === 'ask') await openAsk(client)({ ...press, value: more.ref }, bot);
};
