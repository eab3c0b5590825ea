import { amend } from '../store';
import { amendChange, noteStep } from './amend-change';
import { answerApproval, answerDenial } from './answer';
import { askedAt, changeRef } from './approval';
import { type Change, ChangeFailed, type ChangeStatus, isWaiting } from './change';
import { changeItemKey } from './changes';
import { actorOf, type ChangeCommand, type CommandOf, replyToOf } from './commands';
import type { Engine, Verdict } from './engine-ports';
import { eventsOf } from './events';
import { type Judgement, judge } from './judge';
import type { Announcement, ChangeKind } from './kind';
import { move, proposalHash } from './move';

/**
 * Takes one command as far as it goes. Every step is a conditional write, so a command delivered again, or to two
 * workers, goes on from where the record stands.
 * @param lastTry the queue will not deliver it again: what cannot be finished is marked `unknown` and told
 */
export async function runChange(command: ChangeCommand, engine: Engine, lastTry: boolean): Promise<void> {
  switch (command.type) {
    case 'propose':
      await propose(command, engine);
      break;
    case 'approve':
      await answerApproval(command, engine);
      break;
    case 'deny':
      await answerDenial(command, engine);
      break;
    case 'undo':
      await undo(command, engine);
      break;
    case 'lapse':
      await lapse(command, engine);
      break;
    case 'resume':
      break;
  }
  await advance(command.id, engine, lastTry);
}

async function propose(command: CommandOf<'propose'>, engine: Engine): Promise<void> {
  const actor = actorOf(command.actor);
  const kind = engine.kinds.get(command.kind);
  if (actor === undefined || kind === undefined) {
    throw new Error(`not a change this bot knows: ${command.kind}`);
  }
  const payload = kind.schema.parse(command.payload);
  const change: Change = move(
    {
      id: command.id,
      kind: command.kind,
      actor,
      target: command.target,
      about: kind.about(command.target, payload),
      payload,
      hash: proposalHash(command.kind, command.target, payload),
      proposedAt: command.at,
      status: 'proposed',
      ...replyToOf(command.replyTo),
      version: 1,
      seq: 0,
      uncopied: [],
    },
    'proposed',
    engine.now(),
    {},
    { by: actor.id },
  );
  if (await engine.changes.create(change)) noteStep(change, engine);
}

async function undo(command: CommandOf<'undo'>, engine: Engine): Promise<void> {
  const by = actorOf(command.actor);
  const change = await engine.changes.load(command.id);
  const kind = change && engine.kinds.get(change.kind);
  if (by === undefined || change === undefined || kind?.end === undefined) {
    throw new Error(`no change ${command.id} that could be undone`);
  }
  const to = { to: by, ...replyToOf(command.replyTo) };
  if (change.status === 'applied' && change.ending === undefined) {
    const ruling = (await kind.ruleUndo?.(change, change.payload, by)) ?? {
      effect: 'deny' as const,
      reason: { code: 'not-allowed' as const, who: [] },
    };
    if (ruling.effect !== 'allow') {
      // A denied undo is a fact about the change as well: its history keeps who tried.
      await amendChange(engine, change.id, (current) =>
        move(current, current.status, engine.now(), {}, { by: by.id, what: 'undo denied' }),
      );
      await engine.tell({ change, outcome: 'denied', ruling, ...to });
      return;
    }
    await amendChange(engine, change.id, (current) =>
      current.status === 'applied' && current.ending === undefined
        ? { ...current, ending: { as: 'undone', by }, unsettled: engine.now().toISOString() }
        : undefined,
    );
  } else if (change.ending === undefined) {
    await engine.tell({ change, outcome: 'already', ...to });
  }
}

/** Keeps in the history what an applied change covers no longer, and ends it when that was the last of it. */
async function lapse({ id, what, detail }: CommandOf<'lapse'>, engine: Engine): Promise<void> {
  const { record } = await amendChange(engine, id, (current) =>
    current.status === 'applied' && !current.lapsed?.includes(detail)
      ? move(
          current,
          'applied',
          engine.now(),
          { lapsed: [...(current.lapsed ?? []), detail] },
          { what, detail },
        )
      : undefined,
  );
  const kind = record && engine.kinds.get(record.kind);
  if (record?.status !== 'applied' || record.ending || kind?.covers === undefined) return;
  if (await kind.covers(record, record.payload)) return;
  await amendChange(engine, id, (current) =>
    current.status === 'applied' && current.ending === undefined
      ? { ...current, ending: { as: 'expired' }, unsettled: engine.now().toISOString() }
      : undefined,
  );
}

async function advance(id: string, engine: Engine, lastTry: boolean): Promise<void> {
  try {
    await steps(id, engine);
  } catch (error) {
    if (!lastTry) throw error;
    const { record } = await amendChange(engine, id, (change) =>
      change.status === 'applying'
        ? move(change, 'unknown', engine.now(), {}, { detail: String(error).slice(0, 200) })
        : undefined,
    );
    if (record?.status !== 'unknown') throw error;
    await close(record, engine, { outcome: 'unknown' });
  }
}

/** One conditional step; what stands there afterwards, whoever took it. */
type Step = (
  from: ChangeStatus,
  next: (current: Change) => Change | undefined,
) => Promise<Change | undefined>;

/** From where the change stands to its end, or to where it has to wait. */
async function steps(id: string, engine: Engine): Promise<void> {
  let change = await engine.changes.load(id);
  /** Rights were looked at in this very run, so that nothing is asked of Slack twice in a second. */
  let judged = false;
  while (change !== undefined) {
    const kind = engine.kinds.get(change.kind);
    if (kind === undefined) throw new Error(`not a change this bot knows: ${change.kind}`);
    const known: Change = change;
    const step: Step = async (from, next) =>
      (
        await amendChange(
          engine,
          id,
          (current) => (current.status === from ? next(current) : undefined),
          known,
        )
      ).record;

    switch (change.status) {
      case 'proposed': {
        const { asked } = change;
        if (asked && Date.parse(asked.until) <= engine.now().getTime()) {
          change = await step('proposed', (c) => move(c, 'expired', engine.now()));
          continue;
        }
        const judgement = await judge(change, kind, engine);
        const next = await afterJudgement(judgement, change, step, engine);
        if (next === undefined) return;
        if (isWaiting(next)) return wait(next, kind, engine);
        judged = true;
        change = next;
        continue;
      }
      case 'approved': {
        if (!judged) {
          // It was approved in an earlier run, which may be long ago: rights and target are looked at once more.
          const judgement = await judge(change, kind, engine);
          judged = true;
          if (judgement.go !== 'yes') {
            change = await step('approved', (c) =>
              move(c, 'proposed', engine.now(), {}, { what: 'approval void' }),
            );
            continue;
          }
        }
        const before = await kind.before(change, change.payload);
        change = await step('approved', (c) => move(c, 'applying', engine.now(), { before }));
        continue;
      }
      case 'applying': {
        try {
          const { until, remindAt } = await kind.apply(change, change.payload);
          const ends = {
            ...(until !== undefined && { until }),
            ...(remindAt !== undefined && { remindAt }),
          };
          change = await step('applying', (c) => move(c, 'applied', engine.now(), ends));
        } catch (error) {
          if (!(error instanceof ChangeFailed)) throw error;
          const { code } = error;
          change = await step('applying', (c) =>
            move(c, 'failed', engine.now(), { failure: code }, { detail: code }),
          );
        }
        continue;
      }
      case 'applied': {
        const next = await applied(change, kind, step, engine);
        if (next === undefined) return;
        change = next;
        continue;
      }
      case 'denied':
        return close(change, engine, {
          outcome: denialOutcome(change),
          ...(change.ruling && { ruling: change.ruling }),
        });
      case 'failed':
        return close(change, engine, { outcome: 'failed' });
      case 'expired':
        return close(change, engine, isUnanswered(change) ? { outcome: 'expired' } : undefined);
      case 'unknown':
      case 'undone':
        return close(change, engine);
    }
  }
}

/** What the rules' answer makes of a proposed change; undefined when it has vanished. */
async function afterJudgement(
  judgement: Judgement,
  change: Change,
  step: Step,
  engine: Engine,
): Promise<Change | undefined> {
  const now = engine.now();
  switch (judgement.go) {
    case 'yes':
      return step('proposed', (c) =>
        move(c, 'approved', now, { ruling: judgement.ruling }, { detail: judgement.detail }),
      );
    case 'no':
      return step('proposed', (c) =>
        move(
          c,
          'denied',
          now,
          { ruling: judgement.ruling },
          { detail: `denied: ${judgement.ruling.reason.code}` },
        ),
      );
    case 'ask': {
      const round = (change.asked?.round ?? 0) + 1;
      return step('proposed', (c) =>
        // Somebody else has asked meanwhile.
        (c.asked?.round ?? 0) >= round
          ? undefined
          : move(
              c,
              'proposed',
              now,
              {
                ruling: judgement.ruling,
                asked: askedAt(now, judgement.target, round, engine.calendar),
                approvals: [],
                card: c.card ?? { channel: engine.approvalChannel, shownRevision: 0 },
              },
              round === 1 ? { what: 'asked', detail: neededBy(judgement.ruling) } : { what: 'void' },
            ),
      );
    }
    case 'wait': {
      const { valid, ruling } = judgement;
      if (valid.length < (change.approvals ?? []).length) {
        return step('proposed', (c) =>
          (c.approvals ?? []).length === (change.approvals ?? []).length
            ? move(c, 'proposed', now, { approvals: valid, ruling }, { what: 'approval void' })
            : undefined,
        );
      }
      const { asked } = change;
      if (asked && asked.remindedAt === undefined && Date.parse(asked.remindAt) <= now.getTime()) {
        const remindedAt = now.toISOString();
        return step('proposed', (c) =>
          c.asked && c.asked.remindedAt === undefined
            ? move(c, 'proposed', now, { asked: { ...c.asked, remindedAt } }, { what: 'reminded' })
            : undefined,
        );
      }
      return change;
    }
  }
}

/** Who has to approve, for the history. */
function neededBy({ needs }: { readonly needs: readonly { of: string; count: number }[] }): string {
  return `needs the approval of ${needs.map(({ of, count }) => `${count} ${of}`).join(' and ')}`;
}

/** It waits for people: what has happened so far is shown and kept. */
async function wait(change: Change, kind: ChangeKind<unknown>, engine: Engine): Promise<void> {
  if (change.unsettled === undefined) return;
  const justAsked = change.uncopied.some(({ what }) => what === 'asked');
  if (justAsked) await kind.announce?.(change, change.payload, 'asked');
  return close(
    change,
    engine,
    justAsked ? { outcome: 'waiting', ...(change.ruling && { ruling: change.ruling }) } : undefined,
  );
}

/** Applied, and what may follow: a reminder, an end. Undefined when nothing is left to do. */
async function applied(
  change: Change,
  kind: ChangeKind<unknown>,
  step: Step,
  engine: Engine,
): Promise<Change | undefined> {
  const now = engine.now().getTime();
  const { ending, until, remindAt } = change;
  if (ending === undefined) {
    if (until !== undefined && Date.parse(until) <= now) {
      return step('applied', (c) =>
        c.ending === undefined
          ? { ...c, ending: { as: 'expired' }, unsettled: engine.now().toISOString() }
          : undefined,
      );
    }
    if (remindAt !== undefined && Date.parse(remindAt) <= now) {
      await kind.remind?.(change, change.payload);
      return step('applied', (c) => {
        const { remindAt: reminded, ...rest } = c;
        return reminded === remindAt
          ? move(rest, 'applied', engine.now(), {}, { what: 'reminded' })
          : undefined;
      });
    }
    await close(change, engine);
    return undefined;
  }
  await kind.end?.(change, change.payload);
  return step('applied', (c) => {
    if (c.ending === undefined) return undefined;
    const { ending: over, remindAt: _, ...rest } = c;
    return move(rest, over.as, engine.now(), {}, over.by && { by: over.by.id });
  });
}

/** Nobody answered in time; an applied change that has come to its end is something else. */
function isUnanswered(change: Change): boolean {
  return change.asked !== undefined && change.before === undefined;
}

function denialOutcome({ denial, actor }: Change): Verdict['outcome'] {
  if (denial === undefined) return 'denied';
  return denial.by.id === actor.id ? 'withdrawn' : 'refused';
}

const ANNOUNCED: Partial<Record<Verdict['outcome'], Announcement>> = {
  refused: 'refused',
  withdrawn: 'withdrawn',
  expired: 'expired',
};

/**
 * Settles: tells what the card does not say, has the card shown, keeps history and audit for good, then clears the
 * mark, unless the change has moved on, in which case the newer move's effects do it. The clock comes back to a card
 * that nobody has shown meanwhile.
 */
async function close(
  change: Change,
  engine: Engine,
  verdict?: Pick<Verdict, 'outcome' | 'ruling'>,
): Promise<void> {
  if (change.unsettled === undefined) return;
  // Without a step that is not kept yet, all of this has been done, and only the card has to be shown once more.
  const isNews = change.uncopied.length > 0;
  const announced = isNews && verdict && change.asked && ANNOUNCED[verdict.outcome];
  if (announced) await engine.kinds.get(change.kind)?.announce?.(change, change.payload, announced);
  if (isNews && verdict) {
    await engine.tell({
      ...verdict,
      change,
      to: change.actor,
      ...(change.replyTo && { replyTo: change.replyTo }),
    });
  }
  await engine.audit.record(eventsOf(change));
  await engine.history.copy(changeItemKey(change.id), change.uncopied);
  if (change.card !== undefined) {
    await engine.queues.card({
      record: changeRef(change.id),
      revision: change.revision ?? 0,
      channel: change.card.channel,
    });
  }
  // By its last step and not by its version: the publisher writes the card's state into the record meanwhile.
  await amend<string, Change>(engine.changes, change.id, (current) => {
    if (current.seq !== change.seq || current.unsettled !== change.unsettled) return undefined;
    const { unsettled: queuedAt, ...rest } = current;
    const { card, revision = 0 } = rest;
    const isShown = card === undefined || card.shownRevision >= revision;
    return {
      ...rest,
      ...(!isShown && { card: { ...card, ...(queuedAt !== undefined && { queuedAt }) } }),
      uncopied: [],
    };
  });
}
