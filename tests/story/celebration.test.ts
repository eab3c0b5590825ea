import { readAloud } from '../blocks/read-aloud';
import { type AsffDocument, asff, type ControlFinding } from '../fixtures/findings';
import { register } from '../setup/register';
import { type Diary, openDiary } from './diary';

jest.setTimeout(60_000);

const SCORES = 'C0SCORES';
const CELEBRATED = ['#shop-prod celebration', `${SCORES} celebration`];
const ACCOUNT = '111122223333';

/** What Security Hub says of the account, by control. All but the first one are HIGH, and tracked. */
const CONTROLS = ['S3.5', 'EC2.19', 'S3.8', 'RDS.2', 'EC2.13', 'EC2.18'] as const;
type Control = (typeof CONTROLS)[number];

let diary: Diary;
let failing: Set<string>;
afterEach(() => diary.close());

async function open({ environment, ...options }: Parameters<typeof openDiary>[0] = {}): Promise<void> {
  failing = new Set();
  diary = await openDiary({
    // A Monday, in a week without holidays.
    from: '2026-11-30 10:00',
    silent: true,
    known: [ACCOUNT],
    ...options,
    environment: { RANKING_CHANNEL_ID: SCORES, ...environment },
  });
}

const finding = (control: string, about: ControlFinding = {}): AsffDocument =>
  asff({
    control,
    severity: 'HIGH',
    resource: `arn:aws:s3:::example-${control.toLowerCase()}`,
    ...(!failing.has(control) && { status: 'PASSED' }),
    ...about,
  });

/** Security Hub has checked all controls again, as it does once a day. */
async function checked(...controls: readonly string[]): Promise<void> {
  diary.clock.advance(1_000);
  await diary.report(...(controls.length > 0 ? controls : CONTROLS).map((control) => finding(control)));
}

async function breaks(...controls: readonly Control[]): Promise<void> {
  for (const control of controls) failing.add(control);
  await checked(...controls);
}

async function fixed(...controls: readonly Control[]): Promise<void> {
  for (const control of controls) failing.delete(control);
  await checked(...controls);
}

/** Security Hub checks every day, and nothing else happens. */
async function daysPass(...mornings: readonly string[]): Promise<void> {
  for (const morning of mornings) {
    await diary.until(`${morning} 08:00`);
    await checked();
  }
}

/** Below 100 % on Monday; on Tuesday at ten all is fixed. */
async function climb(): Promise<void> {
  await checked();
  await breaks('EC2.19', 'S3.8');
  await diary.until('2026-12-01 10:00');
  await fixed('EC2.19', 'S3.8');
  await diary.minutes(3);
  await diary.posted();
}

const celebrations = async (): Promise<string[]> =>
  (await diary.postedNow()).filter((row) => row.endsWith(' celebration'));
const score = async () => (await diary.bot.scores.ofAccounts.load(ACCOUNT as never))!;
const newest = async (channel: string) => (await diary.card(channel)) as { reactions?: { name: string }[] };

describe('an account climbs to 100 %', () => {
  test('an hour later it is celebrated, once, in its channel and in everybody’s, with those who did it', async () => {
    await open({ silent: false });
    await checked();
    await breaks('EC2.19', 'S3.8');
    const [first, second] = await diary.cards();
    const { take } = diary.words.card;
    await diary.press('U0MEMBER', first!, take);
    await diary.press('U0OWNER1', second!, take);
    await diary.minutes(3);
    await diary.until('2026-12-01 10:00');
    expect((await score()).counts).toMatchObject({ passed: 4, failed: 2 });

    await fixed('EC2.19', 'S3.8');
    await diary.minutes(3);
    expect((await score()).counts).toMatchObject({ passed: 6, failed: 0, unknown: 0 });
    await diary.minutes(58);
    expect(await celebrations()).toEqual([]);
    await diary.hub.forgetCalls();
    await diary.minutes(3);
    expect(await celebrations()).toEqual(CELEBRATED);
    // Security Hub has been asked.
    expect((await diary.hub.calls('GetFindings')).length).toBeGreaterThan(0);
    expect((await score()).reconciledAt).toBeDefined();

    for (const channel of ['C0SHOPPRD', SCORES]) {
      const card = await diary.card(channel);
      const said = readAloud(card['blocks']);
      expect(said).toContain('shop-prod (111122223333) が 100 %: 6 件のコントロールすべてに合格');
      expect(said).toContain('@U0OWNER1 さん、@U0MEMBER さん');
      expect(said).toContain('はじめての 100 %');
      expect((await newest(channel)).reactions?.map(({ name }) => name)).toEqual(['tada', 'clap', 'rocket']);
      const picture = card.blocks?.find(({ type }) => type === 'image');
      expect(picture).toMatchObject({ slack_file: { id: expect.any(String) } });
      expect(picture?.['alt_text']).toContain('shop-prod が 100 % に届き');
    }
    expect((await score()).climb).toMatchObject({ times: 1 });

    // Days at 100 % are no news.
    await daysPass('2026-12-02', '2026-12-04', '2026-12-06', '2026-12-08', '2026-12-09');
    expect(await celebrations()).toEqual([]);
    expect(diary.logged).toEqual([]);
  });

  test('in English, and without anybody known to have helped', async () => {
    await open({ language: 'en' });
    await climb();
    await diary.minutes(61);
    expect(await celebrations()).toEqual(CELEBRATED);
    const said = readAloud((await diary.card())['blocks']);
    expect(said).toContain('shop-prod (111122223333) is at 100 %: all 6 controls passed');
    expect(said).toMatch(/team|everyone/);
  });

  test('later it falls and climbs again: the second time, with the days of the first told', async () => {
    await open();
    await climb();
    await diary.minutes(61);
    expect(await celebrations()).toEqual(CELEBRATED);
    await daysPass('2026-12-02', '2026-12-04', '2026-12-06', '2026-12-08', '2026-12-10');
    await breaks('RDS.2');
    await daysPass('2026-12-11');
    await fixed('RDS.2');
    await diary.minutes(3);
    await diary.until('2026-12-11 09:10');
    expect(await celebrations()).toEqual(CELEBRATED);
    const said = readAloud((await diary.card())['blocks']);
    expect(said).toContain('2 回目の 100 %');
    expect(said).toContain('これまでの最長は 8 日でした');
  });
});

describe('it is not celebrated', () => {
  test('when it falls again within the hour', async () => {
    await open();
    await climb();
    await diary.minutes(30);
    await breaks('S3.8');
    await diary.until('2026-12-01 20:00');
    await checked();
    expect(await celebrations()).toEqual([]);
    // It holds on the next day.
    await diary.until('2026-12-02 10:00');
    await fixed('S3.8');
    await diary.minutes(3);
    await diary.minutes(61);
    expect(await celebrations()).toEqual(CELEBRATED);
  });

  test('when it falls and comes back within a week', async () => {
    await open();
    await climb();
    await diary.minutes(61);
    expect(await celebrations()).toEqual(CELEBRATED);
    await daysPass('2026-12-02');
    await breaks('S3.8');
    await daysPass('2026-12-03');
    await fixed('S3.8');
    await daysPass('2026-12-04', '2026-12-06', '2026-12-07');
    await diary.until('2026-12-07 20:00');
    expect(await celebrations()).toEqual([]);
  });

  test('when it falls and comes back on the same day', async () => {
    await open();
    await climb();
    await diary.minutes(61);
    expect(await celebrations()).toEqual(CELEBRATED);
    await daysPass('2026-12-02', '2026-12-04', '2026-12-06', '2026-12-08', '2026-12-10');
    await breaks('S3.8');
    await diary.minutes(3);
    expect((await score()).counts.failed).toBe(1);
    await fixed('S3.8');
    await diary.until('2026-12-10 19:00');
    expect((await score()).counts.failed).toBe(0);
    expect(await celebrations()).toEqual([]);
  });

  test('when it was at 100 % from the beginning', async () => {
    await open();
    await checked();
    await daysPass('2026-12-01', '2026-12-02', '2026-12-03');
    expect((await score()).counts).toMatchObject({ passed: 6, failed: 0 });
    expect(await celebrations()).toEqual([]);
  });

  test('with fewer than five controls', async () => {
    await open();
    await checked('S3.5', 'RDS.2', 'EC2.13');
    await breaks('EC2.19');
    await diary.until('2026-12-01 10:00');
    await fixed('EC2.19');
    await diary.minutes(3);
    await diary.minutes(61);
    expect((await score()).counts).toMatchObject({ passed: 4, failed: 0 });
    expect(await celebrations()).toEqual([]);
  });

  test('when one control cannot be checked', async () => {
    await open();
    await climb();
    diary.clock.advance(1_000);
    await diary.report(finding('S3.8', { status: 'WARNING' }));
    await diary.until('2026-12-01 20:00');
    expect((await score()).counts).toMatchObject({ passed: 5, unknown: 1 });
    expect(await celebrations()).toEqual([]);
  });

  test('when its findings have fallen silent', async () => {
    await open();
    await climb();
    await diary.minutes(10);
    await diary.until('2026-12-01 10:30');
    // Nothing is heard of any of them for two days, before anybody could celebrate.
    diary.clock.advance(49 * 3_600_000);
    await diary.until('2026-12-03 13:00');
    expect((await score()).counts).toMatchObject({ passed: 0, failed: 0, unknown: 0 });
    expect(await celebrations()).toEqual([]);
  });

  test.each([
    ['observed', `{ id: '${ACCOUNT}', name: shop-prod, kind: production, mode: observe }`],
    ['closed', `{ id: '${ACCOUNT}', name: shop-prod, kind: production }`],
    ['unregistered', `{ id: '444455556666', name: shop-dev, kind: non-production }`],
  ])('when the account is %s; and it is left in peace', async (what, entry) => {
    await open({ accounts: `accounts:\n  - ${entry}\n` });
    if (what === 'closed') await register(diary.bot, ACCOUNT, { status: 'closed' });
    await climb();
    await diary.minutes(61);
    expect((await score()).counts).toMatchObject({ passed: 6, failed: 0 });
    expect(await celebrations()).toEqual([]);
    expect((await score()).climb).not.toHaveProperty('wasBelow');
    await diary.minutes(2);
    expect(Date.parse((await score()).wakeAt) - diary.clock.now().getTime()).toBeGreaterThan(3_600_000);
  });
});

describe('it waits', () => {
  test('on a day of rest, and for the morning', async () => {
    await open({ from: '2026-12-03 10:00' });
    await checked();
    await breaks('S3.8');
    // Friday, at nine in the evening.
    await diary.until('2026-12-04 21:00');
    await fixed('S3.8');
    await diary.minutes(3);
    await diary.posted();
    await daysPass('2026-12-05', '2026-12-06');
    await diary.until('2026-12-07 08:59');
    expect(await celebrations()).toEqual([]);
    // Nobody has forgotten the days that have ended meanwhile.
    expect((await score()).recent.slice(-3).map(({ score: points }) => points)).toEqual([100, 100, 100]);
    await diary.until('2026-12-07 09:01');
    expect(await celebrations()).toEqual(CELEBRATED);
    expect(readAloud((await diary.card())['blocks'])).toContain('12月4日(金) に到達');
  });

  test('and what falls meanwhile is counted at once, and not celebrated', async () => {
    await open({ from: '2026-12-03 10:00' });
    await checked();
    await breaks('S3.8');
    await diary.until('2026-12-04 20:00');
    await fixed('S3.8');
    await diary.minutes(3);
    await daysPass('2026-12-05');
    await breaks('EC2.19');
    await diary.minutes(3);
    expect((await score()).counts.failed).toBe(1);
    await diary.until('2026-12-07 12:00');
    expect(await celebrations()).toEqual([]);
  });

  test('while Security Hub cannot be reached', async () => {
    await open();
    await climb();
    await diary.hub.addFault({ kind: 'error', operation: 'GetFindings', when: 'always' });
    await diary.minutes(61);
    expect(await celebrations()).toEqual([]);
    expect(diary.logged.join('\n')).toContain('an account could not be compared with Security Hub');
    await diary.hub.clearFaults();
    await diary.minutes(30);
    expect(await celebrations()).toEqual([]);
    await diary.minutes(35);
    expect(await celebrations()).toEqual(CELEBRATED);
  });
});

test('what was missed is found before anybody celebrates it: the problem is asked about instead', async () => {
  await open();
  await climb();
  // Its event is lost.
  failing.add('EC2.13');
  await diary.hold({ ...finding('EC2.13'), UpdatedAt: diary.clock.now().toISOString() });
  await diary.minutes(61);
  expect(await diary.postedNow()).toEqual(['#shop-prod card EC2.13']);
  expect((await score()).counts).toMatchObject({ passed: 5, failed: 1 });
  await diary.until('2026-12-01 19:00');
  expect(await celebrations()).toEqual([]);
});

describe('where it is told', () => {
  const account = (channel: string) =>
    `accounts:\n  - { id: '${ACCOUNT}', name: shop-prod, kind: production, owner: U0OWNER1, channel: ${channel} }\n`;

  test('once, where everybody’s channel is the account’s own', async () => {
    await open({ environment: { RANKING_CHANNEL_ID: 'C0SHOPPRD' } });
    await climb();
    await diary.minutes(61);
    expect(await celebrations()).toEqual(['#shop-prod celebration']);
  });

  test('in the account’s channel alone, where there is none for everybody', async () => {
    await open({ environment: { RANKING_CHANNEL_ID: '' } });
    await climb();
    await diary.minutes(61);
    expect(await celebrations()).toEqual(['#shop-prod celebration']);
  });

  test('not in a channel that outsiders share: in the default channel, which says why', async () => {
    await open({ accounts: account('C0SHARED') });
    await climb();
    await diary.minutes(61);
    expect((await celebrations()).sort()).toEqual(['#requests celebration', `${SCORES} celebration`]);
    const card = await diary.card('C0REQUESTS');
    expect(readAloud(card['blocks'])).toContain('#C0SHARED に投稿できなかったため');
    expect((await newest('C0REQUESTS')).reactions).toHaveLength(3);
  });
});
