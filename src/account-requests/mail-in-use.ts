import type { Account } from '../accounts';
import { type AccountRequest, nextStep } from './account-request';
import type { AccountRequests } from './account-requests';

const same = (a: string | undefined, b: string) => a?.toLowerCase() === b.toLowerCase();

/**
 * AWS takes a root mail address once. True when a registered account has it, closed ones too (AWS keeps theirs), or an
 * account that is on its way.
 * @param except id of the request that asks
 */
export async function isMailInUse(
  mail: string,
  sources: {
    readonly registered: () => readonly Account[];
    readonly accountRequests: Pick<AccountRequests, 'open'>;
  },
  except?: string,
): Promise<boolean> {
  if (sources.registered().some((account) => same(account.mail, mail))) return true;
  const others = await sources.accountRequests.open();
  return others.some((request) => request.id !== except && holds(request, mail));
}

function holds(request: AccountRequest, mail: string): boolean {
  return nextStep(request) !== undefined && same(request.wanted.mail, mail);
}
