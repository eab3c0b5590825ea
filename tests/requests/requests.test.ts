import type { AccountId } from '../../src/accounts';
import { type Request, type Requests, tableRequests, urgency } from '../../src/requests';
import { dynamoTable, type Table } from '../../src/store';
import { openWorld } from '../setup/world';

const NOW = Date.parse('2026-11-24T01:00:00.000Z');

let table: Table;
let read: number;
let requests: Requests;
beforeEach(async () => {
  const world = await openWorld();
  table = dynamoTable(world.dynamodb, world.tableName);
  read = 0;
  const counting: Table = {
    ...table,
    async index(...args) {
      const page = await table.index(...args);
      read += page.items.length;
      return page;
    },
  };
  requests = tableRequests(counting, () => undefined);
});

async function request(account: number, control: number, dueInHours: number): Promise<Request> {
  const made: Request = {
    account: String(account).padStart(12, '0') as AccountId,
    control: `S3.${control}` as Request['control'],
    product: 'control',
    kind: 'control',
    subject: `s3.${control}`,
    channel: 'C0SHOPPRD',
    revision: 1,
    phase: 'open',
    summary: {
      open: 1,
      severity: 'HIGH',
      title: 'x',
      due: new Date(NOW + dueInHours * 3_600_000).toISOString(),
    },
    card: { shownRevision: 0, toldThrough: 0 },
    version: 1,
    seq: 1,
    outbox: [],
  };
  await requests.create(made);
  return made;
}
const names = (list: readonly Request[]) => list.map((one) => `${one.account} ${one.subject}`);
const inOrder = (all: readonly Request[]) =>
  names(all.toSorted((a, b) => (urgency(a) < urgency(b) ? -1 : 1)));

describe('open requests of everybody', () => {
  // What is most urgent may lie in a single shard, behind what was read of it first, or be spread over all.
  test.each<[string, (n: number) => [account: number, hours: number]]>([
    ['spread over all accounts', (n) => [n % 16, (n * 37) % 101]],
    ['the most urgent all of one account', (n) => [n < 40 ? 8 : n, n]],
    ['the least urgent all of one account', (n) => [n < 40 ? 8 : n, 100 - n]],
    ['of one account only', (n) => [3, (n * 37) % 101]],
    ['all due at once', (n) => [n % 5, 1]],
  ])('%s: the first ones, in order', async (_, of) => {
    const all = await Promise.all(Array.from({ length: 80 }, (_, n) => request(of(n)[0], n, of(n)[1])));
    for (const limit of [1, 7, 30, 80, 200]) {
      expect(names(await requests.open(limit))).toEqual(inOrder(all).slice(0, limit));
    }
  });

  test('of many no more is read than it takes', async () => {
    await Promise.all(Array.from({ length: 160 }, (_, n) => request(n % 16, n, (n * 37) % 101)));
    expect(await requests.open(40)).toHaveLength(40);
    expect(read).toBeLessThanOrEqual(80);
  });

  test('there may be none', async () => {
    expect(await requests.open(10)).toEqual([]);
  });
});
