import * as z from 'zod';
import { drawAnswer } from '../../blocks/cards/answers';
import { drawHistory, HISTORY_PAGE, type HistoryOf, type ListedEvent } from '../../blocks/cards/history';
import { type Ruling, rule } from '../../src/access';
import { type Principal, principal } from '../../src/accounts';
import { type AuditEvent, type AuditSubject, parseSubjectRef } from '../../src/audit';
import { ANY_ACCOUNT } from '../../src/policy';
import { parseRequestRef } from '../../src/requests';
import type { Bot } from '../composition';
import { noteDenial } from '../slack/note-denial';

/** The history of an account, a request or a person, out of the audit log. */
export const HistoryJob = z.object({
  job: z.literal('history'),
  user: z.string(),
  /** Whose, see `subjectRef`. */
  of: z.string(),
  /** The cursor at which the page begins; absent: the newest. */
  from: z.string().optional(),
  responseUrl: z.url(),
  /** True when the pages are turned: the message is replaced. */
  turn: z.boolean(),
});
export type HistoryJob = z.infer<typeof HistoryJob>;

/** The account that a subject belongs to; a person belongs to none. */
function accountOf(subject: AuditSubject) {
  if ('account' in subject) return subject.account;
  return 'request' in subject ? parseRequestRef(subject.request)?.account : undefined;
}

/** What a person did is for themselves and the security team; the rest is for everybody who may look. */
async function ruleOnHistory(user: Principal, subject: AuditSubject, bot: Bot): Promise<Ruling> {
  const account = bot.intake.accounts(accountOf(subject) ?? ANY_ACCOUNT);
  const asker = await bot.directory.askerFor(user, account, false);
  const ruling = rule(asker, { kind: 'look', severity: 'LOW' }, bot.config.access);
  if (ruling.effect !== 'allow' || !('person' in subject) || subject.person === user) return ruling;
  return asker.roles.some((role) => role === 'analyst' || role === 'lead')
    ? ruling
    : { effect: 'deny', reason: { code: 'not-allowed', who: ['analyst', 'lead'] } };
}

/** The control of a request as people write it; that of a threat is known by its request alone. */
async function controlOf(ref: string, bot: Bot): Promise<string> {
  const key = parseRequestRef(ref);
  if (key === undefined) return ref;
  const known = key.kind === 'control' ? bot.config.catalogue.find(key.subject)?.id : undefined;
  return known ?? (await bot.intake.requests.load(key))?.control ?? key.subject;
}

async function listed(event: AuditEvent, bot: Bot): Promise<ListedEvent> {
  const { account, request } = event;
  return {
    event,
    ...(account !== undefined && { account: bot.intake.accounts(account) }),
    ...(request !== undefined && { control: await controlOf(request, bot) }),
  };
}

async function headed(subject: AuditSubject, bot: Bot): Promise<HistoryOf> {
  if ('person' in subject) return subject;
  const account = accountOf(subject);
  return {
    ...(account !== undefined && { account: bot.intake.accounts(account) }),
    ...('request' in subject && { control: await controlOf(subject.request, bot) }),
  };
}

export async function runHistory(job: HistoryJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  const subject = parseSubjectRef(job.of);
  if (user === undefined || subject === undefined) return;
  const language = await bot.languageOf(user);
  const replaceOriginal = job.turn;
  const ruling = await ruleOnHistory(user, subject, bot);
  if (ruling.effect !== 'allow') {
    const account = accountOf(subject);
    await noteDenial(
      { user, kind: 'look', ref: job.of, ruling, ...(account !== undefined && { account }) },
      bot,
    );
    const refused = drawAnswer({ kind: 'ruling', ruling, ask: [] }, language);
    await bot.ports.respond(job.responseUrl, { ...refused, replaceOriginal });
    return;
  }
  const { events, next } = await bot.audit.of(subject, {
    limit: HISTORY_PAGE,
    ...(job.from !== undefined && { from: job.from }),
  });
  const message = drawHistory(
    {
      of: await headed(subject, bot),
      ref: job.of,
      events: await Promise.all(events.map((event) => listed(event, bot))),
      newest: job.from === undefined,
      ...(next !== undefined && { next }),
    },
    language,
  );
  await bot.ports.respond(job.responseUrl, { ...message, replaceOriginal });
}
