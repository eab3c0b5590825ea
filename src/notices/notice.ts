import type { AccountId, Principal } from '../accounts';
import type { ControlId } from '../controls';

/** A message that is posted once and never altered. */
interface Posted {
  /** With the kind, its name: a control, the id of the change behind it, or a channel. */
  readonly subject: string;
  readonly at: string;
  readonly channel: string;
  readonly ts?: string;
  /** Written before the post; found again, it means that nobody knows whether the post went out. */
  readonly posting?: { readonly key: string; readonly at: string };
  readonly version: number;
  readonly unsettled?: string;
  readonly nextAt?: string;
}

/**
 * AWS cannot check a control (WARNING or NOT_AVAILABLE), most often because AWS Config does not record the resource.
 * Told once a control, to the security team and never to owners; `account` and `region` are where it was first seen.
 */
export interface UncheckedNotice extends Posted {
  readonly kind: 'unchecked';
  readonly account: AccountId;
  readonly control: ControlId;
  readonly title: string;
  readonly region: string;
}

/** An account has another owner: told where its requests go, to both of them. */
export interface OwnerNotice extends Posted {
  readonly kind: 'owner';
  readonly account: AccountId;
  readonly before?: Principal;
  readonly after?: Principal;
  /** Who changed it, and who approved that where it took somebody. */
  readonly by: Principal;
  readonly approvedBy?: readonly Principal[];
}

/** A channel that the bot was to post to is read by other companies: told once a channel, its subject, to the security team. */
export interface SharedChannelNotice extends Posted {
  readonly kind: 'shared-channel';
}

/** Something that people are told once, in a channel. */
export type Notice = UncheckedNotice | OwnerNotice | SharedChannelNotice;

/** A notice as it is given. */
export type NewNotice =
  | Omit<UncheckedNotice, 'version' | 'unsettled' | 'nextAt' | 'ts' | 'posting'>
  | Omit<OwnerNotice, 'version' | 'unsettled' | 'nextAt' | 'ts' | 'posting'>
  | Omit<SharedChannelNotice, 'version' | 'unsettled' | 'nextAt' | 'ts' | 'posting'>;

/** Names one notice. */
export type NoticeKey = Pick<Notice, 'kind' | 'subject'>;

const REF = /^notice\/(unchecked|owner|shared-channel)\/([A-Za-z0-9._:/ -]{1,256})$/;

/** The reference by which a notice is queued. */
export function noticeRef({ kind, subject }: NoticeKey): string {
  return `notice/${kind}/${subject}`;
}

/** The notice that a reference names; undefined when it names none. */
export function parseNoticeRef(ref: string): NoticeKey | undefined {
  const [, kind, subject] = REF.exec(ref) ?? [];
  return subject === undefined ? undefined : { kind: kind as Notice['kind'], subject };
}
