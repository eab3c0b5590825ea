import type { Browser, Locator } from 'playwright-core';
import { shownWords } from '../../blocks/words/shown';
import type { ControlId } from '../../src/controls';
import { loadPlaybooks } from '../../src/playbooks';
import { asff } from '../fixtures/findings';
import { openChromium } from './chromium';
import { type StartedPage, startPage } from './start-page';
import { stepsOf } from './step';
import { NARROW, SLOW_MS, Visitor } from './visitor';

/** One story, told by clicking: each test goes on where the last one ended. */
const [ja, en] = [shownWords('ja'), shownWords('en')];
const PROD = 'shop-prod-security';
const DEV = 'shop-dev-security';
const REQUESTS = 'security-requests';
/** The first account that is enabled on the page, which has no owner yet. */
const NEW_ACCOUNT = '777788889999';
const REASON = '社内の検証にだけ使うバケットです。来月には削除します。';
const QUESTION = '取引先から読む必要があります。どうすればよいですか。';
const ANSWER = '専用のロールを作り、そのロールだけに読み取りを許可してください。';
const REASON_EN = 'Open source builds only, nothing of a customer. The bucket goes away next month.';
const QUESTION_EN = 'A partner still logs in to the bastion. What should we do?';
const ANSWER_EN = 'Let in only the partner’s VPN address, and close the rest.';

const playbooks = loadPlaybooks('config/playbooks');
/** What a list calls a control, in Japanese. */
const titleOf = (control: string): string => playbooks.lookup(control as ControlId)?.text.ja.title ?? control;

let program: StartedPage;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [program, browser] = await Promise.all([startPage(), openChromium()]);
  visitor = await Visitor.open(browser, program.url);
  await visitor.sees(visitor.page.getByRole('main'));
  // By the page's own clock, which starts when it is opened: a new Chromium needs its time before that.
  const usable = Math.round(await visitor.page.evaluate<number>('performance.now()'));
  process.stdout.write(`npm start says where the page is after ${program.startedMs} ms; `);
  process.stdout.write(`the page is usable ${usable} ms after it was opened\n`);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
}, 30_000);

const step = stepsOf(() => visitor, 'story');
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

/**
 * Opens the list of a message about many requests, and brings the card of the first one. The message speaks the
 * channel's language, the dialog that of the person; here they are the same.
 */
async function showFirst(bulletin: Locator, w: typeof ja): Promise<void> {
  await button(bulletin, w.bulletin.showList).click();
  await button(visitor.modal(), w.bulletin.show).first().click();
  await visitor.page.keyboard.press('Escape');
  await visitor.seesNoMore(visitor.modal());
}

describe('in Japanese', () => {
  const invoices = () => visitor.message(PROD, 'S3.2', 'shop-prod-invoices');
  const plain = () => visitor.message(PROD, 'S3.5');
  const digest = () => visitor.message(REQUESTS, NEW_ACCOUNT, /依頼が \d+ 件/);
  const fromDigest = () => visitor.message(REQUESTS, NEW_ACCOUNT, ja.card.account, ja.severity.HIGH);

  step('the first screen has something taken, overdue, suppressed and resolved', async () => {
    await visitor.seesNoMore(visitor.page.getByText(visitor.side.aws.seeding), SLOW_MS);
    await visitor.sees(visitor.page.getByText(visitor.w.standIn));
    await visitor.goTo(PROD);
    // On a busy machine the past may not even have begun to be played.
    await visitor.sees(visitor.message(PROD, 'ELB.1', '(過ぎています)'), SLOW_MS);
    await visitor.sees(visitor.message(PROD, 'IAM.5', ja.card.taken));
    // The last of the past.
    await visitor.sees(visitor.message(PROD, 'EC2.19'), SLOW_MS);
    await visitor.goTo(DEV);
    await visitor.sees(visitor.message(DEV, 'S3.5', en.card.suppressedTitle('').trim()));
    await visitor.sees(visitor.message(DEV, 'EC2.8', en.card.resolvedTitle('').trim()));
  });

  step('App Home opens', async () => {
    await visitor.page.getByRole('navigation').getByRole('link', { name: 'secops', exact: true }).click();
    const home = visitor.page.getByRole('main', { name: visitor.w.home('secops') });
    await visitor.sees(home.getByRole('heading', { name: ja.home.title }));
    await visitor.sees(home.getByRole('heading', { name: ja.home.taken(1) }));
    await visitor.togglePanel();
    await visitor.shoot('home-ja');
  });

  step('what is broken becomes a card at once, and its owner takes it', async () => {
    await visitor.goTo(PROD);
    await visitor.toResource('shop-prod', 'shop-prod-invoices', 'break', 'S3.2');
    await visitor.sees(invoices());
    await invoices().evaluate((message) => message.scrollIntoView());
    await visitor.shoot('aws-ja');
    await button(invoices(), ja.card.take).click();
    await visitor.sees(invoices().filter({ hasText: ja.card.taken }));
    await visitor.sees(invoices().getByRole('link', { name: visitor.w.replies(1) }));
  });

  step('to suppress takes a reason that says something; Security Hub follows', async () => {
    await visitor.toResource('shop-prod', 'shop-prod-invoices', 'break', 'S3.5');
    await button(plain(), ja.card.suppress).click();
    const modal = visitor.modal();
    const reason = modal.getByRole('textbox', { name: ja.suppress.reason });
    await reason.fill(REASON);
    await visitor.pick(modal.getByRole('combobox', { name: ja.suppress.days }), /^14/);
    await visitor.shoot('suppress-ja', modal);
    // To Slack these are 13 characters; the bot sees that they say little.
    await reason.fill(`検証用${' '.repeat(10)}`);
    await button(modal, ja.suppress.submit).click();
    await visitor.sees(modal.getByText(ja.suppress.errors.reasonShort));
    expect(await visitor.violations()).toEqual([]);
    await reason.fill(REASON);
    await button(modal, ja.suppress.submit).click();
    await visitor.seesNoMore(modal);
    await visitor.sees(plain().filter({ hasText: REASON }));

    const aws = await visitor.aws();
    await aws.getByRole('searchbox').fill('shop-prod-invoices');
    await visitor.sees(aws.getByRole('row', { name: /S3\.5/ }).filter({ hasText: 'SUPPRESSED' }));
    await aws.getByRole('searchbox').fill('');
  });

  step('who suppressed may take it back, after being asked', async () => {
    await button(plain(), ja.card.undo).click();
    await visitor.sees(dialogTitle(ja.card.undoTitle));
    expect(await visitor.violations()).toEqual([]);
    await button(visitor.modal(), ja.card.undo).click();
    await visitor.sees(button(plain(), ja.card.suppress));
  });

  step('what a person may not suppress alone, the dialog says; Escape closes it', async () => {
    await button(invoices(), ja.card.suppress).click();
    await visitor.sees(button(visitor.modal(), ja.suppress.askApproval));
    await visitor.sees(visitor.modal().getByText('セキュリティ責任者 1 名の承認が必要です'));
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.keyboard.press('Escape');
    await visitor.seesNoMore(visitor.modal());
  });

  step('a question in the thread is answered by an analyst', async () => {
    await button(invoices(), visitor.w.more).click();
    await visitor.page.getByRole('menuitem', { name: ja.questions.ask }).click();
    await visitor.modal().getByRole('textbox').fill(QUESTION);
    await button(visitor.modal(), ja.questions.askSubmit).click();
    await visitor.seesNoMore(visitor.modal());

    await visitor.become('analyst');
    await visitor.goTo(PROD);
    await invoices()
      .getByRole('link', { name: visitor.w.replies(2) })
      .click();
    const asked = visitor.thread().getByRole('article').filter({ hasText: QUESTION });
    await button(asked, ja.questions.answer).click();
    await visitor.modal().getByRole('textbox').fill(ANSWER);
    await button(visitor.modal(), ja.questions.answerSubmit).click();
    await visitor.seesNoMore(visitor.modal());
    await visitor.sees(visitor.thread().getByRole('article').filter({ hasText: ANSWER }));
    await visitor.togglePanel();
    await invoices().evaluate((message) => message.scrollIntoView());
    await visitor.shoot('request-ja');
  });

  step('a reason said to the bot in the thread is offered as one', async () => {
    await visitor.become('owner');
    await visitor.goTo(PROD);
    await plain().hover();
    await plain().getByRole('link', { name: visitor.w.replyInThread }).click();
    await visitor.write(`@secops ${REASON}`, visitor.thread());
    const offer = visitor.thread().getByRole('article').filter({ hasText: visitor.w.onlyYou }).last();
    await button(offer, ja.offers.suppressButton).click();
    await suppress(undefined, ja);
    await visitor.sees(plain().filter({ hasText: REASON }));
    await visitor.thread().getByRole('link', { name: visitor.w.close }).click();
  });

  step('/secops requests completes itself; its list narrows to one account', async () => {
    await visitor.goTo(REQUESTS);
    const field = visitor.page.getByRole('main').getByRole('textbox');
    await field.fill('/sec');
    await visitor.page.getByRole('option', { name: /\/secops requests/ }).click();
    await expect(field.inputValue()).resolves.toMatch(/^\/secops requests ?$/);
    expect(await visitor.violations()).toEqual([]);
    await field.press('Enter');
    const list = visitor.message(REQUESTS, visitor.w.onlyYou);
    await visitor.sees(list.filter({ hasText: 'shop-prod' }).filter({ hasText: '期限を過ぎています' }));
    await visitor.pick(list.getByRole('combobox'), /shop-dev/);
    await visitor.sees(list.filter({ hasText: titleOf('IAM.5') }).filter({ hasNotText: titleOf('ELB.1') }));
  });

  step('a new account’s flood is one message, from which a card is brought', async () => {
    await button(await visitor.aws(), visitor.side.aws.newAccount).click();
    // CRITICAL ones do not wait for the others; those gather for a minute.
    await visitor.sees(visitor.message(REQUESTS, NEW_ACCOUNT, ja.severity.CRITICAL));
    await visitor.moveClock('day');
    await visitor.sees(digest());
    await showFirst(digest(), ja);
    await visitor.sees(fromDigest(), SLOW_MS);
  });

  step('taking a suppression back is refused to whom it does not belong', async () => {
    await visitor.become('lead');
    await visitor.goTo(REQUESTS);
    await button(fromDigest(), ja.card.suppress).click();
    await suppress(REASON, ja);
    await visitor.become('owner');
    await visitor.goTo(REQUESTS);
    await visitor.asksToConfirm(button(fromDigest(), ja.card.undo));
    await button(visitor.modal(), ja.card.undo).click();
    // Whoever presses a card in the channel is answered there.
    await visitor.sees(visitor.message(REQUESTS, visitor.w.onlyYou, /この操作を行えるのは/));
    expect(await visitor.violations()).toEqual([]);
    await visitor.become('lead');
    await visitor.goTo(REQUESTS);
    await visitor.asksToConfirm(button(fromDigest(), ja.card.undo));
    await button(visitor.modal(), ja.card.undo).click();
    await visitor.sees(button(fromDigest(), ja.card.suppress));
  });

  step('a threat comes at once, counts again, and is closed when archived', async () => {
    await visitor.goTo(PROD);
    const aws = await visitor.aws();
    await aws.getByRole('radio', { name: 'shop-prod' }).check();
    const name = visitor.side.aws.threat['brute-force'];
    const card = visitor.message(PROD, 'CredentialAccess:RDS');
    await button(aws, `${visitor.side.aws.see}: ${name}`).click();
    await visitor.sees(card.filter({ hasText: ja.threat.times(12) }));
    await button(aws, `${visitor.side.aws.again}: ${name}`).click();
    await visitor.sees(card.filter({ hasText: ja.threat.times(43) }));
    await button(aws, `${visitor.side.aws.archive}: ${name}`).click();
    await visitor.sees(card.filter({ hasText: ja.threat.closed.markup }));
  });

  step('behind a message stand the decision, its history, the JSON and the calls', async () => {
    await invoices().hover();
    await button(invoices(), visitor.w.behind).click();
    const drawer = visitor.page.getByRole('region', { name: visitor.side.behind.label });
    await visitor.sees(drawer.getByRole('definition').filter({ hasText: 'track' }));
    await visitor.shoot('behind-ja');
    const folded = drawer.locator('details:not([open]) > summary:has(h3)');
    for (let left = await folded.count(); left > 0; left -= 1) await folded.first().click();
    await visitor.sees(drawer.getByText('"block_id"').first());
    await visitor.sees(drawer.getByText('chat.postMessage').first());
    await visitor.sees(drawer.getByText('BatchUpdateFindings').first());
    expect(await visitor.violations()).toEqual([]);
    await button(drawer, visitor.side.close).click();
    await visitor.seesNoMore(drawer);
  });

  step('files dropped on the page are taken in, refused with the reason, or left out', async () => {
    const good = asff({
      control: 'S3.3',
      severity: 'CRITICAL',
      account: '444455556666',
      resource: 'arn:aws:s3:::shop-dev-dropped',
      resourceType: 'AwsS3Bucket',
    });
    await visitor.drop({
      'good.json': JSON.stringify(good),
      'bad.json': JSON.stringify({ ...good, AwsAccountId: 'shop' }),
      'broken.json': '{',
      'other.json': JSON.stringify({
        version: '0',
        id: '00000000-0000-0000-0000-000000000000',
        source: 'aws.health',
        'detail-type': 'AWS Health Event',
        account: '444455556666',
        time: '2026-01-01T00:00:00Z',
        region: 'ap-northeast-1',
        resources: [],
        detail: {},
      }),
    });
    const results = visitor.page.getByRole('region', { name: visitor.side.drop.results });
    const outcome = (name: string, of: 'accepted' | 'refused' | 'dropped') =>
      results.locator('p').filter({ hasText: name }).filter({ hasText: visitor.side.drop.outcome[of] });
    await visitor.sees(outcome('good.json', 'accepted'), SLOW_MS);
    await visitor.sees(outcome('bad.json', 'refused').filter({ hasText: 'AwsAccountId' }), SLOW_MS);
    await visitor.sees(outcome('broken.json', 'refused'), SLOW_MS);
    await visitor.sees(outcome('other.json', 'dropped'), SLOW_MS);
    expect(await visitor.violations()).toEqual([]);
    await button(results, visitor.side.close).click();
    await visitor.goTo(DEV);
    await visitor.sees(visitor.message(DEV, 'S3.3', 'shop-dev-dropped'));
  });

  step('as days go by, owners are reminded', async () => {
    await visitor.become('owner');
    await visitor.goTo(PROD);
    const reminders = visitor.channel(PROD).getByRole('article').filter({ hasText: '期限のお知らせ' });
    const before = await reminders.count();
    // Weekends and holidays are quiet; together with the day above, these are never only that.
    await visitor.moveClock('week');
    await visitor.sees(reminders.nth(before));
  });
});

describe('in English', () => {
  // A reminder names the control and the account too, but takes nothing.
  const card = () => visitor.message(REQUESTS, 'EC2.19', NEW_ACCOUNT, en.card.account);
  const digest = () => visitor.message(REQUESTS, NEW_ACCOUNT, en.bulletin.showList);

  beforeAll(async () => {
    await visitor.page.close();
    await program.stop();
    program = await startPage({ DEFAULT_LANG: 'en', SECOPS_SEED: 'off' });
    visitor = await Visitor.open(browser, program.url);
    // Everybody speaks English before the bot hears of them: it would notice later, but not at once.
    for (const role of ['lead', 'analyst', 'owner'] as const) {
      await visitor.become(role);
      await visitor.speak('en');
    }
  }, 60_000);

  step('nothing has happened yet, and the page says so', async () => {
    await visitor.goTo(REQUESTS);
    await visitor.sees(visitor.page.getByText(visitor.w.noMessages));
  });

  step('a new account’s flood is one message, from which a card is brought', async () => {
    await button(await visitor.aws(), visitor.side.aws.newAccount).click();
    await visitor.sees(card());
    await visitor.moveClock('day');
    await visitor.sees(digest());
    await visitor.togglePanel();
    await digest().evaluate((message) => message.scrollIntoView());
    await visitor.shoot('digest-en');
    await showFirst(digest(), en);
    await visitor.sees(visitor.message(REQUESTS, NEW_ACCOUNT, en.card.account, en.severity.HIGH), SLOW_MS);
  });

  step('with the keyboard alone: a card is taken, a dialog opened and closed', async () => {
    const { keyboard } = visitor.page;
    await visitor.reach(button(card(), en.card.take));
    await keyboard.press('Enter');
    await visitor.sees(card().filter({ hasText: en.card.taken }));
    await visitor.reach(button(card(), visitor.w.more));
    await keyboard.press('Enter');
    await visitor.sees(visitor.page.getByRole('menuitem').and(visitor.page.locator(':focus')));
    await keyboard.press('Enter');
    await visitor.sees(visitor.modal());
    await keyboard.press('Escape');
    await visitor.seesNoMore(visitor.modal());
  });

  const bastion = () => visitor.message(DEV, 'EC2.19');
  const plain = () => visitor.message(DEV, 'S3.5');

  step('an analyst suppresses with a reason, and takes it back', async () => {
    await visitor.become('analyst');
    await visitor.goTo(DEV);
    await visitor.toResource('shop-dev', 'shop-dev-artifacts', 'break', 'S3.5');
    await button(plain(), en.card.suppress).click();
    const modal = visitor.modal();
    await visitor.sees(dialogTitle(en.suppress.title));
    const reason = modal.getByRole('textbox', { name: en.suppress.reason });
    await reason.fill(REASON_EN);
    await visitor.pick(modal.getByRole('combobox', { name: en.suppress.days }), /^14/);
    await visitor.shoot('suppress-en', modal);
    await reason.fill(`test${' '.repeat(10)}`);
    await button(modal, en.suppress.submit).click();
    await visitor.sees(modal.getByText(en.suppress.errors.reasonShort));
    expect(await visitor.violations()).toEqual([]);
    await reason.fill(REASON_EN);
    await button(modal, en.suppress.submit).click();
    await visitor.seesNoMore(modal);
    await visitor.sees(plain().filter({ hasText: REASON_EN }));
    await button(plain(), en.card.undo).click();
    await visitor.sees(dialogTitle(en.card.undoTitle));
    await button(visitor.modal(), en.card.undo).click();
    await visitor.sees(button(plain(), en.card.suppress));
  });

  step('the owner takes a card and asks; the lead answers', async () => {
    await visitor.become('owner');
    await visitor.goTo(DEV);
    await visitor.toResource('shop-dev', 'shop-dev-bastion', 'break', 'EC2.19');
    await button(bastion(), en.card.take).click();
    await visitor.sees(bastion().filter({ hasText: en.card.taken }));
    await button(bastion(), visitor.w.more).click();
    await visitor.page.getByRole('menuitem', { name: en.questions.ask }).click();
    await visitor.modal().getByRole('textbox').fill(QUESTION_EN);
    await button(visitor.modal(), en.questions.askSubmit).click();
    await visitor.seesNoMore(visitor.modal());

    await visitor.become('lead');
    await visitor.goTo(DEV);
    await bastion()
      .getByRole('link', { name: visitor.w.replies(2) })
      .click();
    const asked = visitor.thread().getByRole('article').filter({ hasText: QUESTION_EN });
    await button(asked, en.questions.answer).click();
    await visitor.modal().getByRole('textbox').fill(ANSWER_EN);
    await button(visitor.modal(), en.questions.answerSubmit).click();
    await visitor.seesNoMore(visitor.modal());
    await visitor.sees(visitor.thread().getByRole('article').filter({ hasText: ANSWER_EN }));
    await visitor.togglePanel();
    await bastion().evaluate((message) => message.scrollIntoView());
    await visitor.shoot('request-en');
    await visitor.thread().getByRole('link', { name: visitor.w.close }).click();
    await visitor.become('owner');
  });

  step('what is fixed is thanked for', async () => {
    await visitor.goTo(DEV);
    await visitor.toResource('shop-dev', 'shop-dev-bastion', 'fix', 'EC2.19');
    await visitor.sees(bastion().filter({ hasText: en.card.resolvedTitle('').trim() }));
  });

  step('in OCSF it is the same', async () => {
    const aws = await visitor.aws();
    await aws.getByRole('radio', { name: 'OCSF' }).check();
    await visitor.toResource('shop-dev', 'shop-dev-uploads', 'break', 'S3.3');
    await visitor.sees(visitor.message(DEV, 'S3.3', 'shop-dev-uploads'));
  });

  step('a narrow window holds it all', async () => {
    await visitor.togglePanel();
    await visitor.page.setViewportSize(NARROW);
    const uploads = visitor.message(DEV, 'S3.3', 'shop-dev-uploads');
    await visitor.sees(uploads);
    expect(await visitor.beyondTheEdge()).toBe(0);
    await uploads.evaluate((message) => message.scrollIntoView());
    await visitor.shoot('narrow');
    expect(await visitor.violations()).toEqual([]);
    await button(visitor.page.getByRole('banner'), visitor.w.menu).click();
    expect(await visitor.violations()).toEqual([]);
    await visitor.goTo(PROD);
    await visitor.sees(await visitor.aws());
    expect(await visitor.beyondTheEdge()).toBe(0);
  });
});
