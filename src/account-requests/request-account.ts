import { rule } from '../access';
import type { Account } from '../accounts';
import { type Change, ChangeFailed, type ChangeKind } from '../changes';
import { ANY_ACCOUNT } from '../policy';
import { type RegistryChanges, wishProblem } from '../registry';
import type { AccountRequest, RequestEnd } from './account-request';
import { AccountWish } from './account-wish';
import { isMailInUse } from './mail-in-use';
import {
  type AccountRequestEffects,
  ended,
  firstRecord,
  moveAccountRequest,
  reached,
  settleAccountRequest,
} from './move-account-request';

/** What changes about new accounts need. */
export interface AccountRequestChanges
  extends AccountRequestEffects,
    Pick<RegistryChanges, 'directory' | 'rules' | 'register' | 'slack' | 'defaultChannel'> {
  readonly registered: () => readonly Account[];
}

/** Kinds by which an account is asked for: one for production takes more people. */
export const REQUEST_KINDS = {
  'non-production': 'request-account',
  production: 'request-production-account',
} as const;
type RequestKind = (typeof REQUEST_KINDS)[keyof typeof REQUEST_KINDS];

/** The record of a request, made now if this is its first step. */
async function opened(
  change: Change,
  wish: AccountWish,
  deps: AccountRequestChanges,
): Promise<AccountRequest> {
  const { id, actor, proposedAt } = change;
  const steps = { requested: { at: proposedAt, by: [actor.id] } };
  const record = firstRecord(
    id,
    { origin: 'new', wanted: wish, asker: actor, steps },
    deps.defaultChannel,
    deps,
  );
  const standing = (await deps.accountRequests.create(record)) ? record : await deps.accountRequests.load(id);
  return settleAccountRequest(standing ?? record, deps);
}

async function end(change: Change, how: Omit<RequestEnd, 'at'>, deps: AccountRequestChanges): Promise<void> {
  await moveAccountRequest(change.id, (request) => ended(request, how, deps), deps);
}

/** "A new account, please": its timeline begins when it is asked, and goes on when it is approved. */
export function requestAccount(kind: RequestKind, deps: AccountRequestChanges): ChangeKind<AccountWish> {
  const fail = async (change: Change, code: string): Promise<never> => {
    await end(change, { as: 'failed', reason: code }, deps);
    throw new ChangeFailed(code);
  };
  return {
    kind,
    schema: AccountWish,
    about: () => ({}),
    async rule(change, wish) {
      // What it is ruled by follows from what is wanted, whatever the proposal calls itself.
      const asked = { kind: REQUEST_KINDS[wish.kind], severity: 'LOW' } as const;
      const nobodys = deps.register.lookup(ANY_ACCOUNT);
      return rule(await deps.directory.askerFor(change.actor.id, nobodys, true), asked, deps.rules);
    },
    before: async () => ({}),
    async announce(change, wish, what) {
      await opened(change, wish, deps);
      const { actor, denial } = change;
      switch (what) {
        case 'asked':
          return;
        case 'refused':
          return end(
            change,
            { as: 'denied', ...(denial && { by: denial.by.id, reason: denial.reason }) },
            deps,
          );
        case 'withdrawn':
          return end(change, { as: 'withdrawn', by: actor.id }, deps);
        case 'expired':
          return end(change, { as: 'expired' }, deps);
      }
    },
    async apply(change, wish) {
      const request = await opened(change, wish, deps);
      if (request.end) throw new ChangeFailed(request.end.reason ?? 'gone');
      if (request.steps.approved === undefined) {
        const problem = await wishProblem({ owner: wish.owner }, deps);
        if (problem) return fail(change, problem.problem);
        if (await isMailInUse(wish.mail, deps, change.id)) return fail(change, 'mail-used');
      }
      const by = (change.approvals ?? []).map((approval) => approval.by.id);
      const how = { by: by.length === 0 ? [change.actor.id] : by };
      await moveAccountRequest(change.id, (current) => reached(current, 'approved', how, deps), deps);
      return {};
    },
  };
}
