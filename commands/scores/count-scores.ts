import type { AccountId } from '../../src/accounts';
import { type ControlStatus, countAccount } from '../../src/scores';
import { printable } from '../printable';
import type { OpenScores } from './open-scores';
import { shownScore } from './shown-score';

/** Nothing has ever come from this account. */
export class UnknownAccountError extends Error {
  override readonly name = 'UnknownAccountError';
}

/**
 * Counts every control of one account, or of all, from its issues, and prints what has come out differently.
 * @throws UnknownAccountError when the account that is asked for has sent no finding
 */
export async function countScores(account: AccountId | undefined, open: OpenScores): Promise<void> {
  const accounts = (await open.counts.accounts()).map((known) => known.account);
  if (account !== undefined && !accounts.includes(account)) {
    throw new UnknownAccountError(`Account ${account} has sent no finding yet: there is nothing to count.`);
  }
  let changed = 0;
  const counted = account === undefined ? accounts : [account];
  for (const one of counted) if (await countOne(one, open)) changed += 1;
  const many = counted.length === 1 ? 'account' : 'accounts';
  console.log(`${counted.length.toLocaleString('en-US')} ${many} counted, ${changed || 'none'} changed.`);
}

/** True where a control has come out differently. */
async function countOne(account: AccountId, { scores, counts, about }: OpenScores): Promise<boolean> {
  const statuses = async () =>
    new Map(
      (await scores.ofControls.of(account)).map(({ control, status }): [string, ControlStatus] => [
        control,
        status,
      ]),
    );
  const [stood, before] = await Promise.all([scores.ofAccounts.load(account), statuses()]);
  const { score } = await countAccount(account, counts, { all: { reconciled: false } });
  const moved = [...(await statuses())].filter(([control, status]) => before.get(control) !== status);
  const was = stood?.asOf === undefined ? 'never counted before' : `was ${shownScore(stood.counts)}`;
  const name = about(account).name;
  const title = name === undefined ? account : `${account} ${printable(name)}`;
  console.log(`${title}  ${shownScore(score.counts)}${moved.length > 0 ? `, ${was}` : ', unchanged'}`);
  for (const [control, status] of moved.sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`  ${printable(control)}  ${before.get(control) ?? 'new'} → ${status}`);
  }
  return moved.length > 0;
}
