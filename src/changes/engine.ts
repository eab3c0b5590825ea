import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ruling } from '../access';
import { principal } from '../accounts';
import type { Queues } from '../queues';
import { amend, type History } from '../store';
import { type Actor, type Change, ChangeFailed, type ChangeStatus } from './change';
import { type Changes, changeItemKey } from './changes';

/** One kind of change, brought by its capability. Knows nothing of Slack. */
export interface ChangeKind<P> {
  readonly kind: string;
  readonly schema: z.ZodType<P>;
  /** May this person do it? Asked with fresh rights, just before it is applied. */
  rule(change: Change, payload: P): Promise<Ruling>;
  /** What stands there now, kept for the record before anything is done. */
  before(change: Change, payload: P): Promise<unknown>;
  /**
   * Does it. Idempotent: it may be called again after a crash at any point.
   * @returns `until` when it ends by itself
   * @throws ChangeFailed when it cannot be done
   */
  apply(change: Change, payload: P): Promise<{ readonly until?: string }>;
  /** Takes an applied change back, or ends it. Idempotent. Absent where there is nothing to take back. */
  end?(change: Change, payload: P): Promise<void>;
  /** May this person take it back? */
  ruleUndo?(change: Change, payload: P, by: Actor): Promise<Ruling>;
}

const Proposal = z.object({
  type: z.literal('propose'),
  id: z.string().min(1),
  kind: z.string(),
  actor: z.object({ id: z.string(), name: z.string() }),
  target: z.string(),
  payload: z.unknown(),
  at: z.string(),
  replyTo: z.object({ channel: z.string(), thread: z.string().optional() }).optional(),
});
const Undo = z.object({
  type: z.literal('undo'),
  id: z.string(),
  actor: z.object({ id: z.string(), name: z.string() }),
  replyTo: z.object({ channel: z.string(), thread: z.string().optional() }).optional(),
});
const Resume = z.object({ type: z.literal('resume'), id: z.string() });
const Expire = z.object({ type: z.literal('expire'), id: z.string() });

/** What the `changes` queue carries for the engine. */
export const ChangeCommand = z.discriminatedUnion('type', [Proposal, Undo, Resume, Expire]);
export type ChangeCommand = z.infer<typeof ChangeCommand>;

/** What the person who asked hears when the card does not say it. */
export interface Verdict {
  readonly change: Change;
  readonly outcome: 'denied' | 'failed' | 'unknown' | 'already';
  readonly ruling?: Ruling;
  readonly to: Actor;
  readonly replyTo?: Change['replyTo'];
}

export interface Engine {
  readonly changes: Changes;
  readonly history: History;
  readonly queues: Queues;
  readonly kinds: ReadonlyMap<string, ChangeKind<unknown>>;
  readonly tell: (verdict: Verdict) => Promise<void>;
  readonly now: () => Date;
}

/** A kind for the register: the stored payload is parsed again wherever it is used. */
export function registered<P>(kind: ChangeKind<P>): ChangeKind<unknown> {
  const { schema } = kind;
  const { end, ruleUndo } = kind;
  return {
    kind: kind.kind,
    schema,
    rule: (change, payload) => kind.rule(change, schema.parse(payload)),
    before: (change, payload) => kind.before(change, schema.parse(payload)),
    apply: (change, payload) => kind.apply(change, schema.parse(payload)),
    ...(end && { end: (change, payload) => end(change, schema.parse(payload)) }),
    ...(ruleUndo && { ruleUndo: (change, payload, by) => ruleUndo(change, schema.parse(payload), by) }),
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

function hashOf(kind: string, target: string, payload: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, target, payload]))
    .digest('hex');
}

function move(
  change: Change,
  status: ChangeStatus,
  now: Date,
  more: Partial<Change> = {},
  by?: string,
  detail?: string,
): Change {
  const at = now.toISOString();
  return {
    ...change,
    ...more,
    status,
    seq: change.seq + 1,
    uncopied: [
      ...change.uncopied,
      {
        seq: change.seq + 1,
        at,
        what: status,
        ...(by !== undefined && { by }),
        ...(detail !== undefined && { detail }),
      },
    ],
    unsettled: at,
  };
}

function actorOf(actor: { id: string; name: string }): Actor | undefined {
  const id = principal(actor.id);
  return id && { id, name: actor.name };
}

/**
 * Takes one command as far as it goes. Every step is a conditional write, so a command delivered again, or to two
 * workers, goes on from where the record stands.
 * @param lastTry the queue will not deliver it again: what cannot be finished is marked `unknown` and told
 */
export async function runChange(command: ChangeCommand, engine: Engine, lastTry: boolean): Promise<void> {
  switch (command.type) {
    case 'propose': {
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
          payload,
          hash: hashOf(command.kind, command.target, payload),
          proposedAt: command.at,
          status: 'proposed',
          ...(command.replyTo && {
            replyTo: {
              channel: command.replyTo.channel,
              ...(command.replyTo.thread !== undefined && { thread: command.replyTo.thread }),
            },
          }),
          version: 1,
          seq: 0,
          uncopied: [],
        },
        'proposed',
        engine.now(),
        {},
        actor.id,
      );
      await engine.changes.create(change);
      return advance(command.id, engine, lastTry);
    }
    case 'resume':
      return advance(command.id, engine, lastTry);
    case 'expire': {
      await amend<string, Change>(engine.changes, command.id, (change) =>
        change.status === 'applied' &&
        change.ending === undefined &&
        change.until !== undefined &&
        Date.parse(change.until) <= engine.now().getTime()
          ? { ...change, ending: { as: 'expired' }, unsettled: engine.now().toISOString() }
          : undefined,
      );
      return advance(command.id, engine, lastTry);
    }
    case 'undo':
      return undo(command, engine, lastTry);
  }
}

async function undo(
  command: Extract<ChangeCommand, { type: 'undo' }>,
  engine: Engine,
  lastTry: boolean,
): Promise<void> {
  const by = actorOf(command.actor);
  const change = await engine.changes.load(command.id);
  const kind = change && engine.kinds.get(change.kind);
  if (by === undefined || change === undefined || kind?.end === undefined) {
    throw new Error(`no change ${command.id} that could be undone`);
  }
  const replyTo = command.replyTo && {
    channel: command.replyTo.channel,
    ...(command.replyTo.thread !== undefined && { thread: command.replyTo.thread }),
  };
  if (change.status === 'applied' && change.ending === undefined) {
    const ruling = (await kind.ruleUndo?.(change, change.payload, by)) ?? {
      effect: 'deny' as const,
      reason: { code: 'not-allowed' as const, who: [] },
    };
    if (ruling.effect !== 'allow') {
      // A denied undo is a fact about the change as well: its history keeps who tried.
      const { record } = await amend<string, Change>(engine.changes, change.id, (current) =>
        move(current, current.status, engine.now(), {}, by.id, 'undo denied'),
      );
      await engine.tell({ change, outcome: 'denied', ruling, to: by, ...(replyTo && { replyTo }) });
      if (record) await close(record, engine);
      return;
    }
    await amend<string, Change>(engine.changes, change.id, (current) =>
      current.status === 'applied' && current.ending === undefined
        ? { ...current, ending: { as: 'undone', by }, unsettled: engine.now().toISOString() }
        : undefined,
    );
  } else if (change.ending === undefined) {
    await engine.tell({ change, outcome: 'already', to: by, ...(replyTo && { replyTo }) });
    return;
  }
  return advance(change.id, engine, lastTry);
}

async function advance(id: string, engine: Engine, lastTry: boolean): Promise<void> {
  try {
    await steps(id, engine);
  } catch (error) {
    if (!lastTry) throw error;
    const { record } = await amend(engine.changes, id, (change) =>
      change.status === 'applying'
        ? move(change, 'unknown', engine.now(), {}, undefined, String(error).slice(0, 200))
        : undefined,
    );
    if (record?.status !== 'unknown') throw error;
    await close(record, engine, { outcome: 'unknown' });
  }
}

/** From where the change stands to its end. */
async function steps(id: string, engine: Engine): Promise<void> {
  let change = await engine.changes.load(id);
  while (change !== undefined) {
    const kind = engine.kinds.get(change.kind);
    if (kind === undefined) throw new Error(`not a change this bot knows: ${change.kind}`);
    const step = (
      from: ChangeStatus,
      to: ChangeStatus,
      more: Partial<Change> = {},
      detail?: string,
    ): Promise<Change | undefined> =>
      amend(
        engine.changes,
        id,
        (current) =>
          current.status === from ? move(current, to, engine.now(), more, undefined, detail) : undefined,
        change,
      ).then(({ record }) => record);

    switch (change.status) {
      case 'proposed': {
        const ruling = await kind.rule(change, change.payload);
        change =
          ruling.effect === 'allow'
            ? await step('proposed', 'approved', { ruling }, `allowed as ${ruling.as}`)
            : await step('proposed', 'denied', { ruling }, denialOf(ruling));
        continue;
      }
      case 'approved': {
        const before = await kind.before(change, change.payload);
        change = await step('approved', 'applying', { before });
        continue;
      }
      case 'applying': {
        try {
          const { until } = await kind.apply(change, change.payload);
          change = await step('applying', 'applied', until === undefined ? {} : { until });
        } catch (error) {
          if (!(error instanceof ChangeFailed)) throw error;
          change = await step('applying', 'failed', { failure: error.code }, error.code);
        }
        continue;
      }
      case 'applied': {
        const { ending } = change;
        if (ending === undefined) return close(change, engine);
        await kind.end?.(change, change.payload);
        const { record } = await amend(
          engine.changes,
          id,
          (current) => {
            if (current.status !== 'applied' || current.ending === undefined) return undefined;
            const { ending: _, ...rest } = current;
            return move(rest, ending.as, engine.now(), {}, ending.by?.id);
          },
          change,
        );
        change = record;
        continue;
      }
      case 'denied':
        return close(change, engine, {
          outcome: 'denied',
          ...(change.ruling && { ruling: change.ruling }),
        });
      case 'failed':
        return close(change, engine, { outcome: 'failed' });
      case 'unknown':
      case 'expired':
      case 'undone':
        return close(change, engine);
    }
  }
}

function denialOf(ruling: Exclude<Ruling, { effect: 'allow' }>): string {
  return ruling.effect === 'deny'
    ? `denied: ${ruling.reason.code}`
    : `needs the approval of ${ruling.count} ${ruling.of}`;
}

/** Tells what the card does not say, keeps the history for good and clears the mark. */
async function close(
  change: Change,
  engine: Engine,
  verdict?: Pick<Verdict, 'outcome' | 'ruling'>,
): Promise<void> {
  if (change.unsettled === undefined) return;
  if (verdict) {
    await engine.tell({
      ...verdict,
      change,
      to: change.actor,
      ...(change.replyTo && { replyTo: change.replyTo }),
    });
  }
  await engine.history.copy(changeItemKey(change.id), change.uncopied);
  const { unsettled: _, ...rest } = change;
  await engine.changes.replace({ ...rest, uncopied: [], version: change.version + 1 }, change.version);
}
