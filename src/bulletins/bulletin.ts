import type { Day } from '../calendar';

export const BULLETIN_KINDS = [
  'digest',
  'morning',
  'reminder',
  'overdue',
  'observed',
  'undecided',
  'drift',
  'accounts',
  'ranking',
  'celebration',
] as const;
/**
 * A message about several records at once:
 * - `digest` the new requests of one account that came as a flood (subject: `account/episode`)
 * - `morning` a channel's MEDIUM and LOW requests of one day (subject: the channel)
 * - `reminder` what one owner is reminded of in one channel on one morning (subject: `channel/owner`)
 * - `overdue` the security team's list of what is past its date (subject: `all`)
 * - `observed` what would have been done for accounts in mode observe (subject: `all`)
 * - `undecided` a control that policy does not decide on (subject: the control, lower case; day: `any`)
 * - `drift` what the nightly reconcile has mended (subject: `all`)
 * - `accounts` accounts that nobody answers for, and those that nobody has registered (subject: `all`)
 * - `ranking` the scores of the week, from the top (subject: `all`)
 * - `celebration` an account has reached 100 % (subject: `account/channel`)
 */
export type BulletinKind = (typeof BULLETIN_KINDS)[number];

/** Names one bulletin. */
export interface BulletinKey {
  readonly kind: BulletinKind;
  readonly subject: string;
  /** `any` for one that belongs to no day. */
  readonly day: Day;
}

/** One message about several records; its lines are items of their own beside it. */
export interface Bulletin extends BulletinKey {
  readonly channel: string;
  /** Not posted before this moment. */
  readonly postAt: string;
  /** Raised by everybody who wants it shown anew. */
  readonly revision: number;
  readonly card: {
    readonly ts?: string;
    readonly shownRevision: number;
    readonly shownHash?: string;
    /** Written before the post; found again, it means that nobody knows whether the post went out. */
    readonly posting?: { readonly key: string; readonly at: string };
    /** The channel that could not be reached, when it stands in another one. */
    readonly insteadOf?: string;
    /** Its picture, uploaded before the post, and what that says in words. */
    readonly picture?: { readonly file: string; readonly alt: string };
    /** The bot's own reactions have been added. */
    readonly reacted?: true;
  };
  readonly version: number;
  /** Set by whoever wants it shown from its time on, cleared when it has been. */
  readonly unsettled?: string;
  readonly nextAt?: string;
}

/** One line of a bulletin: a request (by its reference), or what was seen when the line was written. */
export interface Line {
  /** Unique in the bulletin: writing it again replaces it. */
  readonly ref: string;
  /** `request` lines are drawn from the request as it is now; the others from `facts`. */
  readonly about: 'request' | 'account' | 'issue';
  readonly facts?: Readonly<Record<string, string | number>>;
  /** The message has told it. Written by the publisher alone. */
  readonly told?: true;
}
