import * as fc from 'fast-check';
import {
  drawExceptions,
  EXCEPTIONS_PAGE,
  type ExceptionList,
  type ListedException,
} from '../../../blocks/cards/exceptions';
import { ACTIONS } from '../../../blocks/ids';
import { LIMITS } from '../../../blocks/kit';
import { checkMessage } from '../../../blocks/kit/check';
import { LANGUAGES } from '../../../src/playbooks';
import { derivedId } from '../../../src/store';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';
import { account, OWNER } from '../records';

const line = (n = 1, over: Partial<ListedException> = {}): ListedException => ({
  change: derivedId(`change-${n}`),
  account: account(),
  control: 'EC2.19',
  count: 3,
  byDesign: false,
  reason: 'The office only.',
  who: OWNER,
  until: '2026-12-24T00:10:00.000Z',
  extend: true,
  undo: true,
  permalink: 'https://example.slack.com/archives/C0HOME001/p1700000000000100',
  ...over,
});
const list = (over: Partial<ExceptionList> = {}): ExceptionList => ({
  exceptions: [line()],
  page: 1,
  pages: 1,
  total: 1,
  ...over,
});
const elements = (drawn: { blocks: unknown }) =>
  (drawn.blocks as { elements?: { action_id?: string; value?: string }[] }[]).flatMap(
    (block) => block.elements ?? [],
  );

test('says what, why, who and until when, with what the person may do', () => {
  const drawn = drawExceptions(list({ exceptions: [line(1, { byDesign: true })] }), 'ja');
  expect(checkMessage(drawn)).toEqual([]);
  expect(readAloud(drawn.blocks)).toBe(
    [
      '抑制の一覧 (1 件)',
      'アカウントで絞り込む',
      '期限の近い順に表示しています。',
      '*`EC2.19`* payments-prod (111122223333) — 3 件 · 意図した設定',
      '>The office only.',
      '@U0OWNER01 さん、2026-12-24 00:10 UTC まで',
      'カードを開く',
      '[ 延長する… ]',
      '[ 抑制を取り消す ]',
    ].join('\n'),
  );
});

test('shows no button that is not for this person', () => {
  const drawn = drawExceptions(
    list({ exceptions: [line(1, { extend: false, undo: false, count: 0 }), line(2, { extend: false })] }),
    'en',
  );
  expect(checkMessage(drawn)).toEqual([]);
  expect(
    elements(drawn)
      .map(({ action_id }) => action_id)
      .filter(Boolean),
  ).toEqual([ACTIONS.pickExceptions, ACTIONS.undo]);
  expect(readAloud(drawn.blocks)).toContain('nothing suppressed at present');
});

test('without any it says so; with many it has pages', () => {
  expect(readAloud(drawExceptions(list({ exceptions: [], total: 0 }), 'ja').blocks)).toContain(
    'いま有効な抑制はありません。',
  );
  const middle = drawExceptions(list({ page: 2, pages: 3, total: 25, account: account() }), 'en');
  expect(checkMessage(middle)).toEqual([]);
  expect(
    elements(middle)
      .filter(({ action_id }) => action_id?.match(/previous|next/))
      .map(({ value }) => value),
  ).toEqual(['1 111122223333', '3 111122223333']);
});

test('a full page of anything stays within what Slack takes, and lets nobody be called', () => {
  fc.assert(
    fc.property(hostile(1000), fc.constantFrom(...LANGUAGES), (text, language) => {
      const exceptions = Array.from({ length: EXCEPTIONS_PAGE }, (_, n) =>
        line(n, { control: text, reason: text, account: { ...account(), name: text } }),
      );
      const drawn = drawExceptions(list({ exceptions, pages: 9, page: 2, total: 90 }), language);
      expect(checkMessage(drawn)).toEqual([]);
      expect(intruders(drawn)).toEqual([]);
      expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(LIMITS.messageJson);
    }),
    { numRuns: 30 },
  );
});
