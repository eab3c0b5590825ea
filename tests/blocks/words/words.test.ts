import { ACTIONS, BLOCKS, CALLBACKS, moreValue, readMore } from '../../../blocks/ids';
import { LIMITS, mrk, SafeMrkdwn } from '../../../blocks/kit';
import { shownWords } from '../../../blocks/words/shown';

/** The paths and kinds of everything in a book of words. */
function shape(value: unknown, at = ''): string[] {
  if (value instanceof SafeMrkdwn) return [`${at}: markup`];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => shape(inner, `${at}/${key}`));
  }
  return [`${at}: ${typeof value}`];
}

function strings(value: unknown): string[] {
  if (value instanceof SafeMrkdwn) return [value.markup];
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

const [ja, en] = [shownWords('ja'), shownWords('en')];

test('both languages have the same words', () => {
  expect(shape(en)).toEqual(shape(ja));
});

test('no word is empty, and no English one holds Japanese', () => {
  for (const text of [...strings(ja), ...strings(en)]) expect(text.trim()).not.toBe('');
  for (const text of strings(en)) expect(text).not.toMatch(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}、。]/u);
});

test('nothing is shouted', () => {
  for (const text of [...strings(ja), ...strings(en)]) expect(text).not.toMatch(/[!！]/);
});

test('Japanese sentences are polite and end with a full stop', () => {
  const sentences = strings(ja).filter((text) => text.length > 1 && text.endsWith('。'));
  expect(sentences.length).toBeGreaterThan(40);
  for (const text of sentences)
    expect(text).toMatch(/(です|ます|ません|ました|でした|ください|ましょう|件)[^。]{0,2}。$/);
});

test.each(['ja', 'en'] as const)('%s: titles, buttons and options fit their limits', (language) => {
  const w = shownWords(language);
  const titles = [w.loading.title, w.problem.title, w.suppress.title, w.details.title, w.resources.title];
  const closing = [w.close, w.suppress.submit, w.suppress.cancel];
  for (const text of [...titles, ...closing]) expect(text.length).toBeLessThanOrEqual(LIMITS.title);

  for (const text of Object.values(w.bulletin.list.title)) {
    expect(text.length).toBeLessThanOrEqual(LIMITS.title);
  }

  const { take, fixed, suppress, details, checkNow, undo, showMore } = w.card;
  const { menuRequests, menuPolicy, menuHelp } = w.answers;
  const buttons = [
    take,
    fixed,
    suppress,
    details,
    checkNow,
    showMore(99_999),
    menuRequests,
    menuPolicy,
    menuHelp,
  ];
  for (const text of [...buttons, w.resources.next, w.resources.previous, w.details.console]) {
    expect(text.length).toBeLessThanOrEqual(LIMITS.button);
  }
  const { show, showList, undecided } = w.bulletin;
  for (const text of [show, showList, w.threat.fixed, w.threat.console, ...Object.values(undecided.decide)]) {
    expect(text.length).toBeLessThanOrEqual(LIMITS.button);
  }
  for (const text of [undecided.confirm, undecided.back]) expect(text.length).toBeLessThanOrEqual(30);
  for (const text of [undo, w.card.keep]) expect(text.length).toBeLessThanOrEqual(30);
  expect(w.suppress.dayOption(365, w.day(new Date(), 'Asia/Tokyo')).length).toBeLessThanOrEqual(
    LIMITS.option,
  );
  expect(w.suppress.scopeAll(99_999).length).toBeLessThanOrEqual(LIMITS.option);
  expect(w.suppress.reasonPlaceholder.length).toBeLessThanOrEqual(LIMITS.placeholder);
});

test('dates on a calendar follow the time zone', () => {
  const at = new Date('2026-12-21T20:00:00.000Z');
  expect(ja.day(at, 'Asia/Tokyo')).toBe('2026/12/22');
  expect(ja.day(at, 'UTC')).toBe('2026/12/21');
  expect(en.day(at, 'Asia/Tokyo')).toBe('22 Dec 2026');
});

test('severities are said both ways in Japanese', () => {
  expect(ja.severity.CRITICAL).toBe('重大 (CRITICAL)');
  expect(ja.severity.HIGH).toBe('高 (HIGH)');
});

test('English counts agree with their nouns', () => {
  expect(en.thread.joined(1).markup).toBe('1 more resource joined this request.');
  expect(en.thread.joined(2).markup).toBe('2 more resources joined this request.');
  expect(en.listed([mrk`a`, mrk`b`, mrk`c`]).markup).toBe('a, b and c');
});

describe('ids', () => {
  test('are unique among their kind and within Slack’s limit', () => {
    for (const ids of [ACTIONS, BLOCKS, CALLBACKS].map((table) => Object.values(table))) {
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^secops(\.[a-z]+){1,2}$/);
    }
  });

  test('a choice of the overflow menu is read back with its reference', () => {
    const ref = '111122223333/control/pci.iam.8:x';
    expect(readMore(moreValue('check', ref))).toEqual({ choice: 'check', ref });
    expect(readMore('delete:everything')).toBeUndefined();
    expect(readMore('check:')).toBeUndefined();
    expect(readMore('')).toBeUndefined();
  });
});
