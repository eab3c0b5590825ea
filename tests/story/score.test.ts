import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { code, mrk } from '../../blocks/kit';
import { shownWords } from '../../blocks/words/shown';
import { tick } from '../../handlers/clock';
import { readAloud } from '../blocks/read-aloud';
import { type AsffDocument, asff } from '../fixtures/findings';
import { DAY, openStage, type Stage } from './stage';

const [ja, en] = [shownWords('ja'), shownWords('en')];
const MINUTE = 60_000;
const SHOP = '111122223333';
const DEV = '444455556666';
const GUEST = 'U0GUEST';

const ACCOUNTS = `
accounts:
  - { id: '${SHOP}', name: shop-prod, kind: production, project: Shop, owner: U0OWNER1, channel: C0SHOPPRD }
  - { id: '${DEV}', name: shop-dev, kind: non-production, project: shop, owner: U0MEMBER, channel: C0SHOPDEV }
  - { id: '777788889999', name: blog-dev, kind: non-production, owner: U0OWNER1, channel: C0SHOPDEV }
`;

let stage: Stage;
afterEach(() => stage.close());

const open = async (environment?: Readonly<Record<string, string>>) => {
  stage = await openStage({ accounts: ACCOUNTS, ...(environment && { environment }) });
};
const count = async () => {
  stage.clock.advance(2 * MINUTE);
  await tick(stage.bot);
  await stage.drain();
};
const say = (user: string, text: string) =>
  stage.act(() => stage.people.command(user, 'C0REQUESTS', `score ${text}`.trim()));
/** What the person reads: the answer at once, or the one that the job brought. */
const ask = async (user: string, text = '') => {
  const { message } = await say(user, text);
  return readAloud(message ?? (await stage.whispered(user)));
};

/** Five of eight controls pass, one cannot be checked: 63 %. */
const shopFindings = () => [
  ...['EC2.8', 'EC2.2', 'IAM.6', 'S3.1', 'RDS.2'].map((control) => asff({ control, status: 'PASSED' })),
  asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a' }),
  asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-b' }),
  asff({ control: 'EC2.19', severity: 'CRITICAL' }),
  asff({ control: 'KMS.4', status: 'WARNING' }),
];
const asPassed = (finding: AsffDocument): AsffDocument => ({
  ...finding,
  Compliance: { ...finding.Compliance, Status: 'PASSED' },
});
const devFindings = () =>
  ['EC2.8', 'EC2.2'].map((control) => asff({ control, account: DEV, status: 'PASSED' }));

describe('/secops score', () => {
  beforeEach(async () => {
    await open();
    await stage.report(...shopFindings(), ...devFindings());
    await count();
  });

  test('of one account: the number, its counts, what keeps it down and what to do', async () => {
    const text = await ask('U0OWNER1', 'shop-prod');
    expect(text).toContain('63 %　shop-prod (111122223333)');
    expect(text).toContain('合格 5 · 不合格 2 · 確認不能 1');
    expect(text).toContain(ja.scores.newcomer);
    expect(text).toContain('2026-11-24 01:02 UTC 時点 · Security Hub との照合はまだです');
    expect(text).toContain('この 3 件を直すと 63 % → 100 %');
    const order = ['`EC2.19`', '`S3.5`', '`KMS.4`'].map((control) => text.indexOf(control));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(text).toContain('`S3.5` · +12.5 · 不合格のリソース 2 件 · 依頼を開く');
    expect(text).toContain('確認できないリソース 1 件');
    expect(text).toContain('AWS Config がこの種類のリソースを記録しているか');
    expect(text).toContain('AWS FSBP v1.0.0 (5/8)');
    expect(text).toContain(ja.scores.exceptions(0, mrk``).markup);

    // The same for anybody of the workspace, in their own language, by id, by part of the name.
    for (const named of ['shop-prod', SHOP, 'SHOP-P']) {
      const english = await ask('U0MEMBER', named);
      expect(english).toContain('63 %  shop-prod (111122223333)');
      expect(english).toContain('passed 5 · failed 2 · unknown 1');
      expect(english).toContain('Fix these 3: 63 % → 100 %');
      // How much fails is for them as far as the list of requests tells it.
      expect(english).toContain('2 failing resources');
      expect(english).not.toContain('that cannot be checked');
    }
  });

  test('fixed, it rises; from the second day on with a picture', async () => {
    await stage.people.forgetCalls();
    await say('U0OWNER1', 'shop-prod');
    expect(await stage.people.calls('files.completeUploadExternal')).toEqual([]);
    stage.clock.advance(DAY);
    await stage.report(...shopFindings().map((finding) => asPassed(finding)));
    await count();
    const text = await ask('U0OWNER1', 'shop-prod');
    expect(text).toContain('100 %　shop-prod (111122223333)');
    expect(text).toContain(ja.scores.perfect.markup);
    expect(text).toContain('100 % に届きました。');
    expect(text).not.toContain(ja.scores.holding);
    const shown = await stage.whispered('U0OWNER1');
    expect(shown?.['blocks']).toContainEqual(
      expect.objectContaining({
        type: 'image',
        slack_file: { id: expect.any(String) as string },
        alt_text: expect.stringContaining('shop-prod のセキュリティスコアの推移') as string,
      }),
    );
    // One answer each: one to a command cannot be replaced.
    expect((await stage.people.calls('response_url')).length).toBe(2);
  });

  test('the text stays where no picture can be had', async () => {
    stage.clock.advance(DAY);
    await count();
    await stage.people.fail({ method: 'files.getUploadURLExternal', kind: 'error', error: 'internal_error' });
    const text = await ask('U0OWNER1', 'shop-prod');
    expect(text).toContain('shop-prod (111122223333)');
    expect((await stage.whispered('U0OWNER1'))?.['blocks']).not.toContainEqual(
      expect.objectContaining({ type: 'image' }),
    );
    expect(stage.logged.join('\n')).toContain('an answer stays without its picture');
  });

  test('of several: the best first, and the single view where there is only one', async () => {
    const mine = await ask('U0OWNER1');
    expect(mine).toContain(ja.scores.list.mine);
    expect(mine).toContain('• *63 %* 新規 shop-prod (111122223333) — 合格 5 · 不合格 2 · 確認不能 1');
    expect(mine).toContain('• blog-dev (777788889999) — まだ集計していません');
    expect(mine).toContain('中央値 63 % · 100 % のアカウント 0 / 2');
    expect(mine).toContain(ja.scores.list.uncounted(1));

    expect(await ask('U0MEMBER')).toContain('100 %  shop-dev (444455556666)');
    expect(await ask('U0OWNER1', '<@U0MEMBER|member>')).toContain('100 %　shop-dev');
    const theirs = await ask('U0MEMBER', '<@U0OWNER1>');
    expect(theirs).toContain('Accounts that @U0OWNER1 owns or is deputy of');
    expect(theirs).toContain('• *63 %* new shop-prod');

    const project = await ask('U0MEMBER', 'SHOP');
    expect(project).toContain('Scores of Shop');
    expect(project).toContain('median 82 % · 1 of 2 accounts at 100 %');
    expect(project.indexOf('shop-dev')).toBeLessThan(project.indexOf('shop-prod'));
  });

  test('the security team sees all, by kind and project', async () => {
    for (const user of ['U0LEAD', 'U0ANALYST']) {
      const text = await ask(user);
      expect(text).toContain(ja.scores.list.all);
      expect(text).toContain('中央値 82 % · 100 % のアカウント 1 / 3');
      expect(text).toContain('本番: 中央値 63 % · 100 % のアカウント 0 / 1');
      expect(text).toContain('本番以外: 中央値 100 % · 100 % のアカウント 1 / 2');
      expect(text).toContain('Shop: 中央値 82 % · 100 % のアカウント 1 / 2');
      expect(text.indexOf('• *100 %*')).toBeLessThan(text.indexOf('• *63 %*'));
    }
  });

  test('what is not there is said, with what to type', async () => {
    const nowhere = await ask('U0ANALYST', 'nowhere');
    expect(nowhere).toContain(ja.misread.score.unknown(code('nowhere')).markup);
    expect(nowhere).toContain('`/secops score shop-prod`');
    expect(await ask('U0MEMBER', 'shop-prd')).toContain('`/secops score 111122223333`');
    expect(await ask('U0MEMBER', 'shop-')).toContain('Which one do you mean?');
    expect(await ask('U0MEMBER', '123456789012')).toContain('Please check the id');
    expect(await ask('U0MEMBER', 'blog-dev')).toContain('Not counted yet');
    expect(await ask('U0MEMBER', '@somebody')).toBe(
      readAloud({ type: 'mrkdwn', text: en.misread.score.nobody.markup }),
    );
    expect(await ask('U0MEMBER', '<@U0ANALYST>')).toContain('@U0ANALYST does not seem to own an account yet');
    expect(await ask(GUEST)).toBe(en.ruling.guest.markup);
  });
});

test('a guest who may look sees their own accounts, and no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'secops-score-'));
  cpSync('config', folder, { recursive: true });
  writeFileSync(
    join(folder, 'access.yml'),
    `${readFileSync('config/access.yml', 'utf8')}\n  ${GUEST}: [look]\n`,
  );
  writeFileSync(join(folder, 'accounts.yml'), ACCOUNTS.replace('owner: U0MEMBER', `owner: ${GUEST}`));
  await open({ CONFIG_DIR: folder });
  await stage.report(...shopFindings(), ...devFindings());
  await count();

  expect(await ask(GUEST)).toContain('100 %  shop-dev (444455556666)');
  // The project has another account too, which is not even counted.
  expect(await ask(GUEST, 'shop')).toContain('100 %  shop-dev (444455556666)');
  expect(await ask(GUEST, 'shop-prod')).toBe(en.ruling.guest.markup);
  expect(await ask(GUEST, '<@U0OWNER1>')).toBe(en.ruling.guest.markup);
  expect(await ask(GUEST, `<@${GUEST}>`)).toContain('100 %  shop-dev (444455556666)');

  // Somebody of the workspace who has none is told what to type.
  expect(await ask('U0MEMBER')).toBe(en.scores.problems.mine.markup);
  expect(await ask('U0MEMBER', 'shop')).toContain(en.scores.list.project('Shop'));
  rmSync(folder, { recursive: true });
});
