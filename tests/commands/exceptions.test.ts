import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeRunFile } from '../../local/run-file';
import type { Principal } from '../../src/accounts';
import { type Change, tableChanges } from '../../src/changes';
import { suppress } from '../../src/suppressions';
import { change } from '../changes/change';
import { type Desk, group, openDesk } from '../requests/desk';
import { runCommand } from './run-command';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(60_000);

const UNTIL = '2026-12-08T01:00:00.000Z';
const payload = {
  scope: 'all' as const,
  issues: [],
  reason: '=HYPERLINK("https://example.com")',
  days: 14,
  ticket: 'https://tickets.example.com/1',
  asOf: '2026-11-24T01:00:00.000Z',
  until: UNTIL,
};

let folder: string;
let desk: Desk;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exceptions-'));
  desk = await openDesk();
  for (const finding of await desk.hold([1, 2].map((n) => ({ resource: group(n) }))))
    await desk.take(finding);
  const by = { id: 'U0LEAD' as Principal, name: 'Lead' };
  const made: Change = change({
    kind: 'suppress',
    payload,
    status: 'applied',
    until: UNTIL,
    approvals: [{ by, at: '2026-11-25T02:00:00.000Z', hash: 'hash' }],
  });
  const kind = suppress({
    ...desk.bot.intake,
    directory: desk.bot.directory,
    rules: desk.bot.config.access,
    changes: desk.bot.changes,
  });
  await kind.apply(made, payload);
  await tableChanges(desk.spine.ports.table).create(made);
  writeRunFile({ pid: process.pid, environment: desk.spine.world.environment }, folder);
});
afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => runCommand('exceptions', args, folder);
const TABLE = {
  account: '111122223333',
  control: 'EC2.19',
  resources: [group(1), group(2)],
  reason: payload.reason,
  ticket: payload.ticket,
  by: 'Owner (U0OWNER1)',
  approvedBy: ['Lead (U0LEAD)'],
  since: '2026-11-25T02:00:00.000Z',
  until: UNTIL,
  byDesign: false,
};

it('exports what is in force, as YAML or for a spreadsheet, of all accounts or of one', async () => {
  const file = join(folder, 'out.csv');
  const [yaml, csv, written, none] = await Promise.all([
    run('export'),
    run('export', '--format', 'csv', '--account', '111122223333'),
    run('export', file),
    run('export', '--account', '444455556666'),
  ]);
  expect(yaml).toMatchObject({ status: 0, stderr: '1 exception\n' });
  expect(parse(yaml.stdout)).toMatchObject({ exceptions: [TABLE] });
  expect(parse(none.stdout)).toEqual({ exceptions: [] });

  expect(csv.stdout.startsWith('\uFEFFaccount,accountName,control,resources,')).toBe(true);
  expect(csv.stdout).toContain('"=""111122223333"""');
  // Shown, and not calculated.
  expect(csv.stdout).toContain(`"'=HYPERLINK(""https://example.com"")"`);
  expect(csv.stdout).toContain(`"${group(1)}\n${group(2)}"`);
  expect(written).toMatchObject({ status: 0, stdout: '' });
  expect(readFileSync(file, 'utf8')).toBe(csv.stdout);
});

it('says how it is used, where it is used wrongly', async () => {
  const wrong = await Promise.all([
    run(),
    run('import'),
    run('export', '--format', 'xlsx'),
    run('export', '--account', 'shop-prod'),
    run('export', 'one', 'two'),
    run('export', '--all'),
  ]);
  for (const { status, stdout, stderr } of wrong) {
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: npm run -s exceptions -- export');
  }
});
