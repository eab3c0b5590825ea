import { readFileSync } from 'node:fs';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type Diary, openDiary } from './diary';

jest.setTimeout(60_000);

const OWNER = 'U0OWNER1';
const accounts = (mode: string, kind = 'production') => `
accounts:
  - { id: '111122223333', name: shop-prod, kind: ${kind}, owner: ${OWNER}, channel: C0SHOPPRD, mode: ${mode} }
`;

const group = (n = 1) =>
  asff({
    control: 'EC2.19',
    severity: 'HIGH',
    resource: `arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-${n}`,
  });
const bucket = (name: string) =>
  asff({ control: 'S3.5', resource: `arn:aws:s3:::example-${name}`, resourceType: 'AwsS3Bucket' });
/** LOW: told, then suppressed by policy. */
const api = asff({ control: 'APIGateway.3', severity: 'LOW', resourceType: 'AwsApiGatewayStage' });
/** Suppressed by policy at once. */
const scaling = asff({ control: 'AutoScaling.2' });
/** Left to others, by a line of the policy. */
const left = asff({ control: 'SSM.1' });
/** Logging: tracked in production, ignored elsewhere. */
const logging = asff({ control: 'APIGateway.1', resourceType: 'AwsApiGatewayStage' });
const fixed = (finding: typeof api) => ({
  ...finding,
  Compliance: { ...finding.Compliance, Status: 'PASSED' as const },
});

let diary: Diary;
const open = async (mode: string) => {
  diary = await openDiary({ accounts: accounts(mode), quiet: false });
  await diary.deploy({ 'policy.yml': policyWith(line('SSM.1', 'leave')) });
};
const switchTo = async (mode: string, kind?: string) => {
  await diary.deploy({ 'accounts.yml': accounts(mode, kind) });
  await diary.minutes(2);
};
/** The policy of the repository with these lines before all others. */
const policyWith = (...lines: readonly string[]) =>
  readFileSync('config/policy.yml', 'utf8').replace(/^lines:$/m, ['lines:', ...lines].join('\n'));
/** Somebody pushes that policy, and the clock sees it. */
const decideThat = async (...lines: readonly string[]) => {
  const { policies } = diary.bot;
  await policies.push(policyWith(...lines), 'somebody', (await policies.pushed())?.number ?? 0);
  await diary.minutes(2);
};
const line = (control: string, treatment: string) => {
  const id = `${control.toLowerCase().replace('.', '-')}-${treatment}`;
  return `  - { id: ${id}, why: Decided lately., when: { control: ${control} }, treatment: ${treatment} }`;
};
const cardOf = async (control: string) =>
  (await diary.cards()).find((card) => readAloud(card.blocks).includes(control));

afterEach(async () => {
  await diary.close();
  expect(diary.logged).toEqual([]);
});

test('from observe to notify to enforce: first nothing, then posts, then writes, and nothing twice', async () => {
  await open('observe');
  await diary.report(group(), bucket('a'), api, scaling, left);
  await diary.minutes(60);
  expect(await diary.posted()).toEqual([]);
  expect(await diary.hub.calls('BatchUpdateFindings')).toEqual([]);

  await switchTo('notify');
  expect((await diary.postedNow()).sort()).toEqual([
    '#shop-prod card APIGateway.3',
    '#shop-prod card EC2.19',
    '#shop-prod card S3.5',
  ]);
  for (const card of await diary.cards()) {
    expect(readAloud(card.blocks)).toContain(diary.words.card.withheld.markup);
  }
  expect(await diary.hub.calls('BatchUpdateFindings')).toEqual([]);

  await switchTo('enforce');
  expect(await diary.postedNow()).toEqual([]);
  expect(await diary.statuses()).toEqual([
    'APIGateway.3 SUPPRESSED',
    'AutoScaling.2 SUPPRESSED',
    'EC2.19 NOTIFIED',
    'S3.5 NOTIFIED',
    'SSM.1 NEW',
  ]);
  for (const card of await diary.cards()) {
    expect(readAloud(card.blocks)).not.toContain(diary.words.card.withheld.markup);
  }
});

test('and back: enforce to notify stops the writing, notify to observe the posting; the way up makes up for it', async () => {
  await open('enforce');
  await diary.report(group(), bucket('a'), scaling);
  expect(await diary.postedNow()).toHaveLength(2);
  const writes = (await diary.hub.calls('BatchUpdateFindings')).length;

  // notify: what is new is told, and rests unwritten; what was written stays.
  await switchTo('notify');
  await diary.report(group(2), api);
  expect((await diary.postedNow()).sort()).toEqual([
    '#shop-prod card APIGateway.3',
    '#shop-prod card: joined EC2.19',
  ]);
  expect(await diary.hub.calls('BatchUpdateFindings')).toHaveLength(writes);

  // observe: nobody hears what is new, nor what is fixed.
  await switchTo('observe');
  await diary.report(group(3), fixed(bucket('a')));
  await diary.minutes(10);
  expect(await diary.postedNow()).toEqual([]);

  // And all the way up again: each of them is told once.
  await switchTo('enforce');
  expect((await diary.postedNow()).filter((row) => !row.includes('observed')).sort()).toEqual([
    '#shop-prod card: joined EC2.19',
    '#shop-prod card: resolved S3.5',
  ]);
  expect(await diary.statuses()).toEqual([
    'APIGateway.3 SUPPRESSED',
    'AutoScaling.2 SUPPRESSED',
    'EC2.19 NOTIFIED × 3',
    'S3.5 RESOLVED',
  ]);
  expect(readAloud((await cardOf('S3.5'))?.blocks)).toContain('✅');
});

test('an account that is observed for long: its deadlines begin when it is asked', async () => {
  await open('observe');
  await diary.report(group());
  diary.clock.advance(5 * 24 * 3_600_000);
  await switchTo('enforce');
  expect((await diary.postedNow()).at(-1)).toBe('#shop-prod card EC2.19');
  const { summary } = (await diary.bot.intake.requests.load({
    account: '111122223333' as never,
    kind: 'control',
    subject: 'ec2.19',
  }))!;
  const hours = (Date.parse(summary?.due ?? '') - diary.clock.now().getTime()) / 3_600_000;
  expect(hours).toBeGreaterThan(71.9);
});

test('a changed policy: what it ignored is asked about, what it asked about is suppressed, and its card says so', async () => {
  await open('enforce');
  await diary.report(group(), scaling, left);
  expect(await diary.postedNow()).toEqual(['#shop-prod card EC2.19']);
  expect(await diary.statuses()).toEqual(['AutoScaling.2 SUPPRESSED', 'EC2.19 NOTIFIED', 'SSM.1 NEW']);
  await diary.hub.forgetCalls();

  await decideThat(line('AutoScaling.2', 'track'), line('EC2.19', 'ignore'), line('SSM.1', 'notify'));
  expect((await diary.postedNow()).sort()).toEqual([
    '#shop-prod card AutoScaling.2',
    '#shop-prod card SSM.1',
  ]);
  expect(await diary.statuses()).toEqual(['AutoScaling.2 NOTIFIED', 'EC2.19 SUPPRESSED', 'SSM.1 SUPPRESSED']);
  const card = readAloud((await cardOf('EC2.19'))?.blocks);
  expect(card).toContain('🔕');
  expect(card).toContain('`ec2-19-ignore`');
  expect((await diary.workflow(group())).note).toMatch(/^Suppressed by policy: ignore \(line ec2-19-ignore/);
  // The suppression is taken back before anybody is asked, and only then Security Hub hears NOTIFIED.
  const written = (await diary.hub.calls('BatchUpdateFindings'))
    .map(({ input }) => input as { Workflow: { Status: string }; FindingIdentifiers: { Id: string }[] })
    .filter(({ FindingIdentifiers }) => FindingIdentifiers.some(({ Id }) => Id === scaling.Id));
  expect(written.map(({ Workflow }) => Workflow.Status)).toEqual(['NEW', 'NOTIFIED']);

  // And decided otherwise again: the same thread goes on, and nobody is asked on a second card.
  await decideThat(line('AutoScaling.2', 'leave'), line('SSM.1', 'leave'));
  expect(await diary.postedNow()).toEqual(['#shop-prod card: back EC2.19']);
  expect(await diary.statuses()).toEqual(['AutoScaling.2 NOTIFIED', 'EC2.19 NOTIFIED', 'SSM.1 NEW']);
});

test('a changed kind decides anew: logging is tracked in production, ignored elsewhere', async () => {
  await open('enforce');
  await diary.report(logging);
  expect(await diary.postedNow()).toEqual(['#shop-prod card APIGateway.1']);

  await switchTo('enforce', 'non-production');
  expect(await diary.statuses()).toEqual(['APIGateway.1 SUPPRESSED']);
  expect(readAloud((await cardOf('APIGateway.1'))?.blocks)).toContain('🔕');

  await switchTo('enforce', 'production');
  expect(await diary.statuses()).toEqual(['APIGateway.1 NOTIFIED']);
  expect(await diary.postedNow()).toEqual(['#shop-prod card: back APIGateway.1']);
  expect(await diary.cards()).toHaveLength(1);
});

test('what people have suppressed, in Slack or outside, stays whatever policy becomes', async () => {
  await open('enforce');
  await diary.report(bucket('a'), bucket('b'));
  // One with a reason in Slack, the other in the console.
  await diary.press(OWNER, await diary.card(), diary.words.card.suppress);
  await diary.act(() =>
    diary.people.submit(OWNER, {
      'secops.suppress.reason': 'Public website assets, no secrets inside.',
      'secops.suppress.days': '30',
    }),
  );
  await diary.report(bucket('c'));
  await diary.hub.updateInConsole({
    finding: { Id: bucket('c').Id, ProductArn: bucket('c').ProductArn },
    identity: 'arn:aws:sts::111122223333:assumed-role/Admin/jane',
    status: 'SUPPRESSED',
  });
  await diary.drain();
  await diary.posted();
  await diary.hub.forgetCalls();

  await decideThat(line('S3.5', 'ignore'));
  await decideThat(line('S3.5', 'track'));
  await switchTo('enforce', 'non-production');
  await switchTo('notify', 'production');
  await switchTo('enforce', 'production');
  expect(await diary.hub.calls('BatchUpdateFindings')).toEqual([]);
  expect(await diary.posted()).toEqual([]);
  expect(await diary.statuses()).toEqual(['S3.5 SUPPRESSED × 3']);
});
