import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleWorld } from '../../../local/world';
import { NEIGHBOURS } from '../../../local/world/neighbours';
import type { Issue } from '../../../src/requests';
import { scoreOf } from '../../../src/scores';
import { manualClock } from '../../setup/spine';
import { type ExampleStage, openExampleWorld } from './open-example-world';

// Eight working days and their mornings, each of them through the whole bot.
jest.setTimeout(240_000);

const PROD = '111122223333';
const DEV = '444455556666';
const PRESENT = '2026-11-27T05:00:00.000Z';
/** Longer than a control may be silent. */
const DAYS = 3;

let example: ExampleStage;
let folder: string;
const open = async (refreshes: boolean) => {
  folder = mkdtempSync(join(tmpdir(), 'secops-past-'));
  example = await openExampleWorld({
    clock: manualClock(PRESENT),
    dataFile: join(folder, 'world.json'),
    refreshes,
  });
};
afterEach(async () => {
  await example.close();
  rmSync(folder, { recursive: true, force: true });
});

const one = async (account: string, control: string): Promise<Issue | undefined> =>
  (await example.issues(account, control))[0];
const request = (account: string, control: string) =>
  example.stage.bot.intake.requests.load({
    account: account as never,
    kind: 'control',
    subject: control.toLowerCase(),
  });

/** The first screen: what stands there for whoever opens the page for the first time. */
async function expectFirstScreen(): Promise<void> {
  const { stage, world } = example;
  expect(stage.clock.now().toISOString()).toBe(PRESENT);
  const overdue = await one(PROD, 'ELB.1');
  expect(overdue?.state).toBe('open');
  expect(overdue?.due?.localeCompare(PRESENT)).toBe(-1);
  expect(await one(DEV, 'S3.5')).toMatchObject({
    state: 'suppressed',
    cause: { by: 'exception', who: 'U0OWNER1' },
  });
  expect((await one(DEV, 'EC2.8'))?.state).toBe('resolved');
  expect(await request(PROD, 'IAM.5')).toMatchObject({ phase: 'open', takenBy: { who: 'U0OWNER1' } });
  expect((await one(PROD, 'EC2.19'))?.state).toBe('open');
  expect((await one(PROD, 'RDS.13'))?.state).toBe('open');
  expect(await stage.cards('C0SHOPPRD')).not.toHaveLength(0);
  const { accounts, seeding } = await world.state();
  expect(seeding).toBe(false);
  const broken = accounts.flatMap(({ resources }) =>
    resources.flatMap(({ controls }) => controls.filter((control) => control.broken).map(({ id }) => id)),
  );
  expect(broken.sort()).toEqual(['EC2.19', 'ELB.1', 'IAM.5', 'IAM.5', 'Lambda.2', 'RDS.13', 'S3.5']);
  const held = await stage.hub.findings();
  expect(held.filter(({ Compliance: compliance }) => compliance?.Status === 'PASSED').length).toBeGreaterThan(
    100,
  );
}

/** They stand where their history ends, and nobody is asked about what fails in them. */
async function expectNeighbours(): Promise<void> {
  const { bot, people } = example.stage;
  const scores: Record<string, number | undefined> = {};
  for await (const page of bot.scores.ofAccounts.pages()) {
    for (const { account, counts } of page) scores[account] = scoreOf(counts);
  }
  expect(scores).toMatchObject({ [PROD]: 92, [DEV]: 98 });
  expect(Object.keys(scores).sort()).toEqual([PROD, DEV, ...NEIGHBOURS.map(({ id }) => id)].sort());
  for (const { id, failing } of NEIGHBOURS) expect((scores[id] ?? 0) < 100).toBe(failing.length > 0);
  // But for one morning's summary of what was observed.
  const told = (await people.channel('C0SECURITY')).map((message) => JSON.stringify(message));
  expect(told.filter((text) => NEIGHBOURS.some(({ id }) => text.includes(id)))).toHaveLength(1);
}

/** Control by control, as Security Hub would judge it for a score. */
async function results(account: string): Promise<ReadonlyMap<string, string>> {
  const counted = (await example.stage.hub.findings()).filter(
    ({ AwsAccountId, RecordState, Workflow }) =>
      AwsAccountId === account && RecordState === 'ACTIVE' && Workflow?.Status !== 'SUPPRESSED',
  );
  const byControl = Map.groupBy(counted, ({ Compliance }) => Compliance?.SecurityControlId ?? '');
  return new Map(
    [...byControl].map(([control, findings]) => {
      const statuses = findings.map(({ Compliance }) => Compliance?.Status ?? '');
      const worst = ['FAILED', 'WARNING', 'NOT_AVAILABLE'].find((status) => statuses.includes(status));
      return [control, worst ?? 'PASSED'];
    }),
  );
}
const notPassed = async (account: string) =>
  [...(await results(account))]
    .filter(([, status]) => status !== 'PASSED')
    .sort(([a], [b]) => (a < b ? -1 : 1));
const percent = async (account: string) => {
  const all = await results(account);
  return Math.round((100 * [...all.values()].filter((status) => status === 'PASSED').length) / all.size);
};

test('the past leaves a believable first screen, of which the bot goes on hearing, and is played once', async () => {
  await open(true);
  const { stage, world, deps } = example;
  await world.seed();
  await expectFirstScreen();
  await expectNeighbours();
  const played = example.sent.length;
  await exampleWorld(deps).seed();
  expect(example.sent).toHaveLength(played);

  const held = await stage.hub.findings();
  const day = Date.parse(PRESENT) - 86_400_000;
  expect(held.filter(({ UpdatedAt }) => Date.parse(UpdatedAt) < day)).toEqual([]);
  for (const account of [PROD, DEV]) {
    const ofAccount = held.filter(({ AwsAccountId }) => AwsAccountId === account);
    expect(ofAccount).toHaveLength(account === PROD ? 64 : 62);
    const controls = [...new Set(ofAccount.map(({ Compliance }) => Compliance?.SecurityControlId ?? ''))];
    const known = await Promise.all(controls.map((control) => example.issues(account, control)));
    const seen = known.flat().flatMap(({ findings }) => Object.values(findings).map(({ id }) => id));
    expect(seen.sort()).toEqual(ofAccount.map(({ Id }) => Id).sort());
  }

  expect((await results(PROD)).size).toBe(64);
  expect(await notPassed(PROD)).toEqual([
    ['Backup.1', 'WARNING'],
    ['EC2.19', 'FAILED'],
    ['ELB.1', 'FAILED'],
    ['IAM.5', 'FAILED'],
    ['RDS.13', 'FAILED'],
  ]);
  expect(await percent(PROD)).toBe(92);
  // S3.5 and Lambda.2 are suppressed: no data.
  expect((await results(DEV)).size).toBe(60);
  expect(await notPassed(DEV)).toEqual([['IAM.5', 'FAILED']]);
  expect(await percent(DEV)).toBe(98);
  const trainee = 'arn:aws:iam::444455556666:user/shop-dev-trainee';
  await world.act({ account: DEV, resource: trainee, act: 'fix' });
  expect(await percent(DEV)).toBe(100);

  await stage.drain();
  const sent = example.sent.length;
  await deps.walkTo(new Date(Date.parse(PRESENT) + DAYS * 86_400_000));
  expect(example.sent.length - sent).toBeGreaterThanOrEqual(DAYS * held.length);
  expect(example.sent.length - sent).toBeLessThanOrEqual((DAYS + 1) * held.length);
  const lately = stage.clock.now().getTime() - 86_400_000;
  expect((await stage.hub.findings()).filter(({ UpdatedAt }) => Date.parse(UpdatedAt) < lately)).toEqual([]);
  expect(await percent(DEV)).toBe(100);
  expect(stage.logged).toEqual([]);
});

test.each([0, 3])('killed at its step %d, it goes on and ends the same', async (step) => {
  await open(false);
  const { deps } = example;
  let plays = 0;
  const dying = exampleWorld({
    ...deps,
    send: async (events) => {
      plays += 1;
      if (plays > step) throw new Error('killed');
      await deps.send(events);
    },
  });
  await expect(dying.seed()).rejects.toThrow('killed');
  await exampleWorld(deps).seed();
  await expectFirstScreen();
  expect(JSON.parse(readFileSync(deps.dataFile ?? '', 'utf8'))).toEqual({ played: 10 });
});

test('where something has happened already, no past is played', async () => {
  await open(true);
  await example.world.act({ account: PROD, resource: 'arn:aws:s3:::shop-prod-images', act: 'break' });
  const sent = example.sent.length;
  await example.world.seed();
  expect(example.sent).toHaveLength(sent);
  expect(example.stage.clock.now().toISOString()).toBe(PRESENT);
});
