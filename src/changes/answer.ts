import { type Asker, mayApprove } from '../access';
import { amendChange } from './amend-change';
import { approvalHash } from './approval';
import { type Actor, type Change, isWaiting } from './change';
import { actorOf, type CommandOf, replyToOf } from './commands';
import type { Engine, Verdict } from './engine-ports';
import { move } from './move';

/** Who answers which question, and with what right. */
interface Answering {
  readonly change: Change;
  readonly by: Actor;
  readonly may: ReturnType<typeof mayApprove>;
  readonly tell: (outcome: Verdict['outcome']) => Promise<void>;
}

/** Undefined when there is nothing to answer any more; the person has been told. */
async function answering(
  command: CommandOf<'approve'> | CommandOf<'deny'>,
  engine: Engine,
): Promise<Answering | undefined> {
  const by = actorOf(command.actor);
  const change = await engine.changes.load(command.id);
  if (by === undefined || change === undefined) throw new Error(`no change ${command.id} to answer`);
  const tell = (outcome: Verdict['outcome']) =>
    engine.tell({
      change,
      outcome,
      to: by,
      ...(change.ruling && { ruling: change.ruling }),
      ...replyToOf(command.replyTo),
    });
  if (!isWaiting(change) || change.ruling?.effect !== 'needs approval') {
    await tell('already');
    return undefined;
  }
  const asker: Asker = await engine.askerFor(by.id, change.about.account);
  return { change, by, may: mayApprove(asker, change.ruling.needs, change.actor.id), tell };
}

/** Somebody tried what is not theirs: the change's history keeps it, and they hear why. */
async function refuse(
  { change, by, may, tell }: Answering,
  what: 'approval' | 'denial',
  engine: Engine,
): Promise<void> {
  await amendChange(engine, change.id, (current) =>
    move(current, current.status, engine.now(), {}, { what: `${what} denied`, by: by.id, detail: may }),
  );
  await tell(may === 'own' ? 'own' : 'no-approver');
}

/** "Approve": counts if the person may, and if what they saw is still what is asked. */
export async function answerApproval(command: CommandOf<'approve'>, engine: Engine): Promise<void> {
  const answer = await answering(command, engine);
  if (answer === undefined) return;
  const { change, by, may, tell } = answer;
  const isStale = command.hash !== approvalHash(change);
  // Who may be asked for may have changed with what is asked: delivered again, an approval that was void is not a try.
  if (may === 'own' || (may === 'no' && !isStale)) return refuse(answer, 'approval', engine);
  if (isStale) return tell('stale');
  await amendChange(engine, change.id, (current) => {
    const approvals = current.approvals ?? [];
    if (!isWaiting(current) || command.hash !== approvalHash(current)) return undefined;
    if (approvals.some((approval) => approval.by.id === by.id)) return undefined;
    const at = engine.now();
    return move(
      current,
      'proposed',
      at,
      { approvals: [...approvals, { by, at: at.toISOString(), hash: command.hash }] },
      { what: 'approval', by: by.id },
    );
  });
}

/** "Deny", or "Withdraw" by whoever asked: the change is over. */
export async function answerDenial(command: CommandOf<'deny'>, engine: Engine): Promise<void> {
  const answer = await answering(command, engine);
  if (answer === undefined) return;
  const { change, by, may } = answer;
  const own = by.id === change.actor.id;
  if (may !== 'yes' && !own) return refuse(answer, 'denial', engine);
  await amendChange(engine, change.id, (current) => {
    if (!isWaiting(current)) return undefined;
    const at = engine.now();
    return move(
      current,
      'denied',
      at,
      { denial: { by, at: at.toISOString(), reason: command.reason } },
      { what: own ? 'withdrawn' : 'denied', by: by.id },
    );
  });
}
