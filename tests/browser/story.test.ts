import type { Browser, Locator } from 'playwright-core';
import { words } from '../../blocks/words';
import { openChromium } from './chromium';
import { type StartedPage, startPage } from './start-page';
import { NARROW, Visitor, WIDE } from './visitor';

/** One story, told by clicking: each test goes on where the last one ended. */
const [ja, en] = [words('ja'), words('en')];
const PROD = 'shop-prod-security';
const DEV = 'shop-dev-security';
const REQUESTS = 'security-requests';
const REASON = '社内の検証にだけ使うバケットです。来月には削除します。';
const ENGLISH_REASON = 'A test system of ours that goes away in March.';

let program: StartedPage;
let browser: Browser;
let visitor: Visitor;
/** Milliseconds, of which the claim speaks. */
let ready: number;

beforeAll(async () => {
  program = await startPage();
  const began = performance.now();
  browser = await openChromium();
  const launched = performance.now() - began;
  visitor = await Visitor.open(browser, program.url);
  await visitor.sees(visitor.page.getByRole('main'));
  ready = performance.now() - began - launched;
}, 60_000);

afterEach(async () => {
  // Whatever the step was: nothing failed in the browser, and what is on the screen is accessible.
  expect(visitor.takeTroubles()).toEqual([]);
  expect(await visitor.violations()).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  process.stdout.write(`page usable ${Math.round(ready)} ms after it was opened\n`);
}, 30_000);

const button = (where: Locator, name: string | RegExp) => where.getByRole('button', { name });
const dialogTitle = (title: string) => visitor.modal().getByRole('heading', { name: title });

/** Fills in the dialog that suppresses, from its opening to its end. */
async function suppress(reason: string | undefined, w: typeof ja): Promise<void> {
  const modal = visitor.modal();
  await visitor.sees(dialogTitle(w.suppress.title));
  if (reason !== undefined) await modal.getByRole('textbox', { name: w.suppress.reason }).fill(reason);
  await visitor.pick(modal.getByRole('combobox', { name: w.suppress.days }), /^14/);
  await button(modal, w.suppress.submit).click();
  await visitor.seesNoMore(modal);
}

describe('日本語で', () => {
  test('最初の画面には、対応中、期限切れ、抑制済み、解決済みの依頼がある', async () => {
    await visitor.seesNoMore(visitor.page.getByText(visitor.side.aws.seeding));
    await expect(visitor.page.getByText(visitor.w.standIn).isVisible()).resolves.toBe(true);
    await visitor.goTo(PROD);
    await visitor.sees(visitor.message(PROD, 'ELB.1', '(過ぎています)'));
    await visitor.sees(visitor.message(PROD, 'IAM.5', ja.card.taken));
    await visitor.sees(visitor.message(PROD, 'EC2.19', 'shop-prod'));
    await visitor.goTo(DEV);
    await visitor.sees(visitor.message(DEV, 'S3.5', en.card.suppressedTitle('').trim()));
    await visitor.sees(visitor.message(DEV, 'EC2.8', en.card.resolvedTitle('').trim()));
  });

  test('壊すとカードが届き、引き受けられる', async () => {
    await visitor.goTo(PROD);
    await visitor.toResource('shop-prod', 'shop-prod-invoices', 'break', 'S3.2');
    const card = visitor.message(PROD, 'S3.2', 'shop-prod-invoices');
    await visitor.sees(card);
    await button(card, ja.card.take).click();
    await visitor.sees(card.filter({ hasText: ja.card.taken }));
    await visitor.sees(card.getByRole('link', { name: visitor.w.replies(1) }));
  });

  test('抑制は、理由が短いと受け付けられず、書き直すと Security Hub まで届く', async () => {
    await visitor.toResource('shop-prod', 'shop-prod-invoices', 'break', 'S3.5');
    const card = visitor.message(PROD, 'S3.5', 'shop-prod-invoices');
    await button(card, ja.card.suppress).click();
    const modal = visitor.modal();
    const reason = modal.getByRole('textbox', { name: ja.suppress.reason });
    // Ten blanks are ten characters to Slack; the bot sees that they say nothing.
    await reason.fill(`検証用${' '.repeat(10)}。`);
    await visitor.pick(modal.getByRole('combobox', { name: ja.suppress.days }), /^14/);
    await button(modal, ja.suppress.submit).click();
    await visitor.sees(modal.getByText(ja.suppress.errors.reasonShort));
    expect(await visitor.violations()).toEqual([]);
    await reason.fill(REASON);
    await visitor.shoot('suppress-ja', modal);
    await button(modal, ja.suppress.submit).click();
    await visitor.seesNoMore(modal);
    await visitor.sees(card.filter({ hasText: REASON }));

    const aws = await visitor.aws();
    await aws.getByRole('searchbox').fill('shop-prod-invoices');
    await visitor.sees(aws.getByRole('row', { name: /S3\.5/ }).filter({ hasText: 'SUPPRESSED' }));
    await aws.getByRole('searchbox').fill('');
  });

  test('抑制した本人は、確認のあとで抑制を解除できる', async () => {
    const card = visitor.message(PROD, 'S3.5', 'shop-prod-invoices');
    await button(card, ja.card.undo).click();
    await visitor.sees(dialogTitle(ja.card.undoTitle));
    expect(await visitor.violations()).toEqual([]);
    await button(visitor.modal(), ja.card.undo).click();
    await visitor.sees(button(card, ja.card.suppress));
  });

  test('いまの権限で抑制できない項目は、画面がそう伝える', async () => {
    const card = visitor.message(PROD, 'S3.2', 'shop-prod-invoices');
    await button(card, ja.card.suppress).click();
    await visitor.sees(visitor.modal().getByText('この項目は、いまの権限では抑制できません。'));
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.keyboard.press('Escape');
    await visitor.seesNoMore(visitor.modal());
  });

  test('質問はスレッドに届き、セキュリティ担当者が回答する', async () => {
    const card = visitor.message(PROD, 'S3.2', 'shop-prod-invoices');
    await button(card, visitor.w.more).click();
    await visitor.page.getByRole('menuitem', { name: ja.questions.ask }).click();
    await visitor.modal().getByRole('textbox').fill('取引先から読む必要があります。どうすればよいですか。');
    await button(visitor.modal(), ja.questions.askSubmit).click();
    await visitor.seesNoMore(visitor.modal());

    await visitor.become('analyst');
    await visitor.goTo(PROD);
    await card.getByRole('link', { name: visitor.w.replies(2) }).click();
    const asked = visitor.thread().getByRole('article').filter({ hasText: '取引先から読む' });
    await button(asked, ja.questions.answer).click();
    await visitor.modal().getByRole('textbox').fill('専用のロールを使ってください。');
    await button(visitor.modal(), ja.questions.answerSubmit).click();
    await visitor.seesNoMore(visitor.modal());
    await visitor.sees(
      visitor.thread().getByRole('article').filter({ hasText: '専用のロールを使ってください。' }),
    );
    await visitor.shoot('request-ja');
  });

  test('スレッドでボットにメンションして理由を書くと、その理由での抑制を提案される', async () => {
    await visitor.become('owner');
    await visitor.goTo(PROD);
    const card = visitor.message(PROD, 'S3.5', 'shop-prod-invoices');
    await card.hover();
    await card.getByRole('link', { name: visitor.w.replyInThread }).click();
    await visitor.write(`@secops ${REASON}`, visitor.thread());
    const offer = visitor.thread().getByRole('article').filter({ hasText: visitor.w.onlyYou }).last();
    await button(offer, ja.offers.suppressButton).click();
    await suppress(undefined, ja);
    await visitor.sees(card.filter({ hasText: REASON }));
    await visitor.thread().getByRole('link', { name: visitor.w.close }).click();
  });

  test('/secops requests は入力の候補に出て、一覧はアカウントで絞り込める', async () => {
    await visitor.goTo(REQUESTS);
    const field = visitor.page.getByRole('main').getByRole('textbox');
    await field.fill('/sec');
    await visitor.page.getByRole('option', { name: /\/secops requests/ }).click();
    await expect(field.inputValue()).resolves.toMatch(/^\/secops requests ?$/);
    expect(await visitor.violations()).toEqual([]);
    await field.press('Enter');
    const list = visitor.message(REQUESTS, visitor.w.onlyYou, /未対応の依頼/);
    await visitor.sees(list);
    await visitor.pick(list.getByRole('combobox'), /shop-dev/);
    const filtered = visitor.message(REQUESTS, visitor.w.onlyYou, 'Lambda.2');
    await visitor.sees(filtered);
    await expect(filtered.getByText('ELB.1').count()).resolves.toBe(0);
  });

  test('新しいアカウントは 1 つにまとめて届き、依頼を選んでカードを出せる', async () => {
    const aws = await visitor.aws();
    await button(aws, visitor.side.aws.newAccount).click();
    const digest = visitor.message(REQUESTS, '777788889999', /依頼が \d+ 件/);
    await visitor.sees(digest);
    await button(digest, ja.bulletin.show).first().click();
    const card = visitor.message(REQUESTS, '777788889999', ja.card.why);
    await visitor.sees(card);
  });

  test('責任者でない人は抑制を解除できず、セキュリティ責任者は解除できる', async () => {
    await visitor.become('lead');
    await visitor.goTo(REQUESTS);
    const digest = visitor.message(REQUESTS, '777788889999', /依頼が \d+ 件/);
    await button(digest, ja.bulletin.showList).click();
    await visitor.sees(visitor.modal().getByText(/EC2\./).first());
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.keyboard.press('Escape');
  });

  test('脅威はすぐに届き、もう一度見つかると回数が増え、アーカイブされると終わる', async () => {
    await visitor.become('lead');
    await visitor.goTo(PROD);
    const aws = await visitor.aws();
    await aws.getByRole('radio', { name: 'shop-prod' }).check();
    const name = visitor.side.aws.threat['brute-force'];
    await button(aws, `${visitor.side.aws.see}: ${name}`).click();
    const card = visitor.message(PROD, 'CredentialAccess:RDS');
    await visitor.sees(card.filter({ hasText: ja.threat.times(12) }));
    await button(aws, `${visitor.side.aws.again}: ${name}`).click();
    await visitor.sees(card.filter({ hasText: ja.threat.times(43) }));
    await button(aws, `${visitor.side.aws.archive}: ${name}`).click();
    await visitor.sees(card.filter({ hasText: ja.threat.closed.markup }));
  });

  test('時計を 1 日進めると、朝の知らせが届く', async () => {
    const clock = visitor.page.getByRole('group', { name: visitor.side.clock.label });
    await button(clock, visitor.side.clock.day).click();
    await visitor.sees(clock.getByRole('progressbar'));
    await visitor.seesNoMore(clock.getByRole('progressbar'));
    await visitor.become('owner');
    await visitor.goTo(PROD);
    await visitor.sees(visitor.message(PROD, '期限のお知らせ'));
  });
});
