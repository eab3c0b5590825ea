import type * as z from 'zod';
import type { Ruling } from '../access';
import type { About, Actor, ApprovalTarget, Change } from './change';

/** What a kind may want told where its people are looking, beside the approval card. */
export type Announcement = 'asked' | 'refused' | 'withdrawn' | 'expired';

/** When an applied change ends by itself, and when people are reminded of it (ISO 8601). */
export interface Applied {
  readonly until?: string;
  readonly remindAt?: string;
}

/** One kind of change, brought by its capability. Knows nothing of Slack. */
export interface ChangeKind<P> {
  readonly kind: string;
  readonly schema: z.ZodType<P>;
  /** What it touches, from the proposal alone. */
  about(target: string, payload: P): About;
  /** May this person do it? Asked with fresh rights: when proposed, when approved, and just before it is applied. */
  rule(change: Change, payload: P): Promise<Ruling>;
  /**
   * What an approval is bound to, as it is now. Needed where the rules may ask for approval and what is touched may
   * get worse meanwhile.
   */
  target?(change: Change, payload: P): Promise<ApprovalTarget>;
  /** What stands there now, kept for the record before anything is done. */
  before(change: Change, payload: P): Promise<unknown>;
  /**
   * Does it. Idempotent: it may be called again after a crash at any point.
   * @throws ChangeFailed when it cannot be done
   */
  apply(change: Change, payload: P): Promise<Applied>;
  /** Takes an applied change back, or ends it. Idempotent. Absent where there is nothing to take back. */
  end?(change: Change, payload: P): Promise<void>;
  /** May this person take it back? */
  ruleUndo?(change: Change, payload: P, by: Actor): Promise<Ruling>;
  /** Is there anything left that an applied change covers? Asked when something has lapsed; without anything it ends. */
  covers?(change: Change, payload: P): Promise<boolean>;
  /** An applied change ends soon, and people are to know. Idempotent. */
  remind?(change: Change, payload: P): Promise<void>;
  /** Approval was asked for, refused, withdrawn, or never came. Idempotent; may come again after a crash. */
  announce?(change: Change, payload: P, what: Announcement): Promise<void>;
}

/** A kind for the register: the stored payload is parsed again wherever it is used. */
export function registered<P>(kind: ChangeKind<P>): ChangeKind<unknown> {
  const { schema, target, end, ruleUndo, covers, remind, announce } = kind;
  return {
    kind: kind.kind,
    schema,
    about: (on, payload) => kind.about(on, schema.parse(payload)),
    rule: (change, payload) => kind.rule(change, schema.parse(payload)),
    before: (change, payload) => kind.before(change, schema.parse(payload)),
    apply: (change, payload) => kind.apply(change, schema.parse(payload)),
    ...(target && { target: (change, payload) => target(change, schema.parse(payload)) }),
    ...(end && { end: (change, payload) => end(change, schema.parse(payload)) }),
    ...(ruleUndo && { ruleUndo: (change, payload, by) => ruleUndo(change, schema.parse(payload), by) }),
    ...(covers && { covers: (change, payload) => covers(change, schema.parse(payload)) }),
    ...(remind && { remind: (change, payload) => remind(change, schema.parse(payload)) }),
    ...(announce && { announce: (change, payload, what) => announce(change, schema.parse(payload), what) }),
  };
}

/** The kinds by name; two of one name are a mistake of the composition. */
export function kindRegister(
  kinds: readonly ChangeKind<unknown>[],
): ReadonlyMap<string, ChangeKind<unknown>> {
  const register = new Map<string, ChangeKind<unknown>>();
  for (const kind of kinds) {
    if (register.has(kind.kind)) throw new Error(`two kinds of change are called ${kind.kind}`);
    register.set(kind.kind, kind);
  }
  return register;
}
