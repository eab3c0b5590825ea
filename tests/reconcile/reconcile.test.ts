import { tick } from '../../handlers/clock';
import type { Bot } from '../../handlers/composition';
import { asffFinding } from '../../local/aws/finding';
import { type AccountId, accountId } from '../../src/accounts';
import type { FindingSource } from '../../src/aws';
import { sweep } from '../../src/clock';
import { startReconcile } from '../../src/reconcile';
import { type Issue, issueItemKey, issueKeyOf, type RequestKey } from '../../src/requests';
import { type Hook, hookedPorts } from '../crash/explorer';
import { type AsffDocument, asff, type ControlFinding, guardDutyAsff, imported } from '../fixtures/findings';
import { callHandler, type DrainOptions, openSpine, type Spine } from '../setup/spine';

const HOUR = 3_600_000;
const ACCOUNT = accountId('111122223333') as AccountId;
/** HIGH and tracked. */
const CONTROL = 'S3.8';
/** Availability, which the default policy ignores. */
const IGNORED = 'AutoScaling.2';
const SOMEBODY = 'arn:aws:sts::111122223333:assumed-role/Admin/alex';

let spine: Spine;
beforeEach(async () => {
  spine = await openSpine({ environment: { RECONCILE: 'on' } });
});
afterEach(() => spine.close());

const bucket = (name: string) => `arn:aws:s3:::example-${name}`;
const ago = (ms: number) => new Date(spine.clock.now().getTime() - ms).toISOString();

function bucketFinding(name: string, about: ControlFinding = {}): AsffDocument {
  return asff({
    control: CONTROL,
    resource: bucket(name),
    resourceType: 'AwsS3Bucket',
    updatedAt: ago(HOUR / 2),
    ...about,
  });
}

const hold = (...documents: readonly object[]) =>
  spine.hub.putFindings(documents.map((document) => asffFinding.parse(document)));

/** Security Hub holds it and the bot has heard of it. */
async function known(...documents: readonly AsffDocument[]): Promise<void> {
  await hold(...documents);
  await heard(...documents);
}

async function heard(...documents: readonly AsffDocument[]): Promise<void> {
  for (const document of documents) await spine.send(imported(document));
  await spine.drain();
}

async function reconcile(bot: Bot = spine.bot): Promise<void> {
  await startReconcile(bot.reconcile);
  await spine.drain({ bot });
}

const keyOf = (account = ACCOUNT, control = CONTROL): RequestKey => ({
  account,
  kind: 'control',
  subject: control.toLowerCase(),
});

async function issueOf(name: string, key = keyOf()): Promise<Issue | undefined> {
  return (await spine.bot.intake.issues.of(key)).find(({ resource }) => resource.id === bucket(name));
}

const stateOf = async (name: string, key = keyOf()) => (await issueOf(name, key))?.state;
const run = async () => spine.bot.reconcile.runs.load('run');
const scans = () => spine.hub.calls('GetFindings');
const driftOf = (day: string) => spine.bot.intake.bulletins.lines({ kind: 'drift', subject: 'all', day });

test('what was missed is opened, what has passed is resolved, what is gone is closed, and it is told', async () => {
  await known(bucketFinding('passed'), bucketFinding('kept'));
  await heard(bucketFinding('gone'));
  await hold(bucketFinding('missed'), bucketFinding('passed', { status: 'PASSED', updatedAt: ago(60_000) }));
  await hold(guardDutyAsff({ updatedAt: ago(HOUR) }));
  await spine.hub.forgetCalls();

  await reconcile();

  expect(await stateOf('missed')).toBe('open');
  expect(await stateOf('passed')).toBe('resolved');
  expect(await stateOf('kept')).toBe('open');
  expect(await issueOf('gone')).toMatchObject({ state: 'closed', findings: {} });
  const threats = (await spine.bot.intake.known.requestsOf(ACCOUNT)).filter(({ kind }) => kind === 'threat');
  expect(threats).toHaveLength(1);

  // Controls, GuardDuty, and both missing ones by id.
  expect(await scans()).toHaveLength(3);
  expect(await run()).toMatchObject({
    status: 'resting',
    read: 1,
    counts: { calls: 3, unreadable: 0 },
    drift: {},
  });
  expect(await run()).not.toHaveProperty('unsettled');
  const lines = await driftOf('2026-11-24');
  expect(lines).toEqual([
    {
      ref: ACCOUNT,
      about: 'account',
      facts: {
        account: ACCOUNT,
        opened: 2,
        closed: 2,
        adopted: 0,
        lifted: 0,
        rewritten: 0,
        changed: 0,
        scores: 0,
        outside: 0,
        outsideBefore: 0,
      },
    },
    { ref: 'total', about: 'account', facts: { findings: 4, calls: 3 } },
  ]);
});

test('nothing to mend: nothing is written but the record of the run, and nothing is told', async () => {
  await known(bucketFinding('one'), bucketFinding('two'), asff({ control: IGNORED, updatedAt: ago(HOUR) }));
  const written = new Set<string>();
  const table = new Proxy(spine.ports.table, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        if (['create', 'replace', 'put', 'raise'].includes(String(name)))
          written.add((args[0] as { pk: string }).pk);
        return Reflect.apply(member, target, args);
      };
    },
  });
  const before = (await spine.people.calls()).length;

  await reconcile(spine.composeWith({ table }));

  // That the scores have been counted is written down, too.
  expect([...written].sort()).toEqual(['RECONCILE', `SCORE#${ACCOUNT}`, 'SCORES']);
  expect(await driftOf('2026-11-24')).toEqual([]);
  expect(await spine.people.calls()).toHaveLength(before);
});

test('a suppression that was lifted unnoticed is followed', async () => {
  const ignored = asff({ control: IGNORED, updatedAt: ago(HOUR) });
  await known(ignored);
  const key = keyOf(ACCOUNT, IGNORED);
  const state = async () => (await spine.bot.intake.issues.of(key)).map((issue) => issue.state);
  expect(await state()).toEqual(['suppressed']);
  spine.clock.advance(HOUR);
  await spine.hub.updateInConsole({
    finding: { Id: ignored.Id, ProductArn: ignored.ProductArn },
    identity: SOMEBODY,
    status: 'NEW',
  });
  // The event of it is lost.
  await spine.drain({ serve: async () => ({ batchItemFailures: [] }) });

  await reconcile();

  expect(await state()).toEqual(['open']);
  expect((await driftOf('2026-11-24'))[0]?.facts).toMatchObject({ lifted: 1, changed: 0 });
});

test('what nothing updates any more is closed, and reopened when something does', async () => {
  await known(bucketFinding('silent'), bucketFinding('alive'));
  spine.clock.advance(48 * HOUR);
  await hold(bucketFinding('alive'), bucketFinding('old', { updatedAt: ago(50 * HOUR) }));

  await reconcile();

  expect(await stateOf('silent')).toBe('closed');
  expect(await stateOf('alive')).toBe('open');
  expect(await stateOf('old')).toBeUndefined();
  const closed = (await issueOf('silent')) as Issue;
  const [last] = await spine.bot.intake.history.latest(issueItemKey(issueKeyOf(closed)), 1);
  expect(last?.detail).toContain('48 hours');

  await reconcile();
  expect(await issueOf('silent')).toEqual(closed);

  await known(bucketFinding('silent'));
  expect(await stateOf('silent')).toBe('open');
});

test('what cannot be read is not taken for gone, and holds nobody up', async () => {
  await known(bucketFinding('garbled'));
  await hold(
    { ...bucketFinding('garbled'), Severity: { Label: 'HIGH' }, UpdatedAt: 'soon' },
    bucketFinding('missed'),
  );
  await reconcile();
  expect(await stateOf('garbled')).toBe('open');
  expect(await stateOf('missed')).toBe('open');
  expect(await run()).toMatchObject({ status: 'resting', counts: { unreadable: 1 } });
});

test('page after page, at most three calls a second, and it waits when told to', async () => {
  await hold(...Array.from({ length: 120 }, (_, n) => bucketFinding(`n${n}`)));
  await spine.hub.addFault({ kind: 'throttle', operation: 'GetFindings', when: { every: 2 } });
  await startReconcile(spine.bot.reconcile);
  // Cards of all these are another story.
  await spine.drain({
    serve: async (queue, event) =>
      queue === 'changes' ? callHandler(queue, event, spine.bot) : { batchItemFailures: [] },
  });
  expect(await spine.bot.intake.issues.of(keyOf())).toHaveLength(120);
  const at = (await scans()).map((call) => Date.parse(call.at));
  // Two pages and one scan for GuardDuty; every second call is refused and made again.
  expect(at).toHaveLength(5);
  expect(await run()).toMatchObject({ status: 'resting', counts: { calls: 5, findings: 120 } });
  expect(Math.min(...at.slice(1).map((time, index) => time - (at[index] ?? 0)))).toBeGreaterThanOrEqual(334);
});

test('what takes too long is done in parts, and no part twice', async () => {
  await heard(bucketFinding('gone'));
  await hold(bucketFinding('missed'));
  const slow: FindingSource['scan'] = async (filter, token) => {
    spine.clock.advance(50_000);
    return spine.ports.hub.scan(filter, token);
  };
  const took: number[] = [];
  const bot = spine.composeWith({ hub: { ...spine.ports.hub, scan: slow } });
  await startReconcile(bot.reconcile);
  await spine.drain({
    serve: async (queue, event) => {
      const from = spine.clock.now().getTime();
      const answer = await callHandler(queue, event, bot);
      if (queue === 'changes') took.push(spine.clock.now().getTime() - from);
      return answer;
    },
  });
  expect(await stateOf('missed')).toBe('open');
  expect(await stateOf('gone')).toBe('closed');
  expect(await run()).toMatchObject({ status: 'resting', pieces: [] });
  expect(Math.max(...took)).toBeLessThan(180_000);
  expect((await driftOf('2026-11-24'))[0]?.facts).toMatchObject({ opened: 1, closed: 1 });
});

test('a second start leaves the run that is under way alone', async () => {
  await startReconcile(spine.bot.reconcile);
  const first = await run();
  expect(first).toMatchObject({ status: 'running' });
  await startReconcile(spine.bot.reconcile);
  expect(await run()).toEqual(first);
  await spine.drain();
  expect(await run()).toMatchObject({ status: 'resting' });
});

test('it begins at three in the night by itself, and again the night after', async () => {
  await tick(spine.bot);
  expect(await run()).toMatchObject({ status: 'resting', due: '2026-11-24T18:00:00.000Z' });
  spine.clock.advance(16 * HOUR);
  await tick(spine.bot);
  expect(await run()).toMatchObject({ status: 'resting' });
  spine.clock.advance(HOUR + 60_000);
  await tick(spine.bot);
  await spine.drain();
  expect(await run()).toMatchObject({
    status: 'resting',
    startedAt: '2026-11-24T18:01:00.000Z',
    due: '2026-11-25T18:00:00.000Z',
  });
  expect(await scans()).toHaveLength(2);
  await tick(spine.bot);
  await spine.drain();
  expect(await scans()).toHaveLength(2);
});

/** The bot whose worker is killed before the effect of this number, the first being 0. */
function mortal(number: number) {
  let effects = 0;
  let killedAt: string | undefined;
  const dead = () => {
    if (killedAt !== undefined) throw new Error('this worker is dead');
  };
  const hook: Hook = ({ name, isEffect, run: act }) => {
    if (isEffect && effects++ === number) {
      killedAt = name;
      dead();
    }
    return act();
  };
  return { bot: spine.composeWith(hookedPorts(spine.ports, hook, dead)), killedAt: () => killedAt };
}

/** Every fourth effect: each run also counts the accounts of the ones before it, at two effects each. */
const STEP = 4;

test('killed at any effect it comes to the same end', async () => {
  for (let number = 0; ; number += STEP) {
    const account = accountId(String(700_000_000_000 + number)) as AccountId;
    const about = { account };
    await heard(bucketFinding('gone', about), bucketFinding('passed', about));
    await hold(
      bucketFinding('missed', about),
      bucketFinding('passed', { ...about, status: 'PASSED', updatedAt: ago(60_000) }),
    );
    const { bot, killedAt } = mortal(number);
    try {
      await startReconcile(bot.reconcile);
    } catch {
      await startReconcile(spine.bot.reconcile);
    }
    const serve: DrainOptions['serve'] = (queue, event) =>
      callHandler(queue, event, queue === 'changes' && killedAt() === undefined ? bot : spine.bot);
    await spine.drain({ serve });
    // What was left behind is the clock's to find.
    spine.clock.advance(11 * 60_000);
    await sweep(spine.bot.clock);
    await spine.drain();

    const key = keyOf(account);
    const where = `killed at effect ${number} (${killedAt() ?? 'none'})`;
    expect({
      where,
      gone: await stateOf('gone', key),
      passed: await stateOf('passed', key),
      missed: await stateOf('missed', key),
      unsettled: (await spine.bot.intake.issues.of(key)).filter(({ unsettled }) => unsettled).length,
      run: (await run())?.status,
    }).toEqual({ where, gone: 'closed', passed: 'resolved', missed: 'open', unsettled: 0, run: 'resting' });
    if (killedAt() === undefined) break;
    expect(number).toBeLessThan(120);
  }
});

test('nothing at all where much was known is not believed: no issue is closed, and it is said', async () => {
  const names = Array.from({ length: 6 }, (_, n) => `n${n}`);
  for (const name of names) {
    await heard(bucketFinding(name), bucketFinding(name, { account: '444455556666' }));
  }
  await reconcile();
  for (const name of names) expect(await stateOf(name)).toBe('open');
  expect(spine.logged.join('\n')).toContain('nothing is closed');
});
