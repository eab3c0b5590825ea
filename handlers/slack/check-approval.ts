import { readApproval } from '../../blocks/ids';
import { mayApprove, type Ruling, rule } from '../../src/access';
import type { Principal } from '../../src/accounts';
import { approvalHash, type Change, changeRef, isWaiting } from '../../src/changes';
import { ANY_ACCOUNT } from '../../src/policy';
import { approversFor } from '../approvers-for';
import type { FrontBot } from '../composition';
import { noteDenial } from './note-denial';
import type { Refused } from './press';

/** Who wants to do what about a change that waits. */
export interface ApprovalWish {
  readonly user: Principal;
  readonly name: string;
  /** The button's value; see `readApproval`. */
  readonly value: string;
  readonly act: 'approve' | 'deny' | 'withdraw';
}

/** A change that this person may answer. */
export interface Answerable {
  readonly change: Change;
  /** `approvalHash` of it, as it is now. */
  readonly hash: string;
}

/**
 * The change that is answered, if this person may, else what to tell them. Rights are looked at here with remembered
 * roles; the engine looks again with fresh ones. What is refused is kept in the audit log.
 */
export async function checkApproval(wish: ApprovalWish, bot: FrontBot): Promise<Answerable | Refused> {
  const { user, act } = wish;
  const read = readApproval(wish.value);
  const change = read && (await bot.changes.load(read.id));
  if (read === undefined || change === undefined) return { refused: { kind: 'outcome', outcome: 'gone' } };
  const account = bot.intake.accounts(change.about.account ?? ANY_ACCOUNT);
  const asker = await bot.directory.askerFor(user, account, false);
  const look = rule(asker, { kind: 'look', severity: 'LOW' }, bot.config.access);
  // Whoever asked for it may take it back, whatever else they may.
  const own = act === 'withdraw' && user === change.actor.id;
  if (look.effect !== 'allow' && !own) {
    return denied(wish, change, { kind: 'ruling', ruling: look, ask: [] }, look, bot);
  }
  if (!isWaiting(change)) return { refused: { kind: 'approval', outcome: 'over' } };
  const hash = approvalHash(change);
  if (own) return { change, hash };

  const needs = change.ruling?.effect === 'needs approval' ? change.ruling.needs : [];
  const nobody: Denied = { effect: 'deny', reason: { code: 'not-allowed', who: needs.map(({ of }) => of) } };
  if (act === 'withdraw') {
    return denied(wish, change, { kind: 'approval', outcome: 'not-yours' }, nobody, bot);
  }
  const may = mayApprove(asker, needs, change.actor.id);
  if (may === 'own') return denied(wish, change, { kind: 'approval', outcome: 'own' }, nobody, bot);
  if (may === 'no') {
    const ask = approversFor(needs, bot.settings);
    return denied(wish, change, { kind: 'no-approver', needs, ask }, nobody, bot);
  }
  if (act === 'approve') {
    if (read.hash !== hash) return { refused: { kind: 'approval', outcome: 'stale' } };
    if (change.approvals?.some((given) => given.by.id === user && given.hash === hash)) {
      return { refused: { kind: 'approval', outcome: 'approved-before' } };
    }
  }
  return { change, hash };
}

type Denied = Exclude<Ruling, { effect: 'allow' }>;

async function denied(
  { user, name, act }: ApprovalWish,
  { id, about }: Change,
  refused: Refused['refused'],
  ruling: Denied,
  bot: FrontBot,
): Promise<Refused> {
  const { account } = about;
  const ref = about.request ?? changeRef(id);
  await noteDenial({ user, name, kind: act, ref, ...(account !== undefined && { account }), ruling }, bot);
  return { refused };
}
