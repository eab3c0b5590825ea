import * as fc from 'fast-check';
import { drawAccountProblem } from '../../../blocks/cards/accounts';
import { drawOffer, type Offer } from '../../../blocks/cards/offer';
import { drawQuestions, type ListedQuestion, type QuestionList } from '../../../blocks/cards/questions';
import { ACTIONS, offerValue, readOffer } from '../../../blocks/ids';
import { checkMessage, checkView } from '../../../blocks/kit/check';
import { drawAnswerDialog } from '../../../blocks/modals/answer';
import { drawAsk } from '../../../blocks/modals/ask';
import { readText } from '../../../blocks/modals/read-text';
import { LANGUAGES } from '../../../src/playbooks';
import type { Question } from '../../../src/questions';
import { derivedId } from '../../../src/store';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';
import { ACCOUNT_ID, account, EC2_19, HELPER, OWNER } from '../records';

const REF = '111122223333/control/ec2.19';
const question = (over: Partial<Question> = {}): Question => ({
  id: derivedId('question'),
  at: '2026-11-24T00:10:00.000Z',
  request: { account: ACCOUNT_ID, kind: 'control', subject: 'ec2.19' },
  control: EC2_19,
  asker: { id: OWNER, name: 'owner' },
  text: 'Who may connect to this?',
  status: 'open',
  version: 1,
  ...over,
});
const answered = (text = 'The office only.') =>
  question({
    status: 'answered',
    answer: { by: { id: HELPER, name: 'helper' }, at: '2026-11-24T01:10:00.000Z', text, change: 'c' },
  });
const line = (over: Partial<Question> = {}): ListedQuestion => ({
  question: question(over),
  account: account(),
  permalink: 'https://example.slack.com/archives/C0HOME001/p1700000000000100',
});
const list = (over: Partial<QuestionList> = {}): QuestionList => ({
  questions: [line()],
  mostAsked: [{ control: 'EC2.19', count: 5 }],
  status: 'open',
  page: 1,
  pages: 1,
  total: 1,
  ...over,
});

describe('the list of questions', () => {
  test('says what about, who, when and where, and what is asked about most', () => {
    const drawn = drawQuestions(list(), 'ja');
    expect(checkMessage(drawn)).toEqual([]);
    expect(readAloud(drawn.blocks)).toBe(
      [
        '未回答の質問 (1 件)',
        'アカウントで絞り込む',
        '質問の多いコントロール: `EC2.19` (5)',
        '*`EC2.19`* payments-prod (111122223333) — 未回答',
        '>Who may connect to this?',
        '@U0OWNER01 さん (2026-11-24 00:10 UTC)',
        'スレッドを開く',
      ].join('\n'),
    );
    const english = readAloud(
      drawQuestions(list({ status: 'all', questions: [{ ...line(), question: answered() }] }), 'en').blocks,
    );
    expect(english).toContain('Most asked about: `EC2.19` (5)');
    expect(english).toContain('@U0HELPER1 has answered (2026-11-24 01:10 UTC).');
  });

  test('turns its pages within its filter', () => {
    const drawn = drawQuestions(
      list({ status: 'all', page: 2, pages: 3, total: 25, account: account() }),
      'en',
    );
    expect(drawn.blocks.at(-1)).toMatchObject({
      elements: [
        { action_id: ACTIONS.previousQuestions, value: '1 all 111122223333' },
        { action_id: ACTIONS.nextQuestions, value: '3 all 111122223333' },
      ],
    });
    expect(drawn.blocks[1]).toMatchObject({
      block_id: 'secops.questions.account:all',
      elements: [{ type: 'external_select', initial_option: { value: ACCOUNT_ID } }],
    });
  });

  test('empty, it says so and still lets another account be chosen', () => {
    for (const status of ['open', 'all'] as const) {
      const drawn = drawQuestions(list({ questions: [], mostAsked: [], total: 0, status }), 'en');
      expect(checkMessage(drawn)).toEqual([]);
      expect(readAloud(drawn.blocks)).toContain('Choose an account');
    }
  });

  test('a full page of the longest texts can be sent', () => {
    const full = list({
      questions: Array.from({ length: 10 }, () => ({
        ...line({ text: '"<&'.repeat(400) }),
        account: { id: ACCOUNT_ID, name: '"'.repeat(80) },
      })),
      total: 99,
      pages: 10,
    });
    expect(checkMessage(drawQuestions(full, 'ja'))).toEqual([]);
  });
});

const OFFERS: readonly Offer['kind'][] = [
  'suppress',
  'ask',
  'short',
  'done',
  'help',
  'bulletin',
  'elsewhere',
];

describe('an offer', () => {
  test('carries the request and the person’s own words', () => {
    const drawn = drawOffer({ kind: 'suppress', ref: REF, text: 'Line 1\nLine 2' }, 'en');
    const actions = drawn.blocks.find(({ type }) => type === 'actions');
    const value = offerValue(REF, 'Line 1\nLine 2');
    expect(actions).toMatchObject({
      elements: [
        { action_id: ACTIONS.suppress, value },
        { action_id: ACTIONS.ask, value },
      ],
    });
    expect(readOffer(value)).toEqual({ ref: REF, text: 'Line 1\nLine 2' });
    expect(readOffer(REF)).toEqual({ ref: REF });
  });

  test.each(OFFERS)('%s: can be sent in both languages', (kind) => {
    for (const language of LANGUAGES) {
      const drawn = drawOffer({ kind, ref: REF, text: 'A test system.' }, language);
      expect(checkMessage(drawn)).toEqual([]);
      expect(intruders(drawn)).toEqual([]);
    }
  });
});

describe('the dialogs', () => {
  test('asking: what was written is there already', () => {
    const dialog = { view: { ref: REF, control: EC2_19, account: account() } };
    const modal = drawAsk({ ...dialog, text: 'Why is it open?' }, 'ja');
    expect(checkView(modal)).toEqual([]);
    expect(modal).toMatchObject({ private_metadata: REF, callback_id: 'secops.ask' });
    expect(JSON.stringify(modal)).toContain('"initial_value":"Why is it open?"');
    expect(JSON.stringify(drawAsk({ ...dialog, text: ' ' }, 'ja'))).not.toContain('initial_value');
  });

  test('answering: an answered question shows its answer and asks for none', () => {
    const open = drawAnswerDialog(question(), account(), 'en');
    expect(checkView(open)).toEqual([]);
    expect(open.submit).toBeDefined();
    const closed = drawAnswerDialog(answered(), account(), 'en');
    expect(checkView(closed)).toEqual([]);
    expect(closed.submit).toBeUndefined();
    expect(readAloud(closed)).toContain('@U0HELPER1 has answered');
    expect(readAloud(closed)).toContain('The office only.');
  });

  test.each([
    ['    ', 'Please write at least 5 characters.'],
    ['\u200b\u200b\u200b\u200b\u200bab', 'Please write at least 5 characters.'],
    ['x'.repeat(1001), 'Please keep it within 1000 characters.'],
  ])('%j is refused', (value, error) => {
    const at = { block: 'b', action: 'a' };
    const read = (text: unknown) =>
      readText({ state: { values: { b: { a: { value: text } } } } }, at, { min: 5, max: 1000 }, 'en');
    expect(read(value)).toEqual({ ok: false, errors: { b: error } });
    expect(read('  a fine question ')).toEqual({ ok: true, text: 'a fine question' });
    expect(read(null)).toMatchObject({ ok: false });
  });
});

/** Without the values of buttons: they are shown to nobody and come back as they are. */
function unvalued(drawn: unknown): unknown {
  return JSON.parse(JSON.stringify(drawn, (key, value: unknown) => (key === 'value' ? undefined : value)));
}

test('whatever people write, nothing mentions or links of its own accord', () => {
  fc.assert(
    fc.property(
      hostile(1000),
      fc.constantFrom(...LANGUAGES),
      fc.constantFrom(...OFFERS),
      (text, language, kind) => {
        const name = text.slice(0, 80);
        const messages = [
          drawQuestions(
            list({ questions: [{ ...line({ text }), account: account({ name }), permalink: text }] }),
            language,
          ),
          drawOffer({ kind, ref: REF, text }, language),
          drawAccountProblem(
            text,
            { problem: 'unknown', near: [{ id: ACCOUNT_ID, name }] },
            { usage: (account) => `/secops requests ${account}`, example: name },
            language,
          ),
        ];
        for (const drawn of messages) {
          expect(checkMessage(drawn)).toEqual([]);
          expect(intruders(unvalued(drawn))).toEqual([]);
        }
        const views = [
          drawAnswerDialog(answered(text), account({ name }), language),
          drawAnswerDialog(question({ text }), account(), language),
        ];
        for (const drawn of views) {
          expect(checkView(drawn)).toEqual([]);
          expect(intruders(drawn)).toEqual([]);
        }
        // What is typed into a field is never parsed, so that it may hold anything.
        const asking = drawAsk(
          { view: { ref: REF, control: EC2_19, account: account({ name }) }, text },
          language,
        );
        expect(checkView(asking)).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});
