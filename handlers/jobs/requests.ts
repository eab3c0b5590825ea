import { z } from 'zod';
import { drawList, LIST_PAGE, type ListedRequest } from '../../blocks/cards/answers';
import { type AccountId, accountId, type Principal, principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { type Request, urgency } from '../../src/requests';
import type { Bot } from '../composition';
import { cardLink } from './card-link';

/** The list of open requests, most urgent first. */
export const RequestsJob = z.object({
  job: z.literal('requests'),
  user: z.string(),
  /** One account's; absent: the person's own, for the security team everybody's. */
  account: z.string().optional(),
  page: z.int().min(1),
  responseUrl: z.url(),
  /** True when the pages are turned: the message is replaced. */
  turn: z.boolean(),
});
export type RequestsJob = z.infer<typeof RequestsJob>;

/** As many as are ever listed: nobody turns more than fifty pages. */
const LISTED = 500;

async function requestsFor(
  user: Principal,
  account: AccountId | undefined,
  bot: Bot,
): Promise<{ readonly all: readonly Request[]; readonly mine: boolean }> {
  const { requests } = bot.intake;
  const accounts = bot.config.accounts.list();
  if (account !== undefined) {
    const all = (await requests.ofAccount(account)).filter(({ phase }) => phase === 'open');
    return { all: all.sort((a, b) => (urgency(a) < urgency(b) ? -1 : 1)), mine: false };
  }
  const { SECURITY_ANALYSTS, SECURITY_LEADS } = bot.settings;
  const owners = accounts.flatMap(({ owner }) => owner ?? []);
  const mine = await bot.directory.principalsOf(user, [
    ...new Set([...owners, ...SECURITY_ANALYSTS, ...SECURITY_LEADS]),
  ]);
  const team = [...SECURITY_ANALYSTS, ...SECURITY_LEADS].some((id) => mine.includes(id));
  if (team) return { all: await requests.open(LISTED), mine: false };
  const lists = await Promise.all(mine.map((owner) => requests.openOf(owner, LISTED)));
  return { all: lists.flat().sort((a, b) => (urgency(a) < urgency(b) ? -1 : 1)), mine: true };
}

async function listed(request: Request, language: Language, bot: Bot): Promise<ListedRequest> {
  const { summary, card } = request;
  return {
    title:
      bot.config.playbooks.lookup(request.control)?.text[language].title ?? summary?.title ?? request.control,
    severity: summary?.severity ?? 'MEDIUM',
    account: bot.intake.accounts(request.account),
    open: summary?.open ?? 0,
    ...(summary?.due !== undefined && { due: summary.due }),
    overdue: summary?.due !== undefined && Date.parse(summary.due) <= bot.ports.now().getTime(),
    ...(await cardLink(card, bot)),
  };
}

export async function runRequests(job: RequestsJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  if (user === undefined) return;
  const account = accountId(job.account ?? '');
  const { all, mine } = await requestsFor(user, account, bot);
  const pages = Math.max(1, Math.ceil(all.length / LIST_PAGE));
  const page = Math.min(job.page, pages);
  const shown = all.slice((page - 1) * LIST_PAGE, page * LIST_PAGE);
  const language = await bot.languageOf(user);
  const message = drawList(
    {
      requests: await Promise.all(shown.map((request) => listed(request, language, bot))),
      page,
      pages,
      total: all.length,
      mine,
      ...(account !== undefined && { account: bot.intake.accounts(account) }),
    },
    language,
  );
  await bot.ports.respond(job.responseUrl, { ...message, replaceOriginal: job.turn });
}
