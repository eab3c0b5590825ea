import type { AccountId } from '../accounts';
import type { BulletinTarget } from '../bulletins';
import type { Calendar } from '../calendar';
import { worse } from '../controls';
import { type Flow, type Issue, isOpen, type Known, type Request } from '../requests';

/** What decides how a request is told. */
export interface DeliverySources {
  readonly calendar: Calendar;
  /** More new issues of one account within ten minutes than these are told as one digest. */
  readonly floodIssues: number;
  readonly flow: Flow;
  readonly known: Known;
  readonly now: () => Date;
}

/** What is known of the account's rush at this moment. */
export interface Rush {
  /** The account is younger than a day, in a deployment that keeps quiet. */
  readonly young: boolean;
  /** More new issues within ten minutes than people can read one by one. */
  readonly flooded: boolean;
}

const DAY_MS = 24 * 3_600_000;
/** A later flood of the same day is news again: it gets a digest of its own. */
const BLOCK_MS = 6 * 3_600_000;
/** A flood takes a while to arrive: a digest that is posted with its first finding would say little. */
const GATHER_MS = 60_000;
/** Subject's second part of the digest of an account's first day. */
const FIRST_DAY = 'new';

export async function rushOf(account: AccountId, sources: DeliverySources): Promise<Rush> {
  const now = sources.now();
  const [known, lately] = await Promise.all([
    sources.calendar.quiet ? sources.known.account(account) : undefined,
    sources.flow.lately(account, now),
  ]);
  return {
    young: known !== undefined && now.getTime() - Date.parse(known.firstSeen) < DAY_MS,
    flooded: lately > sources.floodIssues,
  };
}

/**
 * How a request without a card is told: `now` on a card of its own, or in a bulletin. Threats, CRITICAL, and what a
 * person wants shown are always told now. Pure.
 * @param issues all of the request
 */
export function deliver(
  request: Request,
  issues: readonly Issue[],
  rush: Rush,
  calendar: Calendar,
  now: Date,
): 'now' | BulletinTarget {
  const open = issues.filter(isOpen);
  const untold = open.filter(({ news }) => news?.seq === undefined || news.seq > request.card.toldThrough);
  // A card that is posted once more, in another channel or after it was deleted, is as urgent as it was.
  const about = untold.length > 0 ? untold : open;
  const severity = about.map((issue) => issue.severity).reduce(worse, 'INFORMATIONAL');
  const asked = about.some(({ news }) => news?.kind === 'sent');
  if (request.kind === 'threat' || request.own || asked || severity === 'CRITICAL') return 'now';
  if (rush.young || rush.flooded) {
    const block = rush.young ? FIRST_DAY : String(Math.floor((now.getTime() % DAY_MS) / BLOCK_MS));
    return {
      key: {
        kind: 'digest',
        subject: `${request.account}/${block}`,
        day: rush.young ? 'any' : calendar.dayOf(now),
      },
      channel: request.channel,
      postAt: new Date(now.getTime() + GATHER_MS),
    };
  }
  // What a digest has told and what has grown since is a request like any other.
  if (request.listed?.bulletin.startsWith('bulletin/digest/')) return 'now';
  if (!calendar.quiet || severity === 'HIGH') return 'now';
  const postAt = calendar.nextMorning(now);
  return {
    key: { kind: 'morning', subject: request.channel, day: calendar.dayOf(postAt) },
    channel: request.channel,
    postAt,
  };
}
