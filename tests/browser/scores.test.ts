import type { Browser, Locator } from 'playwright-core';
import { shownWords } from '../../blocks/words/shown';
import { openChromium } from './chromium';
import { type StartedPage, startPage } from './start-page';
import { stepsOf } from './step';
import { NARROW, SLOW_MS, Visitor, WIDE } from './visitor';

/** Scores as teams see them, until one has reached 100 %: each test goes on where the last one ended. */
const [ja, en] = [shownWords('ja'), shownWords('en')];
const PROD = 'shop-prod-security';
const DEV = 'shop-dev-security';
const REQUESTS = 'security-requests';
const SCORES = 'security-scores';
/** Narrow enough to be read, and high enough for the longest message. */
const WHOLE_MESSAGE = { width: 960, height: 2_000 };

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
const button = (where: Locator, name: string | RegExp) => where.getByRole('button', { name });

/** What only whoever typed a command sees. */
const answer = (channel: string, ...texts: readonly (string | RegExp)[]) =>
  visitor.message(channel, visitor.w.onlyYou, ...texts);

/** Types a command, and waits for the answer with these words. */
async function ask(
  channel: string,
  command: string,
  ...texts: readonly (string | RegExp)[]
): Promise<Locator> {
  await visitor.goTo(channel);
  await visitor.write(command);
  const shown = answer(channel, ...texts);
  // The first picture takes a while to draw.
  await visitor.sees(shown, SLOW_MS);
  return shown;
}

/** Waits until a picture has been loaded; pixels, as it was drawn. */
async function loadedWidth(picture: Locator): Promise<number> {
  await visitor.sees(picture);
  return picture.evaluate(async (image) => {
    if ('decode' in image) await (image.decode as () => Promise<void>)();
    return 'naturalWidth' in image ? Number(image.naturalWidth) : 0;
  });
}

/** A message says its score and what it was counted from: they have to agree. */
async function agrees(message: Locator, counts: RegExp): Promise<void> {
  const headline = await message.getByRole('heading').first().innerText();
  const [, passed = 0, failed = 0, unknown = 0] = (counts.exec(await message.innerText()) ?? []).map(Number);
  expect(headline).toMatch(
    new RegExp(`^${Math.round((100 * passed) / (passed + failed + unknown))} %\\s+shop-`),
  );
}

/** In a narrow window nothing of a message lies beyond the edge, and it is no less accessible. */
async function fitsNarrow(message: Locator): Promise<void> {
  await visitor.page.setViewportSize(NARROW);
  try {
    await message.evaluate((shown) => shown.scrollIntoView());
    expect(await visitor.beyondTheEdge()).toBe(0);
    expect(await visitor.violations()).toEqual([]);
  } finally {
    await visitor.page.setViewportSize(WIDE);
  }
}

/** A picture of one message. */
async function shootMessage(name: string, message: Locator): Promise<void> {
  await visitor.page.setViewportSize(WHOLE_MESSAGE);
  try {
    for (const picture of await message.getByRole('img').all()) await loadedWidth(picture);
    await message.evaluate((shown) => shown.scrollIntoView());
    // Under the pointer a message shows its tools.
    await visitor.page.mouse.move(0, 0);
    // What follows the window's size has followed it when two frames have been drawn.
    await visitor.page.evaluate(
      'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
    );
    await visitor.shoot(name, message);
  } finally {
    await visitor.page.setViewportSize(WIDE);
  }
}

async function openHome(): Promise<Locator> {
  await visitor.page.getByRole('navigation').getByRole('link', { name: 'secops', exact: true }).click();
  return visitor.page.getByRole('main', { name: visitor.w.home('secops') });
}

describe('where accounts stand', () => {
  step('the owner reads how shop-prod came to its score, and what would lift it', async () => {
    await visitor.goTo(PROD);
    // On a busy machine the past may not even have begun to be played.
    await visitor.sees(visitor.message(PROD, 'EC2.19'), 2 * SLOW_MS);
    await visitor.seesNoMore(visitor.page.getByText(visitor.side.aws.seeding), SLOW_MS);
    await visitor.togglePanel();
    const shown = await ask(PROD, '/secops score shop-prod', /合格 \d+/);
    await agrees(shown, /合格 (\d+) · 不合格 (\d+) · 確認不能 (\d+)/);
    await visitor.sees(shown.getByText(/7 日間 \S+ \S+ · 30 日間 \S+ \S+/));
    await visitor.sees(shown.getByText(ja.scores.rule.markup));
    await visitor.sees(shown.getByText(/この \d 件を直すと \d+ % → \d+ %/));
    expect(await shown.getByRole('link', { name: ja.scores.openRequest }).count()).toBeGreaterThan(0);
    const trend = shown.getByRole('img', { name: /^shop-prod のセキュリティスコアの推移。.* \d+ % です。/ });
    expect(await loadedWidth(trend)).toBeGreaterThan(1_000);
    await shootMessage('score-ja', shown);
    await fitsNarrow(shown);
  });

  step('an analyst reads the same in English, and all accounts by kind and project', async () => {
    await visitor.become('analyst');
    const all = await ask(REQUESTS, '/secops score', en.scores.list.all);
    await visitor.sees(all.getByText(/production: median \d+ %/));
    await visitor.sees(all.getByText(/payments: median \d+ %/));
    await visitor.sees(all.getByText(/• \d+ % .*shop-dev \(444455556666\) — passed \d+/));
    await fitsNarrow(all);

    const shown = await ask(PROD, '/secops score shop-prod', /passed \d+/);
    await agrees(shown, /passed (\d+) · failed (\d+) · unknown (\d+)/);
    const trend = shown.getByRole('img', { name: /^Security score of shop-prod over time: \d+ % as of / });
    expect(await loadedWidth(trend)).toBeGreaterThan(1_000);
    await shootMessage('score-en', shown);
  });
});

describe('the ranking', () => {
  step('the week’s stands in its channel, with a picture that opens large', async () => {
    await visitor.become('owner');
    await visitor.goTo(SCORES);
    const ranking = visitor.message(SCORES, ja.ranking.rule.markup);
    await visitor.sees(ranking.getByRole('heading', { name: /^🏆 .*のスコアランキング$/ }));
    const table = ranking.getByRole('table');
    for (const name of ja.ranking.columns) await visitor.sees(table.getByRole('columnheader', { name }));
    await visitor.sees(table.getByRole('row', { name: /🥇 1 \S+ \(\d{12}\) \d+ %/ }));
    await visitor.sees(table.getByRole('cell', { name: 'shop-prod (111122223333)' }));

    const alt = /時点のスコアランキング、上位 \d+ アカウント。1 位 \S+ \d+ %/;
    expect(await loadedWidth(ranking.getByRole('img', { name: alt }))).toBeGreaterThan(1_000);
    const opener = button(ranking, visitor.w.enlarge).first();
    const large = visitor.page.getByRole('dialog', { name: alt });
    await opener.click();
    expect(await loadedWidth(large.getByRole('img', { name: alt }))).toBeGreaterThan(1_000);
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.keyboard.press('Escape');
    await visitor.seesNoMore(large);
    expect(await opener.evaluate((shown) => shown.ownerDocument.activeElement === shown)).toBe(true);
    await fitsNarrow(ranking);
  });

  step('the lead asks for that of production: nobody else is in it', async () => {
    await visitor.become('lead');
    const ranking = await ask(SCORES, '/secops ranking production', en.ranking.kind.production);
    const table = ranking.getByRole('table');
    await visitor.sees(table.getByRole('row', { name: /shop-prod \(111122223333\)/ }));
    expect(await table.getByText('shop-dev').count()).toBe(0);
    for (const alt of [/^Score ranking as of /, /^Score of the organisation over time/]) {
      expect(await loadedWidth(ranking.getByRole('img', { name: alt }))).toBeGreaterThan(1_000);
    }
    await fitsNarrow(ranking);
  });

  step('Home shows owners their accounts, and the lead the organisation', async () => {
    const lead = await openHome();
    await visitor.sees(lead.getByRole('heading', { name: en.home.scores }));
    await visitor.sees(lead.getByText(/Median score .*% · 100 %: \d+ accounts/));
    await visitor.sees(lead.getByText(/Median over \d+ weeks/));

    await visitor.become('owner');
    const home = await openHome();
    await visitor.sees(home.getByRole('heading', { name: ja.home.scores, exact: true }));
    for (const account of ['shop-prod (111122223333)', 'shop-dev (444455556666)']) {
      await visitor.sees(home.getByText(new RegExp(`\\d+ % ${account.replace(/[()]/g, '\\$&')} — 7 日間 `)));
    }
    await home
      .getByRole('heading', { name: ja.home.scores, exact: true })
      .evaluate((heading) => heading.scrollIntoView());
  });
});

describe('100 %', () => {
  const mfa = () => visitor.message(DEV, 'IAM.5', en.card.account);
  const celebration = (channel: string) => visitor.message(channel, /🎉 shop-dev \(444455556666\) .*100 %/);
  /** Adds one’s own to what the bot has begun with, by clicking. */
  const clap = async (message: Locator) => {
    const clapping = (count: number, pressed: boolean) =>
      message.getByRole('button', { name: visitor.w.reaction('clap', count), pressed });
    for (const name of ['tada', 'clap', 'rocket']) {
      await visitor.sees(button(message, visitor.w.reaction(name, 1)));
    }
    await clapping(1, false).click();
    await visitor.sees(clapping(2, true));
  };

  step('what still fails in shop-dev is taken and fixed', async () => {
    await visitor.goTo(DEV);
    await button(mfa(), en.card.take).click();
    await visitor.sees(mfa().filter({ hasText: en.card.taken }));
    await visitor.toResource('shop-dev', 'shop-dev-trainee', 'fix', 'IAM.5');
    await visitor.sees(mfa().filter({ hasText: en.card.resolvedTitle('').trim() }), SLOW_MS);
    await visitor.togglePanel();
  });

  step('it is celebrated in its channel, with thanks to whoever did it', async () => {
    await visitor.moveClock('day');
    const shown = celebration(DEV);
    await visitor.sees(shown.filter({ hasText: '@Owner' }), SLOW_MS);
    const picture = shown.getByRole('img', { name: /^A festive picture .*shop-dev has reached 100 %/ });
    expect(await loadedWidth(picture)).toBeGreaterThan(1_000);
    await clap(shown);
    await fitsNarrow(shown);

    await visitor.become('lead');
    await visitor.goTo(DEV);
    await visitor.sees(button(celebration(DEV), visitor.w.reaction('clap', 2)));
    await shootMessage('celebration-en', celebration(DEV));
  });

  step('and in everybody’s, in that channel’s language', async () => {
    await visitor.become('owner');
    await visitor.goTo(SCORES);
    const shown = celebration(SCORES);
    await visitor.sees(shown.filter({ hasText: '@Owner' }), SLOW_MS);
    const picture = shown.getByRole('img', { name: /^紙吹雪のお祝いの絵。.*shop-dev が 100 % に届き/ });
    expect(await loadedWidth(picture)).toBeGreaterThan(1_000);
    await clap(shown);
    await fitsNarrow(shown);
  });

  step('the score says so, and the ranking names it with its owner', async () => {
    const score = await ask(DEV, '/secops score shop-dev', ja.scores.perfect.markup.replaceAll('*', ''));
    await visitor.sees(score.getByRole('heading', { name: /^100 %\s+shop-dev \(444455556666\)$/ }));
    await visitor.sees(score.getByText(/不合格 0 · 確認不能 0/));

    const ranking = await ask(SCORES, '/secops ranking', /100 % に届いたアカウント/);
    await visitor.sees(ranking.getByText(/• shop-dev \(444455556666\) — .*@Owner/));
    expect(await loadedWidth(ranking.getByRole('img', { name: /shop-dev 100 %/ }))).toBeGreaterThan(1_000);
    await shootMessage('ranking-ja', ranking);
    await fitsNarrow(ranking);
  });
});
