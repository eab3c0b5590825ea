import { archiveLine } from '../../src/archive/archive-line';
import type { TableWrite } from '../../src/archive/table-write';

const write: TableWrite = {
  id: 'event-1',
  sequence: '441',
  written: '2026-11-24T01:02:03.000Z',
  event: 'INSERT',
  key: { pk: 'AUDIT#2026-11-24', sk: '2026-11-24T01:02:03.000Z#change#000000001' },
  item: { by: 'U0OWNER1', byName: '葵', reason: 'Only from the office.\n"Really"', what: 'proposed' },
};
const lineOf = (changed: Partial<TableWrite>) => JSON.parse(archiveLine({ ...write, ...changed }));

test('one line says what was written, when and where, and all of the item', () => {
  const line = archiveLine(write);
  expect(line).not.toContain('\n');
  const { key, ...rest } = write;
  expect(JSON.parse(line)).toEqual({ ...rest, ...key, kind: 'audit' });
});

test.each([
  ['audit', 'AUDIT#2026-11-24', '2026-11-24T01:02:03.000Z#change#000000001'],
  ['history', 'A#111122223333#C#s3.5#H', 'S#000000001'],
  ['history', 'CH#abc#CHANGE#H', 'S#000000002'],
  ['record', 'CH#abc', 'CHANGE'],
])('%s: %s %s', (kind, pk, sk) => {
  expect(lineOf({ key: { pk, sk } }).kind).toBe(kind);
});

test('what was removed has a line without an item', () => {
  const { item: _, ...removed } = write;
  expect(JSON.parse(archiveLine({ ...removed, event: 'REMOVE' }))).not.toHaveProperty('item');
});

test.each([
  'xoxb-1111-2222-abcDEF',
  'xapp-1-A111-222-abcdef',
  'https://hooks.slack.com/commands/T1/2/abc',
  'AKIAIOSFODNN7EXAMPLE',
])('a secret that somebody wrote into a reason is not kept for years: %s', (secret) => {
  const item = { reason: `It is ${secret} for now`, deep: [{ payload: { reason: secret } }] };
  for (const changed of [{ item }, { image: { reason: { S: secret } } }]) {
    const line = archiveLine({ ...write, ...changed });
    expect(line).not.toContain(secret.slice(-6));
    expect(line).toContain('[removed]');
  }
});
