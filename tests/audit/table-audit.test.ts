import type { AccountId, Principal } from '../../src/accounts';
import { type Audit, type AuditEvent, type AuditSubject, tableAudit } from '../../src/audit';
import { dynamoTable, type Table } from '../../src/store';
import { openWorld } from '../setup/world';

const SHOP = '111122223333' as AccountId;
const OTHER = '444455556666' as AccountId;
const OWNER = 'U0OWNER1' as Principal;
const REQUEST = '111122223333/control/ec2.19';
const MINUTE_MS = 60_000;

let table: Table;
let audit: Audit;
beforeEach(async () => {
  const world = await openWorld();
  table = dynamoTable(world.dynamodb, world.tableName);
  audit = tableAudit(table);
});

const event = (over: Partial<AuditEvent> = {}): AuditEvent => ({
  at: '2026-11-24T01:00:00.000Z',
  id: 'change-1',
  seq: 1,
  kind: 'suppress',
  what: 'proposed',
  by: OWNER,
  byName: 'owner',
  account: SHOP,
  request: REQUEST,
  detail: 'all, 30 days',
  reason: 'Reachable from our office only.',
  hash: 'a'.repeat(64),
  ...over,
});

/** So many events, one each half day, so that they lie on several days. */
const spread = (count: number): AuditEvent[] =>
  Array.from({ length: count }, (_, index) =>
    event({
      at: new Date(Date.parse('2026-11-20T01:00:00.000Z') + index * 12 * 60 * MINUTE_MS).toISOString(),
      seq: index,
    }),
  );

async function everything(subject: AuditSubject, limit: number) {
  const pages: (readonly AuditEvent[])[] = [];
  let from: string | undefined;
  do {
    const page = await audit.of(subject, { limit, ...(from !== undefined && { from }) });
    pages.push(page.events);
    from = page.next;
  } while (from !== undefined);
  return pages;
}

async function between(from: string, to: string) {
  const events: AuditEvent[] = [];
  for await (const each of audit.between(new Date(from), new Date(to))) events.push(each);
  return events;
}

it.each<[string, AuditSubject]>([
  ['account', { account: SHOP }],
  ['request', { request: REQUEST }],
  ['person', { person: OWNER }],
])('one event is found whole by its %s', async (_, subject) => {
  await audit.record([event()]);
  expect(await audit.of(subject, { limit: 5 })).toEqual({ events: [event()] });
});

it('is found by nothing that it does not name', async () => {
  const { by: _by, byName: _name, request: _request, ...bare } = event({ kind: 'account', what: 'saved' });
  await audit.record([bare]);
  expect(await audit.of({ account: SHOP }, { limit: 5 })).toEqual({ events: [bare] });
  for (const subject of [{ account: OTHER }, { person: OWNER }, { request: REQUEST }]) {
    expect(await audit.of(subject, { limit: 5 })).toEqual({ events: [] });
  }
});

it('recorded again, an event is the same event', async () => {
  await audit.record([event(), event({ seq: 2, what: 'applied' })]);
  await audit.record([event(), event()]);
  const { events } = await audit.of({ account: SHOP }, { limit: 9 });
  expect(events.map(({ what }) => what)).toEqual(['applied', 'proposed']);
  expect(await between('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z')).toHaveLength(2);
});

it.each([1, 3, 7, 14, 20])('pages of %i over several days, newest first, each event once', async (limit) => {
  const all = spread(14);
  await audit.record(all);
  const pages = await everything({ account: SHOP }, limit);
  expect(pages.flat()).toEqual(all.toReversed());
  // The last page is known to be the last: no empty one follows.
  expect(pages).toHaveLength(Math.ceil(14 / limit));
});

it('news while somebody turns pages moves no page', async () => {
  const all = spread(6);
  await audit.record(all);
  const first = await audit.of({ account: SHOP }, { limit: 3 });
  await audit.record([event({ at: '2026-12-01T00:00:00.000Z', seq: 99 })]);
  const second = await audit.of(
    { account: SHOP },
    { limit: 3, ...(first.next !== undefined && { from: first.next }) },
  );
  expect([...first.events, ...second.events]).toEqual(all.toReversed());
});

it('a cursor that is none begins anew, and one of elsewhere shows nothing of there', async () => {
  await audit.record([event(), event({ account: OTHER, id: 'change-2' })]);
  const page = await audit.of({ account: OTHER }, { limit: 5, from: '!' });
  expect(page.events.map(({ id }) => id)).toEqual(['change-2']);
  const foreign = Buffer.from('2026-12-01T00:00:00.000Z#x#000000001').toString('base64url');
  const read = await audit.of({ account: SHOP }, { limit: 5, from: foreign });
  expect(read.events.map(({ id }) => id)).toEqual(['change-1']);
});

it('steps of one moment stay in the order of their numbers', async () => {
  await audit.record([10, 2, 100, 1].map((seq) => event({ seq })));
  const { events } = await audit.of({ account: SHOP }, { limit: 9 });
  expect(events.map(({ seq }) => seq)).toEqual([100, 10, 2, 1]);
});

it('a span of time begins with its first moment and ends before its last, oldest first', async () => {
  const all = spread(8);
  await audit.record(all.toReversed());
  expect(await between('2026-11-19T00:00:00Z', '2026-12-19T00:00:00Z')).toEqual(all);
  expect(await between('2026-11-20T13:00:00Z', '2026-11-22T13:00:00Z')).toEqual(all.slice(1, 5));
  expect(await between('2026-11-20T13:00:00.001Z', '2026-11-20T13:00:00.002Z')).toEqual([]);
  expect(await between('2026-11-22T00:00:00Z', '2026-11-20T00:00:00Z')).toEqual([]);
});

it('a day with more than one answer of the database holds is read to its end', async () => {
  const long = 'x'.repeat(150_000);
  const all = Array.from({ length: 9 }, (_, index) => event({ seq: index, reason: long }));
  await audit.record(all);
  const read = await between('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z');
  expect(read.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq));
  const { events } = await audit.of({ account: SHOP }, { limit: 8 });
  expect(events.map(({ seq }) => seq)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});
