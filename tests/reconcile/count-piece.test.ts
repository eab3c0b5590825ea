import { tick } from '../../handlers/clock';
import { asffFinding } from '../../local/aws/finding';
import type { AccountId } from '../../src/accounts';
import { type Piece, startReconcile } from '../../src/reconcile';
import { countPiece } from '../../src/reconcile/count-piece';
import { mendPiece } from '../../src/reconcile/mend-piece';
import { pace } from '../../src/reconcile/pace';
import { countAccount } from '../../src/scores';
import { amend } from '../../src/store';
import { readAloud } from '../blocks/read-aloud';
import { type AsffDocument, asff, type ControlFinding, imported } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';

const ACCOUNT = '111122223333' as AccountId;
const OTHER = '444455556666' as AccountId;
const REGION = 'ap-northeast-1';
const HOUR = 3_600_000;

let spine: Spine;
beforeEach(async () => {
  spine = await openSpine({ environment: { RECONCILE: 'on' } });
});
afterEach(() => spine.close());

const finding = (control: string, about: ControlFinding = {}): AsffDocument =>
  asff({
    control,
    severity: 'HIGH',
    updatedAt: new Date(spine.clock.now().getTime() - HOUR / 2).toISOString(),
    ...about,
  });
const passed = (control: string, about: ControlFinding = {}) =>
  finding(control, { status: 'PASSED', ...about });

/** Security Hub holds it and the bot has heard of it. */
async function known(...documents: readonly AsffDocument[]): Promise<void> {
  await spine.hub.putFindings(documents.map((document) => asffFinding.parse(document)));
  for (const document of documents) await spine.send(imported(document));
  await spine.drain();
}
async function night(): Promise<void> {
  await startReconcile(spine.bot.reconcile);
  await spine.drain();
}
/** The clock has come to what those have announced. */
async function counted(): Promise<void> {
  spine.clock.advance(5 * 60_000);
  await tick(spine.bot);
  await spine.drain();
}
const disable = (...disabled: string[]) =>
  spine.hub.setSecurityControls([{ account: ACCOUNT, region: REGION, disabled }]);
const scoreOf = async (account = ACCOUNT) => (await spine.bot.scores.ofAccounts.load(account))!;
const countsOf = async (account = ACCOUNT) => (await scoreOf(account)).counts;
const controlOf = (control: string) =>
  spine.bot.scores.ofControls.load({ account: ACCOUNT, control: control.toLowerCase() });
const driftOf = async (account = ACCOUNT) =>
  (await spine.bot.intake.bulletins.lines({ kind: 'drift', subject: 'all', day: '2026-11-24' })).find(
    ({ ref }) => ref === account,
  )?.facts;

test('every night each account is counted from its issues, and says that it has been compared', async () => {
  await known(finding('S3.8'), passed('RDS.2'), passed('EC2.13', { account: OTHER }));
  await night();
  expect(await countsOf()).toMatchObject({ passed: 1, failed: 1 });
  expect(await countsOf(OTHER)).toMatchObject({ passed: 1, failed: 0 });
  const now = spine.clock.now().getTime();
  for (const account of [ACCOUNT, OTHER]) {
    const { reconciledAt, asOf } = await scoreOf(account);
    expect(reconciledAt).toBe(asOf);
    expect(Math.abs(now - Date.parse(reconciledAt ?? ''))).toBeLessThan(10_000);
  }
  // What was marked has only been counted: nothing was wrong.
  expect(await driftOf()).toBeUndefined();
});

test('what was counted wrongly is counted anew, and the security team is told of it', async () => {
  await known(finding('S3.8'), passed('RDS.2'), passed('EC2.13'));
  await counted();
  // A record is damaged: it says that all is well, and nothing has announced it.
  await amend(spine.bot.scores.ofControls, { account: ACCOUNT, control: 's3.8' }, (score) => ({
    ...score,
    status: 'passed' as const,
  }));
  await amend(spine.bot.scores.ofAccounts, ACCOUNT, (score) => ({
    ...score,
    counts: { ...score.counts, passed: 3, failed: 0 },
  }));
  spine.clock.advance(HOUR);
  await night();
  expect(await controlOf('S3.8')).toMatchObject({ status: 'failed' });
  expect(await countsOf()).toMatchObject({ passed: 2, failed: 1 });
  expect(await driftOf()).toMatchObject({ scores: 1, opened: 0, closed: 0, changed: 0 });
  const [told] = await spine.people.channel('C0SECURITY');
  expect(readAloud(told?.blocks)).toContain('スコアの数え直し 1 件');
});

test('a control whose mark was lost with its process is counted in the night', async () => {
  await known(finding('S3.8'), passed('RDS.2'));
  await night();
  const table = spine.ports.table;
  const items = await table.all(`SCORE#${ACCOUNT}`, 'C#');
  expect(items).toHaveLength(2);
  // A second control, the record of which never came to be.
  const lossy = spine.composeWith({
    table: {
      ...table,
      create: async (item) =>
        item.sk === 'C#ec2.13' && item.pk.startsWith('SCORE#') ? true : table.create(item),
    },
  });
  await spine.hub.putFindings([asffFinding.parse(passed('EC2.13'))]);
  await spine.send(imported(passed('EC2.13')));
  await spine.drain({ bot: lossy });
  expect(await controlOf('EC2.13')).toBeUndefined();
  spine.clock.advance(HOUR);
  await night();
  expect(await controlOf('EC2.13')).toMatchObject({ status: 'passed' });
  expect(await countsOf()).toMatchObject({ passed: 2, failed: 1 });
  expect(await driftOf()).toMatchObject({ scores: 1 });
});

test('a request without findings of Security Hub’s controls is no control without data', async () => {
  await known(finding('S3.8'), passed('RDS.2'));
  const at = spine.clock.now().toISOString();
  await spine.bot.intake.known.note({ account: ACCOUNT, kind: 'control', subject: 'other.1' }, at);
  await night();
  expect(await countsOf()).toEqual({ passed: 1, failed: 1, unknown: 0, noData: 0, disabled: 0 });
});

test('a control that is switched off leaves the score in the same night, and is back when it is switched on', async () => {
  await known(finding('S3.8'), passed('RDS.2'), passed('EC2.13'));
  await night();
  expect(await countsOf()).toMatchObject({ passed: 2, failed: 1, disabled: 0 });

  await disable('S3.8');
  spine.clock.advance(HOUR);
  await night();
  expect(await countsOf()).toMatchObject({ passed: 2, failed: 0, disabled: 1 });
  expect(await controlOf('S3.8')).toMatchObject({ status: 'disabled' });

  await disable();
  spine.clock.advance(HOUR);
  await night();
  expect(await countsOf()).toMatchObject({ passed: 2, failed: 1, disabled: 0 });
});

test('switched off in one Region only, it counts by what the others say', async () => {
  await known(
    finding('S3.8'),
    passed('S3.8', { region: 'us-east-1', resource: 'arn:aws:s3:::example-far' }),
    passed('RDS.2'),
  );
  await disable('S3.8');
  await night();
  expect(await countsOf()).toMatchObject({ passed: 2, failed: 0, disabled: 0 });
});

test('between two nights it stays out of the score, whatever is counted', async () => {
  await known(finding('S3.8'), passed('RDS.2'));
  await disable('S3.8');
  await night();
  expect(await countsOf()).toMatchObject({ failed: 0, disabled: 1 });
  spine.clock.advance(HOUR);
  await known(finding('S3.8', { resource: 'arn:aws:s3:::example-another' }));
  const { score } = await countAccount(ACCOUNT, spine.bot.counts);
  expect(score.counts).toMatchObject({ passed: 1, failed: 0, disabled: 1 });
});

test('an account that does not let the bot look is counted as if all were on', async () => {
  await known(finding('S3.8'), passed('RDS.2'));
  await disable('S3.8');
  await spine.hub.setRoles([]);
  await night();
  expect(await countsOf()).toMatchObject({ passed: 1, failed: 1, disabled: 0 });
});

test('a Region that does not answer keeps what it said last, and keeps nothing else waiting', async () => {
  await known(finding('S3.8'), passed('RDS.2'));
  await disable('S3.8');
  await night();
  await spine.hub.addFault({ kind: 'error', operation: 'BatchGetSecurityControls', when: 'always' });
  spine.clock.advance(HOUR);
  await night();
  expect(await countsOf()).toMatchObject({ passed: 1, failed: 0, disabled: 1 });
  expect((await scoreOf()).reconciledAt).toBe((await scoreOf()).asOf);
  expect(spine.logged.join('\n')).toContain('disabled controls could not be read');
});

describe('a large account, read by severity', () => {
  const mend = (piece: Piece) => mendPiece(piece, spine.bot.reconcile, pace(spine.bot.reconcile));
  const count = async (piece: Piece) => countPiece(piece, await mend(piece), spine.bot.reconcile);
  const pieceOf = (...severities: NonNullable<Piece['severities']>) => ({ accounts: [ACCOUNT], severities });

  test('is counted once, after the last part', async () => {
    await known(finding('S3.8'), finding('EC2.19', { severity: 'CRITICAL' }), passed('RDS.2'));
    for (const severity of ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const) await count(pieceOf(severity));
    expect((await scoreOf()).asOf).toBeUndefined();
    expect(await spine.hub.calls('BatchGetSecurityControls')).toEqual([]);
    await count(pieceOf('INFORMATIONAL'));
    expect(await countsOf()).toMatchObject({ passed: 1, failed: 2 });
    expect((await scoreOf()).reconciledAt).toBeDefined();
    expect(await spine.hub.calls('BatchGetSecurityControls')).toHaveLength(1);
  });

  test('is not counted where it was too large for one piece, nor where what was read is not plausible', async () => {
    await known(finding('S3.8'));
    const mended = await mend({ accounts: [ACCOUNT] });
    for (const over of [{ whole: false }, { implausible: true }]) {
      await countPiece({ accounts: [ACCOUNT] }, { ...mended, ...over }, spine.bot.reconcile);
    }
    expect((await scoreOf()).asOf).toBeUndefined();
  });
});
