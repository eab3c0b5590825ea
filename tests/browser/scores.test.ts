import type { Browser, Locator } from 'playwright-core';
import { words } from '../../blocks/words';
import { openChromium } from './chromium';
import { type StartedPage, startPage } from './start-page';
import { stepsOf } from './step';
import { NARROW, SLOW_MS, Visitor, WIDE } from './visitor';

/** Scores as teams see them: each test goes on where the last one ended. */
const [ja, en] = [words('ja'), words('en')];
const PROD = 'shop-prod-security';
const DEV = 'shop-dev-security';
const SCORES = 'security-scores';
/** A message as long as a score’s stands in it as a whole. */
const TALL = { width: 960, height: 2_000 };

let program: StartedPage;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [program, browser] = await Promise.all([startPage(), openChromium()]);
  visitor = await Visitor.open(browser, program.url);
  // Before the bot hears of them: it would notice later, but not at once.
  for (const role of ['lead', 'analyst'] as const) {
    await visitor.become(role);
    await visitor.speak('en');
  }
  await visitor.become('owner');
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
}, 30_000);

const step = stepsOf(() => visitor, 'scores');

/** The answer to a command, which only whoever typed it sees. */
const answer = (channel: string, ...texts: readonly (string | RegExp)[]) =>
  visitor.message(channel, visitor.w.onlyYou, ...texts);

/** Waits until a picture has really been loaded; says how wide it is, in its own pixels. */
async function widthOf(picture: Locator): Promise<number> {
  await visitor.sees(picture);
  return picture.evaluate(async (image) => {
    if ('decode' in image) await (image.decode as () => Promise<void>)();
    return 'naturalWidth' in image ? Number(image.naturalWidth) : 0;
  });
}

/** The message alone, in a window that holds all of it. */
async function shootMessage(name: string, message: Locator): Promise<void> {
  await visitor.page.setViewportSize(TALL);
  await visitor.sees(message);
  await visitor.shoot(name, message);
  await visitor.page.setViewportSize(WIDE);
}

async function fitsNarrow(message: Locator): Promise<void> {
  await visitor.page.setViewportSize(NARROW);
  try {
    await message.evaluate((shown) => shown.scrollIntoView());
    expect(await visitor.beyondTheEdge()).toBe(0);
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.screenshot({ path: `/tmp/secops-scores/narrow-${Date.now()}.png` });
  } finally {
    await visitor.page.setViewportSize(WIDE);
  }
}

async function openHome(): Promise<Locator> {
  await visitor.page.getByRole('navigation').getByRole('link', { name: 'secops', exact: true }).click();
  return visitor.page.getByRole('main', { name: visitor.w.home('secops') });
}

describe('scores', () => {
  step('the owner reads in Japanese where shop-prod stands, and how it came there', async () => {
    await visitor.seesNoMore(visitor.page.getByText(visitor.side.aws.seeding), SLOW_MS);
    await visitor.goTo(PROD);
    // On a busy machine the past may not even have begun to be played.
    await visitor.sees(visitor.message(PROD, 'EC2.19'), SLOW_MS);
    await visitor.togglePanel();
    await visitor.write('/secops score shop-prod');
    const shown = answer(PROD, '合格');
    await visitor.sees(shown, SLOW_MS);
    const picture = shown.getByRole('img', { name: /^shop-prod のセキュリティスコア/ });
    expect(await widthOf(picture)).toBeGreaterThan(600);
    await shootMessage('score-ja', shown);
    await fitsNarrow(shown);
  });

  step('the channel of scores holds a ranking', async () => {
    await visitor.goTo(SCORES);
    const ranking = visitor.message(SCORES, ja.ranking.rule.markup);
    await visitor.sees(ranking, SLOW_MS);
    await shootMessage('ranking-ja', ranking);
    await fitsNarrow(ranking);
  });

  step('the lead', async () => {
    await visitor.become('lead');
    await visitor.goTo(SCORES);
    await visitor.write('/secops ranking production');
    await visitor.sees(answer(SCORES, en.ranking.kind.production), SLOW_MS);
    await visitor.write('/secops score');
    await visitor.sees(answer(SCORES, en.scores.list.all), SLOW_MS);
    await shootMessage('all-en', answer(SCORES, en.scores.list.all));
    await shootMessage('rank-en', answer(SCORES, en.ranking.kind.production));
    await fitsNarrow(answer(SCORES, en.scores.list.all));
    await fitsNarrow(answer(SCORES, en.ranking.kind.production));
    await visitor.write('/secops score shop-prod');
    await visitor.sees(answer(SCORES, 'shop-prod'), SLOW_MS);
    await visitor.sees(answer(SCORES, 'quickest way up'), SLOW_MS);
    await shootMessage('score-en', answer(SCORES, 'quickest way up'));
    await openHome();
    await visitor.page.waitForTimeout(3000);
  });

  step('shop-dev', async () => {
    await visitor.become('owner');
    await openHome();
    await visitor.page.waitForTimeout(3000);
    await visitor.page.screenshot({ path: '/tmp/secops-scores/home-owner.png' });
    await visitor.goTo(DEV);
    await visitor.toResource('shop-dev', 'shop-dev-trainee', 'fix', 'IAM.5');
    await visitor.moveClock('day');
    await visitor.sees(visitor.message(DEV, '100 %'), SLOW_MS);
    await visitor.togglePanel();
    await shootMessage('cel-own', visitor.message(DEV, '🙌'));
    await visitor.goTo(SCORES);
    await visitor.sees(visitor.message(SCORES, '🙌'), SLOW_MS);
    await shootMessage('cel-all', visitor.message(SCORES, '🙌'));
    await fitsNarrow(visitor.message(SCORES, '🙌'));
  });
});
