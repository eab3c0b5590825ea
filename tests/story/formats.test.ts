import { readAloud } from '../blocks/read-aloud';
import {
  asff,
  controlOcsf,
  event,
  guardDuty,
  guardDutyAsff,
  guardDutyEvent,
  guardDutyOcsf,
  importedV2,
} from '../fixtures/findings';
import { type Diary, openDiary } from './diary';

jest.setTimeout(60_000);

const OWNER = 'U0OWNER1';
const ACCOUNT = '111122223333';
const accounts = `
accounts:
  - { id: '${ACCOUNT}', name: shop-prod, kind: production, owner: ${OWNER}, channel: C0SHOPPRD }
`;
const TYPE = 'UnauthorizedAccess:EC2/SSHBruteForce';

let diary: Diary;
const open = async () => {
  diary = await openDiary({ from: '2026-11-24 10:00', accounts, quiet: false, silent: true });
};
const now = () => diary.clock.now().toISOString();
/** Everything that the bot has an issue of. */
const issues = async () => {
  const known = await diary.bot.intake.known.requestsOf(ACCOUNT as never);
  return (await Promise.all(known.map((key) => diary.bot.intake.issues.of(key)))).flat();
};

afterEach(async () => {
  await diary.close();
  expect(diary.logged).toEqual([]);
});

/** One finding of GuardDuty comes by three ways: what each of them brings. */
const WAYS = {
  asff: () => diary.report(guardDutyAsff()),
  ocsf: () => diary.receive(importedV2(guardDutyOcsf({ updatedAt: now() }))),
  direct: () => diary.receive(guardDutyEvent(guardDuty({ updatedAt: now() }))),
};
type Way = keyof typeof WAYS;
const orders: readonly (readonly [Way, Way, Way])[] = [
  ['asff', 'ocsf', 'direct'],
  ['asff', 'direct', 'ocsf'],
  ['ocsf', 'asff', 'direct'],
  ['ocsf', 'direct', 'asff'],
  ['direct', 'asff', 'ocsf'],
  ['direct', 'ocsf', 'asff'],
];

test.each(orders)('one threat as %s, %s and %s: one issue, one card', async (...order) => {
  await open();
  for (const way of order) {
    await WAYS[way]();
    await diary.minutes(5);
  }
  expect(await diary.postedNow()).toEqual([`#shop-prod threat ${TYPE}`]);
  expect(await issues()).toHaveLength(1);
  expect((await issues())[0]?.resource.id).toContain('i-0123456789abcdef0');
  // Security Hub holds it, so it is told.
  expect((await diary.workflow(guardDutyAsff())).status).toBe('NOTIFIED');

  // A second round says nothing new.
  for (const way of order) await WAYS[way]();
  expect(await diary.postedNow()).toEqual([]);
  expect(await issues()).toHaveLength(1);
});

test('all of its formats at the same moment, handled at once: one issue, one card', async () => {
  await open();
  const updatedAt = now();
  await diary.send(importedV2(guardDutyOcsf({ updatedAt })));
  await diary.send(guardDutyEvent(guardDuty({ updatedAt })));
  await diary.report(guardDutyAsff());
  expect(await diary.postedNow()).toEqual([`#shop-prod threat ${TYPE}`]);
  expect(await issues()).toHaveLength(1);
});

test('archived in GuardDuty: whichever format says so closes it', async () => {
  await open();
  await WAYS.direct();
  await WAYS.ocsf();
  await diary.minutes(5);
  await diary.receive(importedV2(guardDutyOcsf({ updatedAt: now(), recordState: 'ARCHIVED' })));
  expect(await diary.postedNow()).toEqual([
    `#shop-prod threat ${TYPE}`,
    `#shop-prod threat: settled ${TYPE}`,
  ]);
});

const failing = asff({ control: 'S3.8' });
const ocsf = (over: Parameters<typeof controlOcsf>[0] = {}) =>
  diary.receive(importedV2(controlOcsf({ control: 'S3.8', updatedAt: now(), ...over })));

test.each(['asff first', 'ocsf first'])(
  'one failing control in both formats, %s: one issue, one card',
  async (order) => {
    await open();
    const ways = [() => diary.report(failing), () => ocsf()];
    for (const way of order === 'asff first' ? ways : ways.reverse()) {
      await way();
      await diary.minutes(5);
    }
    expect(await diary.postedNow()).toEqual(['#shop-prod card S3.8']);
    expect(await issues()).toHaveLength(1);
    expect((await diary.workflow(failing)).status).toBe('NOTIFIED');

    await diary.minutes(60);
    await ocsf({ status: 'PASSED' });
    expect(await diary.postedNow()).toEqual(['#shop-prod card: resolved S3.8']);
  },
);

test('suppressed by a person in Security Hub, a refresh in OCSF does not bring it back', async () => {
  await open();
  await diary.report(failing);
  await diary.minutes(30);
  await diary.hub.updateInConsole({
    finding: { Id: failing.Id, ProductArn: failing.ProductArn },
    identity: 'arn:aws:sts::111122223333:assumed-role/Admin/jane',
    status: 'SUPPRESSED',
    note: 'Accepted by the platform team.',
  });
  await diary.drain();
  expect(await diary.postedNow()).toEqual(['#shop-prod card S3.8', '#shop-prod card: adopted S3.8']);

  // Security Hub V2 keeps a workflow of its own, in which nobody has done anything.
  for (let refresh = 0; refresh < 3; refresh += 1) {
    await diary.minutes(13 * 60);
    await ocsf({ workflow: 'NEW' });
  }
  expect(await diary.postedNow()).toEqual([]);
  expect(await diary.workflow(failing)).toEqual({
    status: 'SUPPRESSED',
    note: 'Accepted by the platform team.',
  });
  expect(readAloud((await diary.card()).blocks)).toContain('🔕');
});

test('what is no finding is let go: no card, and nothing in quarantine', async () => {
  await open();
  await diary.receive(
    event('Security Hub Insight Results', {
      actionName: 'Ask the owner',
      resultType: 'ResourceId',
      insightResults: [{ 'arn:aws:s3:::example-reports': 3 }],
    }),
  );
  expect(await diary.postedNow()).toEqual([]);
  expect(await issues()).toEqual([]);
  expect(await diary.bot.quarantine.list()).toEqual([]);
});
