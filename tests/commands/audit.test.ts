import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRunFile } from '../../local/run-file';
import type { AccountId, Principal } from '../../src/accounts';
import { type AuditEvent, tableAudit } from '../../src/audit';
import { dynamoTable } from '../../src/store';
import { openWorld } from '../setup/world';
import { runCommand } from './run-command';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(30_000);

const event = (at: string, over: Partial<AuditEvent> = {}): AuditEvent => ({
  at,
  id: `change-${at}`,
  seq: 1,
  kind: 'suppress',
  what: 'applied',
  by: 'U0OWNER1' as Principal,
  byName: 'owner',
  account: '111122223333' as AccountId,
  reason: '改行\nも "引用符" もそのまま',
  ...over,
});
// In Japan, the first one lies on 31 October, the second one begins 1 November.
const EVENTS = [
  event('2026-10-31T14:59:59.999Z'),
  event('2026-10-31T15:00:00.000Z'),
  event('2026-11-10T00:00:00.000Z', { account: '444455556666' as AccountId }),
  event('2026-11-22T14:59:59.999Z'),
  event('2026-11-22T15:00:00.000Z'),
];

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const world = await openWorld();
  await tableAudit(dynamoTable(world.dynamodb, world.tableName)).record(EVENTS.toReversed());
  writeRunFile({ pid: process.pid, environment: { ...world.environment, TIME_ZONE: 'Asia/Tokyo' } }, folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => runCommand('audit', args, folder);
const lines = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

it('prints one event a line, oldest first, by days of the deployment’s time zone or by times', async () => {
  const [days, since, times, one] = await Promise.all([
    run('--from', '2026-11-01', '--to', '2026-11-22'),
    run('--from', '2026-11-01'),
    run('--from', '2026-10-31T23:59:59.999+09:00', '--to', '2026-11-22T14:59:59.999Z'),
    run('--from', '2026-11-01', '--account', '444455556666'),
  ]);
  expect(days).toMatchObject({ status: 0, stderr: '3 events\n' });
  expect(lines(days.stdout)).toEqual(EVENTS.slice(1, 4));
  expect(lines(since.stdout)).toEqual(EVENTS.slice(1));
  expect(lines(times.stdout)).toEqual(EVENTS.slice(0, 3));
  expect(one).toMatchObject({ status: 0, stderr: '1 event\n' });
  expect(lines(one.stdout)).toEqual([EVENTS[2]]);
});

it('says how it is used, and prints nothing, where it is used wrongly', async () => {
  const wrong = await Promise.all([
    run(),
    run('--from', 'yesterday'),
    run('--from', '2026-02-30'),
    run('--from', '2026-11-01T09:00:00'),
    run('--from', '2026-11-02', '--to', '2026-11-01'),
    run('--from', '2026-11-01', '--account', 'shop-prod'),
    run('--form', '2026-11-01'),
  ]);
  for (const { status, stdout, stderr } of wrong) {
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: npm run -s audit -- --from');
  }
  expect(wrong[0]?.stderr).toContain('--from is missing');
  expect(wrong[1]?.stderr).toContain('--from yesterday: write a day such as 2026-11-01');
  expect(await run('--help')).toMatchObject({ status: 0, stderr: '' });
});
