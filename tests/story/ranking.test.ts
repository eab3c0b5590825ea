import { shownWords } from '../../blocks/words/shown';
import { tick } from '../../handlers/clock';
import { readAloud } from '../blocks/read-aloud';
import { type AsffDocument, asff } from '../fixtures/findings';
import { manualClock } from '../setup/spine';
import { HOUR, openStage, type Stage } from './stage';

jest.setTimeout(60_000);

const [ja, en] = [shownWords('ja'), shownWords('en')];
const SCORES = 'C0SCORES';
const DEV = '444455556666';
const ACCOUNTS = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, project: Shop, owner: U0OWNER1, channel: C0SHOPPRD }
  - { id: '${DEV}', name: shop-dev, kind: non-production, project: Lab, owner: U0MEMBER, channel: C0SHOPDEV }
`;

let stage: Stage;
afterEach(async () => {
  await stage.close();
  expect(stage.logged.filter((line) => !line.startsWith('a press was denied'))).toEqual([]);
});

const passed = (finding: AsffDocument): AsffDocument => ({
  ...finding,
  Compliance: { ...finding.Compliance, Status: 'PASSED' },
});
/** Six controls each that people are asked about: what policy suppresses is in no score. */
const controls = ['EC2.19', 'EC2.13', 'EC2.18', 'RDS.2', 'S3.8', 'S3.2'];
const prod = controls.map((control) => asff({ control, severity: 'HIGH' }));
const dev = controls.map((control) => asff({ control, severity: 'HIGH', account: DEV }));
const state = (findings: readonly AsffDocument[], failing: number) =>
  findings.map((finding, n) => (n < failing ? finding : passed(finding)));

/** From here to the next morning Security Hub updates its findings, and the clock goes round. */
async function day(prodFailing: number, devFailing: number): Promise<void> {
  await stage.report(...state(prod, prodFailing), ...state(dev, devFailing));
  for (const hours of [1, 14, 9]) {
    stage.clock.advance(hours * HOUR);
    await tick(stage.bot);
    await stage.drain();
  }
}
const rankings = async () => {
  const posts = await stage.people.channel(SCORES);
  return posts.filter((post) => readAloud(post['blocks']).startsWith('🏆'));
};
const say = async (user: string, text = '') => {
  const { message } = await stage.act(() =>
    stage.people.command(user, 'C0REQUESTS', `ranking ${text}`.trim()),
  );
  return message ?? (await stage.whispered(user));
};
const ask = async (user: string, text = '') => {
  const message = await say(user, text);
  return readAloud(message?.['blocks']);
};

describe('a week of two accounts', () => {
  beforeEach(async () => {
    // Wednesday at ten past ten: that week's turn is over once there is a score.
    stage = await openStage({
      accounts: ACCOUNTS,
      clock: manualClock('2026-11-25T01:10:00.000Z'),
      environment: { RANKING_CHANNEL_ID: SCORES },
    });
  });

  test('the ranking appears once a week, with its picture, and names who has climbed', async () => {
    await day(2, 1);
    expect(await rankings()).toHaveLength(1);
    await day(2, 1);
    await day(2, 1);
    await day(0, 1);
    await day(0, 1);
    expect(await rankings()).toHaveLength(2);
    await day(0, 1);
    const [, post, ...others] = await rankings();
    expect(others).toEqual([]);
    const text = readAloud(post?.['blocks']);
    expect(text).toMatch(/^🏆 11月30日\(月\) のスコアランキング/);
    expect(text).toContain('• *shop-prod (111122223333)* — 6 件のコントロールすべてに合格 · @U0OWNER1 さん');
    expect(text).toContain('🥇 1 | shop-prod (111122223333) | 100 % |');
    expect(text).toContain('🥈 2 | shop-dev (444455556666) | 83 % |');
    expect(text).toContain('スコアの中央値 75 → 92 % · 100 %: 1 アカウント (+1)');
    expect(JSON.stringify(post)).toContain('"slack_file"');
    expect((await stage.bot.scores.weeks(5)).map(({ week, median }) => [week, median])).toEqual([
      ['2026-11-23', 75],
      ['2026-11-30', 92],
    ]);

    // Anybody may ask for it, in their own language; the answer comes with its pictures.
    const japanese = await say('U0OWNER1');
    expect(readAloud(japanese?.['blocks'])).toContain(ja.ranking.organisation);
    expect(JSON.stringify(japanese).match(/"slack_file"/g)).toHaveLength(2);
    const english = await ask('U0MEMBER', 'production');
    expect(english).toContain(en.ranking.kind.production);
    expect(english).toContain('🥇 1 | shop-prod (111122223333) | 100 % |');
    expect(english).not.toContain('shop-dev (');
    expect(await ask('U0OWNER1', '開発')).toContain('🥇 1 | shop-dev (444455556666) | 83 % |');
    expect(await ask('U0OWNER1', 'lab')).toContain('🏆 Lab のスコアランキング');
    expect(await ask('U0MEMBER', 'lap')).toContain('`/secops ranking Lab`');
    expect(await ask('U0OWNER1', 'nothing-like-it')).toContain(ja.misread.ranking.choices.markup);

    // Home shows the owner their account, and everybody the organisation's last week.
    await stage.act(() => stage.people.home('U0OWNER1'));
    const home = readAloud((await stage.people.user('U0OWNER1')).home);
    expect(home).toContain('*100 %* shop-prod (111122223333) — 7 日間');
    expect(home).toContain('スコアの中央値 75 → 92 %');
    await stage.act(() => stage.people.home('U0LEAD'));
    const lead = readAloud((await stage.people.user('U0LEAD')).home);
    expect(lead).not.toContain('*100 %* shop-prod');
    expect(lead).toMatch(/75 → 92 %/);
  });
});

test('before there is any score it says so, and posts nothing', async () => {
  stage = await openStage({ accounts: ACCOUNTS, environment: { RANKING_CHANNEL_ID: SCORES } });
  stage.clock.advance(HOUR);
  await tick(stage.bot);
  await stage.drain();
  expect(await rankings()).toEqual([]);
  expect(await ask('U0OWNER1')).toContain('順位を付けられるアカウントは、まだありません。');
});

test('guests have no ranking, listed or not', async () => {
  stage = await openStage({ accounts: ACCOUNTS });
  expect(await ask('U0GUEST')).toContain(en.ruling.guest.markup);
});
