import { readAloud } from '../blocks/read-aloud';
import { type AsffDocument, asff, CIS_1_4, FSBP } from '../fixtures/findings';
import { controlIn, type Diary, openDiary } from './diary';
import { labels } from './stage';

jest.setTimeout(60_000);

const OWNER = 'U0OWNER1';
const accounts = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: ${OWNER}, channel: C0SHOPPRD }
`;
const REASON = 'Reachable from the office network only; replaced in March.';
const CONSOLIDATION = 'CONSOLIDATED_CONTROL_FINDINGS_UPDATE';

type About = NonNullable<Parameters<typeof asff>[0]>;
const bucket = (name: string): About => ({
  control: 'S3.5',
  resource: `arn:aws:s3:::example-${name}`,
  resourceType: 'AwsS3Bucket',
});
/** The four problems of the story, and what has become of each. */
const OPEN = bucket('open');
const EXCEPTED = bucket('excepted');
const TOLD: About = { control: 'APIGateway.3', severity: 'LOW', resourceType: 'AwsApiGatewayStage' };
const IGNORED: About = { control: 'AutoScaling.2' };
const ALL = [OPEN, EXCEPTED, TOLD, IGNORED];

/** One finding a standard, as AWS makes them while consolidated control findings are off. */
const byStandard = (generation = 0): AsffDocument[] =>
  ALL.flatMap((about) => [
    asff({ ...about, standard: FSBP, generation }),
    ...(about.control === 'S3.5' ? [asff({ ...about, standard: CIS_1_4, rule: '2.1.2', generation })] : []),
  ]);
/** One finding a resource, as AWS makes them while they are on. */
const consolidated = (): AsffDocument[] => ALL.map((about) => asff(about));
/** AWS archives an id, and says why. */
const archived = (finding: AsffDocument): AsffDocument => ({
  ...finding,
  RecordState: 'ARCHIVED',
  ProductFields: { ...finding.ProductFields, 'ArchivalReasons:0/ReasonCode': CONSOLIDATION },
});

let diary: Diary;
beforeEach(async () => {
  diary = await openDiary({ from: '2026-11-24 10:00', accounts, quiet: false });
});
afterEach(async () => {
  await diary.close();
  expect(diary.logged).toEqual([]);
});

/** Everything fails, two are told, one is suppressed by its owner, policy suppresses two. */
async function begin(findings: readonly AsffDocument[]): Promise<void> {
  await diary.report(...findings.filter((finding) => finding.Resources?.[0]?.Id === EXCEPTED.resource));
  await diary.press(OWNER, await diary.card(), diary.words.card.suppress);
  await diary.act(() =>
    diary.people.submit(OWNER, { 'secops.suppress.reason': REASON, 'secops.suppress.days': '60' }),
  );
  await diary.report(...findings.filter((finding) => finding.Resources?.[0]?.Id !== EXCEPTED.resource));
  await diary.minutes(60);
}

/** What Security Hub says of each problem, over all its live finding ids; and whose note stands there. */
async function standing(): Promise<string[]> {
  const rows = (await diary.hub.findings())
    .filter(({ RecordState }) => RecordState !== 'ARCHIVED')
    .map((finding) => {
      const note = (finding['Note'] as { Text?: string } | undefined)?.Text ?? '';
      const why = note.includes(REASON) ? ' exception' : (/line [a-z-]+/.exec(note)?.[0] ?? '');
      const [resource] = (finding['Resources'] as { Id: string }[] | undefined) ?? [];
      const name = resource?.Id.split(/[:/]/).at(-1);
      return `${controlIn(finding)} ${name} ${finding.Workflow?.Status} ${why.trim()}`.trim();
    });
  return [...new Set(rows)].sort();
}
const EXPECTED = [
  'APIGateway.3 i-0123456789abcdef0 SUPPRESSED line other-moderate',
  'AutoScaling.2 i-0123456789abcdef0 SUPPRESSED line availability',
  'S3.5 example-excepted SUPPRESSED exception',
  'S3.5 example-open NOTIFIED',
];

const switches: readonly [string, (old: AsffDocument[], young: AsffDocument[]) => Promise<void>][] = [
  [
    'the old ids go first',
    async (old, young) => {
      await diary.report(...old.map(archived));
      await diary.minutes(180);
      await diary.report(...young);
    },
  ],
  [
    'the new ids come first',
    async (old, young) => {
      await diary.report(...young);
      await diary.minutes(30);
      await diary.report(...old.map(archived));
    },
  ],
  [
    'all mixed up',
    async (old, young) => {
      const all = [...old.map(archived), ...young].sort((a, b) => (a.Id.slice(-4) < b.Id.slice(-4) ? -1 : 1));
      await diary.report(...all);
    },
  ],
];

test.each(switches)(
  'switched on, %s: nobody hears of it, and nothing that was decided is lost',
  async (_, change) => {
    await begin(byStandard());
    expect(await standing()).toEqual(EXPECTED);
    const before = await diary.posted();
    expect(before).toHaveLength(4);
    const cards = await diary.cards();

    await change(byStandard(), consolidated());
    await diary.minutes(30);
    expect(await diary.posted()).toEqual([]);
    expect(await standing()).toEqual(EXPECTED);
    expect((await diary.cards()).map(({ ts, replies }) => [ts, replies.length])).toEqual(
      cards.map(({ ts, replies }) => [ts, replies.length]),
    );
  },
);

test('switched off again: the same', async () => {
  await begin(consolidated());
  expect(await standing()).toEqual(EXPECTED);
  await diary.posted();

  await diary.report(...consolidated().map(archived));
  await diary.minutes(180);
  await diary.report(...byStandard(1));
  await diary.minutes(30);
  expect(await diary.posted()).toEqual([]);
  expect(await standing()).toEqual(EXPECTED);
});

test('on and off and on: what was excepted can still be undone, and what is fixed is thanked for once', async () => {
  await begin(consolidated());
  await diary.report(...consolidated().map(archived));
  await diary.minutes(60);
  await diary.report(...byStandard(1));
  await diary.minutes(60);
  // AWS takes the old ids up again.
  await diary.report(...byStandard(1).map(archived), ...consolidated());
  await diary.posted();
  expect(await standing()).toEqual(EXPECTED);

  const card = (await diary.cards()).find((one) => labels(one).includes(diary.words.card.undo));
  if (card === undefined) throw new Error('no card offers to undo the suppression');
  await diary.press(OWNER, card, diary.words.card.undo);
  expect(await standing()).toEqual([...EXPECTED.slice(0, 2), 'S3.5 example-excepted NOTIFIED', EXPECTED[3]]);

  await diary.minutes(60);
  await diary.report(...[OPEN, EXCEPTED].map((about) => asff({ ...about, status: 'PASSED' })));
  await diary.minutes(60);
  expect(await diary.postedNow()).toEqual(['#shop-prod card: undone S3.5', '#shop-prod card: resolved S3.5']);
  expect(readAloud((await diary.cards())[0]?.blocks)).toContain('✅');
});
