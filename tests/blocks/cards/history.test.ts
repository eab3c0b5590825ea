import * as fc from 'fast-check';
import { drawHistory, type HistoryList } from '../../../blocks/cards/history';
import { drawHistoryUsage } from '../../../blocks/cards/misread';
import { ACTIONS, historyValue, readHistory } from '../../../blocks/ids';
import { checkMessage } from '../../../blocks/kit/check';
import { shownWords } from '../../../blocks/words/shown';
import { loadAccessRules } from '../../../src/access';
import type { AuditEvent } from '../../../src/audit';
import { LANGUAGES } from '../../../src/playbooks';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';
import { ACCOUNT_ID, account, HELPER, OWNER } from '../records';

const REF = 'A#111122223333';
const event = (over: Partial<AuditEvent> = {}): AuditEvent => ({
  at: '2026-11-24T00:10:00.000Z',
  id: 'change-1',
  seq: 1,
  kind: 'suppress',
  what: 'proposed',
  by: OWNER,
  account: ACCOUNT_ID,
  request: '111122223333/control/ec2.19',
  reason: 'Reachable from our office only.',
  ...over,
});
const listed = (...events: AuditEvent[]) =>
  events.map((each) => ({ event: each, account: account(), control: 'EC2.19' }));
const list = (over: Partial<HistoryList> = {}): HistoryList => ({
  of: { account: account() },
  ref: REF,
  events: listed(event()),
  newest: true,
  ...over,
});
const { by: _, ...alone } = event({ what: 'expired' });

test('says when, who, what, where and why', () => {
  const events = listed(
    event({ id: 'denied', seq: 0, by: HELPER, what: 'denied', kind: 'undo', detail: 'not-allowed' }),
    alone,
  );
  const drawn = drawHistory(list({ events }), 'ja');
  expect(checkMessage(drawn)).toEqual([]);
  expect(readAloud(drawn.blocks)).toBe(
    [
      '*payments-prod (111122223333) の履歴*',
      '新しい順に表示しています。認められなかった操作も含みます。',
      '2026-11-24 00:10 UTC @U0HELPER1 さん — *抑制の取り消し*: 認められませんでした (権限がありません)',
      '`EC2.19` payments-prod (111122223333)',
      '>Reachable from our office only.',
      '2026-11-24 00:10 UTC ボット — *抑制*: 期限が切れました',
      '`EC2.19` payments-prod (111122223333)',
      '>Reachable from our office only.',
    ].join('\n'),
  );
});

test('the title names an account, a request or a person', () => {
  const titled = (of: HistoryList['of']) => readAloud(drawHistory(list({ of }), 'en').blocks[0]);
  expect(titled({ account: account() })).toBe('*History of payments-prod (111122223333)*');
  expect(titled({ account: account(), control: 'EC2.19' })).toBe(
    '*History of `EC2.19` in payments-prod (111122223333)*',
  );
  expect(titled({ person: OWNER })).toBe('*History of @U0OWNER01*');
});

test('the steps of one change say its reason once', () => {
  const events = listed(event({ seq: 3, what: 'applied' }), event({ seq: 2, what: 'approved' }), event());
  const text = readAloud(drawHistory(list({ events }), 'en').blocks);
  expect(text.match(/>Reachable/g)).toHaveLength(1);
});

test.each(LANGUAGES)('every kind of change and every step has words: %s', (language) => {
  const { kinds, steps } = shownWords(language).history;
  const steppes = ['proposed', 'asked', 'approval', 'void', 'approved', 'applying', 'applied', 'failed'];
  const ends = ['unknown', 'denied', 'withdrawn', 'expired', 'undone', 'undo denied', 'saved', 'reminded'];
  const { changes } = loadAccessRules('config/access.yml');
  expect([...Object.keys(changes), 'account'].filter((kind) => !Object.hasOwn(kinds, kind))).toEqual([]);
  expect([...steppes, ...ends].filter((what) => !Object.hasOwn(steps, what))).toEqual([]);
});

test('a kind, a step or a reason without words is shown as it is', () => {
  const events = listed(event({ kind: 'constructor', what: 'toString', detail: 'valueOf' }));
  expect(readAloud(drawHistory(list({ events }), 'en').blocks)).toContain(
    '*`constructor`*: `toString` (valueOf)',
  );
});

test('refusals are told in words, however the log writes them; who was to approve is left to the log', () => {
  const text = (over: Partial<AuditEvent>) =>
    readAloud(drawHistory(list({ events: listed(event(over)) }), 'en').blocks);
  expect(text({ what: 'denied', detail: 'denied: too-long' })).toContain('denied (for too long)');
  expect(text({ what: 'asked', detail: 'needs the approval of 1 lead' })).not.toContain('1 lead');
});

test.each<{ what: string; over: Partial<HistoryList>; buttons: [string, string][] }>([
  { what: 'one page', over: {}, buttons: [] },
  {
    what: 'the first of several',
    over: { next: 'CURSOR' },
    buttons: [[ACTIONS.olderHistory, `CURSOR ${REF}`]],
  },
  {
    what: 'one in between',
    over: { next: 'CURSOR', newest: false },
    buttons: [
      [ACTIONS.newestHistory, `- ${REF}`],
      [ACTIONS.olderHistory, `CURSOR ${REF}`],
    ],
  },
  { what: 'the last', over: { newest: false }, buttons: [[ACTIONS.newestHistory, `- ${REF}`]] },
])('turns pages: $what', ({ over, buttons }) => {
  const { blocks } = drawHistory(list(over), 'en');
  const row = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  expect(row.map((each) => 'value' in each && [each.action_id, each.value])).toEqual(buttons);
});

test('a button’s value is read back, whatever the reference holds', () => {
  const of = 'R#111122223333/control/software and configuration checks/cve-2026-1';
  expect(readHistory(historyValue(of))).toEqual({ of });
  expect(readHistory(historyValue(of, 'CURSOR'))).toEqual({ of, from: 'CURSOR' });
});

test('nothing on record, or nothing older, is said', () => {
  const { history } = shownWords('en');
  expect(readAloud(drawHistory(list({ events: [] }), 'en').blocks)).toContain(history.empty.markup);
  const last = drawHistory(list({ events: [], newest: false }), 'en');
  expect(readAloud(last.blocks)).toContain(history.noOlder.markup);
  expect(checkMessage(last)).toEqual([]);
});

test.each(LANGUAGES)('how it is typed, with an example of each: %s', (language) => {
  const drawn = drawHistoryUsage(language);
  expect(checkMessage(drawn)).toEqual([]);
  for (const typed of ['shop-prod', 'shop-prod EC2.19', '@user']) {
    expect(readAloud(drawn.blocks)).toContain(`\`/secops history ${typed}\``);
  }
});

test('whatever the log holds mentions and links nothing, and can be sent', () => {
  fc.assert(
    fc.property(hostile(), hostile(), hostile(), (reason, detail, name) => {
      const events = Array.from({ length: 10 }, (_each, seq) => ({
        event: event({ id: `change-${seq}`, reason, detail, kind: detail, what: name }),
        account: { id: ACCOUNT_ID, name },
        control: detail,
      }));
      const drawn = drawHistory(list({ events, next: 'x'.repeat(400), newest: false }), 'ja');
      expect(checkMessage(drawn)).toEqual([]);
      expect(intruders(drawn)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});
