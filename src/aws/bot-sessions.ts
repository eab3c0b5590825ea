import type { STSClient } from '@aws-sdk/client-sts';
import type { AccountId } from '../accounts';
import {
  type MemberRole,
  openMemberSession,
  SESSION_SECONDS,
  type SessionCredentials,
} from './member-session';
import { RoleRefused } from './refusal';
import { ownIdentity } from './session-identity';

/** Credentials are given up so long before they end, so that what is begun with them can be finished. */
const MARGIN_MS = 2 * 60_000;
/** How AWS's services say that a session has ended: sooner than it was to, or this machine's clock is behind. */
const ENDED = /^ExpiredToken/;
/** A role that has refused is left alone so long: most accounts that have none will have none next time either. */
const REFUSED_MS = 60 * 60_000;

interface Kept {
  readonly session: Promise<SessionCredentials | undefined>;
  until: number;
}

/**
 * Makes a call with a session in an account; undefined where the account's role cannot be assumed. A call whose session
 * ends meanwhile is made again with a new one, once: whatever it has done before that, it must be able to do again.
 */
type CallInSession = <T>(
  account: AccountId,
  call: (session: SessionCredentials | undefined) => Promise<T>,
) => Promise<T>;

/**
 * The bot's own sessions in member accounts, where no person stands behind the question. A session is kept for its
 * quarter of an hour, a refusal for an hour; both in memory, so a new process asks again. Any other failure is not kept.
 * @param name in whose name, where somebody at the terminal asks and not the bot
 */
export function botSessions(sts: STSClient, role: MemberRole, now: () => Date, name?: string): CallInSession {
  const kept = new Map<AccountId, Kept>();
  const open = async (account: AccountId) => {
    try {
      return await openMemberSession(sts, account, role, ownIdentity(name));
    } catch (error) {
      if (error instanceof RoleRefused && error.why !== 'other') return undefined;
      throw error;
    }
  };
  const sessionIn = async (account: AccountId) => {
    const at = now().getTime();
    const known = kept.get(account);
    if (known && at < known.until) return known.session;
    const opening: Kept = { session: open(account), until: at + SESSION_SECONDS * 1000 - MARGIN_MS };
    kept.set(account, opening);
    try {
      const session = await opening.session;
      if (session === undefined) opening.until = at + REFUSED_MS;
      return session;
    } catch (error) {
      opening.until = 0;
      throw error;
    }
  };
  return async (account, call) => {
    const session = await sessionIn(account);
    try {
      return await call(session);
    } catch (error) {
      if (session === undefined || !(error instanceof Error && ENDED.test(error.name))) throw error;
      const known = kept.get(account);
      // Whoever else has noticed has opened a new one already.
      if (known && (await known.session) === session) kept.delete(account);
      return call(await sessionIn(account));
    }
  };
}
