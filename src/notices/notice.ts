import type { AccountId } from '../accounts';
import type { ControlId } from '../controls';

/**
 * Something the security team is told once, in its own channel, and never the owners. `unchecked`: AWS cannot check
 * a control (WARNING or NOT_AVAILABLE), most often because AWS Config does not record the resource.
 */
export interface Notice {
  readonly kind: 'unchecked';
  readonly control: ControlId;
  readonly title: string;
  /** Where it was first seen. */
  readonly account: AccountId;
  readonly region: string;
  readonly at: string;
  readonly channel: string;
  readonly ts?: string;
  /** Written before the post; found again, it means that nobody knows whether the post went out. */
  readonly posting?: { readonly key: string; readonly at: string };
  readonly version: number;
  readonly unsettled?: string;
  readonly nextAt?: string;
}

/** Names one notice: there is one a control. */
export type NoticeKey = Pick<Notice, 'kind' | 'control'>;

const REF = /^notice\/unchecked\/([A-Za-z0-9._:/ -]{1,256})$/;

/** The reference by which a notice is queued. */
export function noticeRef({ kind, control }: NoticeKey): string {
  return `notice/${kind}/${control}`;
}

/** The notice that a reference names; undefined when it names none. */
export function parseNoticeRef(ref: string): NoticeKey | undefined {
  const [, control] = REF.exec(ref) ?? [];
  return control === undefined ? undefined : { kind: 'unchecked', control: control as ControlId };
}
