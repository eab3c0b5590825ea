import { tick } from '../../handlers/clock';
import type { AccountId } from '../../src/accounts';
import { asff } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';

const ACCOUNT = '111122223333' as AccountId;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('an account is counted', () => {
  let spine: Spine;
  beforeEach(async () => {
    spine = await openSpine();
  });
  afterEach(async () => {
    await spine.close();
  });

  const wait = async (ms: number) => {
    spine.clock.advance(ms);
    await tick(spine.bot);
    await spine.drain();
  };
  const score = () => spine.bot.scores.ofAccounts.load(ACCOUNT);

  test('from its issues, a minute after the first of them was written', async () => {
    await spine.send(asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', status: 'PASSED' }));
    await spine.send(asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-b' }));
    await spine.send(asff({ control: 'EC2.8', resource: 'arn:aws:ec2:::instance/i-1', status: 'PASSED' }));
    await spine.send(asff({ control: 'EC2.9', resource: 'arn:aws:ec2:::instance/i-1', status: 'WARNING' }));
    await spine.drain();
    expect((await score())?.asOf).toBeUndefined();

    await wait(2 * MINUTE);
    expect(await score()).toMatchObject({
      counts: { passed: 1, failed: 1, unknown: 1, noData: 0, disabled: 0 },
    });
  });

  test('what is not seen for two days is no longer counted', async () => {
    await spine.send(asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', status: 'PASSED' }));
    await spine.drain();
    await wait(2 * MINUTE);
    expect((await score())?.counts.passed).toBe(1);
    for (let hour = 0; hour < 56; hour += 4) await wait(4 * HOUR);
    expect((await score())?.counts).toMatchObject({ passed: 0, noData: 1 });
    expect((await score())?.recent.map(({ score: points }) => points)).toEqual([100, 100]);
    expect(await spine.bot.scores.snapshots(ACCOUNT, 10)).toMatchObject([
      { day: '2026-11-24', counts: { passed: 1 } },
      { day: '2026-11-25', counts: { passed: 1 } },
    ]);
  });
});
