import * as z from 'zod';
import { rule } from '../access';
import type { Account, AccountId } from '../accounts';
import type { MemberAccounts } from '../aws';
import { type Change, ChangeFailed, type ChangeKind } from '../changes';
import {
  aboutAccount,
  type RegistryChanges,
  type AccountWish as RegistryWish,
  saveAccount,
  targetAccount,
  tellOwners,
  wishProblem,
} from '../registry';
import { derivedId } from '../store';
import { type AccountRequest, nextStep } from './account-request';
import type { AccountRequests } from './account-requests';
import { RegisterPayload } from './account-wish';
import { checkAccount, missingOf } from './check-account';
import {
  firstRecord,
  moveAccountRequest,
  noted,
  reached,
  settleAccountRequest,
} from './move-account-request';
import type { AccountRequestChanges } from './request-account';
import { sessionPurpose } from './session-purpose';

/** What registering an account needs. */
export interface AccountRegistration extends RegistryChanges, AccountRequestChanges {
  readonly members: MemberAccounts;
}

/** Id of the record of an account that was there before the bot heard of it. */
export function existingRequestId(account: AccountId): string {
  return derivedId('existing-account', account);
}

/** What registering the account of a request says of it; `more` is what is known by then. */
export function registerPayload(
  { id, wanted }: Pick<AccountRequest, 'id' | 'wanted'>,
  more: { readonly unchecked?: string | undefined; readonly channel?: string | undefined } = {},
): RegisterPayload {
  const { name, kind, owner, deputy, project, mail, channel } = wanted;
  return {
    name,
    kind,
    owner,
    deputy,
    project,
    mail,
    channel: more.channel ?? channel,
    request: id,
    unchecked: more.unchecked,
  };
}

/** True when the register holds it already, with an owner: what a sync has found has none and can be completed. */
export function isTaken({ registered, owner }: Pick<Account, 'registered' | 'owner'>): boolean {
  return registered && owner !== undefined;
}

/** True when somebody has asked for an account, and this is it already. */
export async function isUnderWay(
  account: AccountId,
  accountRequests: Pick<AccountRequests, 'open'>,
  except: string | undefined,
): Promise<boolean> {
  return (await accountRequests.open()).some(
    (other) => other.origin === 'new' && other.account === account && other.id !== except,
  );
}

const Before = z.object({ taken: z.boolean() });

/**
 * "This is the account": looks whether the bot can look after it, and takes it into the register with its owner and
 * channel. Asked for again, it goes on from where the request stands.
 */
export function registerAccount(deps: AccountRegistration): ChangeKind<RegisterPayload> {
  return {
    kind: 'register-account',
    schema: RegisterPayload,
    about: aboutAccount,
    async rule(change) {
      const account = deps.register.lookup(targetAccount(change));
      const asker = await deps.directory.askerFor(change.actor.id, account, true);
      return rule(asker, { kind: 'register-account', severity: 'LOW' }, deps.rules);
    },
    async before(change) {
      return { taken: isTaken(deps.register.lookup(targetAccount(change))) };
    },
    async apply(change, payload) {
      const account = targetAccount(change);
      const { taken } = Before.parse(change.before);
      if (taken && payload.request === undefined) throw new ChangeFailed('registered');
      const request = await requestOf(change, account, payload, deps);
      // Asked for again, a request goes on with the account that it has registered itself.
      if (taken && request?.steps.registered === undefined) throw new ChangeFailed('registered');
      if (request === undefined) throw new ChangeFailed('gone');
      const done = await entered(request, account, change, payload, deps);

      const { status } = deps.register.lookup(account);
      const check = await checkAccount(account, status, sessionPurpose(change), deps.members, deps.now);
      const missing = missingOf(check);
      const complete = missing === undefined;
      await moveAccountRequest(
        done.id,
        (current) =>
          nextStep(current) === undefined
            ? current
            : noted(
                { ...current, check },
                { what: 'checked', by: change.actor.id, detail: missing ?? 'complete' },
                deps,
              ),
        deps,
      );
      if (missing !== undefined && payload.unchecked === undefined) throw new ChangeFailed(missing);

      const dropped = done.steps.registered ? [] : await save(account, change, payload, deps);
      const by = [change.actor.id];
      const unchecked = complete ? {} : { unchecked: payload.unchecked ?? '' };
      await moveAccountRequest(
        done.id,
        (current) => {
          const told =
            dropped.length === 0 || current.dropped !== undefined || current.end !== undefined
              ? current
              : noted({ ...current, dropped }, { what: 'left out', detail: dropped.join(', ') }, deps);
          const based = reached(told, 'baseline', { by, ...unchecked }, deps);
          const registered = reached(based, 'registered', { by }, deps);
          return complete ? reached(registered, 'ready', {}, deps) : registered;
        },
        deps,
      );
      return {};
    },
  };
}

/**
 * The request that the change fulfils; undefined when it is none that could go on. That of an account which was there
 * before is made here, and takes what was said last.
 */
async function requestOf(
  change: Change,
  account: AccountId,
  payload: RegisterPayload,
  deps: AccountRegistration,
): Promise<AccountRequest | undefined> {
  const { accountRequests } = deps;
  const { request: id, unchecked: _, ...wanted } = payload;
  if (id !== undefined) {
    const asked = await accountRequests.load(id);
    const ready = asked?.origin === 'existing' || asked?.steps.approved !== undefined;
    return asked && ready && asked.end === undefined ? asked : undefined;
  }
  const { actor } = change;
  const steps = { created: { at: deps.now().toISOString(), by: [actor.id] } };
  const record = firstRecord(
    existingRequestId(account),
    { origin: 'existing', wanted: { ...wanted, fields: {} }, asker: actor, steps, account },
    deps.defaultChannel,
    deps,
  );
  if (await accountRequests.create(record)) return settleAccountRequest(record, deps);
  return moveAccountRequest(
    record.id,
    (current) => (current.steps.registered === undefined ? { ...current, wanted: record.wanted } : current),
    deps,
  );
}

/** The account's id is known: that it was created is told, unless an earlier try has. */
async function entered(
  request: AccountRequest,
  account: AccountId,
  change: Change,
  payload: RegisterPayload,
  deps: AccountRegistration,
): Promise<AccountRequest> {
  if (request.steps.registered !== undefined && request.account !== account) {
    throw new ChangeFailed('registered');
  }
  if (await isUnderWay(account, deps.accountRequests, request.id)) throw new ChangeFailed('under-way');
  const moved = await moveAccountRequest(
    request.id,
    (current) => {
      const wanted = withChannel(current.wanted, payload);
      if (current.account === account && wanted.channel === current.wanted.channel) return current;
      const known = { ...current, account, wanted };
      const by = change.actor.id;
      return current.steps.created === undefined
        ? reached(known, 'created', { by: [by] }, deps)
        : noted(known, { what: 'another id', by, detail: account }, deps);
    },
    deps,
  );
  return moved ?? request;
}

/** A channel that was still to be created when it was asked for is there by now. */
function withChannel(
  wanted: AccountRequest['wanted'],
  { channel }: RegisterPayload,
): AccountRequest['wanted'] {
  if (channel === undefined) return wanted;
  const { newChannel: _, ...rest } = wanted;
  return { ...rest, channel };
}

/** Registers it. What is gone of what was wanted is left out and named: nobody need start anew for that. */
async function save(
  account: AccountId,
  change: Change,
  payload: RegisterPayload,
  deps: AccountRegistration,
): Promise<NonNullable<AccountRequest['dropped']>> {
  const { request: _, unchecked: __, ...wanted } = payload;
  const dropped: ('owner' | 'deputy' | 'channel')[] = [];
  let wish: RegistryWish = wanted;
  for (
    let problem = await wishProblem(wish, deps);
    problem !== undefined;
    problem = await wishProblem(wish, deps)
  ) {
    dropped.push(problem.field);
    wish = { ...wish, [problem.field]: undefined };
  }
  const { id: by, name: byName } = change.actor;
  const at = deps.now().toISOString();
  await saveAccount(account, wish, { source: 'slack', by, byName, change: change.id, at }, deps);
  await tellOwners(change, undefined, deps.register.lookup(account), deps);
  return dropped;
}
