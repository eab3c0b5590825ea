import { type AccountId, type Principal, principal } from '../../src/accounts';
import { ConfigError } from '../../src/config';
import { type ControlId, loadCatalogue } from '../../src/controls';
import {
  ANY_ACCOUNT,
  answerLine,
  explain,
  type PolicyAnswer,
  PolicyMovedError,
  parsePolicy,
  type Subject,
  tablePolicies,
} from '../../src/policy';
import { dynamoTable, type Table } from '../../src/store';
import { manualClock } from '../setup/spine';
import { openWorld } from '../setup/world';

const catalogue = loadCatalogue('config');
const text = (treatment: string) =>
  `deadlines: { otherwise: 168 }\nlines:\n  - { id: rest, treatment: ${treatment} }\n`;
const file = parsePolicy(text('track'), 'policy.yml', catalogue);
const LEAD = principal('U0LEAD') as Principal;

const known: Subject = {
  control: 'EC2.19' as ControlId,
  product: 'control',
  severity: 'HIGH',
  category: 'other',
  account: ANY_ACCOUNT,
  kind: 'production',
  region: 'ap-northeast-1',
  tags: {},
};
const unknown: Subject = { ...known, control: 'Quantum.1' as ControlId, category: undefined };
const answer: PolicyAnswer = {
  control: 'Quantum.1' as ControlId,
  treatment: 'ignore',
  who: LEAD,
  at: '2026-11-24T01:00:00.000Z',
};

let table: Table;
let clock = manualClock();
let warned: string[] = [];
const open = () => tablePolicies(table, file, catalogue, clock.now, (message) => void warned.push(message));
beforeEach(async () => {
  const world = await openWorld();
  table = dynamoTable(world.dynamodb, world.tableName);
  clock = manualClock();
  warned = [];
});

it('is the file until a policy is pushed, which another worker takes up within 30 seconds', async () => {
  const [one, other] = [open(), open()];
  await Promise.all([one.refresh(), other.refresh()]);
  expect(await one.pushed()).toBeUndefined();
  expect(one.current().version).toBe(file.version);

  const pushed = await one.push(text('notify'), 'somebody', 0);
  expect(pushed).toEqual({ number: 1, text: text('notify'), at: clock.now().toISOString(), by: 'somebody' });
  clock.advance(29_000);
  await other.refresh();
  expect(other.current().treat(known).treatment).toBe('track');
  clock.advance(1_000);
  await other.refresh();
  expect(other.current().treat(known).treatment).toBe('notify');
  expect(other.current().version).not.toBe(file.version);
});

it('keeps every text, and lets the one who looked at an older policy look again', async () => {
  const policies = open();
  await policies.push(text('notify'), 'one', 0);
  await expect(policies.push(text('leave'), 'two', 0)).rejects.toThrow(PolicyMovedError);
  await policies.push(text('leave'), 'two', 1);
  await expect(policies.push('lines: []', 'three', 2)).rejects.toThrow(ConfigError);
  expect((await policies.history()).map(({ number, by, text: kept }) => [number, by, kept])).toEqual([
    [2, 'two', text('leave')],
    [1, 'one', text('notify')],
  ]);
});

it('two at once: one of them is told', async () => {
  const both = await Promise.allSettled([
    open().push(text('notify'), 'a', 0),
    open().push(text('leave'), 'b', 0),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await open().history()).toHaveLength(1);
});

it('keeps a text whose push died before it was filed', async () => {
  let filing = 0;
  const dying: Table = {
    ...table,
    async put(item) {
      filing += 1;
      if (filing === 1) throw new Error('the worker dies here');
      return table.put(item);
    },
  };
  const policies = tablePolicies(dying, file, catalogue, clock.now, () => undefined);
  await expect(policies.push(text('notify'), 'a', 0)).rejects.toThrow('dies');
  expect((await policies.history()).map(({ number }) => number)).toEqual([1]);
  await policies.push(text('leave'), 'b', 1);
  expect((await policies.history()).map(({ number }) => number)).toEqual([2, 1]);
});

it('stays with the last policy that can be read, in a fresh worker as well', async () => {
  const policies = open();
  await policies.push(text('notify'), 'a', 0);
  const { number, text: first, at } = (await policies.pushed()) ?? { number: 0, text: '', at: '' };
  const newer = `${first}formats: 2\n`;
  await table.replace(
    { pk: 'POLICY', sk: 'CURRENT', number: number + 1, text: newer, at, by: 'b', version: 2 },
    1,
  );
  for (const worker of [policies, open()]) {
    await worker.refresh('now');
    expect(worker.current().treat(known).treatment).toBe('notify');
  }
  expect(warned).toHaveLength(2);
  await policies.refresh('now');
  expect(warned).toHaveLength(2);
});

it('answers decide what the file leaves open; the first one counts', async () => {
  const policies = open();
  await policies.refresh();
  expect(policies.current().treat(unknown)).toMatchObject({ treatment: 'track', undecided: true });

  expect(await policies.answer(answer)).toBe(true);
  expect(await policies.answer(answer)).toBe(true);
  expect(await policies.answer({ ...answer, treatment: 'leave' })).toBe(false);
  expect(await policies.answerTo('QUANTUM.1')).toEqual(answer);

  const before = policies.current().version;
  await policies.refresh('now');
  const policy = policies.current();
  expect(policy.version).not.toBe(before);
  expect(policy.treat(unknown)).toEqual({
    treatment: 'ignore',
    line: 'answer',
    version: policy.version,
    deadlineHours: 168,
  });
  expect(policy.treat(known)).toMatchObject({ treatment: 'track', line: 'rest', version: policy.version });
  expect(explain(policy, unknown)).toMatchObject({ answer });
  expect(explain(policy, known)).toMatchObject({ line: { id: 'rest', lineNumber: 3 } });
});

it('a line of the policy goes before an answer', async () => {
  const policies = open();
  await policies.answer(answer);
  const line = answerLine({ control: 'Quantum.1', treatment: 'notify' });
  await policies.push(
    `deadlines: { otherwise: 9 }\nlines:\n  ${line}\n  - { id: rest, treatment: track }\n`,
    'a',
    0,
  );
  await policies.refresh('now');
  const treated = policies.current().treat({ ...unknown, account: '111122223333' as AccountId });
  expect(treated).toMatchObject({ treatment: 'notify', line: 'quantum-1', deadlineHours: 9 });
});

it('reads once for many that ask at the same time', async () => {
  let reads = 0;
  const counting: Table = {
    ...table,
    get: (key) => {
      reads += 1;
      return table.get(key);
    },
  };
  const policies = tablePolicies(counting, file, catalogue, clock.now, () => undefined);
  await Promise.all([policies.refresh(), policies.refresh(), policies.refresh()]);
  await policies.refresh();
  expect(reads).toBe(1);
});
