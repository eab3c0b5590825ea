import { asff, guardDuty, guardDutyEvent } from '../fixtures/findings';
import { type Diary, openDiary } from './diary';

jest.setTimeout(60_000);

/** Two accounts: the first one's mode is what the story is about, the second one is there already. */
const accounts = (mode: string) => `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHOPPRD, mode: ${mode} }
  - { id: '444455556666', name: shop-dev, kind: non-production, owner: U0MEMBER, channel: C0SHOPDEV, mode: enforce }
`;

/** HIGH and tracked: three days. */
const group = asff({ control: 'EC2.19', severity: 'HIGH' });
/** MEDIUM and tracked: a week. */
const bucket = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', resourceType: 'AwsS3Bucket' });
/** LOW: told, then suppressed by policy. */
const api = asff({ control: 'APIGateway.3', severity: 'LOW', resourceType: 'AwsApiGatewayStage' });
/** Suppressed by policy at once. */
const scaling = asff({ control: 'AutoScaling.2' });
/** Fifty-four at once, of three HIGH controls. */
const flood = ['EC2.13', 'EC2.18', 'RDS.2'].flatMap((control) =>
  Array.from({ length: 18 }, (_, n) =>
    asff({ control, severity: 'HIGH', resource: `arn:aws:ec2:ap-northeast-1:111122223333:group/${n}` }),
  ),
);
const fixed = (finding: typeof group) => ({
  ...finding,
  Compliance: { ...finding.Compliance, Status: 'PASSED' as const },
});

let diary: Diary;
afterEach(async () => {
  await diary.close();
  expect(diary.logged).toEqual([]);
});

test('a week of one account, over a long weekend', async () => {
  diary = await openDiary({
    from: '2026-11-18 10:00',
    accounts: accounts('observe'),
    known: ['444455556666'],
    silent: true,
  });

  // Wednesday. The account is only observed: whatever comes, owners hear nothing, and nothing is written.
  await diary.report(group, bucket, api, scaling);
  await diary.until('2026-11-18 23:00');
  expect(await diary.posted()).toEqual([]);

  // Thursday. The security team reads what would have been done.
  await diary.until('2026-11-19 11:00');
  expect(await diary.posted()).toEqual([
    'Thu 19 09:00 #security observed APIGateway.3, AutoScaling.2, EC2.19, S3.5',
  ]);
  // At eleven the account is switched to notify. HIGH is told at once; the rest has time until the morning.
  await diary.deploy({ 'accounts.yml': accounts('notify') });
  await diary.until('2026-11-19 23:00');
  expect(await diary.posted()).toEqual(['Thu 19 11:00 #shop-prod card EC2.19']);

  // Friday. In mode notify nothing has been written to Security Hub, not even of what has been told.
  await diary.until('2026-11-20 11:00');
  expect(await diary.posted()).toEqual(['Fri 20 09:00 #shop-prod morning S3.5, APIGateway.3']);
  expect(await diary.statuses()).toEqual(['APIGateway.3 NEW', 'AutoScaling.2 NEW', 'EC2.19 NEW', 'S3.5 NEW']);
  // At eleven it is switched to enforce: Security Hub is told, people are not told again.
  await diary.deploy({ 'accounts.yml': accounts('enforce') });
  await diary.until('2026-11-20 13:00');
  expect(await diary.posted()).toEqual([]);
  expect(await diary.statuses()).toEqual([
    'APIGateway.3 SUPPRESSED',
    'AutoScaling.2 SUPPRESSED',
    'EC2.19 NOTIFIED',
    'S3.5 NOTIFIED',
  ]);
  // In the afternoon a flood: one digest.
  await diary.until('2026-11-20 14:00');
  await diary.pour(flood);
  await diary.minutes(5);
  expect(await diary.posted()).toEqual(['Fri 20 14:05 #shop-prod digest EC2.13, EC2.18, RDS.2']);
  // The other account has one HIGH problem as well.
  await diary.report(asff({ control: 'EC2.19', severity: 'HIGH', account: '444455556666' }));
  await diary.until('2026-11-20 23:00');
  expect(await diary.posted()).toEqual(['Fri 20 14:05 #shop-dev card EC2.19']);

  // Saturday, Sunday, and Monday is a holiday. What is not urgent waits; a threat does not.
  await diary.until('2026-11-21 12:00');
  await diary.report(asff({ control: 'SSM.1', severity: 'MEDIUM' }));
  await diary.until('2026-11-22 13:00');
  expect(await diary.posted()).toEqual([]);
  await diary.receive(guardDutyEvent(guardDuty({ updatedAt: diary.clock.now().toISOString() })));
  await diary.until('2026-11-24 08:00');
  expect(await diary.posted()).toEqual([
    'Sun 22 13:00 #shop-prod threat UnauthorizedAccess:EC2/SSHBruteForce',
  ]);

  // Tuesday. Everything HIGH is due today: who has no card yet gets one, and each owner one reminder.
  await diary.until('2026-11-24 10:00');
  expect((await diary.posted()).sort()).toEqual([
    'Tue 24 08:30 #shop-prod card EC2.13',
    'Tue 24 08:30 #shop-prod card EC2.18',
    'Tue 24 08:30 #shop-prod card RDS.2',
    'Tue 24 09:00 #shop-dev reminder EC2.19',
    'Tue 24 09:00 #shop-prod morning SSM.1',
    'Tue 24 09:00 #shop-prod reminder EC2.19, EC2.13, EC2.18, RDS.2',
  ]);
  // One is fixed: thanks.
  await diary.report(fixed(group));
  await diary.until('2026-11-24 23:00');
  expect(await diary.posted()).toEqual(['Tue 24 10:00 #shop-prod card: resolved EC2.19']);

  // Wednesday. The deadline has passed; the one that follows tomorrow stands in the same reminder.
  await diary.until('2026-11-25 23:00');
  expect((await diary.posted()).sort()).toEqual([
    'Wed 25 08:30 #shop-prod card S3.5',
    'Wed 25 09:00 #security overdue EC2.13, EC2.18, RDS.2, EC2.19',
    'Wed 25 09:00 #shop-dev reminder EC2.19',
    'Wed 25 09:00 #shop-prod reminder EC2.13, EC2.18, RDS.2, S3.5',
  ]);

  // Thursday. Owners are reminded of what is overdue once a week, the security team sees it every day.
  await diary.until('2026-11-26 10:00');
  expect((await diary.posted()).sort()).toEqual([
    'Thu 26 09:00 #security overdue EC2.13, EC2.18, RDS.2, EC2.19',
    'Thu 26 09:00 #shop-prod reminder S3.5',
  ]);
  await diary.report(fixed(bucket));
  await diary.until('2026-11-26 23:00');
  expect(await diary.posted()).toEqual(['Thu 26 10:00 #shop-prod card: resolved S3.5']);
  expect(await diary.statuses()).toEqual([
    'APIGateway.3 SUPPRESSED',
    'AutoScaling.2 SUPPRESSED',
    'EC2.13 NOTIFIED × 18',
    'EC2.18 NOTIFIED × 18',
    'EC2.19 NOTIFIED',
    'EC2.19 RESOLVED',
    'RDS.2 NOTIFIED × 18',
    'S3.5 RESOLVED',
    'SSM.1 SUPPRESSED',
  ]);
});

test('year-end: from the 29th of December to the 3rd of January only threats are told', async () => {
  diary = await openDiary({
    from: '2026-12-28 16:00',
    accounts: accounts('enforce'),
    known: ['111122223333'],
    silent: true,
  });
  await diary.report(group, bucket);
  await diary.until('2026-12-30 12:00');
  expect(await diary.posted()).toEqual(['Mon 28 16:00 #shop-prod card EC2.19']);

  await diary.receive(guardDutyEvent(guardDuty({ updatedAt: diary.clock.now().toISOString() })));
  // The HIGH one would have been due on the 31st; nobody is reminded before the first working day, which is its day.
  await diary.until('2027-01-04 08:00');
  expect(await diary.posted()).toEqual([
    'Wed 30 12:00 #shop-prod threat UnauthorizedAccess:EC2/SSHBruteForce',
  ]);
  await diary.until('2027-01-04 10:00');
  expect((await diary.posted()).sort()).toEqual([
    'Mon 04 09:00 #shop-prod morning S3.5',
    'Mon 04 09:00 #shop-prod reminder EC2.19',
  ]);
});
