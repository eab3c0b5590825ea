import * as z from 'zod';
import type { Asker, Ruling } from '../../src/access';
import type { AccountId, Principal } from '../../src/accounts';
import { tableAudit } from '../../src/audit';
import { loadCalendar } from '../../src/calendar';
import {
  type ApprovalTarget,
  approvalHash,
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
import { amend, dynamoTable, type Table, tableHistory } from '../../src/store';
import { keptQueues } from '../requests/desk';
import { type Counted, counting } from '../setup/counting';
import { keptLog } from '../setup/log-lines';
import { type ManualClock, manualClock } from '../setup/spine';
import { openWorld } from '../setup/world';

const CALENDAR = loadCalendar('config/calendar.yml', { timeZone: 'Asia/Tokyo', quiet: true });

const Lamp = z.object({ colour: z.string().trim() });
type Lamp = z.infer<typeof Lamp>;

const ALLOW: Ruling = { effect: 'allow', as: 'member' };
const DENY: Ruling = { effect: 'deny', reason: { code: 'not-allowed', who: ['lead'] } };
const ASK: Ruling = { effect: 'needs approval', needs: [{ of: 'lead', count: 1 }], other: true };

/** A lamp that people may switch: what it did, and what it is told to do. */
class LampKind {
  readonly kind = 'lamp';
  readonly schema = Lamp;
  target: ApprovalTarget = { severity: 'HIGH', parts: ['bulb'] };
  readonly done: string[] = [];
  ruling: Ruling = ALLOW;
  undoRuling: Ruling = ALLOW;
  until: string | undefined;
  remindAt: string | undefined;
  trouble: Error | undefined;
  covered = true;

  async rule(_: Change, { colour }: Lamp) {
    this.done.push(`rule ${colour}`);
    return this.ruling;
  }
  about() {
    return { account: '111122223333' as AccountId };
  }
  async before() {
    this.done.push('before');
    return { colour: 'dark' };
  }
  async apply(change: Change, { colour }: Lamp) {
    expect(change).toMatchObject({ status: 'applying', before: { colour: 'dark' } });
    this.done.push(`apply ${colour}`);
    if (this.trouble) throw this.trouble;
    return {
      ...(this.until !== undefined && { until: this.until }),
      ...(this.remindAt !== undefined && { remindAt: this.remindAt }),
    };
  }
  async end(change: Change) {
    this.done.push(`end ${change.ending?.as}`);
    if (this.trouble) throw this.trouble;
  }
  async ruleUndo() {
    return this.undoRuling;
  }
  async remind() {
    this.done.push('remind');
  }
  async announce(_: Change, what: string) {
    this.done.push(`announce ${what}`);
  }
}

const DAY = 86_400_000;

let table: Table;
let clock: ManualClock;
let lamp: LampKind;
let told: Verdict[];
/** Steps as the log has them. */
let logged: Record<string, unknown>[];
let counted: Counted;
let engine: Engine;
let queues: ReturnType<typeof keptQueues>;
/** Roles and standing of people, where they are not members alone. */
let people: Record<string, Partial<Asker>>;
const who = (id: Principal): Asker => ({ id, standing: 'member', roles: ['member'], ...people[id] });
beforeEach(async () => {
  const world = await openWorld();
  table = dynamoTable(world.dynamodb, world.tableName);
  clock = manualClock();
  lamp = new LampKind();
  told = [];
  logged = [];
  counted = {};
  queues = keptQueues();
  people = {
    U0ANALYST: { roles: ['member', 'analyst'] },
    U0LEAD: { roles: ['member', 'lead'] },
    U0LEAD2: { roles: ['member', 'lead'] },
  };
  engine = engineOn(table);
});

function engineOn(over: Table): Engine {
  // Methods of a class are no properties of its object, which `registered` copies.
  const kind: ChangeKind<Lamp> = {
    kind: lamp.kind,
    schema: lamp.schema,
    about: () => lamp.about(),
    rule: (change, payload) => lamp.rule(change, payload),
    before: () => lamp.before(),
    apply: (change, payload) => lamp.apply(change, payload),
    end: (change) => lamp.end(change),
    ruleUndo: () => lamp.ruleUndo(),
    target: async () => lamp.target,
    covers: async () => lamp.covered,
    remind: () => lamp.remind(),
    announce: (change, _, what) => lamp.announce(change, what),
  };
  return {
    changes: tableChanges(over),
    history: tableHistory(over),
    audit: tableAudit(over),
    askerFor: async (person) => who(person),
    calendar: CALENDAR,
    approvalChannel: 'C0SECURITY',
    queues,
    kinds: kindRegister([registered(kind)]),
    tell: async (verdict) => void told.push(verdict),
    now: clock.now,
    log: keptLog({ info: (message, details) => void logged.push({ message, ...details }) }),
    metrics: counting(counted),
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

  it('is followed in the log step by step, and counted where it ends', async () => {
    await run(propose);
    await run(undo);
    const step = { message: 'change moved', change: 'change-1', kind: 'lamp', account: '111122223333' };
    expect(logged).toEqual(
      [
        { from: undefined, to: 'proposed', did: 'proposed', user: 'U0OWNER1' },
        { from: 'proposed', to: 'approved', did: 'approved', user: 'U0OWNER1' },
        { from: 'approved', to: 'applying', did: 'applying', user: 'U0OWNER1' },
        { from: 'applying', to: 'applied', did: 'applied', user: 'U0OWNER1' },
        { from: 'applied', to: 'undone', did: 'undone', user: 'U0MEMBER' },
      ].map((moved) => ({ ...step, record: 'lamp-1', ...moved })),
    );
    expect(counted).toEqual({ ChangesApplied: [1], ChangesUndone: [1] });
    // Delivered again nothing moves, and nothing is logged.
    await run(propose);
    expect(logged).toHaveLength(5);
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

  it('that is denied is over, and the person hears why', async () => {
    const ruling = DENY;
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
    expect(last).toMatchObject({ seq: 5, by: 'U0MEMBER', what: 'undo denied' });
  });

  it('ends by itself when its time has come, not before, and once', async () => {
    lamp.until = '2026-11-24T02:00:00.000Z';
    await run(propose);
    expect(await change()).toMatchObject({ status: 'applied', until: lamp.until });
    clock.advance(3_599_999);
    await run({ type: 'resume', id: 'change-1' });
    expect((await change()).status).toBe('applied');
    clock.advance(1);
    await run({ type: 'resume', id: 'change-1' });
    await run({ type: 'resume', id: 'change-1' });
    expect((await change()).status).toBe('expired');
    expect(lamp.done.filter((step) => step.startsWith('end'))).toEqual(['end expired']);
  });

  it('that has no end does not expire', async () => {
    await run(propose);
    clock.advance(1e12);
    await run({ type: 'resume', id: 'change-1' });
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

it('an applied change that ends reminds once, before its end', async () => {
  lamp.until = '2026-12-01T00:00:00.000Z';
  lamp.remindAt = '2026-11-28T00:00:00.000Z';
  await run(propose);
  const resume = () => run({ type: 'resume', id: 'change-1' });
  await resume();
  expect(lamp.done).not.toContain('remind');
  clock.advance(4 * DAY);
  await resume();
  await resume();
  expect(lamp.done.filter((step) => step === 'remind')).toHaveLength(1);
  expect((await change()).status).toBe('applied');
  clock.advance(4 * DAY);
  await resume();
  expect((await change()).status).toBe('expired');
});

describe('a change that needs approval', () => {
  const approve = (id: string, over: { hash?: string } = {}): ChangeCommand => ({
    type: 'approve',
    id: 'change-1',
    actor: { id, name: id.toLowerCase() },
    hash: over.hash ?? shown,
  });
  const deny = (id: string): ChangeCommand => ({
    type: 'deny',
    id: 'change-1',
    actor: { id, name: id.toLowerCase() },
    reason: 'not this week',
  });
  let shown: string;
  beforeEach(async () => {
    lamp.ruling = ASK;
    await run(propose);
    shown = approvalHash(await change());
    lamp.done.length = 0;
    told.length = 0;
    queues.cards.length = 0;
  });
  const applied = () => lamp.done.filter((step) => step.startsWith('apply')).length;

  it('waits for three working days, is shown, announced and told, and nothing is done', async () => {
    lamp.ruling = ASK;
    await run({ ...propose, id: 'change2' });
    const waiting = await engine.changes.load('change2');
    expect(waiting).toMatchObject({
      status: 'proposed',
      ruling: ASK,
      // Tuesday; Friday at the same time; reminded on Wednesday morning in Tokyo.
      asked: {
        at: '2026-11-24T01:00:00.000Z',
        until: '2026-11-27T01:00:00.000Z',
        remindAt: '2026-11-25T00:00:00.000Z',
        round: 1,
        target: lamp.target,
      },
    });
    expect(waiting).not.toHaveProperty('unsettled');
    expect(lamp.done).toEqual(['rule red', 'announce asked']);
    expect(told).toMatchObject([{ outcome: 'waiting', to: { id: 'U0OWNER1' } }]);
    expect(queues.cards).toMatchObject([{ record: 'change/change2', channel: 'C0SECURITY' }]);
    expect((await engine.changes.waiting()).map(({ id }) => id).sort()).toEqual(['change-1', 'change2']);
  });

  it('whose card nobody has shown is looked at by the clock, and only shown: nobody is told again', async () => {
    expect((await change()).card?.queuedAt).toBe('2026-11-24T01:00:00.000Z');
    expect((await table.get(changeItemKey('change-1')))?.['nextAt']).toBe('2026-11-24T01:10:00.000Z');
    clock.advance(600_000);
    await amend(engine.changes, 'change-1', (current) => ({
      ...current,
      unsettled: clock.now().toISOString(),
    }));
    await run({ type: 'resume', id: 'change-1' });
    expect(queues.cards).toMatchObject([{ record: 'change/change-1', channel: 'C0SECURITY' }]);
    expect(told).toEqual([]);
    expect(lamp.done).not.toContain('announce asked');
    expect((await table.get(changeItemKey('change-1')))?.['nextAt']).toBe('2026-11-24T01:20:00.000Z');

    await amend(engine.changes, 'change-1', (current) => {
      const { queuedAt: _, ...card } = current.card!;
      return { ...current, card: { ...card, shownRevision: current.revision ?? 0 } };
    });
    expect((await table.get(changeItemKey('change-1')))?.['nextAt']).toBe('2026-11-25T00:00:00.000Z');
  });

  it('shown before it was settled, is not looked at for that', async () => {
    const fast = keptQueues();
    await runChange(
      approve('U0LEAD'),
      {
        ...engine,
        queues: {
          ...fast,
          card: async () => {
            await amend(engine.changes, 'change-1', (current) => ({
              ...current,
              card: { channel: 'C0SECURITY', shownRevision: current.revision ?? 0 },
            }));
          },
        },
      },
      false,
    );
    expect(await change()).toMatchObject({ status: 'applied', card: { channel: 'C0SECURITY' } });
    expect(await table.get(changeItemKey('change-1'))).not.toHaveProperty('nextAt');
  });

  it('is applied once somebody who may has approved', async () => {
    await run(approve('U0LEAD'));
    expect(await change()).toMatchObject({ status: 'applied', approvals: [{ by: { id: 'U0LEAD' } }] });
    expect(applied()).toBe(1);
    expect(await history()).toEqual(['proposed', 'asked', 'approval', 'approved', 'applying', 'applied']);
    expect(await engine.changes.waiting()).toEqual([]);
    expect(queues.cards.length).toBeGreaterThan(0);
  });

  it('is not approved by who asked, even as a lead: the history keeps that it was tried', async () => {
    people['U0OWNER1'] = { roles: ['member', 'owner', 'lead'] };
    await run(approve('U0OWNER1'));
    expect(await change()).toMatchObject({ status: 'proposed', approvals: [] });
    expect(applied()).toBe(0);
    expect(told).toMatchObject([{ outcome: 'own' }]);
    expect((await history()).at(-1)).toBe('approval denied');
  });

  test.each<[string, Partial<Asker>]>([
    ['an analyst where it takes a lead', { roles: ['member', 'analyst'] }],
    ['a guest', { standing: 'guest', roles: ['member', 'lead'] }],
    ['a bot', { standing: 'bot', roles: ['member', 'lead'] }],
    ['somebody of another workspace', { standing: 'outsider', roles: ['member', 'lead'] }],
    ['somebody who has left Slack', { standing: 'left', roles: ['member', 'lead'] }],
  ])('is not approved by %s', async (_, asker) => {
    people['U0OTHER'] = asker;
    await run(approve('U0OTHER'));
    expect(await change()).toMatchObject({ status: 'proposed', approvals: [] });
    expect(applied()).toBe(0);
    expect(told).toMatchObject([{ outcome: 'no-approver', to: { id: 'U0OTHER' } }]);
  });

  it('is not approved by the word for something else', async () => {
    await run(approve('U0LEAD', { hash: 'x'.repeat(26) }));
    expect(await change()).toMatchObject({ status: 'proposed', approvals: [] });
    expect(told).toMatchObject([{ outcome: 'stale' }]);
  });

  it('delivered again when another question is asked, an approval is told to be of what was, and is no try', async () => {
    lamp.ruling = { effect: 'needs approval', needs: [{ of: 'analyst', count: 1 }], other: false };
    await run({ ...propose, id: 'change2' });
    const hash = approvalHash((await engine.changes.load('change2'))!);
    lamp.target = { severity: 'CRITICAL', parts: ['bulb'] };
    lamp.ruling = ASK;
    const approval = { ...approve('U0ANALYST', { hash }), id: 'change2' };
    await run(approval);
    told.length = 0;
    await run(approval);
    expect(told).toMatchObject([{ outcome: 'stale', to: { id: 'U0ANALYST' } }]);
    const kept = await engine.history.latest(changeItemKey('change2'), 20);
    expect(kept.map(({ what }) => what).reverse()).toEqual(['proposed', 'asked', 'approval', 'void']);
  });

  it('approved fifty times at once makes one transition', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => run(approve(n % 2 === 0 ? 'U0LEAD' : 'U0LEAD2'))));
    expect((await change()).status).toBe('applied');
    // Applying may be done again, and does nothing then; what counts is written once.
    expect((await history()).filter((what) => what === 'approved' || what === 'applied')).toEqual([
      'approved',
      'applied',
    ]);
  });

  it('approved and denied at once is one of the two, and no effect follows a denial', async () => {
    await Promise.all([run(approve('U0LEAD')), run(deny('U0LEAD2'))]);
    const { status } = await change();
    expect(['applied', 'denied']).toContain(status);
    expect(applied() > 0).toBe(status === 'applied');
  });

  it('needs two where two are asked for; the same person twice is one', async () => {
    lamp.ruling = {
      effect: 'needs approval',
      needs: [
        { of: 'lead', count: 1 },
        { of: 'analyst', count: 1 },
      ],
      other: false,
    };
    await run(approve('U0LEAD'));
    await run(approve('U0LEAD'));
    expect(await change()).toMatchObject({ status: 'proposed', approvals: [{ by: { id: 'U0LEAD' } }] });
    await run(approve('U0LEAD2'));
    expect((await change()).status).toBe('applied');
  });

  it('loses the approval of somebody who has left the group before it was applied', async () => {
    lamp.ruling = {
      effect: 'needs approval',
      needs: [{ of: 'lead', count: 2 }],
      other: false,
    };
    await run(approve('U0LEAD'));
    people['U0LEAD'] = { roles: ['member'] };
    await run(approve('U0LEAD2'));
    expect(await change()).toMatchObject({ status: 'proposed', approvals: [{ by: { id: 'U0LEAD2' } }] });
    expect(applied()).toBe(0);
    expect(await history()).toContain('approval void');
  });

  it('approved in an earlier run is looked at again before it is applied', async () => {
    const crashing = { ...engine.kinds.get('lamp')!, before: () => Promise.reject(new Error('killed')) };
    const broken = { ...engine, kinds: new Map([['lamp', crashing]]) };
    await expect(runChange(approve('U0LEAD'), broken, false)).rejects.toThrow('killed');
    expect((await change()).status).toBe('approved');
    people['U0LEAD'] = { standing: 'left', roles: ['member', 'lead'] };
    await run({ type: 'resume', id: 'change-1' });
    expect(await change()).toMatchObject({ status: 'proposed', approvals: [] });
    expect(applied()).toBe(0);
  });

  test.each<[string, ApprovalTarget]>([
    ['more severe', { severity: 'CRITICAL', parts: ['bulb'] }],
    ['more', { severity: 'HIGH', parts: ['bulb', 'socket'] }],
    ['replaced', { severity: 'HIGH', parts: ['other bulb'] }],
  ])('whose target has become %s is void and asked again', async (_, target) => {
    lamp.target = target;
    await run(approve('U0LEAD'));
    expect(await change()).toMatchObject({ status: 'proposed', approvals: [], asked: { round: 2, target } });
    expect(applied()).toBe(0);
    expect((await history()).at(-1)).toBe('void');
    // What was approved before is not what is asked now.
    await run(approve('U0LEAD'));
    expect(told.at(-1)).toMatchObject({ outcome: 'stale' });
    await run(approve('U0LEAD', { hash: approvalHash(await change()) }));
    expect((await change()).status).toBe('applied');
  });

  it('whose target has become less is still what was approved', async () => {
    lamp.target = { severity: 'LOW', parts: [] };
    await run(approve('U0LEAD'));
    expect((await change()).status).toBe('applied');
  });

  it('is denied with a reason, once and for all', async () => {
    await run(deny('U0LEAD'));
    expect(await change()).toMatchObject({
      status: 'denied',
      denial: { by: { id: 'U0LEAD' }, reason: 'not this week' },
    });
    expect(told).toMatchObject([{ outcome: 'refused', to: { id: 'U0OWNER1' } }]);
    expect(lamp.done).toContain('announce refused');
    await run(approve('U0LEAD'));
    expect(told.at(-1)).toMatchObject({ outcome: 'already', to: { id: 'U0LEAD' } });
    expect(applied()).toBe(0);
  });

  it('is taken back by who asked, and by nobody else who may not approve', async () => {
    await run(deny('U0MEMBER'));
    expect((await change()).status).toBe('proposed');
    await run(deny('U0OWNER1'));
    expect((await change()).status).toBe('denied');
    expect(lamp.done).toContain('announce withdrawn');
    expect((await history()).at(-1)).toBe('withdrawn');
  });

  it('is reminded once at the next working morning, and expires after three working days', async () => {
    const resume = () => run({ type: 'resume', id: 'change-1' });
    clock.advance(DAY);
    await resume();
    await resume();
    expect((await history()).filter((what) => what === 'reminded')).toHaveLength(1);
    expect((await change()).asked).toMatchObject({ remindedAt: '2026-11-25T01:00:00.000Z' });
    clock.advance(2 * DAY);
    await resume();
    expect((await change()).status).toBe('expired');
    expect(told).toMatchObject([{ outcome: 'expired' }]);
    expect(lamp.done).toContain('announce expired');
    await run(approve('U0LEAD'));
    expect(applied()).toBe(0);
  });

  it('that came to be allowed meanwhile is applied without anybody', async () => {
    lamp.ruling = ALLOW;
    await run({ type: 'resume', id: 'change-1' });
    expect((await change()).status).toBe('applied');
  });

  it('that came to be forbidden meanwhile is denied, approval or not', async () => {
    lamp.ruling = DENY;
    await run(approve('U0LEAD'));
    expect((await change()).status).toBe('denied');
    expect(applied()).toBe(0);
  });

  it('leaves every step in the audit log, denials included', async () => {
    await run(approve('U0MEMBER'));
    await run(approve('U0LEAD'));
    const { events } = await engine.audit.of({ account: '111122223333' as AccountId }, { limit: 50 });
    expect(events.map(({ what, by }) => `${what} ${by ?? ''}`.trim()).reverse()).toEqual([
      'proposed U0OWNER1',
      'asked',
      'approval denied U0MEMBER',
      'approval U0LEAD',
      'approved',
      'applying',
      'applied',
    ]);
  });
});

describe('what an applied change covers no longer', () => {
  const lapse = { type: 'lapse', id: 'change-1', what: 'resource changed', detail: 'bulb-1' } as const;
  beforeEach(async () => {
    lamp.until = '2026-12-24T00:00:00.000Z';
    await run(propose);
  });

  it('is kept in its history, each thing once', async () => {
    await run(lapse);
    await run(lapse);
    await run({ ...lapse, detail: 'bulb-2' });
    expect(await change()).toMatchObject({ status: 'applied', lapsed: ['bulb-1', 'bulb-2'] });
    expect(await change()).not.toHaveProperty('unsettled');
    expect((await history()).slice(3)).toEqual(['applied', 'resource changed', 'resource changed']);
    expect(lamp.done).not.toContain('end expired');
  });

  it('ends it, when nothing is left', async () => {
    lamp.covered = false;
    await run({ ...lapse, what: 'superseded', detail: 'change-2' });
    await run({ ...lapse, what: 'superseded', detail: 'change-2' });
    expect(await change()).toMatchObject({ status: 'expired' });
    expect((await history()).slice(3)).toEqual(['applied', 'superseded', 'expired']);
    expect(lamp.done.filter((what) => what === 'end expired')).toHaveLength(1);
    expect(told).toEqual([]);
    expect(await engine.changes.live('lamp')).toEqual([]);
  });

  it('stopped before it was ended, it is ended by the next one', async () => {
    lamp.covered = false;
    const broken = new Error('stopped');
    const kinds = new Map(engine.kinds);
    kinds.set('lamp', { ...engine.kinds.get('lamp')!, covers: () => Promise.reject(broken) });
    await expect(runChange(lapse, { ...engine, kinds }, false)).rejects.toBe(broken);
    expect((await change()).status).toBe('applied');
    await run(lapse);
    expect((await change()).status).toBe('expired');
  });

  it('is nothing to a change that is over', async () => {
    await run(undo);
    await run(lapse);
    expect((await change()).status).toBe('undone');
    expect((await history()).at(-1)).toBe('undone');
  });
});

it('two kinds of one name are a mistake', () => {
  const kind = engine.kinds.get('lamp')!;
  expect(() => kindRegister([kind, kind])).toThrow('two kinds of change are called lamp');
});
