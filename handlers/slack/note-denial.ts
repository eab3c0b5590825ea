import type { Ruling } from '../../src/access';
import type { AccountId, Principal } from '../../src/accounts';
import { parseRequestRef } from '../../src/requests';
import { derivedId } from '../../src/store';
import type { FrontBot } from '../composition';

const MINUTE_MS = 60_000;

/** Somebody was refused before a change came of it. */
export interface Denial {
  readonly user: Principal;
  readonly name?: string;
  /** Kind of the change that was wanted, or `look`. */
  readonly kind: string;
  /** What it was about; a request's reference says which account and request. */
  readonly ref: string;
  /** The account, where the reference is not a request's. */
  readonly account?: AccountId;
  readonly ruling: Exclude<Ruling, { effect: 'allow' }>;
}

/**
 * Logs a refusal and keeps it in the audit log, once a minute for the same wish: whoever hammers a button does not
 * flood it. Its time is therefore that minute's beginning. Of people from outside only the id is kept. Never throws: that
 * somebody is told no must not hang on the audit log.
 */
export async function noteDenial(denial: Denial, bot: FrontBot): Promise<void> {
  const { user, name, kind, ref, ruling } = denial;
  bot.ports.metrics.count('PressesDenied');
  bot.ports.log.warn('a press was denied', { user, kind, record: ref });
  const minute = Math.floor(bot.ports.now().getTime() / MINUTE_MS) * MINUTE_MS;
  const at = new Date(minute).toISOString();
  const key = parseRequestRef(ref);
  const account = key?.account ?? denial.account;
  const detail = ruling.effect === 'deny' ? ruling.reason.code : 'needs-approval';
  try {
    await bot.audit.record([
      {
        at,
        id: derivedId('denied', user, kind, ref, at),
        seq: 0,
        kind,
        what: 'denied',
        by: user,
        ...(name !== undefined && detail !== 'outsider' && { byName: name }),
        ...(account !== undefined && { account }),
        ...(key !== undefined && { request: ref }),
        detail,
      },
    ]);
  } catch (error) {
    bot.ports.log.error('a denial could not be recorded', { user, kind, record: ref, error });
  }
}
