import { type STSClient, STSServiceException } from '@aws-sdk/client-sts';
import type { AccountId } from '../accounts';
import {
  type MemberRole,
  openMemberSession,
  SESSION_SECONDS,
  type SessionCredentials,
} from './member-session';

/** Whose name stands in CloudTrail where the bot looks for itself; the role's template lets it in beside people. */
const BOT_NAME = 'secops-bot';
/** Credentials are given up so long before they end, so that what is begun with them can be finished. */
const MARGIN_MS = 2 * 60_000;
/** A role that has refused is left alone so long: most accounts that have none will have none next time either. */
const REFUSED_MS = 60 * 60_000;

/**
 * How STS says that a role is not there or does not let the bot in, and that the account has STS off in this Region.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
const REFUSALS = new Set(['AccessDenied', 'RegionDisabledException']);

interface Kept {
  readonly session: Promise<SessionCredentials | undefined>;
  until: number;
}

/**
 * The bot's own sessions in member accounts, where no person stands behind the question. A session is kept for its
 * quarter of an hour, a refusal for an hour; both in memory, so a new process asks again. Any other failure is not kept.
 * @returns undefined for an account whose role cannot be assumed
 */
export function botSessions(
  sts: STSClient,
  role: MemberRole,
  now: () => Date,
): (account: AccountId) => Promise<SessionCredentials | undefined> {
  const kept = new Map<AccountId, Kept>();
  const open = async (account: AccountId) => {
    try {
      return await openMemberSession(sts, account, role, BOT_NAME);
    } catch (error) {
      if (error instanceof STSServiceException && REFUSALS.has(error.name)) return undefined;
      throw error;
    }
  };
  return async (account) => {
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
}
