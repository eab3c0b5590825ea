import { readFileSync } from 'node:fs';
import { mrk } from '../../blocks/kit';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type Diary, openDiary } from './diary';
import { elements, labels } from './stage';

jest.setTimeout(60_000);

const OWNER = 'U0OWNER1';
const ACCOUNT = '111122223333';
const accounts = `
accounts:
  - { id: '${ACCOUNT}', name: shop-prod, kind: production, owner: ${OWNER}, channel: C0SHOPPRD }
`;

/** Twelve controls, each of which fails on some resources: enough for a flood. */
const CONTROLS = [
  ...['EC2.2', 'EC2.9', 'EC2.13', 'EC2.14', 'EC2.18', 'EC2.21'],
  ...['ECS.2', 'Lambda.2', 'RDS.2', 'RDS.13', 'Redshift.1', 'SSM.4'],
];
const failing = (control: string, n: number, severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' = 'HIGH') =>
  asff({ control, severity, resource: `arn:aws:ec2:ap-northeast-1:${ACCOUNT}:thing/${control}-${n}` });
const flood = (each: number, controls = CONTROLS, from = 0) =>
  controls.flatMap((control) => Array.from({ length: each }, (_, n) => failing(control, from + n)));

let diary: Diary;
const open = async (silent: boolean) => {
  diary = await openDiary({ from: '2026-11-24 10:00', accounts, known: [ACCOUNT], silent });
};
/** The same where more than fifteen new issues are a flood, which is quicker to tell. */
const openSmall = async (silent: boolean) => {
  await open(silent);
  const calendar = readFileSync('config/calendar.yml', 'utf8');
  await diary.deploy({ 'calendar.yml': calendar.replace(/issues: \d+/, 'issues: 15') });
};
afterEach(async () => {
  await diary.close();
  expect(diary.logged).toEqual([]);
});

/** All requests of the account, with how each of them has been told. */
const told = async (): Promise<Record<string, string>> => {
  const keys = await diary.bot.intake.known.requestsOf(ACCOUNT as never);
  const requests = await Promise.all(keys.map((key) => diary.bot.intake.requests.load(key)));
  return Object.fromEntries(
    requests.flatMap((request) =>
      request ? [[request.control, request.card.ts ? 'card' : (request.listed?.bulletin ?? 'nowhere')]] : [],
    ),
  );
};
const digests = async () => (await diary.cards()).filter((card) => labels(card).includes(showList()));
const showList = () => diary.words.bulletin.showList;
const pressInModal = async (label: string, control: string) => {
  const { modal } = await diary.people.user(OWNER);
  const button = elements(modal).find(
    ({ label: text, value }) => text === label && value.endsWith(`/${control.toLowerCase()}`),
  );
  if (button === undefined) throw new Error(`no ${label} for ${control} among ${labels(modal).join(', ')}`);
  const { action_id, block_id, value } = button;
  return diary.act(() =>
    diary.people.press(OWNER, { surface: 'modal' } as never, { action_id, block_id, value }),
  );
};

test('standards are switched on: one digest, CRITICAL beside it, and nothing is lost or told twice', async () => {
  await open(true);
  const critical = failing('S3.2', 0, 'CRITICAL');
  const ignored = Array.from({ length: 5 }, (_, n) => failing('AutoScaling.2', n, 'MEDIUM'));
  const noticed = failing('SSM.1', 0, 'MEDIUM');
  const all = flood(10);
  await diary.pour([...all.slice(0, 70), critical, ...ignored, noticed, ...all.slice(70)]);
  expect(await diary.posted()).toEqual(['Tue 24 10:00 #shop-prod card S3.2']);
  await diary.minutes(3);
  const [digest, ...others] = await diary.posted();
  expect(others).toEqual([]);
  expect(digest).toMatch(/^Tue 24 10:03 #shop-prod digest /);

  // It counts everything; of what is only told, and suppressed since, nothing is left to be done.
  const text = readAloud((await digests())[0]?.blocks);
  expect(text).toContain(diary.words.bulletin.digest.flood(mrk`@${OWNER} さん`, 13, 120).markup);
  expect(await diary.untold()).toEqual([]);
  const bulletins = new Set(Object.values(await told()));
  expect([...bulletins].filter((how) => how !== 'card')).toHaveLength(1);
  expect(bulletins).not.toContain('nowhere');
  expect(await diary.statuses()).toEqual(
    [
      ...CONTROLS.map((control) => `${control} NOTIFIED × 10`),
      'AutoScaling.2 SUPPRESSED × 5',
      'S3.2 NOTIFIED',
      'SSM.1 SUPPRESSED',
    ].sort(),
  );

  // The day goes on and so do the refreshes; nobody hears anything more until the CRITICAL one is due.
  await diary.until('2026-11-24 18:00');
  await diary.pour(all.slice(0, 30));
  await diary.until('2026-11-25 08:00');
  expect(await diary.posted()).toEqual([]);
  await diary.until('2026-11-25 10:00');
  expect(await diary.posted()).toEqual(['Wed 25 09:00 #shop-prod reminder S3.2']);
});

test('who wants to see one gets its card, and the digest leads to it from then on', async () => {
  await openSmall(false);
  await diary.pour(flood(2));
  await diary.minutes(3);
  const [digest] = await digests();
  if (digest === undefined) throw new Error('there is no digest');
  await diary.posted();

  await diary.press(OWNER, digest, showList());
  await pressInModal(diary.words.bulletin.show, 'EC2.18');
  expect(await diary.postedNow()).toEqual(['#shop-prod card EC2.18']);
  const card = await diary.card();
  expect(labels(card)).toContain(diary.words.card.suppress);
  expect(readAloud(card.blocks)).toContain('EC2.18-0');
  const [now] = await digests();
  expect(readAloud(now?.blocks)).toContain(diary.words.bulletin.openCard);
  expect(JSON.stringify(now?.blocks)).toContain(`p${card.ts.replace('.', '')}`);

  // It is a request like any other: what is fixed is thanked for, and the digest counts it.
  await diary.minutes(60);
  await diary.report(
    ...flood(2, ['EC2.18']).map((finding) => ({
      ...finding,
      Compliance: { ...finding.Compliance, Status: 'PASSED' as const },
    })),
  );
  expect(await diary.postedNow()).toEqual(['#shop-prod card: resolved EC2.18']);
  const [after] = await digests();
  expect(readAloud(after?.blocks)).toContain(diary.words.bulletin.progress(1, 12).markup);
});

test('a digested request gets its own card with its next problem, and at its first reminder', async () => {
  await openSmall(true);
  await diary.pour(flood(2));
  await diary.minutes(3);
  await diary.posted();

  // The afternoon brings one more of one of them.
  await diary.until('2026-11-24 15:00');
  await diary.report(failing('RDS.13', 77));
  await diary.minutes(3);
  expect(await diary.posted()).toEqual(['Tue 24 15:00 #shop-prod card RDS.13']);
  expect(readAloud((await diary.card()).blocks)).toContain(diary.words.card.resources(3));

  // Thursday: all of it is due on Friday.
  await diary.until('2026-11-26 10:00');
  const rows = await diary.posted();
  const cards = rows.filter((row) => row.includes(' card ')).map((row) => row.replace(/.* /, ''));
  // Five of the reminder's requests, no pile of them: its list brings the others.
  expect(cards.length).toBeGreaterThan(0);
  expect(cards.length).toBeLessThanOrEqual(5);
  expect(CONTROLS).toEqual(expect.arrayContaining(cards));
  expect(rows.filter((row) => !row.includes(' card '))).toEqual([
    expect.stringMatching(/^Thu 26 09:00 #shop-prod reminder /),
  ]);
  const reminder = (await diary.cards()).at(-1);
  expect(labels(reminder)).toContain(diary.words.bulletin.showList);
  expect(await diary.untold()).toEqual([]);
});

test('a second flood on the next day is a new digest, and what has a card goes on there', async () => {
  await openSmall(true);
  await diary.pour(flood(2, CONTROLS.slice(0, 9)));
  await diary.minutes(3);
  expect((await diary.posted()).map((row) => row.split(' ').slice(0, 5).join(' '))).toEqual([
    'Tue 24 10:03 #shop-prod digest',
  ]);
  await diary.until('2026-11-25 11:00');
  await diary.report(failing('EC2.2', 77));
  expect(await diary.posted()).toEqual(['Wed 25 11:00 #shop-prod card EC2.2']);

  await diary.until('2026-11-25 14:00');
  await diary.pour([...flood(2, CONTROLS.slice(3), 20), failing('EC2.2', 78), failing('EC2.9', 78)]);
  await diary.minutes(3);
  const rows = await diary.posted();
  expect(rows.map((row) => row.split(' ').slice(0, 5).join(' '))).toEqual([
    'Wed 25 14:00 #shop-prod card:',
    'Wed 25 14:03 #shop-prod digest',
  ]);
  expect(rows[0]).toContain('card: joined EC2.2');
  expect(await digests()).toHaveLength(2);
  expect(await diary.untold()).toEqual([]);
  const how = await told();
  expect(how['EC2.2']).toBe('card');
  expect(how['EC2.9']).toBe(how['RDS.2']);
  expect(how['EC2.13']).not.toBe(how['RDS.2']);
  expect((await diary.statuses()).every((status) => status.includes('NOTIFIED'))).toBe(true);
});
