import * as z from 'zod';
import { drawExceptions, EXCEPTIONS_PAGE, type ListedException } from '../../blocks/cards/exceptions';
import { designTerms, ruleUndo, suppressOffer } from '../../src/access';
import { accountId, type Principal, principal } from '../../src/accounts';
import { type Exception, liveExceptions, suppressedUnder, worstOf } from '../../src/suppressions';
import type { Bot } from '../composition';
import { cardLink } from './card-link';

/** The list of suppressions in force. */
export const ExceptionsJob = z.object({
  job: z.literal('exceptions'),
  user: z.string(),
  /** One account's; absent: all of them. */
  account: z.string().optional(),
  page: z.int().min(1),
  responseUrl: z.url(),
  /** True when the pages are turned: the message is replaced. */
  turn: z.boolean(),
});
export type ExceptionsJob = z.infer<typeof ExceptionsJob>;

/** What one person sees of an exception, and what they may do with it. Rights are looked at again when they do it. */
async function listed(exception: Exception, user: Principal, bot: Bot): Promise<ListedException> {
  const { change, payload, request: key, byDesign } = exception;
  const account = bot.intake.accounts(key.account);
  const { SECURITY_ANALYSTS: analysts, SECURITY_LEADS: leads } = bot.settings;
  const { access: rules } = bot.config;
  const [request, issues, asker] = await Promise.all([
    bot.intake.requests.load(key),
    suppressedUnder(exception, bot.intake.issues),
    bot.directory.askerFor(user, account, false),
  ]);
  const severity = worstOf(issues);
  const terms = [
    ...suppressOffer(asker, severity, rules, { analysts, leads }).terms,
    ...designTerms(asker, severity, rules),
  ];
  return {
    change: change.id,
    account,
    control: request?.control ?? key.subject,
    count: issues.length,
    byDesign,
    reason: payload.reason,
    who: change.actor.id,
    until: payload.until,
    extend: issues.length > 0 && terms.length > 0,
    undo: ruleUndo(asker, change.actor.id, severity, rules).effect === 'allow',
    ...(request && (await cardLink(request.card, bot))),
  };
}

export async function runExceptions(job: ExceptionsJob, bot: Bot): Promise<void> {
  const user = principal(job.user);
  if (user === undefined) return;
  const account = accountId(job.account ?? '');
  const all = await liveExceptions(bot.changes, { ...(account !== undefined && { account }) });
  const pages = Math.max(1, Math.ceil(all.length / EXCEPTIONS_PAGE));
  const page = Math.min(job.page, pages);
  const shown = all.slice((page - 1) * EXCEPTIONS_PAGE, page * EXCEPTIONS_PAGE);
  const message = drawExceptions(
    {
      exceptions: await Promise.all(shown.map((exception) => listed(exception, user, bot))),
      page,
      pages,
      total: all.length,
      ...(account !== undefined && { account: bot.intake.accounts(account) }),
    },
    await bot.languageOf(user),
  );
  await bot.ports.respond(job.responseUrl, { ...message, replaceOriginal: job.turn });
}
