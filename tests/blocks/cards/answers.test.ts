import {
  type Answer,
  drawAnswer,
  drawCheck,
  drawHelp,
  drawList,
  drawMenu,
  drawPolicy,
  type ListedRequest,
} from '../../../blocks/cards/answers';
import { ACTIONS } from '../../../blocks/ids';
import type { Message } from '../../../blocks/kit';
import { checkMessage, checkView } from '../../../blocks/kit/check';
import { drawProblem } from '../../../blocks/modals/problem';
import { intruders, NAMED } from '../hostile';
import { readAloud } from '../read-aloud';
import { ACCOUNT_ID, TEAM } from '../records';

const read = (drawn: Message): string => {
  expect(checkMessage(drawn)).toEqual([]);
  expect(intruders(drawn)).toEqual([]);
  return readAloud(drawn.blocks);
};

const both = (draw: (language: 'ja' | 'en') => Message): readonly [string, string] => [
  read(draw('ja')),
  read(draw('en')),
];

test('help names every command with what it does', () => {
  const commands = [
    {
      name: 'list',
      usage: '/secops list',
      about: { ja: '未対応の依頼を一覧します', en: 'lists open requests' },
    },
    {
      name: 'policy',
      usage: '/secops policy EC2.19',
      about: { ja: '扱いを調べます', en: 'looks up a control' },
    },
  ];
  const [ja, en] = both((language) => drawHelp(commands, language));
  expect(ja).toContain('`/secops list` — 未対応の依頼を一覧します\n`/secops policy EC2.19` — 扱いを調べます');
  expect(en).toContain('`/secops list` — lists open requests');
});

test('the menu leads to requests, policy and help', () => {
  const [ja, en] = both((language) => drawMenu(language));
  expect(ja).toBe('何をご覧になりますか。\n[ 依頼の一覧を見る ]\n[ ポリシーを調べる ]\n[ 使い方を見る ]');
  expect(en).toContain('[ See requests ]\n[ Look up the policy ]\n[ See how to use it ]');
});

describe('the request list', () => {
  const listed = (over: Partial<ListedRequest> = {}): ListedRequest => ({
    title: '危険なポートが全世界に公開されています',
    severity: 'CRITICAL',
    account: { id: ACCOUNT_ID, name: 'payments-prod' },
    open: 2,
    due: '2026-11-24T00:10:00.000Z',
    overdue: false,
    permalink: 'https://example.slack.com/archives/C0HOME001/p1700000000000100',
    ...over,
  });

  test('says of each how bad, what, where, how many, by when, and links its card', () => {
    const list = { requests: [listed()], page: 1, pages: 1, total: 1 };
    const [ja, en] = both((language) => drawList(list, language));
    expect(ja).toBe(
      [
        '未対応の依頼 (1 件)',
        'アカウントで絞り込む',
        '🔴 *重大 (CRITICAL): 危険なポートが全世界に公開されています*',
        'payments-prod (111122223333)',
        '未対応 2 件、期限 2026-11-24 00:10 UTC',
        'カードを開く',
      ].join('\n'),
    );
    expect(en).toContain('2 open, by 2026-11-24 00:10 UTC');
    expect(JSON.stringify(drawList(list, 'en'))).toContain('<https://example.slack.com/archives/');
  });

  test('turns its pages', () => {
    const requests = Array.from({ length: 10 }, () => listed({ overdue: true }));
    const pages = (page: number) => drawList({ requests, page, pages: 3, total: 25 }, 'ja').blocks.at(-1);
    expect(pages(1)).toMatchObject({ elements: [{ action_id: ACTIONS.nextRequests, value: '2' }] });
    expect(pages(2)).toMatchObject({
      elements: [
        { action_id: ACTIONS.previousRequests, value: '1' },
        { action_id: ACTIONS.nextRequests, value: '3' },
      ],
    });
    expect(pages(3)).toMatchObject({ elements: [{ action_id: ACTIONS.previousRequests, value: '2' }] });
    expect(read(drawList({ requests, page: 2, pages: 3, total: 25 }, 'ja'))).toContain('期限を過ぎています');
  });

  test('is a pleasure when empty', () => {
    expect(both((language) => drawList({ requests: [], page: 1, pages: 1, total: 0 }, language))).toEqual([
      '未対応の依頼はありません。ありがとうございます。\nアカウントで絞り込む',
      'No requests are open. Thank you.\nChoose an account',
    ]);
  });

  test.each(NAMED)('lets nothing through: %s', (_name, bad) => {
    const requests = [
      listed({ title: bad, permalink: bad, due: bad, account: { id: ACCOUNT_ID, name: bad } }),
    ];
    expect(read(drawList({ requests, page: 1, pages: 1, total: 1 }, 'ja'))).toContain('未対応 2 件');
  });
});

test('the policy answers for each kind of account', () => {
  const answer = {
    control: 'EC2.19',
    title: 'Security groups should not allow unrestricted access',
    severity: 'CRITICAL',
    category: 'other',
    rows: {
      production: { treatment: 'track', deadlineHours: 72, line: 'other-critical-high' },
      'non-production': { treatment: 'notify', deadlineHours: 100, line: 'other-rest' },
    },
  } as const;
  const [ja, en] = both((language) => drawPolicy(answer, language));
  expect(ja).toContain('EC2.19 の扱い');
  expect(ja).toContain('重要度: 重大 (CRITICAL)\n分類: その他');
  expect(ja).toContain('*本番*: 直るまで追いかけます · 期限 3 日 · ポリシーの行 `other-critical-high`');
  expect(ja).toContain('*本番以外*: お知らせして、そのあと抑制します · ポリシーの行 `other-rest`');
  expect(en).toContain(
    '*In production*: followed until it is fixed · within 3 days · policy line `other-critical-high`',
  );
  expect(read(drawPolicy({ ...answer, category: undefined }, 'ja'))).toContain('分類: 未分類');
});

test('the policy says where nobody has decided yet, and what was decided in Slack', () => {
  const row = { treatment: 'track', deadlineHours: 72, line: 'other-severe' } as const;
  const answer = { control: 'EC2.999', title: 'New', severity: 'HIGH', category: undefined } as const;
  const open = { ...row, undecided: true } as const;
  const [ja, en] = both((language) =>
    drawPolicy({ ...answer, rows: { production: open, 'non-production': open } }, language),
  );
  expect(ja).toContain('このコントロールの扱いは、まだ決まっていません。');
  expect(en).toContain('Nobody has decided on this control yet.');
  const decided = { ...row, line: 'answer' };
  const [japanese, english] = both((language) =>
    drawPolicy({ ...answer, rows: { production: decided, 'non-production': decided } }, language),
  );
  expect(japanese).toContain('*本番*: 直るまで追いかけます · 期限 3 日 · Slack での決定');
  expect(japanese).not.toContain('まだ決まって');
  expect(english).toContain('decided in Slack');
});

describe('check now', () => {
  const result = { control: 'EC2.19', account: { id: ACCOUNT_ID }, gone: 0, schedule: 'change' } as const;

  test('still failing: the counts, and when AWS looks again', () => {
    const [ja, en] = both((language) => drawCheck({ ...result, failing: 2, passed: 1, gone: 1 }, language));
    expect(ja).toContain('いまの記録: 失敗 2 件、合格 1 件。');
    expect(ja).toContain('検出結果がなくなったものが 1 件あります。');
    expect(ja).toContain('通常、数分で届きます');
    expect(en).toContain('On record now: 2 failing, 1 passed.');
  });

  test('all passed', () => {
    const [ja, en] = both((language) => drawCheck({ ...result, failing: 0, passed: 3 }, language));
    expect(ja).toContain('すべて合格しています。');
    expect(en).toContain('Everything passes.');
  });
});

describe('answers', () => {
  const ask = [TEAM];
  const cases: readonly (readonly [string, Answer, string, string])[] = [
    [
      'not allowed',
      {
        kind: 'ruling',
        ruling: { effect: 'deny', reason: { code: 'not-allowed', who: ['analyst', 'lead'] } },
        ask,
      },
      'この操作を行えるのは、セキュリティ担当者、セキュリティ責任者です。\n@S0SECTEAM のみなさんに相談してください。',
      'This can be done by a security analyst or a security lead.\nPlease ask @S0SECTEAM.',
    ],
    [
      'outsider',
      { kind: 'ruling', ruling: { effect: 'deny', reason: { code: 'outsider' } }, ask: [] },
      'この操作は、このワークスペースのメンバーだけが行えます。',
      'Only members of this workspace can do this.',
    ],
    [
      'too long',
      {
        kind: 'ruling',
        ruling: { effect: 'deny', reason: { code: 'too-long', maxDays: 14, severity: 'CRITICAL' } },
        ask: [],
      },
      '重要度「重大 (CRITICAL)」で選べる期間は、14 日までです。',
      'For severity Critical, the longest period is 14 days.',
    ],
    [
      'gone',
      { kind: 'ruling', ruling: { effect: 'deny', reason: { code: 'gone' } }, ask: [] },
      '対象がもうありません。カードの表示が更新されるまで、少しお待ちください。',
      'This is no longer there. The card will catch up in a moment.',
    ],
    [
      'needs approval',
      {
        kind: 'ruling',
        ruling: { effect: 'needs approval', needs: [{ of: 'lead', count: 1 }], other: true },
        ask,
      },
      'この操作には、ご本人以外のセキュリティ責任者 1 名の承認が必要です。\n@S0SECTEAM のみなさんに相談してください。',
      'This needs the approval of a security lead other than yourself.\nPlease ask @S0SECTEAM.',
    ],
    [
      'needs the approval of two',
      {
        kind: 'ruling',
        ruling: {
          effect: 'needs approval',
          needs: [
            { of: 'lead', count: 1 },
            { of: 'analyst', count: 2 },
          ],
          other: false,
        },
        ask: [],
      },
      'この操作には、セキュリティ責任者 1 名とセキュリティ担当者 2 名の承認が必要です。',
      'This needs the approval of a security lead and 2 security analysts.',
    ],
    [
      'a guest',
      { kind: 'ruling', ruling: { effect: 'deny', reason: { code: 'guest' } }, ask: [] },
      'この操作は、ゲストの方には許可されていません。',
      'Guests of this workspace cannot do this.',
    ],
    [
      'somebody who has left',
      { kind: 'ruling', ruling: { effect: 'deny', reason: { code: 'left' } }, ask: [] },
      '申請した方が Slack を退会しているため、この操作は行えません。',
      'This cannot be done: the person who asked for it has left Slack.',
    ],
    [
      'an account that has an owner',
      { kind: 'ruling', ruling: { effect: 'deny', reason: { code: 'owned' } }, ask: [] },
      'このアカウントには、すでに責任者がいます。交代は、いまの責任者かセキュリティ担当者が行えます。',
      'This account has an owner already. The present owner or a security analyst can hand it over.',
    ],
    [
      'done before',
      { kind: 'outcome', outcome: 'already' },
      'すでに済んでいます。変更はありません。',
      'This was already done. Nothing was changed.',
    ],
    [
      'shown',
      { kind: 'outcome', outcome: 'shown' },
      'カードを投稿しています。まもなくチャンネルに届きます。',
      'The card is being posted; it will be in the channel in a moment.',
    ],
    [
      'failure',
      { kind: 'failure', reference: '01JD00' },
      'うまくいきませんでした。何も変更していません。もう一度お試しください。\n続く場合は、番号 `01JD00` を添えてセキュリティチームにお知らせください。',
      'That did not work. Nothing was changed; please try again.\nIf it happens again, please give the security team this reference: `01JD00`',
    ],
    [
      'unknown command',
      { kind: 'unknown command', typed: 'lsit', nearest: '/secops list' },
      '`lsit` というコマンドはありません。\nもしかして: `/secops list`\n使い方は `/secops help` でご覧になれます。',
      'There is no command `lsit`.\nDid you mean `/secops list`?\nSee `/secops help` for all of them.',
    ],
  ];

  test.each(cases)('%s: in a message and in a modal', (_name, answer, japanese, english) => {
    expect(both((language) => drawAnswer(answer, language))).toEqual([japanese, english]);
    for (const language of ['ja', 'en'] as const) {
      const modal = drawProblem(answer, language);
      expect(checkView(modal)).toEqual([]);
      expect(readAloud(modal)).toContain(language === 'ja' ? japanese : english);
    }
  });

  test.each(NAMED)('what people type comes back as text only: %s', (_name, typed) => {
    expect(read(drawAnswer({ kind: 'unknown command', typed }, 'en'))).toContain('There is no command');
  });
});
