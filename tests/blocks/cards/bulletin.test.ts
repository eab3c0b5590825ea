import type { Button } from '@slack/types';
import * as fc from 'fast-check';
import { drawBulletin, plainBulletin } from '../../../blocks/cards/bulletin';
import { ACTIONS } from '../../../blocks/ids';
import { LIMITS, type Message } from '../../../blocks/kit';
import { checkMessage, checkView } from '../../../blocks/kit/check';
import { drawBulletinList } from '../../../blocks/modals/bulletin-list';
import type { AccountId } from '../../../src/accounts';
import type { BulletinView, LineView } from '../../../src/bulletins';
import { type ControlId, SEVERITIES } from '../../../src/controls';
import { LANGUAGES, type Language } from '../../../src/playbooks';
import { TREATMENTS, type Treated } from '../../../src/policy';
import {
  accountsList,
  CARD_URL,
  celebration,
  digest,
  drift,
  line,
  lines,
  morning,
  observed,
  overdue,
  ranked,
  ranking,
  reminder,
  STAGING,
  undecided,
} from '../bulletin-records';
import { hostile, intruders } from '../hostile';
import { parsedTexts, readAloud } from '../read-aloud';
import { account, HELPER, OWNER, TEAM } from '../records';

const read = (view: BulletinView, language: Language): string => {
  for (const drawn of [drawBulletin(view, language), plainBulletin(view, language)]) {
    expect(checkMessage(drawn)).toEqual([]);
    expect(intruders(drawn)).toEqual([]);
    expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(LIMITS.messageJson);
  }
  return readAloud(drawBulletin(view, language).blocks);
};

const both = (view: BulletinView): readonly [string, string] => [read(view, 'ja'), read(view, 'en')];

const buttons = (drawn: Message): Button[] =>
  drawn.blocks.flatMap((block) => {
    if (block.type === 'section') return block.accessory?.type === 'button' ? [block.accessory] : [];
    return block.type === 'actions'
      ? block.elements.flatMap((element) => (element.type === 'button' ? [element] : []))
      : [];
  });

const mentions = (drawn: Message): string[] =>
  parsedTexts(drawn).flatMap((text) => text.match(/<[@!](?!date)[^>]*>/g) ?? []);

const DAY = '2026-11-24 00:10 UTC';
const ALL = [
  digest(),
  morning(),
  reminder(),
  overdue(),
  observed(),
  undecided(),
  drift(),
  accountsList(),
  ranking(),
];

describe('the digest of a flood', () => {
  test('calls the owner, counts by severity, names the most urgent ten and opens the list of all', () => {
    const [ja, en] = both(digest());
    expect(ja.split('\n').slice(0, 6)).toEqual([
      '🔴 payments-prod (111122223333): 依頼が 15 件あります',
      '@U0OWNER01 さん、新しい依頼が一度に 15 件 (未対応の項目は計 240 件) 見つかったため、1 つにまとめました。上から順にご確認をお願いします。',
      '🔴 重大 (CRITICAL) 1 件   🟠 高 (HIGH) 2 件   🟡 中 (MEDIUM) 12 件',
      '*急ぎの 10 件*',
      `🔴 *危険なポートが全世界に公開されています* \`EC2.19\` · 未対応 2 件 · 期限 ${DAY}`,
      `🟠 *バケットの設定を見直してください (1)* \`S3.1\` · 未対応 1 件 · 期限 ${DAY}`,
    ]);
    expect(ja).toContain('`S3.9`');
    expect(ja).not.toContain('`S3.10`');
    expect(ja).toContain('ほか 5 件は「一覧を見る」でご覧ください。');
    expect(en).toContain('@U0OWNER01, 15 new requests (240 open issues) came at once');
    expect(buttons(drawBulletin(digest(), 'ja'))).toMatchObject([
      { action_id: ACTIONS.bulletinList, value: digest().ref },
    ]);
  });

  test('welcomes a new account', () => {
    const [ja, en] = both(digest({ young: true }));
    expect(ja).toContain('新しいアカウントへようこそ。');
    expect(ja).toContain('@U0OWNER01 さん、依頼は 15 件');
    expect(en).toContain('Welcome to your new account.');
  });

  test('without an owner it asks the security team in their place, or whoever reads it', () => {
    expect(read(digest({ mentions: [TEAM], ownerless: true }), 'ja')).toContain(
      '代わりにご確認をお願いします。',
    );
    const nobody = digest({ mentions: [], ownerless: true });
    expect(read(nobody, 'ja')).toContain('お心当たりの方は、ご確認をお願いします。');
    expect(mentions(drawBulletin(nobody, 'ja'))).toEqual([]);
  });

  test('shows how far it has got: what is done is struck through, what has a card is linked', () => {
    const part = digest({ lines: [line({ done: true }), ...lines(2, { permalink: CARD_URL })] });
    const [ja, en] = both(part);
    expect(ja).toContain('✅ ~危険なポートが全世界に公開されています~ `EC2.19`\n');
    expect(ja).toContain('カードを開く');
    expect(ja).toContain('3 件中 1 件が片付きました。');
    expect(ja).toContain('🟠 payments-prod (111122223333): 依頼が 2 件あります');
    expect(en).toContain('1 of 3 done.');
    expect(JSON.stringify(drawBulletin(part, 'ja'))).toContain(`<${CARD_URL}|カードを開く>`);
  });

  test('all done: thanks, and calls nobody', () => {
    const done = digest({ lines: lines(3, { done: true }), issues: 0 });
    const [ja, en] = both(done);
    expect(ja).toContain('✅ payments-prod (111122223333): 依頼 3 件がすべて片付きました');
    expect(en).toContain('All done. Thank you');
    expect(mentions(drawBulletin(done, 'ja'))).toEqual([]);
  });
});

describe('the morning', () => {
  test('is calm, calls the owners once, and offers the card of each request', () => {
    const [ja, en] = both(morning());
    expect(ja.split('\n').slice(0, 6)).toEqual([
      '🟡 11月24日(火) 朝のまとめ: 新しい依頼 3 件',
      '@U0OWNER01 さん、@S0SECTEAM のみなさん、急ぎのものはありません。お手すきのときにご確認をお願いします。',
      '🟡 *バケットの設定を見直してください (1)*',
      '`S3.1` · payments-prod (111122223333)',
      `未対応 1 件 · 期限 ${DAY}`,
      '[ カードを出す ]',
    ]);
    expect(en).toContain('Morning summary, Tue 24 November: 3 new requests');
    expect(mentions(drawBulletin(morning(), 'ja'))).toHaveLength(2);
    expect(buttons(drawBulletin(morning(), 'ja'))).toMatchObject(
      morning().lines.map(({ ref }) => ({ action_id: ACTIONS.showRequest, value: ref })),
    );
  });

  test('does not call something calm that has become urgent', () => {
    const [ja, en] = both(morning({ lines: [line({ severity: 'HIGH' })] }));
    expect(ja).not.toContain('急ぎのものはありません');
    expect(en).toContain('@U0OWNER01 and @S0SECTEAM, please take a look.');
    expect(read(morning({ lines: lines(1, { severity: 'LOW', overdue: true }) }), 'ja')).toContain(
      '(過ぎています)',
    );
  });

  test('what has a card is linked, what is done offers nothing', () => {
    const view = morning({ lines: [line({ permalink: CARD_URL }), line({ done: true })] });
    expect(read(view, 'ja')).toContain('1 件が片付きました');
    expect(buttons(drawBulletin(view, 'ja'))).toEqual([]);
  });

  test('more than fit are counted, and found in the list', () => {
    const view = morning({ lines: lines(300, { severity: 'MEDIUM' }) });
    const [ja] = both(view);
    const shown = buttons(drawBulletin(view, 'ja')).filter(
      ({ action_id }) => action_id === ACTIONS.showRequest,
    );
    expect(shown.length).toBeGreaterThanOrEqual(20);
    expect(ja).toContain(
      `ほか ${300 - shown.length} 件は、「一覧を見る」か \`/secops requests\` でご覧ください。`,
    );
    expect(buttons(drawBulletin(view, 'ja')).at(-1)).toMatchObject({ action_id: ACTIONS.bulletinList });
  });

  test('in plain blocks the cards are reached through the list', () => {
    expect(buttons(plainBulletin(morning(), 'ja'))).toMatchObject([{ action_id: ACTIONS.bulletinList }]);
  });

  test('all done: thanks', () => {
    const [ja, en] = both(morning({ lines: lines(2, { done: true }) }));
    expect(ja).toContain('✅ 11月24日(火) 朝のまとめ: 2 件がすべて片付きました');
    expect(en).toContain('all of 2 requests done');
  });
});

describe('the reminder', () => {
  test('groups by urgency, links the cards, says who has taken what, and offers to talk', () => {
    const [ja, en] = both(reminder());
    expect(ja).toBe(
      [
        '🔔 期限のお知らせ: 3 件',
        '@U0OWNER01 さん、次の依頼について、状況をご確認ください。',
        '*期限を過ぎています (1 件)*',
        '🔴 *危険なポートが全世界に公開されています* — `EC2.19` · payments-prod (111122223333)',
        '未対応 2 件 · 期限 2026-11-20 00:10 UTC · カードを開く',
        '*今日が期限です (1 件)*',
        '🟠 *危険なポートが全世界に公開されています* — `S3.1` · payments-prod (111122223333)',
        `未対応 2 件 · 期限 ${DAY} · @U0HELPER1 さんが対応中 · カードを開く`,
        '*もうすぐ期限です (1 件)*',
        '🟠 *危険なポートが全世界に公開されています* — `RDS.2` · payments-staging (444455556666)',
        '未対応 2 件 · 期限 2026-11-25 00:10 UTC · カードを開く',
        'もし時間が必要でしたら、スレッドでご相談ください。',
      ].join('\n'),
    );
    expect(en).toContain('*Due today (1)*');
    expect(en).toContain('If you need more time, please just say so in the thread.');
  });

  test('what has been done meanwhile comes last; when all is, it thanks', () => {
    const half = reminder({ lines: [line({ done: true }), line({ overdue: true })] });
    expect(read(half, 'ja')).toMatch(/期限を過ぎています \(1 件\).*片付きました \(1 件\)/s);
    const all = reminder({ lines: [line({ done: true })] });
    expect(read(all, 'ja')).toContain('✅ 期限のお知らせ: 1 件がすべて片付きました');
    expect(mentions(drawBulletin(all, 'ja'))).toEqual([]);
  });
});

describe('what is past its date', () => {
  test('is told the security team by owner, the oldest first, and calls nobody', () => {
    const [ja, en] = both(overdue());
    expect(ja).toContain(
      '*payments-prod (111122223333)* — 2 件 · 責任者: 登録済み\n🔴 *危険なポートが全世界に公開されています* — `S3.1`',
    );
    expect(ja).toContain('責任者: 未登録 (引き受ける方を決めてください)');
    expect(ja).toContain('対応中 · カードを開く');
    expect(en).toContain('— 1 request · owner: none');
    expect(mentions(drawBulletin(overdue(), 'ja'))).toEqual([]);
  });

  test('counts what does not fit', () => {
    const many = overdue({ owners: [{ owner: OWNER, lines: lines(70, { overdue: true }) }], total: 90 });
    const [ja] = both(many);
    const named = ja.match(/`S3\.\d+`/g)?.length ?? 0;
    expect(named).toBeGreaterThanOrEqual(20);
    expect(ja).toContain(`ほか ${90 - named} 件は、`);
  });

  test('says when all of it has been dealt with', () => {
    expect(both(overdue({ owners: [], total: 0 }))).toEqual([
      '✅ 期限を過ぎた依頼はありません\n期限を過ぎた依頼は、すべて片付きました。',
      '✅ No request is past its date\nEverything that was past its date has been dealt with.',
    ]);
  });
});

describe('mode observe', () => {
  test('tells what would have been done, in all and by account, and how to go on', () => {
    const [ja, en] = both(observed());
    expect(ja).toContain('👀 11月24日(火) 様子見 (observe) のまとめ');
    expect(ja).toContain('*合計*: 依頼 13 件、お知らせ 3 件、抑制 47 件');
    expect(ja).toContain(
      '*payments-prod (111122223333)*\n依頼 12 件、お知らせ 3 件、抑制 40 件\n多いもの: `EC2.19` 9 件、`S3.1` 3 件',
    );
    expect(ja).toContain('`enforce` (抑制も行う) にしてください。');
    expect(en).toContain('1 asked about, 0 told, 7 suppressed');
  });

  test('nothing new is said as such', () => {
    expect(read(observed({ accounts: [] }), 'en')).toContain('Nothing new was found.');
  });
});

describe('a control nobody has decided on', () => {
  test('shows what policy proposes and what it touches, and asks for a decision', () => {
    const [ja, en] = both(undecided());
    expect(ja).toContain('🟠 EC2.999 の扱いを決めてください');
    expect(ja).toContain('*本番*: 直るまで追いかけます · 期限 3 日 · ポリシーの行 `other-severe`');
    expect(ja).toContain('*影響の範囲 (2 アカウント、12 件)*\n• payments-prod (111122223333) — 本番 · 8 件');
    expect(en).toContain('*What it touches (12 issues in 2 accounts)*');
    expect(
      buttons(drawBulletin(undecided(), 'en')).map(({ action_id, value }) => [action_id, value]),
    ).toEqual(
      [ACTIONS.decideTrack, ACTIONS.decideNotify, ACTIONS.decideIgnore, ACTIONS.decideLeave].map((action) => [
        action,
        undecided().ref,
      ]),
    );
  });

  test('every decision is confirmed, and says before what it would do', () => {
    const texts = (view: BulletinView, language: Language) =>
      buttons(drawBulletin(view, language)).map(({ confirm }) => confirm?.text.text ?? '');
    expect(texts(undecided(), 'ja')).toEqual([
      expect.stringContaining('2 アカウントの 12 件について責任者に依頼を届け、直るまで追いかけます。'),
      expect.stringContaining('2 アカウントの 12 件を責任者に知らせ、そのあと Security Hub で抑制します。'),
      expect.stringContaining('誰にも知らせずに Security Hub で抑制します。スコアからも外れます。'),
      expect.stringContaining('投稿も Security Hub への書き込みもしません。'),
    ]);
    expect(texts(undecided({ accounts: [] }), 'en')[0]).toContain('Asks owners about whatever is found');
    for (const language of LANGUAGES) {
      for (const text of texts(undecided({ accounts: [{ account: STAGING, issues: 99_999 }] }), language)) {
        expect(text.length).toBeLessThan(300);
        expect(text).not.toContain('…');
      }
    }
  });

  test('answered: who and what, the line that says so in policy.yml, and no more buttons', () => {
    const answer = { treatment: 'ignore', who: HELPER, at: '2026-11-24T03:00:00.000Z' } as const;
    const [ja, en] = both(undecided({ answer }));
    expect(ja).toContain('✅ @U0HELPER1 さんが「知らせずに抑制する」に決めました (2026-11-24 03:00 UTC)。');
    expect(ja).toContain(
      '`- { id: ec2-999, when: { control: EC2.999 }, uncatalogued: true, treatment: ignore }`',
    );
    expect(en).toContain('@U0HELPER1 decided: “Suppress silently”');
    expect(buttons(drawBulletin(undecided({ answer }), 'ja'))).toEqual([]);
  });
});

test('the nightly reconcile tells what it has mended', () => {
  const [ja, en] = both(drift());
  expect(ja).toBe(
    [
      '11月24日(火) 夜間の照合',
      'Security Hub の検出結果 12345 件を、67 回の呼び出しで照合しました。',
      '次の 2 アカウントで、記録とのずれを直しました。',
      '• payments-prod (111122223333) — 未対応に追加 2 件、終了 1 件',
      '• payments-staging (444455556666) — ボットの外での抑制を記録 3 件、ボットの外で抑制が解除され、未対応に戻したもの 1 件、Security Hub に書き直し 2 件、内容を更新 5 件、スコアの数え直し 4 件',
      '*ボットの外で抑制されているもの*: 6 件',
      '• payments-staging (444455556666) — 4 件 (前回は 1 件)',
      '• payments-prod (111122223333) — 2 件',
      'ボットの外での抑制には、理由も期限も、承認の記録もありません。必要なものは、Security Hub でいったん抑制を解除し、ボットから抑制し直してください。',
    ].join('\n'),
  );
  expect(en).toContain('12345 findings of Security Hub were compared, in 67 calls.');
  expect(en).toContain('*Suppressed outside of the bot*: 6 issues');
  expect(read(drift({ accounts: [] }), 'ja')).toContain('記録とのずれはありませんでした。');
  expect(read(drift({ outside: [] }), 'ja')).not.toContain('ボットの外で抑制されているもの');
  const gone = drift({ accounts: [], outside: [{ account: STAGING, count: 0, before: 2 }] });
  expect(read(gone, 'en')).toContain('nothing any more');
  const many = Array.from({ length: 200 }, (_, n) => ({
    account: account({ id: String(100_000_000_000 + n) as AccountId }),
    count: 1,
    before: 0,
  }));
  expect(read(drift({ outside: many }), 'en')).toContain('more accounts');
});

describe('the list of accounts that nobody answers for', () => {
  test('says which, since when, why and how much waits; ten of them have a button', () => {
    const [ja, en] = both(accountsList());
    expect(ja).toContain('👤 責任者のいないアカウント: 2 件');
    expect(ja).toContain('payments-staging (444455556666)');
    expect(ja).toContain('責任者が Slack を退会');
    expect(ja).toContain('待っている検出結果 12 件');
    expect(ja).toContain('[ 責任者を登録… ]');
    expect(ja).toContain('[ アカウントを登録… ]');
    expect(en).toContain('[ CSV to fill in… ]');

    const many = (n: number) =>
      Array.from({ length: n }, (_, place) => ({
        account: account({ id: String(100_000_000_000 + place) as AccountId }),
        since: '2026-11-20T00:00:00.000Z',
      }));
    const [, full] = both(accountsList({ ownerless: many(30), unregistered: many(40) }));
    expect(full.match(/Set the owner…/g)).toHaveLength(5);
    expect(full.match(/\[ Register… \]/g)).toHaveLength(5);
    expect(full).toContain('60 more');
    const [, one] = both(accountsList({ ownerless: many(30), unregistered: [] }));
    expect(one.match(/Set the owner…/g)).toHaveLength(10);
  });

  test('says so when nothing is left', () => {
    const [ja, en] = both(accountsList({ ownerless: [], unregistered: [] }));
    expect(ja).toContain('✅ すべてのアカウントに責任者がいます');
    expect(en).not.toContain('[');
  });
});

test.each(ALL.map((view) => [view.kind, view] as const))(
  '%s: stands elsewhere, and says why',
  (_kind, view) => {
    const [ja, en] = both({ ...view, insteadOf: 'C0OTHER01' });
    expect(ja).toContain('#C0OTHER01 に投稿できなかったため');
    expect(en).toContain('because #C0OTHER01 could not be reached');
  },
);

test.each(ALL.map((view) => [view.kind, view] as const))(
  '%s: each language keeps to itself',
  (_kind, view) => {
    const names =
      /`[^`]*`|AWS|Security Hub|Slack|CSV|UTC|CRITICAL|HIGH|MEDIUM|LOW|observe|notify|git|policy|payments-\w+|EC2|EC2 instances.*|[@#][A-Z0-9]+/g;
    const [ja, en] = both(view);
    expect(ja.replace(/EC2 instances.*/, '').replace(names, '')).not.toMatch(/[A-Za-z]{2,}/);
    const titles = /バケットの設定を見直してください|危険なポートが全世界に公開されています/g;
    expect(en.replace(titles, '')).not.toMatch(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u);
  },
);

describe('the list of a bulletin', () => {
  const list = (view: BulletinView, page: number, language: Language = 'ja'): string => {
    const drawn = drawBulletinList(view, page, language);
    expect(checkView(drawn)).toEqual([]);
    expect(intruders(drawn)).toEqual([]);
    expect(drawn.private_metadata).toBe(view.ref);
    return readAloud(drawn);
  };
  const forty = digest({ lines: lines(40) });

  test('shows fifteen a page, each with a button, and turns', () => {
    const text = list(forty, 2);
    expect(text).toContain('全 40 件 (2 / 3 ページ)');
    expect(text.match(/カードを出す \]/g)).toHaveLength(15);
    expect(text).toContain('`S3.16`');
    expect(text).toContain('[ 前のページ ]\n[ 次のページ ]');
    expect(list(forty, 1)).not.toContain('前のページ');
    expect(list(forty, 3)).not.toContain('次のページ');
  });

  test('a page beyond the ends shows the nearest', () => {
    expect(list(forty, 99)).toContain('(3 / 3 ページ)');
    expect(list(forty, Number.NaN)).toContain('(1 / 3 ページ)');
  });

  test('lists what is past its date too, and a bulletin without requests has none', () => {
    expect(list(overdue(), 1, 'en')).toContain('3 in all');
    expect(list(undecided(), 1, 'en')).toContain('There are no requests to show.');
  });
});

describe('whatever the records hold', () => {
  const text = hostile(600);
  const time = fc.oneof(fc.constant('2026-11-24T00:10:00.000Z'), hostile(50));
  const anyLine: fc.Arbitrary<LineView> = fc
    .record({
      title: text,
      control: text,
      name: text,
      severity: fc.constantFrom(...SEVERITIES),
      open: fc.nat(100_000),
      done: fc.boolean(),
      due: time,
      overdue: fc.boolean(),
      taken: fc.boolean(),
      permalink: fc.oneof(text, fc.constant(CARD_URL)),
    })
    .map(({ name, control, permalink, taken, ...rest }) =>
      line({
        ...rest,
        ref: `111122223333/control/${'x'.repeat(256)}`,
        control: control as ControlId,
        account: account({ name }),
        ...(taken && { takenBy: HELPER }),
        ...(permalink !== '' && { permalink }),
      }),
    );
  const manyLines = fc
    .tuple(fc.array(anyLine, { minLength: 1, maxLength: 6 }), fc.constantFrom(1, 8, 50))
    .map(([some, times]) => Array.from({ length: times }, () => some).flat());
  const base = fc.record({
    ref: fc.constant(`bulletin/digest/any/${'x'.repeat(300)}`),
    day: fc.constantFrom('2026-11-24', 'any'),
    insteadOf: text,
  });
  const people = Array.from({ length: 60 }, (_, n) => (n % 2 ? OWNER : TEAM));
  const treated = (treatment: Treated['treatment'], id: string): Treated => ({
    treatment,
    line: id,
    version: id,
    deadlineHours: 72,
  });
  const views: fc.Arbitrary<BulletinView> = fc
    .record({
      base,
      all: manyLines,
      kind: fc.constantFrom(...ALL.map(({ kind }) => kind)),
      text,
      n: fc.nat(),
    })
    .map(({ base: common, all, kind, text: bad, n }) => {
      const accounts = all.map((one) => one.account);
      const treatment = TREATMENTS[n % 4] ?? 'track';
      const made: Record<BulletinView['kind'], BulletinView> = {
        digest: digest({
          lines: all,
          mentions: people,
          ownerless: n % 2 === 0,
          young: n % 3 === 0,
          issues: n,
        }),
        morning: morning({ lines: all, mentions: people }),
        reminder: reminder({ lines: all }),
        overdue: overdue({
          owners: [
            { owner: OWNER, lines: all },
            ...all.slice(0, 50).map((one) => ({ owner: HELPER, lines: [one] })),
            { lines: all },
          ],
          total: all.length * 2 + Math.min(50, all.length),
        }),
        observed: observed({
          accounts: accounts.map((one) => ({
            account: one,
            asked: n,
            told: n,
            suppressed: n,
            controls: Array.from({ length: 9 }, () => ({ control: bad as ControlId, count: n })),
          })),
        }),
        undecided: undecided({
          control: bad as ControlId,
          title: bad,
          proposals: { production: treated(treatment, bad), 'non-production': treated('track', bad) },
          accounts: accounts.map((one) => ({ account: one, issues: n })),
          ...(n % 2 && { answer: { treatment, who: HELPER, at: bad } }),
        }),
        drift: drift({
          accounts: accounts.map((one) => ({
            account: one,
            opened: n,
            closed: n,
            adopted: n,
            lifted: n,
            rewritten: n,
            changed: n,
            scores: n,
          })),
          outside: accounts.map((one) => ({ account: one, count: n, before: 1 })),
          findings: n,
          calls: n,
        }),
        accounts: accountsList({
          ownerless: accounts.map((one) => ({ account: { ...one, leftOwner: HELPER }, since: bad })),
          unregistered: n % 2 ? accounts.map((one) => ({ account: one, since: bad, waiting: n })) : [],
        }),
        ranking: ranking({
          ...(n % 3 > 0 && { of: n % 3 === 1 ? { kind: 'production' } : { project: bad } }),
          top: accounts.slice(0, 20).map((one, place) => ranked(place + 1, { account: one, score: n % 101 })),
          climbers: accounts.slice(0, 3).map((one) => ranked(1, { account: one, change: n })),
          newcomers: accounts.slice(0, 10).map((one) => ranked(1, { account: one, passed: n })),
          moreNewcomers: n,
          small: accounts.slice(0, 3).map((one, place) => ranked(place + 1, { account: one, passed: n })),
          asOf: bad,
        }),
        celebration: celebration({
          account: accounts[0] ?? account(),
          people,
          passed: n,
          times: n,
          longestDays: n,
        }),
      };
      return { ...made[kind], ...common };
    });

  test('it can be sent, stays in its budget, and mentions or links nothing of its own accord', () => {
    fc.assert(
      fc.property(views, fc.constantFrom(...LANGUAGES), (view, language) => {
        for (const drawn of [drawBulletin(view, language), plainBulletin(view, language)]) {
          expect(checkMessage(drawn)).toEqual([]);
          expect(drawn.blocks.length).toBeLessThanOrEqual(50);
          expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(LIMITS.messageJson);
          expect(intruders(drawn)).toEqual([]);
        }
        const modal = drawBulletinList(view, 1, language);
        expect(checkView(modal)).toEqual([]);
        expect(intruders(modal)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('equal views draw equal messages', () => {
    for (const view of ALL)
      expect(drawBulletin(view, 'ja')).toEqual(drawBulletin(structuredClone(view), 'ja'));
  });
});
