import type { InputBlock, ModalView, StaticSelect } from '@slack/types';
import * as fc from 'fast-check';
import { ACTIONS, BLOCKS, CALLBACKS } from '../../../blocks/ids';
import { checkView } from '../../../blocks/kit/check';
import { readSuppress } from '../../../blocks/modals/read-suppress';
import { drawSuppress, type SuppressDialog } from '../../../blocks/modals/suppress';
import type { OpenRuling } from '../../../src/access';
import { hostile, intruders, NAMED } from '../hostile';
import { readAloud } from '../read-aloud';
import { groupArn, TEAM, view } from '../records';

const choice = (n: number) => ({
  ref: `ap-northeast-1#${String(n).padStart(26, '0')}`,
  resource: groupArn(n),
  region: 'ap-northeast-1',
});

const NOBODY: OpenRuling = { effect: 'allow', as: 'owner' };
const LEAD: OpenRuling = { effect: 'needs approval', needs: [{ of: 'lead', count: 1 }], other: false };
const at = (days: number, ruling: OpenRuling = NOBODY) => ({ days, ruling });

const dialog = (over: Partial<SuppressDialog> = {}): SuppressDialog => ({
  view: view(),
  issues: [choice(1), choice(2)],
  offer: { terms: [at(7), at(14)], ask: [] },
  now: new Date('2026-11-22T00:00:00.000Z'),
  timeZone: 'Asia/Tokyo',
  ...over,
});

const draw = (over: Partial<SuppressDialog> = {}, language: 'ja' | 'en' = 'ja'): ModalView => {
  const modal = drawSuppress(dialog(over), language);
  expect(checkView(modal)).toEqual([]);
  expect(intruders(modal)).toEqual([]);
  return modal;
};

const inputs = (modal: ModalView): string[] =>
  modal.blocks.filter((block) => block.type === 'input').map((block) => block.block_id ?? '');

/** What each term on offer says beside its dates. */
const described = (modal: ModalView) => {
  const block = modal.blocks.find(({ block_id }) => block_id === BLOCKS.days) as InputBlock;
  const { options = [] } = block.element as StaticSelect;
  return options.map(({ description }) => description?.text);
};

describe('the suppress dialog', () => {
  test('asks for reason, scope, until and ticket, and shows what it is about', () => {
    const modal = draw();
    expect(modal.callback_id).toBe(CALLBACKS.suppress);
    expect(modal.title.text).toBe('抑制する');
    expect(inputs(modal)).toEqual([BLOCKS.reason, BLOCKS.scope, BLOCKS.issues, BLOCKS.days, BLOCKS.ticket]);
    const text = readAloud(modal);
    expect(text).toContain(
      '*EC2.19 危険なポートが全世界に公開されています*\nアカウント: payments-prod (111122223333)',
    );
    expect(text).toContain(`*抑制の対象 (いま未対応の 2 件)*\n• \`${groupArn(1)}\` (ap-northeast-1)`);
    expect(text).toContain('いま未対応のすべて (2 件)\n選んだものだけ');
    expect(text).toContain('今後見つかるものには適用されません。');
    expect(text).toContain('7 日間 (2026/11/29 まで)\n14 日間 (2026/12/06 まで)');
    expect(readAloud(draw({}, 'en'))).toContain('7 days (until 29 Nov 2026)');
  });

  describe('for what is meant to be as it is', () => {
    const days = (modal: ModalView) =>
      (modal.blocks.find(({ block_id }) => block_id === BLOCKS.days) as InputBlock).element as StaticSelect;

    test('offers longer terms in a group of their own, and says that they are void when it changes', () => {
      const modal = draw({ design: [at(90, LEAD), at(365, LEAD)] });
      const groups = days(modal).option_groups ?? [];
      expect(groups.map(({ label, options }) => [label.text, options.map(({ value }) => value)])).toEqual([
        ['期限を決めて抑制する', ['7', '14']],
        ['意図した設定です (最長 1 年、セキュリティ責任者の承認が必要)', ['design:90', 'design:365']],
      ]);
      const text = readAloud(modal);
      expect(text).toContain('意図した設定: 365 日間 (2027/11/22 まで)');
      expect(text).toContain('アクセスできる範囲が変わると無効になり');
      expect(modal.submit?.text).toBe('抑制する');
      const english = readAloud(draw({ design: [at(180, LEAD)] }, 'en'));
      expect(english).toContain('By design: 180 days (until 21 May 2027)');
    });

    test('where nothing else is on offer, it is still offered', () => {
      const modal = draw({ offer: { terms: [], ask: [] }, design: [at(90, LEAD)] });
      expect(days(modal).options?.map(({ value }) => value)).toEqual(['design:90']);
      expect(modal.submit?.text).toBe('承認を申請する');
    });

    test('a threat is nobody’s design', () => {
      const modal = draw({ view: view({ kind: 'threat' }), design: [at(90, LEAD)] });
      expect(days(modal).options?.map(({ value }) => value)).toEqual(['7', '14']);
    });
  });

  test('an exception goes on: what it covers, until when, and no other scope', () => {
    const modal = draw({
      extending: { change: 'change-1', until: '2026-12-01T00:00:00.000Z' },
      reason: 'As before, as before.',
    });
    expect(modal.title.text).toBe('抑制を延長する');
    expect(inputs(modal)).toEqual([BLOCKS.reason, BLOCKS.days, BLOCKS.ticket]);
    expect(readAloud(modal)).toContain('延長の対象 (いま抑制されている 2 件)');
    expect(readAloud(modal)).toContain('いまの期限は 2026-12-01 00:00 UTC です');
    expect(JSON.parse(modal.private_metadata ?? '')).toEqual({ request: view().ref, extends: 'change-1' });
    expect(modal.submit?.text).toBe('延長する');
    expect(
      draw({ extending: { change: 'c', until: '2026-12-01T00:00:00.000Z' } }, 'en').title.text.length,
    ).toBeLessThanOrEqual(24);
  });

  test('wants a reason of 10 to 500 characters', () => {
    expect(draw().blocks.find((block) => block.block_id === BLOCKS.reason)).toMatchObject({
      optional: false,
      element: { type: 'plain_text_input', multiline: true, min_length: 10, max_length: 500 },
    });
  });

  test('about one issue it asks for no scope', () => {
    const modal = draw({ issues: [choice(1)] });
    expect(inputs(modal)).toEqual([BLOCKS.reason, BLOCKS.days, BLOCKS.ticket]);
    expect(JSON.parse(modal.private_metadata ?? '')).toEqual({ request: view().ref, issue: choice(1).ref });
  });

  test('offers at most a hundred, and says that there are more', () => {
    const modal = draw({ issues: Array.from({ length: 130 }, (_, n) => choice(n)) });
    const block = modal.blocks.find((one) => one.block_id === BLOCKS.issues);
    expect(block).toMatchObject({ element: { options: { length: 100 } } });
    expect(readAloud(modal)).toContain('選べるのは先頭の 100 件までです (全 130 件)');
    expect(readAloud(modal)).toContain('ほか 120 件');
  });

  test('options tell long ids apart by their ends', () => {
    const long = [1, 2].map((n) => ({ ...choice(n), resource: `arn:aws:s3:::${'x'.repeat(200)}-${n}` }));
    const text = readAloud(draw({ issues: long }));
    expect(text).toMatch(/…x+-1 \(ap-northeast-1\)/);
    expect(text).toMatch(/…x+-2 \(ap-northeast-1\)/);
  });

  test('refused, it asks nothing and says who could', () => {
    const offer = {
      terms: [],
      refused: { effect: 'deny', reason: { code: 'not-allowed', who: ['lead'] } },
      ask: [TEAM],
    } as const;
    const modal = draw({ offer });
    expect(inputs(modal)).toEqual([]);
    expect(modal.submit).toBeUndefined();
    expect(readAloud(modal)).toContain('*この項目は、いまの権限では抑制できません。*');
    expect(readAloud(modal)).toContain(
      'この操作を行えるのは、セキュリティ責任者です。\n@S0SECTEAM のみなさんに相談してください。',
    );
    expect(readAloud(draw({ offer }, 'en'))).toContain(
      'This can be done by a security lead.\nPlease ask @S0SECTEAM.',
    );
  });

  test('where every term takes the same approval, it says so before it is sent, and asks for it', () => {
    const offer = { terms: [at(7, LEAD), at(14, LEAD)], ask: [] };
    const modal = draw({ offer });
    expect(modal.submit?.text).toBe('承認を申請する');
    expect(inputs(modal)).toContain(BLOCKS.reason);
    expect(readAloud(modal)).toContain(
      'この操作には、セキュリティ責任者 1 名の承認が必要です。\n送信すると、申請がセキュリティチームに届きます。',
    );
    expect(described(modal)).toEqual([undefined, undefined]);
    const english = draw({ offer }, 'en');
    expect(english.submit?.text).toBe('Ask for approval');
    expect(readAloud(english)).toContain('This needs the approval of a security lead.\nSending this asks');
  });

  test('where only some terms take an approval, each of them says so', () => {
    const other: OpenRuling = { effect: 'needs approval', needs: [{ of: 'analyst', count: 1 }], other: true };
    const offer = { terms: [at(7), at(14, other), at(30, LEAD)], ask: [] };
    const modal = draw({ offer });
    expect(modal.submit?.text).toBe('抑制する');
    expect(described(modal)).toEqual([
      undefined,
      'ご本人以外のセキュリティ担当者 1 名の承認が必要',
      'セキュリティ責任者 1 名の承認が必要',
    ]);
    expect(readAloud(modal)).toContain('承認が必要な期間を選ぶと');
    expect(described(draw({ offer }, 'en'))).toEqual([
      undefined,
      'Needs a security analyst other than you to approve',
      'Needs a security lead to approve',
    ]);
  });

  test('where the terms take different approvals, each of them says which', () => {
    const both: OpenRuling = {
      effect: 'needs approval',
      needs: [
        { of: 'lead', count: 1 },
        { of: 'analyst', count: 1 },
      ],
      other: false,
    };
    const modal = draw({ offer: { terms: [at(7, LEAD), at(30, both)], ask: [] } });
    expect(modal.submit?.text).toBe('承認を申請する');
    expect(described(modal)).toEqual([
      'セキュリティ責任者 1 名の承認が必要',
      'セキュリティ責任者 1 名とセキュリティ担当者 1 名の承認が必要',
    ]);
    expect(readAloud(modal)).toContain('送信すると、申請がセキュリティチームに届きます。');
  });

  test('without any approval it says nothing of it', () => {
    expect(readAloud(draw())).not.toContain('承認');
    expect(readAloud(draw({}, 'en'))).not.toContain('approval');
  });

  test('with nothing open it says so', () => {
    const modal = draw({ issues: [] });
    expect(inputs(modal)).toEqual([]);
    expect(readAloud(modal)).toContain('いま抑制できる未対応の項目はありません。');
  });

  test('mode notify: says that nothing is written', () => {
    expect(readAloud(draw({ view: view({ withheld: true }) }))).toContain(
      'Security Hub には書き込まれません',
    );
  });

  test.each(NAMED)('lets nothing through: %s', (_name, bad) => {
    const issues = [1, 2].map((n) => ({ ...choice(n), resource: bad, region: bad }));
    const modal = draw({ view: view({ title: bad, playbook: undefined }), issues });
    expect(inputs(modal)).toContain(BLOCKS.issues);
  });
});

describe('reading it', () => {
  const option = (value: string) => ({ type: 'static_select', selected_option: { value } });
  const values = (over: Record<string, Record<string, unknown>> = {}) => ({
    [BLOCKS.reason]: { [ACTIONS.reason]: { value: ' 社内ネットワークからのみ接続します。 ' } },
    [BLOCKS.scope]: { [ACTIONS.scope]: option('all') },
    [BLOCKS.issues]: { [ACTIONS.issues]: { selected_options: [] } },
    [BLOCKS.days]: { [ACTIONS.days]: option('14') },
    [BLOCKS.ticket]: { [ACTIONS.ticket]: { value: null } },
    ...over,
  });
  const submitted = (over = {}, target: object = { request: view().ref }) => ({
    private_metadata: JSON.stringify(target),
    state: { values: values(over) },
  });
  const errors = (over: Record<string, Record<string, unknown>>, language: 'ja' | 'en' = 'ja') => {
    const read = readSuppress(submitted(over), language);
    return read.ok ? {} : read.errors;
  };

  test('all that are open', () => {
    expect(readSuppress(submitted(), 'ja')).toEqual({
      ok: true,
      wish: {
        request: view().ref,
        reason: '社内ネットワークからのみ接続します。',
        scope: 'all',
        days: 14,
        byDesign: false,
      },
    });
  });

  test('chosen ones, with a ticket', () => {
    const read = readSuppress(
      submitted({
        [BLOCKS.scope]: { [ACTIONS.scope]: option('chosen') },
        [BLOCKS.issues]: {
          [ACTIONS.issues]: { selected_options: [{ value: 'a#1' }, { value: 'a#2' }, { value: 'a#1' }] },
        },
        [BLOCKS.ticket]: { [ACTIONS.ticket]: { value: 'https://tickets.example.com/OPS-12' } },
      }),
      'ja',
    );
    expect(read).toMatchObject({
      ok: true,
      wish: { scope: 'chosen', issues: ['a#1', 'a#2'], ticket: 'https://tickets.example.com/OPS-12' },
    });
  });

  test('what is meant to be as it is', () => {
    const read = readSuppress(submitted({ [BLOCKS.days]: { [ACTIONS.days]: option('design:365') } }), 'ja');
    expect(read).toMatchObject({ ok: true, wish: { days: 365, byDesign: true } });
  });

  test('an exception that goes on covers what it covers, whatever the form says', () => {
    const read = readSuppress(submitted({}, { request: view().ref, extends: 'change-1' }), 'ja');
    expect(read).toMatchObject({ ok: true, wish: { scope: 'all', extends: 'change-1' } });
  });

  test.each(['design:', 'design:x', 'design:0', 'Design:90'])('no term: %s', (value) => {
    expect(Object.keys(errors({ [BLOCKS.days]: { [ACTIONS.days]: option(value) } }))).toEqual([BLOCKS.days]);
  });

  test('the one it was opened for, whatever the form says', () => {
    const read = readSuppress(submitted({}, { request: view().ref, issue: 'a#9' }), 'ja');
    expect(read).toMatchObject({ ok: true, wish: { scope: 'chosen', issues: ['a#9'] } });
  });

  test.each([
    [
      'a short reason',
      { [BLOCKS.reason]: { [ACTIONS.reason]: { value: '問題ありません' } } },
      BLOCKS.reason,
      '10 文字以上',
      'at least 10',
    ],
    [
      'a reason of nothing that is seen',
      { [BLOCKS.reason]: { [ACTIONS.reason]: { value: '\u200B'.repeat(50) } } },
      BLOCKS.reason,
      '10 文字以上',
      'at least 10',
    ],
    [
      'a long reason',
      { [BLOCKS.reason]: { [ACTIONS.reason]: { value: 'あ'.repeat(501) } } },
      BLOCKS.reason,
      '500 文字以内',
      'within 500',
    ],
    ['no reason', { [BLOCKS.reason]: {} }, BLOCKS.reason, '10 文字以上', 'at least 10'],
    [
      'nothing chosen',
      { [BLOCKS.scope]: { [ACTIONS.scope]: option('chosen') } },
      BLOCKS.issues,
      '1 つ以上',
      'at least one',
    ],
    ['no scope', { [BLOCKS.scope]: {} }, BLOCKS.scope, '範囲を選んで', 'choose the scope'],
    [
      'no days',
      { [BLOCKS.days]: { [ACTIONS.days]: { selected_option: null } } },
      BLOCKS.days,
      '期限を選んで',
      'until when',
    ],
    [
      'odd days',
      { [BLOCKS.days]: { [ACTIONS.days]: option('-1') } },
      BLOCKS.days,
      '期限を選んで',
      'until when',
    ],
    [
      'http',
      { [BLOCKS.ticket]: { [ACTIONS.ticket]: { value: 'http://tickets.example.com' } } },
      BLOCKS.ticket,
      'https://',
      'https://',
    ],
    [
      'a script',
      { [BLOCKS.ticket]: { [ACTIONS.ticket]: { value: 'javascript:alert(1)' } } },
      BLOCKS.ticket,
      'https://',
      'https://',
    ],
  ])('%s is told by its field', (_name, over, block, japanese, english) => {
    expect(errors(over)).toEqual({ [block]: expect.stringContaining(japanese) });
    expect(errors(over, 'en')).toEqual({ [block]: expect.stringContaining(english) });
  });

  test('several problems are told at once', () => {
    expect(Object.keys(errors({ [BLOCKS.reason]: {}, [BLOCKS.days]: {}, [BLOCKS.scope]: {} }))).toEqual([
      BLOCKS.reason,
      BLOCKS.days,
      BLOCKS.scope,
    ]);
  });

  test.each(['', 'no json', '[]', 'null', '{"request":""}', '{"issue":"a"}'])(
    'metadata %j is out of date',
    (text) => {
      expect(readSuppress({ ...submitted(), private_metadata: text }, 'ja')).toEqual({
        ok: false,
        errors: { [BLOCKS.reason]: 'この画面は古くなりました。閉じて、もう一度開いてください。' },
      });
    },
  );

  test('what the dialog wrote is what is read', () => {
    const modal = drawSuppress(dialog(), 'ja');
    const read = readSuppress({ ...submitted(), private_metadata: modal.private_metadata ?? '' }, 'ja');
    expect(read).toMatchObject({ ok: true, wish: { request: view().ref } });
  });

  test('never throws, whatever comes', () => {
    const junk = fc.dictionary(hostile(50), fc.dictionary(hostile(50), fc.anything()));
    const ours = fc.constantFrom(...Object.values(BLOCKS)).chain((block) =>
      fc.record({
        block: fc.constant(block),
        action: fc.constantFrom(...Object.values(ACTIONS)),
        value: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(hostile(), junk, fc.array(ours), (metadata, values, own) => {
        const all = {
          ...values,
          ...Object.fromEntries(own.map(({ block, action, value }) => [block, { [action]: value }])),
        };
        for (const text of [metadata, JSON.stringify({ request: 'r' })]) {
          expect(typeof readSuppress({ private_metadata: text, state: { values: all } }, 'ja').ok).toBe(
            'boolean',
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});
