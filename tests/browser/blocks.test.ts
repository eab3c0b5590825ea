import type { Browser, Locator } from 'playwright-core';
import { isJson, type Json, textIn } from '../../local/slack/json';
import { slackGateway, webClient } from '../../src/slack';
import { plainPng } from '../fixtures/plain-png';
import { openChromium } from './chromium';
import { FakeApp } from './fake-app';
import { type StartedPage, startPage } from './start-page';
import { stepsOf } from './step';
import { NARROW, Visitor, WIDE } from './visitor';

/** Every kind of block, element and view, as an app in the bot's place sends them. */
const PROD = { id: 'C0SHOPPRD', name: 'shop-prod-security' };
const DEV = { id: 'C0SHOPDEV', name: 'shop-dev-security' };
const REQUESTS = { id: 'C0REQUESTS', name: 'security-requests' };
const OWNER = 'U0OWNER1';
/** 2026-01-01 09:00 in Tokyo, a Thursday. */
const NEW_YEAR = 1_767_225_600;
const PICTURE = 'https://images.example.com/open-requests.svg';

let program: StartedPage;
let browser: Browser;
let app: FakeApp;
let visitor: Visitor;

beforeAll(async () => {
  [program, browser] = await Promise.all([startPage({ SECOPS_SEED: 'off' }), openChromium()]);
  app = await FakeApp.join(program.slack);
  visitor = await Visitor.open(browser, program.url);
  // No network: what an app links to is answered here.
  await visitor.page.route('https://images.example.com/*', (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: chart() }),
  );
  await visitor.togglePanel();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  await app?.leave();
}, 30_000);

const step = stepsOf(() => visitor, 'blocks');

// --- What the app sends ------------------------------------------------------------------------------------

function chart(): string {
  const bars = [80, 56, 64, 30, 18].map(
    (height, index) => `<rect x="${20 + index * 60}" y="${110 - height}" width="40" height="${height}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="330" height="120" fill="#0b6b66">
    <rect width="330" height="120" fill="#eef5f4"/>${bars.join('')}</svg>`;
}

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string, more: Json = {}) => ({ type: 'section', text: mrkdwn(text), ...more });
const raw = (text: string) => ({ type: 'raw_text', text });
const text = (words: string, style?: Json) => ({ type: 'text', text: words, ...(style && { style }) });
const paragraph = (...elements: Json[]) => ({ type: 'rich_text_section', elements });
const rich = (...elements: Json[]) => ({ type: 'rich_text', elements });
const items = (style: 'bullet' | 'ordered', words: readonly string[], more: Json = {}) => ({
  type: 'rich_text_list',
  style,
  elements: words.map((each) => paragraph(text(each))),
  ...more,
});
const option = (value: string, label: string, more: Json = {}) => ({ text: plain(label), value, ...more });
const REGIONS = [option('tokyo', '東京'), option('osaka', '大阪'), option('virginia', 'バージニア北部')];
const button = (actionId: string, label: string, more: Json = {}) => ({
  type: 'button',
  action_id: actionId,
  text: plain(label),
  ...more,
});
const input = (blockId: string, label: string, element: Json, more: Json = {}) => ({
  type: 'input',
  block_id: blockId,
  label: plain(label),
  element: { action_id: blockId, ...element },
  ...more,
});

// --- What is seen ------------------------------------------------------------------------------------------

const message = (channel: { name: string }, ...texts: readonly (string | RegExp)[]) =>
  visitor.message(channel.name, ...texts);
const press = (where: Locator, name: string) => where.getByRole('button', { name, exact: true }).click();
const field = (where: Locator, name: string) => where.getByRole('textbox', { name });
const menu = (where: Locator, name: string) => where.getByRole('combobox', { name, exact: true });
const styleOf = (what: Locator, property: string) =>
  what.evaluate(
    (element, name) => element.ownerDocument.defaultView?.getComputedStyle(element).getPropertyValue(name),
    property,
  );

/** In a narrow window all of it can be reached, and no less accessible. */
async function fitsNarrow(): Promise<void> {
  await visitor.page.setViewportSize(NARROW);
  try {
    expect(await visitor.beyondTheEdge()).toBe(0);
    expect(await visitor.violations()).toEqual([]);
  } finally {
    await visitor.page.setViewportSize(WIDE);
  }
}

async function reads(what: Locator, words: string | RegExp): Promise<void> {
  await visitor.sees(what.filter({ hasText: words }));
}

describe('messages', () => {
  step('a table aligns, wraps and formats its cells; in a narrow window it scrolls by itself', async () => {
    await visitor.goTo(PROD.name);
    const long = 'S3 バケットを誰でも読み取れる状態です。公開する必要がなければ、すぐに閉じてください。';
    await app.post(PROD.id, '依頼の数', [
      {
        type: 'table',
        column_settings: [{ is_wrapped: true }, { align: 'right' }, { align: 'center' }],
        rows: [
          [raw('問題'), raw('件数'), rich(paragraph(text('担当', { bold: true })))],
          [raw(long), raw('12'), rich(paragraph({ type: 'user', user_id: OWNER }))],
          [
            rich(paragraph({ type: 'link', url: 'https://example.com/ec2', text: 'EC2.19' })),
            raw('3'),
            raw('-'),
          ],
        ],
      },
    ]);
    const table = message(PROD, '担当').getByRole('table');
    await visitor.sees(table.getByRole('columnheader', { name: '件数', exact: true }));
    await visitor.sees(table.getByRole('cell', { name: '@Owner' }));
    await visitor.sees(table.getByRole('link', { name: /EC2\.19/ }));
    expect(await styleOf(table.getByRole('cell', { name: '12', exact: true }), 'text-align')).toBe('right');
    expect(await styleOf(table.getByRole('cell', { name: '-', exact: true }), 'text-align')).toBe('center');
    expect(await styleOf(table.getByRole('cell', { name: long }), 'white-space')).toBe('normal');
    expect(await styleOf(table.getByRole('cell', { name: '12', exact: true }), 'white-space')).toBe('nowrap');
    await visitor.sees(message(PROD, '担当').getByRole('figure', { name: '問題, 件数, 担当' }));
    await fitsNarrow();
  });

  step('a data table has a caption, and headings of rows', async () => {
    await app.post(PROD.id, '週の数', [
      {
        type: 'data_table',
        caption: 'アカウントごとの件数',
        row_header_column_index: 0,
        rows: [
          [raw('アカウント'), raw('未対応')],
          [raw('shop-prod'), { type: 'raw_number', value: 4, text: '4 件' }],
          [raw('shop-dev'), { type: 'raw_number', value: 11, text: '11 件' }],
        ],
      },
    ]);
    const table = visitor.channel(PROD.name).getByRole('table', { name: 'アカウントごとの件数' });
    await visitor.sees(table.getByRole('rowheader', { name: 'shop-dev' }));
    await visitor.sees(table.getByRole('cell', { name: '11 件' }));
  });

  step('images stand alone, beside text and in small print, and say what they show', async () => {
    const image = (alt: string) => ({ type: 'image', image_url: PICTURE, alt_text: alt });
    await app.post(PROD.id, '今週の依頼', [
      { ...image('未対応の依頼は月曜の 80 件から金曜の 18 件に減りました'), title: plain('今週の依頼') },
      { type: 'divider' },
      section('*shop-prod* の一週間です。', { accessory: image('小さな棒グラフ') }),
      { type: 'context', elements: [image('凡例'), mrkdwn('1 本が 1 日です。'), plain(':bulb: 参考')] },
    ]);
    const posted = message(PROD, '1 本が 1 日です。');
    await reads(posted.getByRole('figure'), '今週の依頼');
    for (const alt of [/80 件から/, '小さな棒グラフ', '凡例']) {
      const shown = posted.getByRole('img', { name: alt });
      await visitor.sees(shown);
      await expect(shown.evaluate((image) => 'naturalWidth' in image && image.naturalWidth)).resolves.toBe(
        330,
      );
    }
    await visitor.sees(posted.getByRole('separator'));
    await reads(posted, '💡 参考');
  });

  step('a picture that was uploaded has its place before it is there, and opens large', async () => {
    const slack = slackGateway(webClient({ token: 'xoxb-local', apiUrl: `${program.slack}/api/` }));
    const alt = 'shop-prod のスコアは 92 %、先週より 4 ポイント上がりました';
    const id = await slack.uploadPicture({ png: plainPng(1200, 630), name: 'score.png', alt });
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const files = '**/api/slack/files/*';
    await visitor.page.route(files, async (route) => {
      await held;
      await route.continue();
    });
    const image = { type: 'image', slack_file: { id }, alt_text: alt, title: plain('今週のスコア') };
    await app.post(PROD.id, '今週のスコア', [image]);
    const posted = message(PROD, '今週のスコア');
    const shown = posted.getByRole('img', { name: alt });
    await shown.waitFor({ state: 'attached' });
    const place = await shown.boundingBox();
    expect([place?.width, place?.height]).toEqual([640, 336]);
    letGo();
    await shown.evaluate((picture) =>
      'decode' in picture ? (picture.decode as () => unknown)() : undefined,
    );
    expect(await shown.boundingBox()).toMatchObject({ width: 640, height: 336 });
    await visitor.page.unroute(files);

    const opener = posted.getByRole('button', { name: visitor.w.enlarge });
    const large = visitor.page.getByRole('dialog', { name: alt });
    await opener.focus();
    await visitor.page.keyboard.press('Enter');
    await visitor.sees(large.getByRole('img', { name: alt }));
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.keyboard.press('Escape');
    await visitor.seesNoMore(large);
    expect(await opener.evaluate((button) => button.ownerDocument.activeElement === button)).toBe(true);
    await shown.click({ force: true });
    await press(large, visitor.w.close);
    await visitor.seesNoMore(large);
    await fitsNarrow();
  });

  step('reactions are counted; a click adds one’s own or takes it back', async () => {
    const { messages } = await app.client.conversations.history({ channel: PROD.id, limit: 1 });
    const timestamp = messages?.[0]?.ts ?? '';
    await app.client.reactions.add({ channel: PROD.id, timestamp, name: 'tada' });
    const posted = message(PROD, '今週のスコア');
    const reaction = (count: number, pressed: boolean) =>
      posted.getByRole('button', { name: visitor.w.reaction('tada', count), pressed });
    await reaction(1, false).click();
    await visitor.sees(reaction(2, true));
    expect(await visitor.violations()).toEqual([]);
    await reaction(2, true).press('Enter');
    await visitor.sees(reaction(1, false));
  });

  step('rich text: lists in lists, quotes, code, styles and names', async () => {
    const leaves = [
      text('太字', { bold: true }),
      text('斜体', { italic: true }),
      text('取り消し', { strike: true }),
      text('code', { code: true }),
      text('下線', { underline: true }),
      text('目印', { highlight: true }),
    ];
    await app.post(REQUESTS.id, '手順', [
      rich(
        paragraph(...leaves),
        items('bullet', ['ポリシーを確認する', 'アクセスを止める']),
        items('bullet', ['公開アクセスブロックを有効にする'], { indent: 1 }),
        items('ordered', ['担当者に知らせる', '記録を残す'], { offset: 2, border: 1 }),
        { type: 'rich_text_quote', elements: [text('すぐに直してください。')] },
        {
          type: 'rich_text_preformatted',
          elements: [text('aws s3api get-bucket-acl \\\n  --bucket <BUCKET>')],
        },
        paragraph(
          { type: 'user', user_id: OWNER },
          { type: 'usergroup', usergroup_id: 'S0ANALYSTS' },
          { type: 'channel', channel_id: DEV.id },
          { type: 'broadcast', range: 'here' },
          { type: 'emoji', name: 'white_check_mark' },
          { type: 'emoji', name: 'made_up', unicode: '1f6a8' },
          { type: 'link', url: 'https://example.com/acl', text: '詳しい手順' },
          { type: 'date', timestamp: NEW_YEAR, format: '{date_short} {time}', fallback: '元日' },
        ),
      ),
    ]);
    await visitor.goTo(REQUESTS.name);
    const posted = message(REQUESTS, 'ポリシーを確認する');
    for (const [tag, words] of Object.entries({
      strong: '太字',
      em: '斜体',
      s: '取り消し',
      code: 'code',
      u: '下線',
      mark: '目印',
      blockquote: 'すぐに直してください。',
      pre: '--bucket <BUCKET>',
    })) {
      await reads(posted.locator(tag), words);
    }
    const ordered = posted.getByRole('list').filter({ hasText: '記録を残す' });
    await expect(ordered.getAttribute('start')).resolves.toBe('3');
    expect(await styleOf(ordered, 'border-left-style')).toBe('solid');
    const [outer, inner] = ['ポリシーを確認する', '公開アクセスブロック'].map((words) =>
      posted.getByRole('list').filter({ hasText: words }),
    ) as [Locator, Locator];
    expect(await styleOf(outer, 'list-style-type')).toBe('disc');
    expect(await styleOf(inner, 'list-style-type')).toBe('circle');
    const [outerBox, innerBox] = [await outer.boundingBox(), await inner.boundingBox()];
    expect(innerBox?.x).toBeGreaterThan(outerBox?.x ?? Number.NaN);
    for (const words of ['@Owner', '@security-analysts', '@here', '✅', '🚨', '2026年1月1日 9:00']) {
      await visitor.sees(posted.getByText(words, { exact: true }));
    }
    await visitor.sees(posted.getByRole('link', { name: /詳しい手順/ }));
    await posted.getByRole('link', { name: `#${DEV.name}` }).click();
    await visitor.sees(visitor.channel(DEV.name));
  });

  step('mrkdwn: dates in the words of whoever reads, and only the marks that Slack takes', async () => {
    const date = (format: string) => `<!date^${NEW_YEAR}^${format}|2026-01-01>`;
    await app.post(DEV.id, '日付', [
      { type: 'header', text: plain('期限のお知らせ :bell:') },
      section(`期限は ${date('{date_long} {time}')}、つまり${date('{nonsense}')}です。`),
      section('*太字*と _斜体_ と ~取消~ と `code`\n> 引用\n```aws s3 ls <b>&lt;BUCKET&gt;```'),
      section('a*b*c は *そのまま* &amp; <https://example.com/a?b=1&amp;c=2|リンク>'),
    ]);
    const posted = message(DEV, '期限は');
    await visitor.sees(posted.getByRole('heading', { name: '期限のお知らせ 🔔' }));
    await reads(posted, '期限は 2026年1月1日 木曜日 9:00、つまり2026-01-01です。');
    await reads(posted.locator('blockquote'), '引用');
    await reads(posted.locator('pre'), 'aws s3 ls <b><BUCKET>');
    await reads(posted, 'a*b*c は そのまま & リンク');
    const link = posted.getByRole('link', { name: /リンク/ });
    await expect(link.getAttribute('href')).resolves.toBe('https://example.com/a?b=1&c=2');
    await expect(link.getAttribute('rel')).resolves.toBe('noopener noreferrer');
    await visitor.speak('en');
    await visitor.sees(message(DEV, /期限は Thursday, January 1st, 2026 9:00\sAM、/));
    await visitor.speak('ja');
  });

  step('what the page cannot show, it says', async () => {
    await app.post(DEV.id, '動画', [
      {
        type: 'video',
        video_url: 'https://example.com/v',
        thumbnail_url: PICTURE,
        alt_text: '手順の動画',
        title: plain('手順の動画'),
      },
    ]);
    await visitor.sees(visitor.channel(DEV.name).getByText(visitor.w.unknownBlock('video')));
  });
});

describe('menus and fields in a message', () => {
  const posted = () => message(DEV, '担当と期限');

  step('users, channels, lists in groups: what is chosen is shown, and the app hears it', async () => {
    await app.post(DEV.id, '担当と期限', [
      section('担当と期限を選んでください。'),
      {
        type: 'actions',
        elements: [
          { type: 'users_select', action_id: 'user', placeholder: plain('担当者') },
          { type: 'channels_select', action_id: 'channel', placeholder: plain('チャンネル') },
          {
            type: 'static_select',
            action_id: 'region',
            placeholder: plain('リージョン'),
            option_groups: [
              { label: plain('日本'), options: REGIONS.slice(0, 2) },
              { label: plain('米国'), options: REGIONS.slice(2) },
            ],
          },
          {
            type: 'external_select',
            action_id: 'control',
            placeholder: plain('コントロール'),
            min_query_length: 2,
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'datepicker',
            action_id: 'date',
            initial_date: '2026-12-01',
            placeholder: plain('期限の日'),
          },
          { type: 'timepicker', action_id: 'time', placeholder: plain('期限の時刻') },
          { type: 'datetimepicker', action_id: 'moment', initial_date_time: NEW_YEAR },
        ],
      },
      section('知らせる相手', {
        accessory: { type: 'multi_users_select', action_id: 'people', placeholder: plain('知らせる相手') },
      }),
      section('対象のリージョン', {
        accessory: {
          type: 'multi_static_select',
          action_id: 'regions',
          placeholder: plain('対象のリージョン'),
          options: REGIONS,
          max_selected_items: 2,
        },
      }),
    ]);
    await visitor.pick(menu(posted(), '担当者'), 'Analyst');
    await expect(app.hears('user')).resolves.toMatchObject({ selected_user: 'U0ANALYST' });
    await expect(menu(posted(), '担当者').inputValue()).resolves.toBe('Analyst');
    await visitor.pick(menu(posted(), 'チャンネル'), '#security-requests');
    await expect(app.hears('channel')).resolves.toMatchObject({ selected_channel: REQUESTS.id });
    await menu(posted(), 'リージョン').click();
    await visitor.sees(visitor.page.getByText('米国', { exact: true }));
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.getByRole('option', { name: 'バージニア北部' }).click();
    await expect(app.hears('region')).resolves.toMatchObject({ selected_option: { value: 'virginia' } });
  });

  step('an external menu asks the app once enough has been typed', async () => {
    app.answer = ({ type, value }) =>
      type === 'block_suggestion'
        ? { options: ['S3.2', 'S3.5'].map((id) => option(id, `${id} (${textIn(value)})`)) }
        : {};
    const controls = menu(posted(), 'コントロール');
    await controls.click();
    await visitor.sees(visitor.page.getByRole('option', { name: visitor.w.typeMore(2) }));
    expect(await visitor.violations()).toEqual([]);
    await controls.fill('s3');
    await visitor.page.getByRole('option', { name: 'S3.5 (s3)' }).click();
    await expect(app.hears('control')).resolves.toMatchObject({ selected_option: { value: 'S3.5' } });
    await expect(controls.inputValue()).resolves.toBe('S3.5 (s3)');
  });

  step('days and times', async () => {
    const date = posted().getByLabel('期限の日');
    await expect(date.inputValue()).resolves.toBe('2026-12-01');
    await date.fill('2026-12-24');
    await expect(app.hears('date')).resolves.toMatchObject({ selected_date: '2026-12-24' });
    await posted().getByLabel('期限の時刻').fill('17:30');
    await expect(app.hears('time')).resolves.toMatchObject({ selected_time: '17:30' });
    const moment = posted().getByLabel(visitor.w.choose);
    await expect(moment.inputValue()).resolves.toBe('2026-01-01T09:00');
    await moment.fill('2026-01-01T10:00');
    await expect(app.hears('moment')).resolves.toMatchObject({ selected_date_time: NEW_YEAR + 3600 });
  });

  step('several can be chosen, up to the most there may be, and taken away again', async () => {
    const people = menu(posted(), '知らせる相手');
    await visitor.pick(people, 'Owner');
    await expect(app.hears('people')).resolves.toMatchObject({ selected_users: [OWNER] });
    await visitor.page.getByRole('option', { name: 'Lead' }).click();
    await expect(app.hears('people')).resolves.toMatchObject({ selected_users: [OWNER, 'U0LEAD'] });
    await posted()
      .getByRole('button', { name: visitor.w.remove('Owner') })
      .click();
    await expect(app.hears('people')).resolves.toMatchObject({ selected_users: ['U0LEAD'] });
    await visitor.page.keyboard.press('Escape');

    const regions = menu(posted(), '対象のリージョン');
    for (const [name, chosen] of [
      ['東京', 1],
      ['大阪', 2],
    ] as const) {
      await visitor.pick(regions, name);
      await expect(app.hears('regions')).resolves.toHaveProperty('selected_options.length', chosen);
    }
    await visitor.page.getByRole('option', { name: 'バージニア北部' }).click();
    await visitor.seesNoMore(posted().getByRole('button', { name: visitor.w.remove('バージニア北部') }));
    await visitor.page.keyboard.press('Escape');
  });

  step('radio buttons, checkboxes, and buttons that ask first', async () => {
    await app.post(PROD.id, '扱い', [
      section('扱いを決めてください。', {
        accessory: {
          type: 'overflow',
          action_id: 'more',
          options: [option('history', '履歴を見る'), option('mute', '知らせない')],
        },
      }),
      {
        type: 'actions',
        elements: [
          {
            type: 'radio_buttons',
            action_id: 'treatment',
            initial_option: option('track', '直るまで追う'),
            options: [
              option('track', '直るまで追う'),
              option('notify', '知らせるだけ', { description: plain('期限はありません') }),
            ],
          },
          {
            type: 'checkboxes',
            action_id: 'accounts',
            options: [
              { text: mrkdwn('*shop-prod*'), value: 'prod', description: mrkdwn('本番') },
              { text: mrkdwn('shop-dev'), value: 'dev' },
            ],
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          button('apply', '適用する', { style: 'primary' }),
          button('drop', '破棄する', {
            style: 'danger',
            confirm: {
              title: plain('破棄しますか'),
              text: mrkdwn('*元に戻せません。*'),
              confirm: plain('破棄する'),
              deny: plain('やめる'),
              style: 'danger',
            },
          }),
          button('docs', '手順を読む', { url: 'https://example.com/docs' }),
        ],
      },
    ]);
    await visitor.goTo(PROD.name);
    const card = message(PROD, '扱いを決めてください。');
    await visitor.sees(card.getByRole('radio', { name: /直るまで追う/, checked: true }));
    await card.getByRole('radio', { name: /知らせるだけ/ }).check();
    await expect(app.hears('treatment')).resolves.toMatchObject({ selected_option: { value: 'notify' } });
    await card.getByRole('checkbox', { name: /shop-prod/ }).check();
    await card.getByRole('checkbox', { name: /shop-dev/ }).check();
    await app.hears('accounts');
    await expect(app.hears('accounts')).resolves.toMatchObject({
      selected_options: [{ value: 'prod' }, { value: 'dev' }],
    });
    await press(card, visitor.w.more);
    await visitor.page.getByRole('menuitem', { name: '知らせない' }).click();
    await expect(app.hears('more')).resolves.toMatchObject({ selected_option: { value: 'mute' } });
    await press(card, '適用する');
    await app.hears('apply');
    await press(card, '破棄する');
    await visitor.sees(visitor.modal().getByText('元に戻せません。'));
    expect(await visitor.violations()).toEqual([]);
    await press(visitor.modal(), 'やめる');
    await visitor.seesNoMore(visitor.modal());
    await press(card, '破棄する');
    await press(visitor.modal(), '破棄する');
    await app.hears('drop');
    await visitor.sees(card.getByRole('link', { name: /手順を読む/ }));
  });
});

describe('views', () => {
  const modal = () => visitor.modal();
  const form = (title: string, more: Json = {}) => ({
    type: 'modal',
    callback_id: 'form',
    title: plain(title),
    submit: plain('次へ'),
    close: plain('やめる'),
    ...more,
  });
  const FORM = form('担当者の登録', {
    blocks: [
      section('新しいアカウントの担当者を登録します。'),
      input('name', '名前', { type: 'plain_text_input', max_length: 20, focus_on_load: true }),
      input('mail', 'メールアドレス', { type: 'email_text_input', placeholder: plain('you@example.com') }),
      input(
        'wiki',
        '手順の URL',
        { type: 'url_text_input' },
        { optional: true, hint: plain('社内の Wiki など') },
      ),
      input('days', '期限の日数', {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: '1',
        max_value: '90',
        initial_value: '14',
      }),
      input('start', '開始日', { type: 'datepicker' }),
      input('kind', '種別', {
        type: 'radio_buttons',
        options: [option('prod', '本番'), option('dev', '開発')],
      }),
      input(
        'tasks',
        '作業',
        { type: 'checkboxes', options: [option('tell', '知らせる')] },
        { optional: true },
      ),
      input('where', 'リージョン', { type: 'multi_static_select', options: REGIONS }),
      { type: 'actions', elements: [button('help', '書き方を見る')] },
    ],
  });
  const error = (words: string) => modal().getByText(words, { exact: true });

  step('a form says what is missing and what is wrong, in the words of Slack’s client', async () => {
    app.answer = async ({ type, trigger_id }) => {
      if (type === 'block_actions') await app.client.apiCall('views.open', { trigger_id, view: FORM });
      return {};
    };
    await app.post(PROD.id, '登録', [
      section('担当者がいません。', { accessory: button('open', '登録する…') }),
    ]);
    await press(message(PROD, '担当者がいません。'), '登録する…');
    await visitor.sees(modal().getByRole('heading', { name: '担当者の登録' }));
    await visitor.sees(field(modal(), '名前').and(visitor.page.locator(':focus')));
    await expect(field(modal(), '期限の日数').inputValue()).resolves.toBe('14');
    await reads(modal(), '社内の Wiki など');
    expect(await visitor.violations()).toEqual([]);
    await press(modal(), '次へ');
    const said = visitor.w.required;
    await visitor.sees(error(`⚠ ${said['Please complete this required field.']}`));
    await expect(error(`⚠ ${said['Please complete this required field.']}`).count()).resolves.toBe(5);
    await field(modal(), '名前').fill('佐藤');
    await field(modal(), 'メールアドレス').fill('sato');
    await field(modal(), '手順の URL').fill('wiki');
    await field(modal(), '期限の日数').fill('120');
    await press(modal(), '次へ');
    await visitor.sees(error(`⚠ ${said['Please enter a valid email.']}`));
    await visitor.sees(error(`⚠ ${said['Please enter a valid URL.']}`));
    await visitor.sees(error('⚠ 90 以下の値を入力してください。'));
    await fitsNarrow();
  });

  step('a view pushed on top of it keeps what was written; the app sees that at once', async () => {
    let seen: Json = {};
    app.answer = async ({ type, trigger_id, view }) => {
      if (type !== 'block_actions' || !isJson(view) || !isJson(view['state'])) return {};
      seen = view['state'];
      const help = { type: 'modal', title: plain('書き方'), blocks: [section('姓だけを書いてください。')] };
      await app.client.apiCall('views.push', { trigger_id, view: help });
      return {};
    };
    await press(modal(), '書き方を見る');
    await visitor.sees(modal().getByRole('heading', { name: '書き方' }));
    expect(seen).toMatchObject({ values: { name: { name: { value: '佐藤' } } } });
    expect(await visitor.violations()).toEqual([]);
    await press(modal(), visitor.w.back);
    await visitor.sees(modal().getByRole('heading', { name: '担当者の登録' }));
    await expect(field(modal(), '名前').inputValue()).resolves.toBe('佐藤');
    await expect(field(modal(), 'メールアドレス').inputValue()).resolves.toBe('sato');
  });

  step('what the app finds wrong is shown where it is', async () => {
    app.answer = () => ({ response_action: 'errors', errors: { mail: 'この人はすでに登録されています。' } });
    await field(modal(), 'メールアドレス').fill('sato@example.com');
    await field(modal(), '手順の URL').fill('https://wiki.example.com/');
    await field(modal(), '期限の日数').fill('30');
    await modal().getByLabel('開始日').fill('2026-12-01');
    await modal().getByRole('radio', { name: '開発' }).check();
    await modal().getByRole('checkbox', { name: '知らせる' }).check();
    await visitor.pick(menu(modal(), 'リージョン'), '東京');
    await visitor.page.keyboard.press('Escape');
    await press(modal(), '次へ');
    await visitor.sees(error('⚠ この人はすでに登録されています。'));
    await visitor.sees(field(modal(), 'メールアドレス').and(visitor.page.locator(':focus')));
  });

  step('the next view stands on top, is updated while it is open, and clears them all', async () => {
    const confirm = (blocks: readonly Json[]) =>
      form('確認', { callback_id: 'confirm', submit: plain('登録する'), blocks });
    const NOTE = input('note', 'メモ', { type: 'plain_text_input', multiline: true }, { optional: true });
    let pushed = '';
    let submitted: Json = {};
    app.answer = ({ type, view }) => {
      if (type !== 'view_submission' || !isJson(view)) return {};
      if (view['callback_id'] === 'confirm') {
        pushed = textIn(view['id']);
        return { response_action: 'clear' };
      }
      submitted = isJson(view['state']) ? view['state'] : {};
      return { response_action: 'push', view: confirm([section('調べています…'), NOTE]) };
    };
    await field(modal(), 'メールアドレス').fill('suzuki@example.com');
    await press(modal(), '次へ');
    await visitor.sees(modal().getByText('調べています…'));
    expect(submitted['values']).toMatchObject({
      name: { name: { value: '佐藤' } },
      mail: { mail: { value: 'suzuki@example.com' } },
      wiki: { wiki: { value: 'https://wiki.example.com/' } },
      days: { days: { value: '30' } },
      start: { start: { selected_date: '2026-12-01' } },
      kind: { kind: { selected_option: { value: 'dev' } } },
      tasks: { tasks: { selected_options: [{ value: 'tell' }] } },
      where: { where: { selected_options: [{ value: 'tokyo' }] } },
    });
    await field(modal(), 'メモ').fill('急ぎません。');
    const shown = await app.topView(OWNER);
    await app.client.apiCall('views.update', {
      view_id: shown,
      view: confirm([section('登録できます。'), NOTE]),
    });
    await visitor.sees(modal().getByText('登録できます。'));
    await expect(field(modal(), 'メモ').inputValue()).resolves.toBe('急ぎません。');
    await visitor.sees(field(modal(), 'メモ').and(visitor.page.locator(':focus')));
    expect(await visitor.violations()).toEqual([]);
    await press(modal(), '登録する');
    await visitor.seesNoMore(modal());
    expect(pushed).toBe(shown);
    await visitor.sees(
      message(PROD, '担当者がいません。')
        .getByRole('button', { name: '登録する…' })
        .and(visitor.page.locator(':focus')),
    );
  });

  step('App Home shows what is published, and follows it', async () => {
    const home = (open: number) => ({
      type: 'home',
      blocks: [
        { type: 'header', text: plain('あなたの依頼') },
        section(`未対応は *${open} 件* です。`),
        { type: 'section', fields: [mrkdwn('*期限*\n今日'), mrkdwn('*アカウント*\nshop-prod')] },
        { type: 'actions', elements: [button('take', '引き受ける', { style: 'primary' })] },
        { type: 'divider' },
        input(
          'search',
          '探す',
          { type: 'plain_text_input', placeholder: plain('S3.2') },
          { dispatch_action: true },
        ),
        { type: 'image', image_url: PICTURE, alt_text: '今週の依頼の数' },
        { type: 'context', elements: [mrkdwn(`<!date^${NEW_YEAR}^{date_num}|その日> に更新`)] },
      ],
    });
    const publish = (open: number) =>
      app.client.apiCall('views.publish', { user_id: OWNER, view: home(open) });
    app.answer = async ({ event }) => {
      if (isJson(event) && event['type'] === 'app_home_opened') await publish(3);
      return {};
    };
    await visitor.page.getByRole('navigation').getByRole('link', { name: 'secops', exact: true }).click();
    const shown = visitor.page.getByRole('main', { name: visitor.w.home('secops') });
    await visitor.sees(shown.getByRole('heading', { name: 'あなたの依頼' }));
    await reads(shown, '未対応は 3 件 です。');
    await reads(shown, '2026-01-01 に更新');
    await press(shown, '引き受ける');
    await app.hears('take');
    await publish(2);
    await reads(shown, '未対応は 2 件 です。');
    await field(shown, '探す').fill('EC2.19');
    await visitor.page.keyboard.press('Enter');
    await expect(app.hears('search')).resolves.toMatchObject({ value: 'EC2.19' });
    await fitsNarrow();
  });
});
