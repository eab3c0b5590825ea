import type { AccountId, Principal } from '../src/accounts';
import { type Request, urgency } from '../src/requests';
import type { FrontBot } from './composition';

/** As many as are ever listed: nobody turns more than fifty pages. */
const LISTED = 500;

/**
 * Open requests, most urgent first: of one account, or a person's own, for the security team everybody's.
 * @returns `mine`: true when it holds the person's own accounts only
 */
export async function requestsFor(
  user: Principal,
  account: AccountId | undefined,
  bot: FrontBot,
): Promise<{ readonly all: readonly Request[]; readonly mine: boolean }> {
  const { requests } = bot.intake;
  const accounts = bot.accounts.list();
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
