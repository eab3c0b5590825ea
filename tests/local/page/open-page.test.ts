import { showCards } from '../../../handlers/cards';
import { applyChanges } from '../../../handlers/changes';
import { takeFindings } from '../../../handlers/findings';
import { followWorkflow } from '../../../handlers/workflow';
import { LOCAL_REGION } from '../../../local/embedded';
import type { MovedClock } from '../../../local/moved-clock';
import type { ClockState, World } from '../../../local/page/api';
import type { WorldDeps } from '../../../local/page/live-world';
import { type OpenPage, openPage } from '../../../local/page/open-page';
import { type Poller, pollQueue } from '../../../local/poller';
import type { AccountId } from '../../../src/accounts';
import { asff } from '../../fixtures/findings';
import { openStage, type Stage } from '../../story/stage';
import { toldWorld } from './serve-stage';

const DAY = 86_400_000;
const BUCKET = 'arn:aws:s3:::example-reports';
/** MEDIUM: a reminder comes before its deadline. */
const failing = asff({ control: 'S3.5', resource: BUCKET, resourceType: 'AwsS3Bucket' });

let stage: Stage;
let page: OpenPage;
let deps: WorldDeps;
let pollers: readonly Poller[];
let seeded: Promise<void> | undefined;
let refreshes: number;

/** The stage's clock, which the stand-ins share already. */
const clock: MovedClock = {
  now: () => stage.clock.now(),
  offsetMs: 0,
  advance: async (ms) => stage.clock.advance(ms),
  set: async (to) => stage.clock.advance(to.getTime() - stage.clock.now().getTime()),
};

beforeEach(async () => {
  stage = await openStage();
  const { queueUrls, sqs: client } = stage.world;
  const queues = [
    { name: 'findings', url: queueUrls.findings, handle: takeFindings, batch: 10 },
    { name: 'workflow', url: queueUrls.workflow, handle: followWorkflow, batch: 100 },
    { name: 'cards', url: queueUrls.cards, handle: showCards, batch: 1 },
    { name: 'changes', url: queueUrls.changes, handle: applyChanges, batch: 1 },
  ].map((queue) => ({ ...queue, client, workers: 1 }));
  pollers = queues.map(({ handle, ...queue }) =>
    pollQueue({ ...queue, handle: (event) => handle(event, stage.bot) }, LOCAL_REGION, (message) => {
      throw new Error(message);
    }),
  );
  refreshes = 0;
  // Only what the page does hour by hour is moved by hand.
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setTimeout',
      'clearTimeout',
    ],
  });
  page = await openPage({
    bot: stage.bot,
    clock,
    slack: stage.slack.url,
    aws: stage.aws.url,
    queues,
    dataDir: 'nowhere',
    port: 0,
    bundle: async () => ({ script: '', style: '' }),
    startWorld: (given) => {
      deps = given;
      return {
        ...toldWorld(),
        seed: () => seeded ?? Promise.resolve(),
        refresh: async () => {
          refreshes += 1;
        },
      };
    },
  });
});
afterEach(async () => {
  seeded = undefined;
  await page.close();
  jest.useRealTimers();
  await Promise.all(pollers.map((poller) => poller.stop()));
  await stage.close();
});

const move = (by: number) =>
  fetch(`${page.url}/api/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ by }),
  });

test('a week that is skipped has had its mornings: people were reminded as the days went by', async () => {
  await stage.hold(failing);
  await deps.send([failing]);
  await deps.settle();
  expect(await stage.cards()).toHaveLength(1);
  const from = stage.clock.now().getTime();

  const moved = (await (await move(8 * DAY)).json()) as ClockState;
  expect(Date.parse(moved.now)).toBeGreaterThanOrEqual(from + 8 * DAY);
  expect(moved.moving).toBe(false);

  const [card, ...reminders] = await stage.cards();
  expect(card?.blocks).toBeDefined();
  expect(reminders.length).toBeGreaterThan(0);
  for (const { ts } of reminders) {
    const said = new Date(Number(ts) * 1000);
    // In Tokyo: at nine, and not at the hour at which the clock was moved.
    expect(said.toISOString()).toMatch(/T00:0\d:/);
    expect(said.getTime()).toBeLessThan(from + 8 * DAY);
  }
  const overdue = await stage.cards('C0SECURITY');
  expect(overdue.length).toBeGreaterThan(0);
});

test('two hands on the clock: the second is refused while the first walks, and while the past is played', async () => {
  const [first, second] = await Promise.all([move(DAY), move(DAY)]);
  expect([first.status, second.status].toSorted((a, b) => a - b)).toEqual([200, 409]);

  let end = () => {};
  seeded = new Promise((resolve) => {
    end = resolve;
  });
  const playing = page.playPast();
  expect(page.hurried).toBe(true);
  expect((await move(DAY)).status).toBe(409);
  end();
  await playing;
  expect(page.hurried).toBe(false);
  expect((await move(1)).status).toBe(200);
});

test('the world knows the working days behind it', () => {
  const morning = deps.workingMorning(8);
  expect(deps.workingMorning(0).getTime()).toBeGreaterThan(morning.getTime());
  expect(stage.config.calendar.isRestDay(stage.config.calendar.dayOf(morning))).toBe(false);
  expect(morning.toISOString()).toContain('T00:00:00');
});

test('it answers for the world', async () => {
  const world = (await (await fetch(`${page.url}/api/aws`)).json()) as World;
  expect(world).toMatchObject({ format: 'asff', seeding: false });
});

test('AWS goes on: at the start, hour by hour, and while the clock is moved', async () => {
  expect(refreshes).toBe(1);
  jest.advanceTimersByTime(2 * 3_600_000);
  expect(refreshes).toBe(3);

  let end = () => {};
  seeded = new Promise((resolve) => {
    end = resolve;
  });
  const playing = page.playPast();
  jest.advanceTimersByTime(3_600_000);
  // The past is walked through, and that has its own.
  expect(refreshes).toBe(3);
  end();
  await playing;

  await move(DAY);
  expect(refreshes).toBe(3 + 7);
});

test('events go to the queue as many as there are', async () => {
  const findings = Array.from({ length: 23 }, (_, index) =>
    asff({ control: 'S3.5', resource: `${BUCKET}-${index}`, resourceType: 'AwsS3Bucket' }),
  );
  await stage.hold(...findings);
  await deps.send(findings);
  await deps.settle();
  const issues = await stage.bot.intake.issues.of({
    account: findings[0]?.AwsAccountId as AccountId,
    kind: 'control',
    subject: 's3.5',
  });
  expect(issues).toHaveLength(23);
});
