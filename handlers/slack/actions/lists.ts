import { EVERY_ACCOUNT } from '../../../blocks/cards/accounts';
import { BLOCKS, readHistory } from '../../../blocks/ids';
import type { FrontBot } from '../../composition';
import { queueExceptions } from '../commands/exceptions';
import { queueHistory } from '../commands/history';
import { queueQuestions } from '../commands/questions';
import { queueRequests } from '../commands/requests';
import type { Press } from '../press';

/** The account in the value of a button or an option; none where all together are meant. */
function accountIn(value: string | undefined): { readonly account?: string } {
  return value === undefined || value === '' || value === EVERY_ACCOUNT ? {} : { account: value };
}

function pageIn(value: string | undefined): number | undefined {
  const page = Number(value);
  return Number.isInteger(page) && page >= 1 ? page : undefined;
}

/** Turns the pages of the request list: the button's value is the number of the page, and whose list it is. */
export async function turnRequests(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  const [number, account] = press.value.split(' ');
  const page = pageIn(number);
  if (responseUrl === undefined || page === undefined) return;
  await queueRequests({ ...press, responseUrl }, bot, { ...accountIn(account), page, turn: true });
}

/** Lists the requests of the account that was chosen. */
export async function pickRequests(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  if (responseUrl === undefined) return;
  await queueRequests({ ...press, responseUrl }, bot, { ...accountIn(press.value), page: 1, turn: true });
}

/** Turns the pages of the list of questions. */
export async function turnQuestions(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  const [number, status, account] = press.value.split(' ');
  const page = pageIn(number);
  if (responseUrl === undefined || page === undefined) return;
  await queueQuestions({ ...press, responseUrl }, bot, {
    ...accountIn(account),
    status: status === 'all' ? 'all' : 'open',
    page,
    turn: true,
  });
}

/** Lists the questions about the account that was chosen. */
export async function pickQuestions(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  if (responseUrl === undefined) return;
  await queueQuestions({ ...press, responseUrl }, bot, {
    ...accountIn(press.value),
    status: press.block === `${BLOCKS.pickQuestions}:all` ? 'all' : 'open',
    page: 1,
    turn: true,
  });
}

/** Turns the pages of a history: the button's value is where the page begins, and whose history it is. */
export async function turnHistory(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  if (responseUrl === undefined) return;
  await queueHistory({ ...press, responseUrl }, bot, { ...readHistory(press.value), turn: true });
}

/** Turns the pages of the list of exceptions. */
export async function turnExceptions(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  const [number, account] = press.value.split(' ');
  const page = pageIn(number);
  if (responseUrl === undefined || page === undefined) return;
  await queueExceptions({ ...press, responseUrl }, bot, { ...accountIn(account), page, turn: true });
}

/** Lists the exceptions of the account that was chosen. */
export async function pickExceptions(press: Press, bot: FrontBot): Promise<void> {
  const { responseUrl } = press;
  if (responseUrl === undefined) return;
  await queueExceptions({ ...press, responseUrl }, bot, { ...accountIn(press.value), page: 1, turn: true });
}
