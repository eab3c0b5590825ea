import { z } from 'zod';
import type { Ruling } from '../../src/access';
import {
  type Change,
  type ChangeCommand,
  ChangeFailed,
  type ChangeKind,
  changeItemKey,
  type Engine,
  kindRegister,
  registered,
  runChange,
  tableChanges,
  type Verdict,
} from '../../src/changes';
import { dynamoTable, type Table, tableHistory } from '../../src/store';
import { keptQueues } from '../requests/desk';
import { type ManualClock, manualClock } from '../setup/spine';
import { openWorld } from '../setup/world';

const Lamp = z.object({ colour: z.string().trim() });
type Lamp = z.infer<typeof Lamp>;

const ALLOW: Ruling = { effect: 'allow', as: 'member' };
const DENY: Ruling = { effect: 'deny', reason: { code: 'not-allowed', who: ['lead'] } };
const ASK: Ruling = { effect: 'needs approval', of: 'lead', count: 1, other: true };

/** A lamp that people may switch: what it did, and what it is told to do. */
class LampKind implements ChangeKind<Lamp> {
  readonly kind = 'lamp';
  readonly schema = Lamp;
  readonly done: string[] = [];
  ruling: Ruling = ALLOW;
  undoRuling: Ruling = ALLOW;
  until: string | undefined;
  trouble: Error | undefined;

  async rule(_: Change, { colour }: Lamp) {
    this.done.push(`rule ${colour}`);
    return this.ruling;
  }
  async before() {
    this.done.push('before');
    return { colour: 'dark' };
  }
  async apply(change: Change, { colour }: Lamp) {
    expect(change).toMatchObject({ status: 'applying', before: { colour: 'dark' } });
    this.done.push(`apply ${colour}`);
    if (this.trouble) throw this.trouble;
    return this.until === undefined ? {} : { until: this.until };
  }
  async end(change: Change) {
    this.done.push(`end ${change.ending?.as}`);
    if (this.trouble) throw this.trouble;
  }
  async ruleUndo() {
    return this.undoRuling;
  }
}

let table: Table;
let clock: ManualClock;
let lamp: LampKind;
let told: Verdict[];
let engine: Engine;
beforeEach(async () => {
  const world = await openWorld();
  table = dynamoTable(world.dynamodb, world.tableName);
  clock = manualClock();
  lamp = new LampKind();
  told = [];
  engine = engineOn(table);
});

function engineOn(over: Table): Engine {
  // Methods of a class are no properties of its object, which `registered` copies.
  const kind: ChangeKind<Lamp> = {
    kind: lamp.kind,
    schema: lamp.schema,
    rule: (change, payload) => lamp.rule(change, payload),
    before: () => lamp.before(),
    apply: (change, payload) => lamp.apply(change, payload),
    end: (change) => lamp.end(change),
    ruleUndo: () => lamp.ruleUndo(),
  };
  return {
    changes: tableChanges(over),
    history: tableHistory(over),
    queues: keptQueues(),
    kinds: kindRegister([registered(kind)]),
    tell: async (verdict) => void told.push(verdict),
    now: clock.now,
  };
}

const propose: Extract<ChangeCommand, { type: 'propose' }> = {
  type: 'propose',
  id: 'change-1',
  kind: 'lamp',
  actor: { id: 'U0OWNER1', name: 'Owner' },
  target: 'lamp-1',
  payload: { colour: ' red ' },
  at: '2026-11-24T01:00:00.000Z',
  replyTo: { channel: 'C1', thread: '1.1' },
};
const undo = {
  type: 'undo',
  id: 'change-1',
  actor: { id: 'U0MEMBER', name: 'Member' },
  replyTo: { channel: 'C2' },
} as const;

const run = (command: ChangeCommand, lastTry = false) => runChange(command, engine, lastTry);
const change = async () => (await engine.changes.load('change-1'))!;
const history = async () =>
  (await engine.history.latest(changeItemKey('change-1'), 20)).map(({ what }) => what).reverse();

describe('a proposed change', () => {
  it('that is allowed is applied, and every step is kept', async () => {
    await run(propose);
    expect(lamp.done).toEqual(['rule red', 'before', 'apply red']);
    expect(await change()).toMatchObject({
      status: 'applied',
      actor: { id: 'U0OWNER1', name: 'Owner' },
      target: 'lamp-1',
      payload: { colour: 'red' },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      proposedAt: propose.at,
      ruling: ALLOW,
      before: { colour: 'dark' },
      replyTo: { channel: 'C1', thread: '1.1' },
      uncopied: [],
    });
    expect(await change()).not.toHaveProperty('unsettled');
    expect(await history()).toEqual(['proposed', 'approved', 'applying', 'applied']);
    expect(told).toEqual([]);
  });

  it('has a hash of kind, target and payload, and of nothing else', async () => {
    await run(propose);
    const first = (await change()).hash;
    const hashOf = async (over: Partial<typeof propose>) => {
      await run({ ...propose, id: 'other', ...over });
      const { hash } = (await engine.changes.load(over.id ?? 'other'))!;
      return hash;
    };
    expect(await hashOf({ id: 'b', actor: { id: 'U0LEAD', name: 'Lead' } })).toBe(first);
    expect(await hashOf({ id: 'c', target: 'lamp-2' })).not.toBe(first);
    expect(await hashOf({ id: 'd', payload: { colour: 'blue' } })).not.toBe(first);
  });

  it('proposed twice is applied once, and keeps its first payload', async () => {
    await run(propose);
    await run({ ...propose, payload: { colour: 'blue' } });
    expect(lamp.done.filter((step) => step.startsWith('apply'))).toEqual(['apply red']);
    expect((await change()).payload).toEqual({ colour: 'red' });
  });

  it('taken up by two workers at once ends applied with one history', async () => {
    await Promise.all([run(propose), run(propose), run(propose)]);
    expect((await change()).status).toBe('applied');
    expect(await history()).toEqual(['proposed', 'approved', 'applying', 'applied']);
  });

  test.each([
    ['denied', DENY],
    ['in need of an approval', ASK],
  ])('that is %s is denied, and the person hears why', async (_, ruling) => {
    lamp.ruling = ruling;
    await run(propose);
    expect(await change()).toMatchObject({ status: 'denied', ruling });
    expect(lamp.done).toEqual(['rule red']);
    expect(told).toEqual([
      {
        outcome: 'denied',
        ruling,
        change: expect.objectContaining({ id: 'change-1' }),
        to: { id: 'U0OWNER1', name: 'Owner' },
        replyTo: { channel: 'C1', thread: '1.1' },
      },
    ]);
    await run(propose);
    expect(told).toHaveLength(1);
  });

  it('that cannot be done fails for good, and the person hears why', async () => {
    lamp.trouble = new ChangeFailed('nothing-open');
    await run(propose);
    expect(await change()).toMatchObject({ status: 'failed', failure: 'nothing-open' });
    expect(told).toMatchObject([{ outcome: 'failed', change: { failure: 'nothing-open' } }]);
    lamp.trouble = undefined;
    await run({ type: 'resume', id: 'change-1' });
    expect((await change()).status).toBe('failed');
  });

  it('that meets trouble is tried again from where it stands', async () => {
    lamp.trouble = new Error('the network');
    await expect(run(propose)).rejects.toThrow('the network');
    expect(await change()).toMatchObject({ status: 'applying', unsettled: expect.any(String) });
    lamp.trouble = undefined;
    await run({ type: 'resume', id: 'change-1' });
    expect(lamp.done).toEqual(['rule red', 'before', 'apply red', 'apply red']);
    expect((await change()).status).toBe('applied');
  });

  it('whose last try fails is unknown, and the person hears it', async () => {
    lamp.trouble = new Error('the network');
    await expect(run(propose)).rejects.toThrow('the network');
    await run({ type: 'resume', id: 'change-1' }, true);
    expect(await change()).toMatchObject({ status: 'unknown' });
    expect(await change()).not.toHaveProperty('unsettled');
    expect(told).toMatchObject([{ outcome: 'unknown' }]);
    expect(await history()).toEqual(['proposed', 'approved', 'applying', 'unknown']);
  });

  it('that could not even be ruled on stays proposed for the clock, last try or not', async () => {
    const broken = engineOn(table);
    const kinds = new Map(broken.kinds);
    kinds.set('lamp', { ...kinds.get('lamp')!, rule: () => Promise.reject(new Error('Slack is away')) });
    await expect(runChange(propose, { ...broken, kinds }, true)).rejects.toThrow('Slack is away');
    expect(await change()).toMatchObject({ status: 'proposed', unsettled: expect.any(String) });
    expect(told).toEqual([]);
  });

  test.each([
    ['an unknown kind', { kind: 'rocket' }],
    ['somebody who is no Slack user', { actor: { id: 'root', name: 'x' } }],
    ['a payload that is none', { payload: { colour: 7 } }],
  ])('of %s is refused and not written', async (_, over) => {
    await expect(run({ ...propose, ...over })).rejects.toThrow(/not a change this bot knows|colour/);
    expect(await engine.changes.load('change-1')).toBeUndefined();
  });
});

describe('an applied change', () => {
  it('is undone by who may, once', async () => {
    await run(propose);
    await run(undo);
    expect(lamp.done.at(-1)).toBe('end undone');
    expect(await change()).toMatchObject({ status: 'undone' });
    expect(await change()).not.toHaveProperty('ending');
    expect(await history()).toEqual(['proposed', 'approved', 'applying', 'applied', 'undone']);
    const [last] = await engine.history.latest(changeItemKey('change-1'), 1);
    expect(last?.by).toBe('U0MEMBER');
  });

  it('undone again, only says so', async () => {
    await run(propose);
    await run(undo);
    await run(undo);
    expect(lamp.done.filter((step) => step.startsWith('end'))).toEqual(['end undone']);
    expect(told).toMatchObject([{ outcome: 'already', to: { id: 'U0MEMBER' }, replyTo: { channel: 'C2' } }]);
  });

  it('undone halfway is undone to its end, whoever takes it up', async () => {
    await run(propose);
    lamp.trouble = new Error('the network');
    await expect(run(undo, true)).rejects.toThrow('the network');
    expect(await change()).toMatchObject({
      status: 'applied',
      ending: { as: 'undone', by: { id: 'U0MEMBER' } },
      unsettled: expect.any(String),
    });
    lamp.trouble = undefined;
    await run({ type: 'resume', id: 'change-1' });
    expect((await change()).status).toBe('undone');
  });

  test.each([DENY, ASK])('is not undone by who may not: history keeps who tried', async (ruling) => {
    await run(propose);
    lamp.undoRuling = ruling;
    await run(undo);
    expect(lamp.done).not.toContain('end undone');
    expect(await change()).toMatchObject({ status: 'applied' });
    expect(await change()).not.toHaveProperty('unsettled');
    expect(told).toMatchObject([{ outcome: 'denied', ruling, to: { id: 'U0MEMBER' } }]);
    const [last] = await engine.history.latest(changeItemKey('change-1'), 1);
    expect(last).toMatchObject({ seq: 5, by: 'U0MEMBER', detail: 'undo denied' });
  });

  it('ends by itself when its time has come, not before, and once', async () => {
    lamp.until = '2026-11-24T02:00:00.000Z';
    await run(propose);
    expect(await change()).toMatchObject({ status: 'applied', until: lamp.until });
    clock.advance(3_599_999);
    await run({ type: 'expire', id: 'change-1' });
    expect((await change()).status).toBe('applied');
    clock.advance(1);
    await run({ type: 'expire', id: 'change-1' });
    await run({ type: 'expire', id: 'change-1' });
    expect((await change()).status).toBe('expired');
    expect(lamp.done.filter((step) => step.startsWith('end'))).toEqual(['end expired']);
  });

  it('that has no end does not expire', async () => {
    await run(propose);
    clock.advance(1e12);
    await run({ type: 'expire', id: 'change-1' });
    expect((await change()).status).toBe('applied');
  });

  it('an undo of what cannot be undone is refused', async () => {
    await expect(run(undo)).rejects.toThrow('no change change-1');
    const kind = { ...engine.kinds.get('lamp')! };
    delete (kind as { end?: unknown }).end;
    await run(propose);
    await expect(runChange(undo, { ...engine, kinds: new Map([['lamp', kind]]) }, false)).rejects.toThrow(
      'could be undone',
    );
  });

  it('a kind without a rule of its own for it lets nobody undo', async () => {
    await run(propose);
    const kind = { ...engine.kinds.get('lamp')! };
    delete (kind as { ruleUndo?: unknown }).ruleUndo;
    await runChange(undo, { ...engine, kinds: new Map([['lamp', kind]]) }, false);
    expect(told).toMatchObject([{ outcome: 'denied' }]);
  });
});

it('two kinds of one name are a mistake', () => {
  const kind = engine.kinds.get('lamp')!;
  expect(() => kindRegister([kind, kind])).toThrow('two kinds of change are called lamp');
});
