import { mention } from '../../blocks/kit';
import type { Principal } from '../../src/accounts';
import { readAloud } from '../blocks/read-aloud';
import { type AsffDocument, asff, customAction, inspectorAsff } from '../fixtures/findings';
import { type Diary, openDiary } from './diary';
import { labels } from './stage';

jest.setTimeout(60_000);

const OWNER = 'U0OWNER1' as Principal;
const accounts = (mode: string) => `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: ${OWNER}, channel: C0SHOPPRD, mode: ${mode} }
`;
const ACTION = 'Ask the owner';

/** MEDIUM and tracked. */
const bucket = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' });
/** Suppressed by policy at once. */
const scaling = asff({ control: 'AutoScaling.2' });
/** Someone else's business. */
const vulnerability = inspectorAsff({ severity: 'HIGH' });

let diary: Diary;
const open = async (mode = 'enforce') => {
  diary = await openDiary({
    // A Saturday night: nobody is told of anything that can wait.
    from: '2026-11-21 23:00',
    accounts: accounts(mode),
    known: ['111122223333'],
  });
};
/** Somebody of the security team chooses findings in Security Hub's console, as they stand there, and sends them. */
const send = async (...findings: readonly AsffDocument[]): Promise<string> => {
  const held = await diary.hub.findings();
  const now = findings.map(
    (finding): AsffDocument =>
      Object.assign({ ...finding }, held.find(({ Id }) => Id === finding.Id) as Partial<AsffDocument>),
  );
  const time = `${diary.clock.now().toISOString().slice(0, 19)}Z`;
  const message = JSON.stringify({ ...JSON.parse(customAction(...now)), time });
  await diary.receive(message);
  return message;
};
const suppressInConsole = async (finding: AsffDocument) => {
  await diary.hub.updateInConsole({
    finding: { Id: finding.Id, ProductArn: finding.ProductArn },
    identity: 'arn:aws:sts::111122223333:assumed-role/Admin/jane',
    status: 'SUPPRESSED',
  });
  await diary.drain();
};

afterEach(async () => {
  await diary.close();
  expect(diary.logged).toEqual([]);
});

test('on a Saturday night, what could have waited is asked about now', async () => {
  await open();
  await diary.report(bucket);
  expect(await diary.postedNow()).toEqual([]);
  await diary.minutes(5);
  await send(bucket);
  expect(await diary.posted()).toEqual(['Sat 21 23:05 #shop-prod card S3.5']);
  expect(labels(await diary.card())).toContain(diary.words.card.suppress);
  expect((await diary.workflow(bucket)).status).toBe('NOTIFIED');

  // The morning has nothing to add.
  await diary.until('2026-11-24 10:00');
  expect(await diary.posted()).toEqual([]);
});

test('whatever policy says: what was ignored, left to others, or suppressed outside is asked about', async () => {
  await open();
  await diary.report(scaling, bucket, vulnerability);
  await suppressInConsole(bucket);
  expect(await diary.postedNow()).toEqual([]);
  expect((await diary.workflow(scaling)).status).toBe('SUPPRESSED');

  await diary.minutes(5);
  await send(scaling, bucket, vulnerability);
  expect((await diary.postedNow()).sort()).toEqual([
    '#shop-prod card AutoScaling.2',
    '#shop-prod card S3.5',
    expect.stringMatching(/^#shop-prod card Software and Configuration Checks\/Vulnerabilities\/CVE/),
  ]);
  expect((await diary.workflow(scaling)).status).toBe('NOTIFIED');
  expect((await diary.workflow(vulnerability)).status).toBe('NOTIFIED');

  // Policy does not take it back, neither when it is reported again nor when rules are applied anew.
  await diary.minutes(13 * 60);
  await diary.report(scaling);
  await diary.deploy({ 'accounts.yml': accounts('enforce').replace('production', 'non-production') });
  await diary.minutes(10);
  expect(await diary.postedNow()).toEqual([]);
  expect((await diary.workflow(scaling)).status).toBe('NOTIFIED');
});

test('sent twice, or delivered twice, it is one card; in its thread the second wish is heard once', async () => {
  await open();
  await diary.report(bucket);
  const message = await send(bucket);
  await diary.receive(message, message);
  expect(await diary.postedNow()).toEqual(['#shop-prod card S3.5']);

  await diary.minutes(60);
  const again = await send(bucket);
  await diary.receive(again);
  expect(await diary.postedNow()).toEqual(['#shop-prod card: sent S3.5']);
  const [reply] = (await diary.card()).replies;
  expect(readAloud(reply)).toContain(ACTION);
  expect(JSON.stringify(reply)).toContain(mention(OWNER).markup);
});

test('an exception was another person’s decision: it stays', async () => {
  await open();
  await diary.report(bucket);
  await send(bucket);
  await diary.press(OWNER, await diary.card(), diary.words.card.suppress);
  await diary.act(() =>
    diary.people.submit(OWNER, {
      'secops.suppress.reason': 'Public website assets, no secrets inside.',
      'secops.suppress.days': '30',
    }),
  );
  await diary.posted();
  await diary.minutes(60);
  await send(bucket);
  expect(await diary.postedNow()).toEqual([]);
  expect((await diary.workflow(bucket)).status).toBe('SUPPRESSED');
});

test('what passes is not asked about', async () => {
  await open();
  await diary.report(bucket);
  await diary.minutes(60);
  const passed = { ...bucket, Compliance: { ...bucket.Compliance, Status: 'PASSED' as const } };
  await diary.report(passed);
  await send(passed);
  await diary.minutes(10);
  expect(await diary.postedNow()).toEqual([]);
});

test('while the account is only observed, the security team gets the card, and it moves with the mode', async () => {
  await open('observe');
  await diary.report(bucket);
  await send(bucket);
  expect(await diary.postedNow()).toEqual(['#security card S3.5']);
  expect(await diary.hub.calls('BatchUpdateFindings')).toEqual([]);

  await diary.minutes(60);
  await diary.deploy({ 'accounts.yml': accounts('enforce') });
  await diary.minutes(5);
  expect(await diary.postedNow()).toEqual(['#shop-prod card S3.5']);
  expect((await diary.workflow(bucket)).status).toBe('NOTIFIED');
});
