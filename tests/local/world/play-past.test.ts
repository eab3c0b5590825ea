import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleWorld } from '../../../local/world';
import type { Issue } from '../../../src/requests';
import { manualClock } from '../../setup/spine';
import { type ExampleStage, openExampleWorld } from './open-example-world';

jest.setTimeout(60_000);

const PROD = '111122223333';
const DEV = '444455556666';
const PRESENT = '2026-11-27T05:00:00.000Z';

let example: ExampleStage;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secops-past-'));
  example = await openExampleWorld({ clock: manualClock(PRESENT), dataFile: join(folder, 'world.json') });
});
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
    50,
  );
}

test('the past leaves a believable first screen, and is played once', async () => {
  await example.world.seed();
  expect(example.stage.logged).toEqual([]);
  await expectFirstScreen();

  const sent = example.sent.length;
  await exampleWorld(example.deps).seed();
  expect(example.sent).toHaveLength(sent);
});

test.each([0, 3])('killed at its step %d, it goes on and ends the same', async (step) => {
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
  expect(JSON.parse(readFileSync(deps.dataFile ?? '', 'utf8'))).toEqual({ played: 9 });
});

test('where something has happened already, no past is played', async () => {
  await example.world.act({ account: PROD, resource: 'arn:aws:s3:::shop-prod-images', act: 'break' });
  const sent = example.sent.length;
  await example.world.seed();
  expect(example.sent).toHaveLength(sent);
  expect(example.stage.clock.now().toISOString()).toBe(PRESENT);
});
