import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { awsControl, startAwsStandIn } from '../../local/aws';
import { openMovedClock } from '../../local/moved-clock';
import { SlackPeople, startSlackStandIn } from '../../local/slack';

const START = Date.UTC(2026, 10, 20, 0, 0, 0);
const DAY = 86_400_000;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clock-'));
  file = join(folder, 'data', 'clock.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('runs like the machine until it is moved, and from there on', async () => {
  let machine = START;
  const clock = await openMovedClock(file, [], () => machine);
  expect(clock.now()).toEqual(new Date(START));
  expect(existsSync(file)).toBe(false);

  await clock.advance(DAY);
  machine += 5_000;
  expect(clock.now()).toEqual(new Date(START + DAY + 5_000));
  expect(clock.offsetMs).toBe(DAY);
});

test('a restart does not go back', async () => {
  let machine = START;
  await (await openMovedClock(file, [], () => machine)).advance(7 * DAY);
  machine += DAY;
  const told: number[] = [];
  const hear = async (ms: number) => void told.push(ms);
  const again = await openMovedClock(file, [hear], () => machine);
  expect(again.now()).toEqual(new Date(START + 8 * DAY));
  expect(told).toEqual([7 * DAY]);
});

test('can be set back, for a past that is still to be played', async () => {
  const clock = await openMovedClock(file, [], () => START);
  await clock.set(new Date(START - 8 * DAY));
  expect(clock.now()).toEqual(new Date(START - 8 * DAY));
  await clock.set(new Date(START));
  expect(clock.offsetMs).toBe(0);
});

test('everybody hears of it before it counts; where one does not, it stays', async () => {
  let heard: Date | undefined;
  const clock = await openMovedClock(
    file,
    [
      async () => {
        heard = clock.now();
      },
    ],
    () => START,
  );
  await clock.advance(DAY);
  expect(heard).toEqual(new Date(START));

  const deaf = async () => {
    throw new Error('does not answer');
  };
  const alone = await openMovedClock(join(folder, 'other.json'), [deaf], () => START);
  await expect(alone.advance(DAY)).rejects.toThrow('does not answer');
  expect(alone.now()).toEqual(new Date(START));
});

test('a file that is none of its own is refused', async () => {
  const other = join(folder, 'clock.json');
  writeFileSync(other, '{"offsetMs":"soon"}');
  await expect(openMovedClock(other, [])).rejects.toThrow('offsetMs');
});

test('both stand-ins go by it', async () => {
  const [slack, aws] = await Promise.all([
    startSlackStandIn({ now: () => START }),
    startAwsStandIn({ now: () => new Date(START) }),
  ]);
  const [people, hub] = [new SlackPeople(slack.url), awsControl(aws.url)];
  const clock = await openMovedClock(
    file,
    [(ms) => people.moveClock(ms), (ms) => hub.moveClock(ms)],
    () => START,
  );
  await clock.advance(DAY);

  const { ts } = await people.say('U0OWNER1', 'C0LOUNGE', 'tomorrow');
  expect(Number(ts) * 1000).toBeCloseTo(START + DAY, -1);
  const finding = {
    Id: 'finding-1',
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
    AwsAccountId: '111122223333',
    CreatedAt: '2026-11-20T00:00:00Z',
    UpdatedAt: '2026-11-20T00:00:00Z',
    Title: 'Example',
    Description: 'Example',
    Severity: { Label: 'LOW' },
    Resources: [{ Id: 'arn:aws:s3:::example', Type: 'AwsS3Bucket' }],
  };
  await hub.putFindings([finding]);
  await hub.updateInConsole({
    finding,
    identity: 'arn:aws:iam::111122223333:user/a',
    status: 'NOTIFIED',
    note: 'seen',
  });
  const [held] = await hub.findings();
  expect(held).toMatchObject({ Note: { UpdatedAt: new Date(START + DAY).toISOString() } });
  await expect(people.moveClock(0.5)).rejects.toThrow('whole number');
  await Promise.all([slack.close(), aws.close()]);
});
