import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import type { PageLanguage } from '../../local/page/api';
import { sideWords } from '../../local/page/ui/side/words';
import { wordsOf } from '../../local/page/ui/words';
import { smallPng } from './small-png';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const IMAGES = join(__dirname, '..', '..', 'docs', 'images');
export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 400, height: 800 };
/** What a press brings about, on a busy machine. */
const PATIENT_MS = 10_000;
/** A flood of cards, of which a channel takes one a second; days of the clock. */
export const SLOW_MS = 60_000;

/** Longer than the whole page. */
const MOST_TABS = 300;

/** Who the page can be. */
type Role = 'owner' | 'analyst' | 'lead';

/** Somebody who looks at the page and uses it, and notices when something is wrong with it. */
export class Visitor {
  private role: Role = 'owner';
  /** Of each person: the page speaks the language of whoever it is. */
  private readonly languages: Record<Role, PageLanguage> = { owner: 'ja', analyst: 'ja', lead: 'ja' };
  private readonly troubles: string[] = [];

  private constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.troubles.push(message.text());
    });
    page.on('pageerror', (error) => this.troubles.push(String(error)));
    page.on('requestfailed', (request) => {
      this.troubles.push(`${request.url()} ${request.failure()?.errorText ?? ''}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.troubles.push(`${response.url()} ${response.status()}`);
    });
  }

  static async open(browser: Browser, url: string): Promise<Visitor> {
    const page = await browser.newPage({ viewport: WIDE, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
    page.setDefaultTimeout(PATIENT_MS);
    const visitor = new Visitor(page);
    await page.goto(url);
    return visitor;
  }

  /** The words of the page's frame, and of its right-hand side. */
  get w() {
    return wordsOf(this.languages[this.role]);
  }
  get side() {
    return sideWords(this.languages[this.role]);
  }

  /** What went wrong in the browser since this was last asked. */
  takeTroubles(): readonly string[] {
    return this.troubles.splice(0);
  }

  /** What axe-core finds in the page as it is now, one line a violation. */
  async violations(): Promise<readonly string[]> {
    await this.page.evaluate(AXE);
    // `label-title-only` takes a label that is scrolled out of sight for none; `label` still asks that there is one.
    const { violations } = await this.page.evaluate<AxeResults>(
      "axe.run({ rules: { 'label-title-only': { enabled: false } } })",
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    );
  }

  async become(role: Role): Promise<void> {
    const button = this.page.getByRole('group', { name: this.w.you }).getByTitle(this.w.role[role]);
    await button.click();
    this.role = role;
    await this.sees(this.page.locator('.who [aria-pressed=true]').filter({ hasText: this.w.role[role] }));
  }

  /** Changes the language of the person whom the page is. */
  async speak(language: PageLanguage): Promise<void> {
    const name = language === 'ja' ? '日本語' : 'English';
    await this.page.getByRole('group', { name: this.w.languageLabel }).getByRole('button', { name }).click();
    this.languages[this.role] = language;
    await this.sees(this.page.getByRole('button', { name, pressed: true }));
  }

  async goTo(channel: string): Promise<void> {
    // What is unread is said behind the name; another channel's name may begin with this one's.
    const name = new RegExp(`^${channel}(\\s|$)`);
    await this.page.getByRole('navigation').getByRole('link', { name }).click();
    await this.sees(this.channel(channel));
  }

  /** The messages of the channel that is open. */
  channel(channel: string): Locator {
    return this.page.getByRole('log', { name: this.w.messagesIn(`#${channel}`) });
  }

  /** The newest message with these words. */
  message(channel: string, ...texts: readonly (string | RegExp)[]): Locator {
    return texts
      .reduce<Locator>(
        (found, hasText) => found.filter({ hasText }),
        this.channel(channel).getByRole('article'),
      )
      .last();
  }

  thread(): Locator {
    return this.page.getByRole('complementary', { name: this.w.thread });
  }

  modal(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The AWS side, brought to the front. */
  async aws(): Promise<Locator> {
    const tab = this.page.getByRole('tab', { name: this.w.tabAws });
    if (!(await tab.isVisible())) await this.togglePanel();
    await tab.click();
    return this.page.getByRole('region', { name: this.side.aws.label, exact: true });
  }

  /** Opens or closes the right-hand side. */
  async togglePanel(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: this.w.showPanel }).click();
  }

  /** Does something to one resource, and hears that the events have been sent. */
  async toResource(
    account: string,
    resource: string,
    act: 'break' | 'fix' | 'delete' | 'restore',
    what = resource,
  ): Promise<void> {
    const aws = await this.aws();
    await aws.getByRole('radio', { name: account }).check();
    const folded = aws.locator('details').filter({ has: this.page.getByText(resource, { exact: true }) });
    const shown = folded.first();
    if ((await shown.getAttribute('open')) === null) await shown.locator('summary').click();
    const whole = act === 'break' || act === 'fix' ? this.side.aws.all[act] : this.side.aws.acts[act];
    const label = what === resource ? whole : this.side.aws.acts[act];
    await shown.getByRole('button', { name: `${label}: ${what}`, exact: true }).click();
    const said = what === resource ? resource : `${resource} (${what})`;
    await this.sees(aws.getByRole('status').filter({ hasText: this.side.aws.sent(said, act) }));
  }

  /** Writes where the channel's (or the open thread's) words are written, and sends it. */
  async write(text: string, where: Locator = this.page.getByRole('main')): Promise<void> {
    await where.getByRole('textbox').fill(text);
    await where.getByRole('button', { name: this.w.send }).click();
  }

  /** Walks to an element with the Tab key. */
  async reach(what: Locator): Promise<void> {
    await what.first().scrollIntoViewIfNeeded();
    const focused = what.and(this.page.locator(':focus'));
    for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
      if ((await focused.count()) > 0) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not lead to ${String(what)}`);
  }

  /** Opens the list of a select menu and takes one of its options. */
  async pick(menu: Locator, option: string | RegExp): Promise<void> {
    await menu.click();
    await this.page.getByRole('option', { name: option }).first().click();
  }

  /** @param timeout milliseconds; several queues in a row take longer */
  async sees(what: Locator, timeout = PATIENT_MS): Promise<void> {
    await what.first().waitFor({ state: 'visible', timeout });
  }

  /** Presses what opens a dialog. New messages may move it away under the pointer: then it is pressed again. */
  async asksToConfirm(pressed: Locator): Promise<void> {
    for (let tries = 0; tries < 5 && !(await this.modal().isVisible()); tries += 1) {
      await pressed.click();
      await this.modal()
        .waitFor({ state: 'visible', timeout: 2_000 })
        .catch(() => undefined);
    }
    await this.sees(this.modal());
  }

  async seesNoMore(what: Locator, timeout = PATIENT_MS): Promise<void> {
    await what.first().waitFor({ state: 'hidden', timeout });
  }

  /** Moves the clock by a day or a week, and waits until it has arrived. */
  async moveClock(by: 'day' | 'week'): Promise<void> {
    const { clock } = this.side;
    const controls = this.page.getByRole('group', { name: clock.label });
    await controls.getByRole('button', { name: clock[by] }).click();
    await this.sees(controls.getByRole('progressbar'));
    await this.seesNoMore(controls.getByRole('progressbar'), SLOW_MS);
  }

  /** Drops files on the page, as from the desktop. */
  async drop(files: Readonly<Record<string, string>>): Promise<void> {
    // As text: this file is checked without the browser's types.
    const dataTransfer = await this.page.evaluateHandle(`(() => {
      const dropped = new DataTransfer();
      for (const [name, text] of Object.entries(${JSON.stringify(files)})) dropped.items.add(new File([text], name));
      return dropped;
    })()`);
    await this.page.dispatchEvent('body', 'dragenter', { dataTransfer });
    await this.sees(this.page.getByText(this.side.drop.here));
    await this.page.dispatchEvent('body', 'drop', { dataTransfer });
  }

  /** How many pixels of the page lie beyond the window's right edge. */
  beyondTheEdge(): Promise<number> {
    return this.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
  }

  /** A picture for the documents: taken when `SHOTS=1` asks for it, else only looked for. */
  async shoot(name: string, what: Locator | Page = this.page): Promise<void> {
    const path = join(IMAGES, `${name}.png`);
    if (process.env['SHOTS'] === '1') {
      // What lies over the messages for a while: notes of what has been done, the way back to the newest.
      const above = this.page.locator('.notes, .to-end');
      const show = (visibility: string) =>
        above.evaluateAll((all, value) => {
          for (const each of all) each.style.visibility = value;
        }, visibility);
      await show('hidden');
      writeFileSync(path, smallPng(await what.screenshot({ animations: 'disabled' })));
      await show('');
    } else if (!existsSync(path))
      throw new Error(`${path} is missing: SHOTS=1 npm run test:browser takes it`);
  }
}
