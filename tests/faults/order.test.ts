import { words } from '../../blocks/words';
import type { IssueState } from '../../src/requests';
import { readAloud } from '../blocks/read-aloud';
import type { AsffDocument, ControlFinding } from '../fixtures/findings';
import { RESTING } from './at-rest';
import { bucket, CHANNEL, type FaultScene, MINUTE, openFaultScene } from './fault-scene';

const w = words('ja');
const CONTROL = 'S3.5';
const PERSON = 'arn:aws:sts::999999999999:assumed-role/SecurityAdmin/hanako';

let scene: FaultScene;
beforeEach(async () => {
  scene = await openFaultScene();
});
afterEach(() => scene.close());

const version = (n: number, status: 'FAILED' | 'PASSED', about: ControlFinding = {}, name = 'a') =>
  bucket(name, { status, updatedAt: `2026-11-24T00:5${n}:00.000Z`, ...about });
const stateNow = async () => {
  const [issue, ...others] = await scene.issues(CONTROL);
  expect(others).toEqual([]);
  return issue?.state;
};
const asked = async () => (await scene.spine.hub.calls('GetFindings')).length;

/** Three versions in every order in which they can come. */
const ORDERS = [
  [3, 1, 2],
  [3, 2, 1],
  [1, 3, 2],
  [2, 1, 3],
  [2, 3, 1],
  [1, 2, 3],
] as const;

describe.each<{
  last: string;
  versions: readonly (readonly ['FAILED' | 'PASSED', ControlFinding?])[];
  state: IssueState;
}>([
  {
    last: 'failing',
    versions: [['PASSED'], ['FAILED'], ['FAILED', { severity: 'CRITICAL' }]],
    state: 'open',
  },
  {
    last: 'passed',
    versions: [['FAILED', { severity: 'CRITICAL' }], ['FAILED'], ['PASSED']],
    state: 'resolved',
  },
])('three versions, $last in the end', ({ versions, state }) => {
  /** A bucket for each order. */
  const names = ORDERS.map((order) => order.join('-'));
  const versionOf = (name: string, n: number) => {
    const [status, about] = versions[n - 1] ?? ['FAILED'];
    return version(n, status, about, name);
  };

  test('in whatever order they come, served at once or one by one', async () => {
    await scene.arrive(...names.map((name) => version(0, 'FAILED', {}, name)));
    await scene.serve();
    await scene.hold(...names.map((name) => versionOf(name, 3)));
    for (const nth of [0, 1, 2]) {
      for (const [index, name] of names.entries()) {
        await scene.deliver(versionOf(name, ORDERS[index]?.[nth] ?? 0));
      }
      if (nth === 1) await scene.serve();
    }
    await scene.serve();
    // And all of them once more, as a queue may deliver them.
    for (const [index, name] of names.entries()) {
      for (const n of ORDERS[index] ?? []) await scene.deliver(versionOf(name, n));
    }
    await scene.serve();

    expect((await scene.issues(CONTROL)).map((issue) => issue.state)).toEqual(names.map(() => state));
    const [card, ...others] = await scene.spine.people.channel(CHANNEL);
    expect(others).toEqual([]);
    expect(readAloud(card?.blocks)).toContain(
      state === 'open' ? w.severity.CRITICAL : w.card.resolvedTitle(''),
    );
    expect(await scene.rest()).toEqual(RESTING);
  });
});

test('v3, v1, v2, each served before the next comes, twice over: v3 stands, and is told once', async () => {
  const all = [version(3, 'FAILED'), version(1, 'FAILED'), version(2, 'PASSED')];
  await scene.hold(version(3, 'FAILED'));
  for (const one of [...all, ...all]) {
    await scene.deliver(one);
    await scene.serve();
    expect(await stateNow()).toBe('open');
  }
  const [card, ...others] = await scene.spine.people.channel(CHANNEL);
  expect(others).toEqual([]);
  expect(card?.replies).toEqual([]);
  expect(await scene.rest()).toEqual(RESTING);
});

describe('the same UpdatedAt, with another workflow', () => {
  const fresh = bucket('a');
  const suppressed: AsffDocument = { ...fresh, Workflow: { Status: 'SUPPRESSED' } };
  const id = { Id: fresh.Id, ProductArn: fresh.ProductArn };
  /** People know of it, and what the bot has written is no longer on its way. */
  const known = async () => {
    await scene.arrive(fresh);
    await scene.serve();
    expect(await stateNow()).toBe('open');
    scene.spine.clock.advance(30 * MINUTE);
  };

  test.each<{ events: string; both: readonly AsffDocument[] }>([
    { events: 'SUPPRESSED, then NEW', both: [suppressed, fresh] },
    { events: 'NEW, then SUPPRESSED', both: [fresh, suppressed] },
  ])('events say $events: Security Hub is read again, and what it holds is what counts', async ({ both }) => {
    await known();
    await scene.spine.hub.updateInConsole({ finding: id, identity: PERSON, status: 'SUPPRESSED' });
    const before = await asked();
    await scene.deliver(...both);
    await scene.serve();
    expect(await asked()).toBeGreaterThan(before);
    expect(await stateNow()).toBe('suppressed');
    expect((await scene.issues(CONTROL))[0]?.cause).toEqual({ by: 'outside', who: PERSON });
    expect(await scene.workflow(fresh)).toEqual(['SUPPRESSED']);
    expect(await scene.rest()).toEqual(RESTING);
  });

  test('an event says SUPPRESSED, and Security Hub has gone back since: it stays open', async () => {
    await known();
    const before = await asked();
    await scene.deliver(suppressed);
    await scene.serve();
    expect(await asked()).toBe(before + 1);
    expect(await stateNow()).toBe('open');
    expect(await scene.rest()).toEqual(RESTING);
  });

  test.each(['throttle', 'error', 'lost'] as const)(
    'Security Hub does not answer when it is read (%s): the event waits, and is decided when it does',
    async (kind) => {
      await known();
      await scene.spine.hub.updateInConsole({ finding: id, identity: PERSON, status: 'SUPPRESSED' });
      await scene.spine.hub.addFault({ kind, operation: 'GetFindings', when: { next: 2 } });
      await scene.deliver(suppressed);
      await scene.serve();
      expect(await stateNow()).toBe('open' satisfies IssueState);
      await scene.time.pass(10 * MINUTE, scene.bot);
      expect(await stateNow()).toBe('suppressed');
      const [card, ...others] = await scene.spine.people.channel(CHANNEL);
      expect(others).toEqual([]);
      expect(card?.replies).toHaveLength(1);
      expect(await scene.rest()).toEqual(RESTING);
    },
  );
});
