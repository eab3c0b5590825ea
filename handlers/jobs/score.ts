import * as z from 'zod';
import { drawAnswer } from '../../blocks/cards/answers';
import {
  drawNoScores,
  drawScore,
  drawScores,
  type ScoreCard,
  type ScoresOf,
  type ShownHolding,
} from '../../blocks/cards/score';
import type { Message } from '../../blocks/kit';
import { drawTrendPicture } from '../../blocks/pictures';
import {
  type Account,
  type AccountId,
  accountId,
  accountsOfProject,
  type Principal,
  principal,
} from '../../src/accounts';
import { accountsOf } from '../../src/home';
import { controlPage, type Language } from '../../src/playbooks';
import { parseRequestRef, type Request, requestRef } from '../../src/requests';
import {
  type AccountScore,
  type DayScore,
  type Holding,
  listScores,
  TREND_DAYS,
  viewScore,
} from '../../src/scores';
import type { Bot } from '../composition';
import { respondWithPictures } from '../respond-with-pictures';
import { noteDenial } from '../slack/note-denial';
import { cardLink } from './card-link';

/** A score, or a list of them. */
export const ScoreJob = z.object({
  job: z.literal('score'),
  user: z.string(),
  /** Absent: the person's own accounts, for the security team everybody's. */
  of: z
    .union([
      z.object({ account: z.string() }),
      z.object({ person: z.string() }),
      z.object({ project: z.string() }),
    ])
    .optional(),
  responseUrl: z.url(),
});
export type ScoreJob = z.infer<typeof ScoreJob>;

/** So many accounts are read one by one; of more, all scores there are go through in pages. */
const SINGLE = 40;
/** Who asks. Scores are public inside the company; a guest sees those of their own accounts only. */
interface Viewer {
  readonly user: Principal;
  readonly guest: boolean;
  readonly team: boolean;
  readonly own: readonly Account[];
  readonly language: Language;
}

async function viewerOf(user: Principal, bot: Bot): Promise<Viewer> {
  const [{ standing }, { accounts, team }, language] = await Promise.all([
    bot.directory.visitor(user),
    accountsOf(user, bot.home),
    bot.languageOf(user),
  ]);
  // Nobody becomes an analyst by being put into a group from outside.
  const guest = standing === 'guest';
  return { user, guest, team: team && !guest, own: accounts, language };
}

function isOwn(account: AccountId, { own }: Viewer): boolean {
  return own.some(({ id }) => id === account);
}

export async function runScore(job: ScoreJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  if (user === undefined) return;
  const viewer = await viewerOf(user, bot);
  const { of, responseUrl } = job;
  if (of !== undefined && 'account' in of) {
    const account = accountId(of.account);
    return account && answerOne(account, viewer, responseUrl, bot);
  }
  const meant = await accountsMeant(of, viewer, bot);
  if (meant === undefined) return;
  // What a guest may not see is left out, and not counted either.
  const accounts = viewer.guest ? meant.accounts.filter(({ id }) => isOwn(id, viewer)) : meant.accounts;
  if (viewer.guest && meant.of.kind !== 'mine' && accounts.length === 0) {
    return refuseGuest(meant.of.kind, viewer, responseUrl, bot);
  }
  const [only] = accounts;
  if (only !== undefined && accounts.length === 1 && meant.of.kind !== 'all') {
    return answerOne(only.id, viewer, responseUrl, bot);
  }
  await bot.ports.respond(responseUrl, await severalScores(meant.of, accounts, viewer, bot));
}

async function accountsMeant(
  of: Exclude<ScoreJob['of'], { account: string }>,
  { user, team, own }: Viewer,
  bot: Bot,
): Promise<{ readonly of: ScoresOf; readonly accounts: readonly Account[] } | undefined> {
  const active = bot.accounts.list().filter(({ status }) => status === 'active');
  if (of === undefined) {
    return team ? { of: { kind: 'all' }, accounts: active } : { of: { kind: 'mine' }, accounts: own };
  }
  if ('project' in of) {
    const accounts = accountsOfProject(of.project, active);
    return { of: { kind: 'project', project: accounts[0]?.project ?? of.project }, accounts };
  }
  const who = principal(of.person);
  if (who === undefined) return undefined;
  if (who === user) return { of: { kind: 'mine' }, accounts: own };
  return { of: { kind: 'person', who }, accounts: (await accountsOf(who, bot.home)).accounts };
}

async function severalScores(
  of: ScoresOf,
  accounts: readonly Account[],
  { guest, language }: Viewer,
  bot: Bot,
): Promise<Message> {
  const listed = new Map(accounts.map((account) => [account.id, account]));
  const list = await listScores(scorePages(of, accounts, bot), accounts, (id) => {
    if (of.kind !== 'all') return listed.get(id);
    const account = bot.intake.accounts(id);
    return account.status === 'active' ? account : undefined;
  });
  return list.accounts === 0 ? drawNoScores(of, guest, language) : drawScores(list, of, language);
}

async function* scorePages(
  of: ScoresOf,
  accounts: readonly Account[],
  { scores }: Bot,
): AsyncIterable<readonly AccountScore[]> {
  if (of.kind === 'all' || accounts.length > SINGLE) {
    yield* scores.ofAccounts.pages();
    return;
  }
  const found = await Promise.all(accounts.map(({ id }) => scores.ofAccounts.load(id)));
  yield found.filter((score) => score !== undefined);
}

/** @param ref what they asked for: an account, or whose accounts */
async function refuseGuest(
  ref: string,
  { language, user }: Viewer,
  responseUrl: string,
  bot: Bot,
): Promise<void> {
  const ruling = { effect: 'deny', reason: { code: 'guest' } } as const;
  const account = accountId(ref);
  await noteDenial(
    { user, kind: 'look', ref: `score ${ref}`, ruling, ...(account !== undefined && { account }) },
    bot,
  );
  await bot.ports.respond(responseUrl, drawAnswer({ kind: 'ruling', ruling, ask: [] }, language));
}

async function answerOne(id: AccountId, viewer: Viewer, responseUrl: string, bot: Bot): Promise<void> {
  if (viewer.guest && !isOwn(id, viewer)) return refuseGuest(id, viewer, responseUrl, bot);
  const { language } = viewer;
  const { card, points } = await readCard(id, viewer, bot);
  const hasLine = points.filter(({ score }) => score !== undefined).length > 1;
  const name = card.account.name ?? id;
  await respondWithPictures(
    {
      responseUrl,
      about: id,
      pictures: {
        trend: async () => (hasLine ? drawTrendPicture({ name, points }, language) : undefined),
      },
      draw: ({ trend }) => drawScore({ ...card, ...(trend && { picture: trend }) }, language),
    },
    bot,
  );
}

async function readCard(
  id: AccountId,
  viewer: Viewer,
  bot: Bot,
): Promise<{ readonly card: ScoreCard; readonly points: readonly DayScore[] }> {
  const account = bot.intake.accounts(id);
  const [score, controls, snapshots] = await Promise.all([
    bot.scores.ofAccounts.load(id),
    bot.scores.ofControls.of(id),
    bot.scores.snapshots(id, TREND_DAYS),
  ]);
  const view = viewScore({ score, controls, snapshots }, bot.config.catalogue, bot.ports.now());
  const concerned = viewer.team || isOwn(id, viewer);
  const holding = view.holding.map((one) => shownHolding(one, id, concerned, viewer.language, bot));
  return {
    card: {
      account,
      view,
      holding: await Promise.all(holding),
      known: account.registered || score !== undefined,
    },
    points: view.points,
  };
}

async function shownHolding(
  { control, severity, status, resources }: Holding,
  account: AccountId,
  concerned: boolean,
  language: Language,
  bot: Bot,
): Promise<ShownHolding> {
  const key = parseRequestRef(requestRef({ account, kind: 'control', subject: control.toLowerCase() }));
  const request = key && (await bot.intake.requests.load(key));
  const playbook = bot.views.playbooks(control);
  return {
    control,
    severity,
    status,
    title: titleOf(request, playbook?.text[language].title, control, bot),
    // What nobody has been asked about yet is for those whom it concerns, as in the list of requests.
    ...((concerned || request?.phase === 'open') && { resources }),
    ...(request?.phase === 'open' && (await cardLink(request.card, bot))),
    page: playbook?.links[language] ?? controlPage(control, language),
  };
}

function titleOf(request: Request | undefined, title: string | undefined, control: string, bot: Bot): string {
  return title ?? request?.summary?.title ?? bot.config.catalogue.find(control)?.title ?? control;
}
