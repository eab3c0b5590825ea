import { tick } from '../../handlers/clock';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { manualClock } from '../setup/spine';
import { HOUR, openStage, type Stage } from './stage';

const MINUTE = 60_000;
const DAY = 24 * HOUR;
/** A Thursday, 15:00 in Tokyo. */
const THURSDAY = '2026-11-26T06:00:00.000Z';

const bucket = (name: string) =>
  asff({
    control: 'S3.5',
    severity: 'MEDIUM',
    resource: `arn:aws:s3:::${name}`,
    resourceType: 'AwsS3Bucket',
  });
const group = (n: number, control = 'EC2.19') =>
  asff({
    control,
    severity: 'HIGH',
    resource: `arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-${n}`,
  });

let stage: Stage;
const open = async (start = THURSDAY) => {
  stage = await openStage({ silent: true, environment: { QUIET: 'on' }, clock: manualClock(start) });
};
/** Time goes by, minute by minute where it matters: the clock looks twice, as it does in life. */
const pass = async (ms: number) => {
  stage.clock.advance(ms);
  for (let look = 0; look < 2; look += 1) {
    await tick(stage.bot);
    await stage.drain();
    stage.clock.advance(MINUTE);
  }
};
/** The account is no longer new. */
const grownUp = async () => {
  await stage.report(
    asff({ control: 'EC2.19', status: 'PASSED', resource: 'arn:aws:ec2:x:111122223333:sg/old' }),
  );
  await pass(2 * DAY);
};
afterEach(async () => {
  await stage.close();
  expect(stage.logged).toEqual([]);
});

test('MEDIUM and LOW wait for the morning and come as one card a channel', async () => {
  await open('2026-11-24T06:00:00.000Z');
  await grownUp();
  expect(stage.clock.now().toISOString()).toMatch(/^2026-11-26T06:0/);
  await stage.report(bucket('example-a'), bucket('example-b'));
  await stage.report(
    asff({ control: 'RDS.13', severity: 'LOW', resource: 'arn:aws:rds:x:111122223333:db:a' }),
  );
  expect(await stage.cards()).toEqual([]);

  // Ten hours later nothing has been posted, and nothing is left to be done.
  await pass(10 * HOUR);
  expect(await stage.cards()).toEqual([]);

  await pass(8 * HOUR);
  const [morning, ...others] = await stage.cards();
  expect(others).toEqual([]);
  const text = readAloud(morning?.blocks);
  expect(text).toContain('shop-prod');
  // Told first, and only then Security Hub hears of it.
  expect((await stage.workflow(bucket('example-a'))).status).toBe('NOTIFIED');
  expect((await stage.workflow(bucket('example-b'))).status).toBe('NOTIFIED');
});

test('HIGH is told at once, and CRITICAL as well', async () => {
  await open('2026-11-24T06:00:00.000Z');
  await grownUp();
  await stage.report(group(1), asff({ control: 'EC2.18', severity: 'CRITICAL' }));
  expect(await stage.cards()).toHaveLength(2);
});

test('what is fixed before the morning is never told', async () => {
  await open('2026-11-24T06:00:00.000Z');
  await grownUp();
  await stage.report(bucket('example-a'));
  stage.clock.advance(HOUR);
  await stage.report({ ...bucket('example-a'), Compliance: { Status: 'PASSED', SecurityControlId: 'S3.5' } });
  await pass(18 * HOUR);
  expect(await stage.cards()).toEqual([]);
  expect(await stage.people.calls('chat.postMessage')).toEqual([]);
});

test('an account’s first day is one digest; what is CRITICAL stands beside it', async () => {
  await open();
  const controls = ['EC2.19', 'EC2.18', 'EC2.13', 'EC2.14', 'RDS.2', 'Redshift.1'];
  for (const control of controls) {
    await stage.report(...Array.from({ length: 5 }, (_, n) => group(n, control)));
  }
  await stage.report(asff({ control: 'S3.2', severity: 'CRITICAL', resource: 'arn:aws:s3:::example-open' }));
  await pass(MINUTE);
  const cards = await stage.cards();
  expect(cards).toHaveLength(2);
  expect(await stage.people.calls('chat.postMessage')).toHaveLength(2);
  expect((await stage.workflow(group(0, 'EC2.13'))).status).toBe('NOTIFIED');

  // Hours later more comes: the same digest says so, and nobody is called again.
  stage.clock.advance(5 * HOUR);
  await stage.report(group(77, 'EC2.21'));
  await pass(MINUTE);
  expect(await stage.people.calls('chat.postMessage')).toHaveLength(2);
  expect((await stage.workflow(group(77, 'EC2.21'))).status).toBe('NOTIFIED');
});
