import { drawHistoryUsage } from '../../../blocks/cards/misread';
import type { Message } from '../../../blocks/kit';
import { accountId, principal } from '../../../src/accounts';
import { type AuditSubject, subjectRef } from '../../../src/audit';
import { parseRequestRef, requestRef } from '../../../src/requests';
import type { FrontBot } from '../../composition';
import type { HistoryJob } from '../../jobs/history';
import { accountArgument } from './account';
import { queueList } from './queue-list';
import type { Subcommand, Typed } from './subcommand';

/** A user as Slack writes one into an escaped command. */
const PERSON = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/;
/** The form of a Security Hub control's id. */
const CONTROL = /^[a-z][a-z0-9-]*\.\d+$/i;

/** Queues a page of a history for whoever asked; it comes through the response URL. */
export async function queueHistory(
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: FrontBot,
  which: Pick<HistoryJob, 'of' | 'from' | 'turn'>,
): Promise<void> {
  await queueList('history', typed, bot, which);
}

/** Whose history is meant, or the answer when that cannot be told. */
async function subjectArgument(
  typed: Typed,
  bot: FrontBot,
): Promise<{ readonly of: AuditSubject } | { readonly answer: Message }> {
  const { args } = typed;
  const text = args.join(' ');
  const person = principal(PERSON.exec(text)?.[1] ?? '');
  if (person !== undefined) return { of: { person } };
  const key = parseRequestRef(text);
  if (key !== undefined) return { of: { request: requestRef(key) } };
  // A name that could not be turned into a person, or nothing at all.
  if (text === '' || /^[<@]/.test(text)) return { answer: drawHistoryUsage(typed.language) };

  const whole = await accountArgument(args, (account) => `/secops history ${account}`, typed, bot);
  if (!('answer' in whole)) return ofAccount(whole.account, typed);
  const control = args.at(-1) ?? '';
  if (args.length === 1 || !CONTROL.test(control)) return whole;
  const usage = (account: string) => `/secops history ${account} ${control}`;
  const before = await accountArgument(args.slice(0, -1), usage, typed, bot);
  if ('answer' in before) return before;
  const request = parseRequestRef(`${before.account}/control/${control.toLowerCase()}`);
  return request === undefined ? whole : { of: { request: requestRef(request) } };
}

function ofAccount(id: string | undefined, { language }: Typed) {
  const account = accountId(id ?? '');
  return account === undefined ? { answer: drawHistoryUsage(language) } : { of: { account } };
}

export const historyCommand: Subcommand = {
  name: 'history',
  usage: '/secops history ACCOUNT [CONTROL] | @USER',
  about: {
    ja: 'アカウント、依頼（アカウントとコントロール）、人の操作の履歴を、認められなかったものも含めて表示します。',
    en: 'What was done, tried and refused: for an account, one of its requests, or by a person.',
  },
  async execute(typed, bot) {
    const found = await subjectArgument(typed, bot);
    if ('answer' in found) return found.answer;
    await queueHistory(typed, bot, { of: subjectRef(found.of), turn: false });
    return undefined;
  },
};
