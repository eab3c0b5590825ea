import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { writeRunFile } from '../../local/run-file';
import type { AccountId } from '../../src/accounts';
import { addDays } from '../../src/calendar';
import { type AccountScore, newAccountScore } from '../../src/scores';
import { type Desk, group, openDesk } from '../requests/desk';
import { runCommand } from './run-command';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(60_000);

const PROD = '111122223333' as AccountId;
const DEV = '444455556666' as AccountId;
const OTHER = '777788889999' as AccountId;
const FSBP = 'aws-foundational-security-best-practices/v/1.0.0';
const TODAY = '2026-11-25';

let folder: string;
let desk: Desk;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scores-'));
  desk = await openDesk();
  writeRunFile({ pid: process.pid, environment: desk.spine.world.environment }, folder);
  mkdirSync(join(folder, 'data'));
  const offsetMs = desk.spine.clock.now().getTime() - Date.now();
  writeFileSync(join(folder, 'data', 'clock.json'), JSON.stringify({ offsetMs: Math.round(offsetMs) }));
});
afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => runCommand('scores', args, folder);

const counts = (passed: number, failed = 0, unknown = 0) => ({
  passed,
  failed,
  unknown,
  noData: 2,
  disabled: 1,
});

/** As a count leaves it; seven days before it was at `then`. */
async function stand(account: AccountId, over: Partial<AccountScore>, then?: number): Promise<void> {
  const recent = Array.from({ length: 7 }, (_, ago) => ({ day: addDays(TODAY, ago - 7), score: then }));
  const score = newAccountScore(account, TODAY, new Date('2026-11-26T00:00:00Z'));
  await desk.bot.scores.ofAccounts.create({ ...score, recent, asOf: '2026-11-25T00:30:00.000Z', ...over });
}

it('lists the accounts, the best first, with what rounding hides', async () => {
  await desk.bot.accounts.refresh();
  await stand(DEV, { counts: counts(3, 1) }, 80);
  await stand(PROD, { counts: counts(799, 1) }, 90);
  await stand(OTHER, { counts: counts(0) });
  const { status, stdout } = await run();
  expect(status).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'account       name       score              passed  failed  unknown  no data  disabled  7 days  as of',
    '111122223333  shop-prod  100 % (1 failing)     799       1        0        2         1     +10  2026-11-25 09:30',
    '444455556666  shop-dev    75 %                   3       1        0        2         1      -5  2026-11-25 09:30',
    '777788889999  ·          ·                       0       0        0        2         1       ·  2026-11-25 09:30',
    '',
  ]);
});

it('exports days for a spreadsheet, a row for each account, day and standard', async () => {
  await desk.bot.accounts.refresh();
  await stand(PROD, {});
  await stand(OTHER, {});
  const days = ['2026-11-22', '2026-11-23', '2026-11-24'];
  for (const [index, day] of days.entries()) {
    await desk.bot.scores.keepSnapshot({
      account: PROD,
      day,
      counts: counts(6 + index, 2),
      exceptions: index,
      resources: 40,
      standards: { '=cmd/v/1': { passed: 1, failed: 1, unknown: 0 }, [FSBP]: counts(5, 2, 1) },
    });
  }
  await desk.bot.scores.keepSnapshot({
    account: OTHER,
    day: '2026-11-24',
    counts: counts(0),
    exceptions: 0,
    resources: 0,
    standards: {},
  });
  const file = join(folder, 'out.csv');
  const [all, some, written, none] = await Promise.all([
    run('export'),
    run('export', '--from', '2026-11-23', '--to', '2026-11-23', '--account', PROD),
    run('export', '--out', file),
    run('export', '--account', DEV),
  ]);
  expect(all).toMatchObject({ status: 0, stderr: '10 rows\n' });
  // One beginning, however many pieces.
  expect(all.stdout.split('\uFEFF')).toHaveLength(2);
  expect(all.stdout).toContain('"=""111122223333"""');
  const rows: string[][] = parse(all.stdout, { bom: true });
  expect(rows[0]?.join()).toBe(
    'date,account,name,project,kind,standard,score,passed,failed,unknown,noData,disabled,exceptions,resources',
  );
  const [prod, cmd, fsbp] = rows.slice(1, 4);
  expect(prod).toEqual(`2026-11-22,="${PROD}",shop-prod,,production,all,75,6,2,0,2,1,0,40`.split(','));
  // Shown, and not calculated.
  expect(cmd?.slice(5)).toEqual(["'=cmd/v/1", '50', '1', '1', '0', '', '', '', '']);
  expect(fsbp?.slice(5)).toEqual([FSBP, '63', '5', '2', '1', '', '', '', '']);
  expect(rows.slice(1).map(([day, account]) => [day, account?.slice(2, 14)])).toEqual([
    ...days.flatMap((day) => [
      [day, PROD],
      [day, PROD],
      [day, PROD],
    ]),
    ['2026-11-24', OTHER],
  ]);
  expect(rows.at(-1)?.slice(2, 7)).toEqual(['', '', '', 'all', '']);
  expect(some.stderr).toBe('3 rows\n');
  expect(
    parse(some.stdout, { bom: true })
      .slice(1)
      .map(([day]: string[]) => day),
  ).toEqual(Array(3).fill('2026-11-23'));
  expect(written).toMatchObject({ status: 0, stdout: '' });
  expect(readFileSync(file, 'utf8')).toBe(all.stdout);
  expect(none).toMatchObject({ status: 0, stderr: '0 rows\n' });
});

it('counts now, and says what has come out differently', async () => {
  await desk.bot.accounts.refresh();
  for (const finding of await desk.hold([
    { resource: group(1), status: 'PASSED' },
    { control: 'S3.5', resource: 'arn:aws:s3:::example' },
  ]))
    await desk.take(finding);
  const first = await run('count');
  expect(first.stdout.split('\n')).toEqual([
    '111122223333 shop-prod  50 % (1 of 2), never counted before',
    '  EC2.19  no-data → passed',
    '  S3.5  no-data → failed',
    '1 account counted, 1 changed.',
    '',
  ]);
  const again = await run('count', '--account', PROD);
  expect(again.stdout).toBe(
    '111122223333 shop-prod  50 % (1 of 2), unchanged\n1 account counted, none changed.\n',
  );
  const score = await desk.bot.scores.ofAccounts.load(PROD);
  expect(score?.counts).toMatchObject({ passed: 1, failed: 1 });
  // By the running bot's clock, wherever that stands.
  expect(score?.asOf?.slice(0, 10)).toBe(desk.spine.clock.now().toISOString().slice(0, 10));
  expect(await run('count', '--account', DEV)).toMatchObject({
    status: 1,
    stdout: '',
    stderr: 'Account 444455556666 has sent no finding yet: there is nothing to count.\n',
  });
});

it('says how it is used, where it is used wrongly', async () => {
  const wrong = await Promise.all([
    run('rank'),
    run('list', '--json'),
    run('export', '--from', 'yesterday'),
    run('export', '--from', '2026-11-02', '--to', '2026-11-01'),
    run('export', 'out.csv'),
    run('count', '--account', 'shop-prod'),
  ]);
  for (const { status, stdout, stderr } of wrong) {
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: npm run scores');
  }
  const nowhere = await run('export', '--out', join(folder, 'no', 'out.csv'));
  expect(nowhere).toMatchObject({ status: 1, stdout: '' });
  expect(nowhere.stderr).toContain('no/out.csv cannot be written: ENOENT');
});
