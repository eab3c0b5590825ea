import type { Queues } from '../queues';
import {
  type Amendable,
  clockAttributes,
  type Item,
  type Key,
  recordType,
  settleBy,
  type Table,
} from '../store';
import type { Bulletin, BulletinKey, Line } from './bulletin';
import { bulletinRef } from './bulletin-ref';

export interface Bulletins extends Amendable<BulletinKey, Bulletin> {
  /** Writes a new bulletin; false when there is one already. */
  create(bulletin: Bulletin): Promise<boolean>;
  /** Raises the revision: it wants to be shown anew. The bulletin, or undefined when there is none. */
  raise(key: BulletinKey, now: Date): Promise<Bulletin | undefined>;
  /** Writes a line, over the one of the same reference. */
  putLine(key: BulletinKey, line: Line): Promise<void>;
  /** All its lines, by reference. */
  lines(key: BulletinKey): Promise<readonly Line[]>;
}

function itemKey({ kind, day, subject }: BulletinKey): Key {
  return { pk: `B#${kind}#${day}#${subject}`, sk: 'BULLETIN' };
}

export const bulletinItems = recordType<Bulletin>('bulletin');
const lineItems = recordType<Line>('line');

/** When the clock has to post it; nothing once it has been shown, or found not to be worth a message. */
function dueAt({ card, postAt }: Bulletin): string | undefined {
  return card.ts === undefined && card.shownRevision === 0 ? postAt : undefined;
}

const itemOf = (bulletin: Bulletin): Item =>
  bulletinItems.toItem(itemKey(bulletin), bulletin, { dueAt: dueAt(bulletin) });

export function tableBulletins(table: Table): Bulletins {
  const load: Bulletins['load'] = async (key) => {
    const item = await table.get(itemKey(key));
    return item && bulletinItems.fromItem(item);
  };
  return {
    load,
    create: (bulletin) => table.create(itemOf(bulletin)),
    replace: (bulletin, version) => table.replace(itemOf(bulletin), version),
    async raise(key, now) {
      const bulletin = await load(key);
      if (bulletin === undefined) return undefined;
      const unsettled = now.toISOString();
      // Not marked before its time, which would put off the clock. When that is never changes.
      const early = dueAt(bulletin) !== undefined && Date.parse(bulletin.postAt) > now.getTime();
      const at = itemKey(key);
      const { clockPk = '', nextAt = '' } = clockAttributes(
        at,
        early ? bulletin.postAt : settleBy(unsettled),
      );
      const item = await table.raise(at, { clockPk, nextAt, ...(!early && { unsettled }) });
      return item && bulletinItems.fromItem(item);
    },
    putLine: (key, line) => table.put(lineItems.toItem({ pk: itemKey(key).pk, sk: `L#${line.ref}` }, line)),
    lines: async (key) => (await table.all(itemKey(key).pk, 'L#')).map(lineItems.fromItem),
  };
}

/** What writing to bulletins needs. */
export interface BulletinEffects {
  readonly bulletins: Bulletins;
  readonly queues: Queues;
  readonly now: () => Date;
}

/** Queues the refresh of a bulletin whose revision has already been raised. */
export async function enqueueBulletin(
  bulletin: Bulletin,
  effects: Pick<BulletinEffects, 'queues'>,
): Promise<void> {
  await effects.queues.card({
    record: bulletinRef(bulletin),
    revision: bulletin.revision,
    channel: bulletin.channel,
  });
}

/** Wants a bulletin shown anew; before its time this only counts, and the clock has it posted. */
export async function refreshBulletin(
  key: BulletinKey,
  effects: BulletinEffects,
): Promise<Bulletin | undefined> {
  const raised = await effects.bulletins.raise(key, effects.now());
  if (raised && Date.parse(raised.postAt) <= effects.now().getTime()) await enqueueBulletin(raised, effects);
  return raised;
}

/**
 * A publisher whose clock runs fast may read the lines of a bulletin so much before its time; until then a new line
 * needs no new revision, so that a flood is one write a line.
 */
const READ_EARLY_MS = 60_000;

/** A bulletin to write to: which one, where it is posted and when. Those that hold already stay as they are. */
export interface BulletinTarget {
  readonly key: BulletinKey;
  readonly channel: string;
  readonly postAt: Date;
}

/**
 * Puts a line into a bulletin, which comes into being with its first. Done twice it changes nothing: the line is
 * written first, so whoever reads the bulletin at a later revision reads the line too.
 */
export async function addToBulletin(
  { key, channel, postAt }: BulletinTarget,
  line: Line,
  effects: BulletinEffects,
): Promise<void> {
  const { bulletins } = effects;
  await bulletins.putLine(key, line);
  const now = effects.now();
  const known = await bulletins.load(key);
  if (known === undefined) {
    const due = postAt.getTime() <= now.getTime();
    const bulletin: Bulletin = {
      ...key,
      channel,
      postAt: postAt.toISOString(),
      revision: 1,
      card: { shownRevision: 0 },
      version: 1,
      ...(due && { unsettled: now.toISOString() }),
    };
    if (await bulletins.create(bulletin)) {
      if (due) await enqueueBulletin(bulletin, effects);
      return;
    }
  } else if (Date.parse(known.postAt) > now.getTime() + READ_EARLY_MS) return;
  await refreshBulletin(key, effects);
}
