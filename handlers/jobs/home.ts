import * as z from 'zod';
import {
  drawClosedHome,
  drawHome,
  HOME_SHOWN,
  type HomeApproval,
  type HomeException,
  type HomeNewAccount,
  type HomeRequest,
} from '../../blocks/home';
import { type AccountRequest, nextStep } from '../../src/account-requests';
import { principal } from '../../src/accounts';
import type { Change } from '../../src/changes';
import { gatherHome } from '../../src/home';
import type { Language } from '../../src/playbooks';
import { parseRequestRef, type Request, requestRef } from '../../src/requests';
import { changeOver } from '../../src/scores';
import type { Exception } from '../../src/suppressions';
import type { Bot } from '../composition';
import { refusedToLook } from '../refused-to-look';
import { cardLink } from './card-link';
import { listedRequest } from './listed-request';

/** The bot's own page, drawn anew for one person. */
export const HomeJob = z.object({
  job: z.literal('home'),
  user: z.string(),
  /** Of the requests. */
  page: z.int().min(1),
});
export type HomeJob = z.infer<typeof HomeJob>;

async function homeRequest(request: Request, language: Language, bot: Bot): Promise<HomeRequest> {
  const { takenBy } = request;
  return {
    ...(await listedRequest(request, language, bot)),
    ref: requestRef(request),
    ...(takenBy && { takenBy: takenBy.who }),
  };
}

async function homeApproval(change: Change, bot: Bot): Promise<HomeApproval> {
  const { id, about, card, kind, actor, asked } = change;
  const key = about.request === undefined ? undefined : parseRequestRef(about.request);
  const request = key && (await bot.intake.requests.load(key));
  return {
    change: id,
    kind,
    asker: actor.id,
    ...(about.account !== undefined && { account: bot.accounts.lookup(about.account) }),
    ...(request && { about: request.control }),
    until: asked?.until ?? change.proposedAt,
    ...(card?.ts !== undefined && (await cardLink(card, bot))),
  };
}

async function homeException({ change, payload, request: key }: Exception, bot: Bot): Promise<HomeException> {
  const request = await bot.intake.requests.load(key);
  return {
    change: change.id,
    account: bot.accounts.lookup(key.account),
    control: request?.control ?? key.subject,
    reason: payload.reason,
    until: payload.until,
  };
}

async function homeNewAccount(request: AccountRequest, bot: Bot): Promise<HomeNewAccount> {
  const next = nextStep(request);
  return {
    name: request.wanted.name,
    ...(next !== undefined && { next }),
    ...(await cardLink(request.card, bot)),
  };
}

/** Shows a few of a list, and says how many there are. */
async function some<T, S>(list: readonly T[], show: (one: T) => Promise<S>) {
  return { shown: await Promise.all(list.slice(0, HOME_SHOWN).map(show)), total: list.length };
}

export async function runHome(job: HomeJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  if (user === undefined) return;
  const language = await bot.languageOf(user);
  if (await refusedToLook(user, bot)) {
    await bot.ports.slack.publishHome(user, drawClosedHome(language));
    return;
  }
  const home = await gatherHome(user, bot.home);
  const pages = Math.max(1, Math.ceil(home.requests.length / HOME_SHOWN));
  const page = Math.min(job.page, pages);
  const [approvals, asked, requests, taken, exceptions, newAccounts] = await Promise.all([
    some(home.approvals, (change) => homeApproval(change, bot)),
    some(home.asked, (change) => homeApproval(change, bot)),
    some(home.requests.slice((page - 1) * HOME_SHOWN), (request) => homeRequest(request, language, bot)),
    some(home.taken, (request) => homeRequest(request, language, bot)),
    some(home.exceptions, (exception) => homeException(exception, bot)),
    some(home.newAccounts, (request) => homeNewAccount(request, bot)),
  ]);
  const view = drawHome(
    {
      at: bot.ports.now().toISOString(),
      team: home.team,
      approvals,
      asked,
      requests: { ...requests, total: home.requests.length, page, pages, more: home.more },
      taken,
      exceptions,
      newAccounts,
      accounts: { shown: home.accounts.slice(0, HOME_SHOWN), total: home.accounts.length },
      scores: home.scores.map(({ account, score }) => ({
        account,
        counts: score.counts,
        change: changeOver(score, 7),
      })),
      weeks: home.weeks,
      ownerless: { shown: home.ownerless.slice(0, HOME_SHOWN), total: home.ownerless.length },
    },
    language,
  );
  await bot.ports.slack.publishHome(user, view);
}
