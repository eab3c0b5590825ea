import type { Browser, Locator } from 'playwright-core';
import { words } from '../../blocks/words';
import { asff } from '../fixtures/findings';
import { openChromium } from './chromium';
import { type StartedPage, startPage } from './start-page';
import { stepsOf } from './step';
import { SLOW_MS, Visitor } from './visitor';

/** What stands beside the messages, and what is each person's own: each test goes on where the last one ended. */
const [ja, en] = [words('ja'), words('en')];
const PROD = 'shop-prod-security';
const DEV = 'shop-dev-security';

let program: StartedPage;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [program, browser] = await Promise.all([startPage({ SECOPS_SEED: 'off' }), openChromium()]);
  visitor = await Visitor.open(browser, program.url);
  await visitor.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
}, 30_000);

const step = stepsOf(() => visitor, 'drawer');
const button = (where: Locator, name: string | RegExp) => where.getByRole('button', { name });
const card = () => visitor.message(PROD, 'S3.2', 'shop-prod-invoices');

step('each document behind a message is copied whole', async () => {
  await visitor.goTo(PROD);
  await visitor.toResource('shop-prod', 'shop-prod-invoices', 'break', 'S3.2');
  await card().hover();
  await button(card(), visitor.w.behind).click();
  const drawer = visitor.page.getByRole('region', { name: visitor.side.behind.label });
  const section = (title: string) =>
    drawer.locator('details', { has: visitor.page.getByRole('heading', { name: title, exact: true }) });
  const copied = async (title: string): Promise<unknown> => {
    await section(title).locator('summary:has(h3)').click();
    await button(section(title), visitor.side.behind.copy).first().click();
    await visitor.sees(section(title).getByRole('status').filter({ hasText: visitor.side.behind.copied }));
    return JSON.parse(await visitor.page.evaluate<string>('navigator.clipboard.readText()')) as unknown;
  };
  expect(await copied(visitor.side.behind.blocks)).toContainEqual(
    expect.objectContaining({ type: 'actions', block_id: expect.any(String) }),
  );
  expect(await copied(visitor.side.behind.record)).toMatchObject({ control: 'S3.2', phase: 'open' });
  await button(drawer, visitor.side.close).click();
});

step('files can be chosen instead of dropped', async () => {
  const finding = asff({
    control: 'S3.3',
    severity: 'CRITICAL',
    account: '444455556666',
    resource: 'arn:aws:s3:::shop-dev-chosen',
    resourceType: 'AwsS3Bucket',
  });
  const chosen = visitor.page.waitForEvent('filechooser');
  await button(await visitor.aws(), visitor.side.drop.choose).click();
  const files = [
    { name: 'good.json', text: JSON.stringify(finding) },
    { name: 'broken.json', text: '{' },
  ];
  await (await chosen).setFiles(
    files.map(({ name, text }) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })),
  );
  const results = visitor.page.getByRole('region', { name: visitor.side.drop.results });
  const outcome = (name: string, said: string) =>
    results.locator('p').filter({ hasText: name }).filter({ hasText: said });
  await visitor.sees(outcome('good.json', visitor.side.drop.outcome.accepted), SLOW_MS);
  await visitor.sees(outcome('broken.json', visitor.side.drop.outcome.refused), SLOW_MS);
  await button(results, visitor.side.close).click();
  await visitor.goTo(DEV);
  await visitor.sees(visitor.message(DEV, 'S3.3', 'shop-dev-chosen'));
});

step('an answer to a press in the channel is in the channel', async () => {
  await visitor.goTo(PROD);
  await button(card(), visitor.w.more).click();
  await visitor.page.getByRole('menuitem', { name: ja.card.checkNow }).click();
  await visitor.sees(visitor.message(PROD, visitor.w.onlyYou, ja.answers.checkNow));
});

step('the bot speaks their own language to each person, and the channel’s on the card', async () => {
  const plain = () => visitor.message(PROD, 'S3.5', 'shop-prod-invoices');
  const asked = async (title: string) => {
    await button(plain(), ja.card.suppress).click();
    await visitor.sees(visitor.modal().getByRole('heading', { name: title }));
    await visitor.page.keyboard.press('Escape');
    await visitor.seesNoMore(visitor.modal());
  };
  await visitor.toResource('shop-prod', 'shop-prod-invoices', 'break', 'S3.5');
  await asked(ja.suppress.title);
  await visitor.speak('en');
  await visitor.sees(visitor.page.getByRole('status').filter({ hasText: visitor.w.languageChosen }));
  // The bot remembers for some seconds what Slack has told it.
  await visitor.moveClock('day');
  await asked(en.suppress.title);

  await visitor.become('lead');
  await visitor.goTo(PROD);
  await asked(ja.suppress.title);
});
