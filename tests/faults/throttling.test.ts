import { QUEUES } from '../../infra/resources';
import { asffFinding } from '../../local/aws/finding';
import { type AccountId, accountId } from '../../src/accounts';
import { startReconcile } from '../../src/reconcile';
import { asff, imported } from '../fixtures/findings';
import { register } from '../setup/register';
import { openSpine, type Spine } from '../setup/spine';

const VISIBLE_AGAIN_MS = QUEUES.workflow.visibilitySeconds * 1_000;

/** The most calls that fall into one second, wherever it begins. */
function busiestSecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
}

const timesOf = (calls: readonly { readonly at: string }[]) => calls.map(({ at }) => Date.parse(at));

describe('every second call of Security Hub is throttled', () => {
  let spine: Spine;
  beforeEach(async () => {
    spine = await openSpine({ environment: { RECONCILE: 'on' } });
  });
  afterEach(() => spine.close());

  test('the nightly reconcile reads everything, at three calls a second', async () => {
    // Two pieces, of twenty accounts and of two.
    const accounts = Array.from(
      { length: 22 },
      (_, n) => accountId(String(700_000_000_001 + n)) as AccountId,
    );
    const findings = accounts.flatMap((account) =>
      [1, 2].map((n) =>
        asff({
          account,
          control: 'S3.5',
          resource: `arn:aws:s3:::example-${account}-${n}`,
          updatedAt: spine.clock.now().toISOString(),
        }),
      ),
    );
    for (const account of accounts) await register(spine.bot, account, { mode: 'observe' });
    await spine.hub.putFindings(findings.map((finding) => asffFinding.parse(finding)));
    await spine.hub.addFault({ operation: 'GetFindings', kind: 'throttle', when: { every: 2 } });

    await startReconcile(spine.bot.reconcile);
    await spine.drain();

    const issues = await Promise.all(
      accounts.map((account) => spine.bot.intake.issues.of({ account, kind: 'control', subject: 's3.5' })),
    );
    expect(issues.flat().filter(({ state }) => state === 'open')).toHaveLength(44);
    expect(await spine.bot.reconcile.runs.load('run')).toMatchObject({ status: 'resting' });
    // The spine's clock: what the bot waits moves it, and nothing else does meanwhile.
    const calls = await spine.hub.calls('GetFindings');
    const refused = calls.filter(({ outcome }) => outcome === 'refused');
    expect(refused).toHaveLength(Math.floor(calls.length / 2));
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(busiestSecond(timesOf(calls))).toBeLessThanOrEqual(3);
  });

  test('what people have been told is written to every finding; what is refused waits for its queue', async () => {
    const account = accountId('700000000001') as AccountId;
    const findings = Array.from({ length: 60 }, (_, n) =>
      asff({ account, control: 'S3.5', severity: 'HIGH', resource: `arn:aws:s3:::example-${n}` }),
    );
    await register(spine.bot, account);
    await spine.hub.putFindings(findings.map((finding) => asffFinding.parse(finding)));
    await spine.hub.addFault({ operation: 'BatchUpdateFindings', kind: 'throttle', when: { every: 2 } });
    for (let from = 0; from < findings.length; from += 10) {
      for (const finding of findings.slice(from, from + 10)) await spine.send(imported(finding));
      await spine.drain();
    }

    const statuses = (await spine.hub.findings()).map(({ Workflow }) => Workflow?.Status);
    expect(statuses).toEqual(findings.map(() => 'NOTIFIED'));
    const calls = await spine.hub.calls('BatchUpdateFindings');
    const refused = calls.filter(({ outcome }) => outcome === 'refused');
    expect(refused).toHaveLength(Math.floor(calls.length / 2));
    expect(refused.length).toBeGreaterThanOrEqual(3);
    // The handler itself does not insist: what was refused comes back after the queue's visibility.
    expect(busiestSecond(timesOf(calls))).toBeLessThanOrEqual(10);
    const after = refused.map(({ at }) => Date.parse(at));
    const next = after.map((at) => timesOf(calls).find((other) => other > at));
    for (const [index, at] of after.entries()) {
      if (next[index] !== undefined) expect(next[index] - at).toBeGreaterThanOrEqual(VISIBLE_AGAIN_MS);
    }
    expect(await spine.people.channel('C0REQUESTS')).toHaveLength(1);
  });
});
