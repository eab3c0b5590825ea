import {
  dayHeading,
  fullMoment,
  momentByWallClock,
  type Reader,
  slackDate,
  timeOfDay,
  wallClock,
} from '../../../../../local/page/ui/slack/dates';

const NOW = new Date('2026-11-22T21:30:00Z');
const AT = NOW.getTime() / 1000;
const tokyo: Reader = { language: 'ja', timeZone: 'Asia/Tokyo' };
const newYork: Reader = { language: 'en', timeZone: 'America/New_York' };
const DAY = 86_400;

/** `Intl` puts narrow and no-break spaces before AM and PM. */
const plainly = (text: string | undefined) => text?.replace(/\s/g, ' ');

test.each<[string, string, string]>([
  ['{date_num}', '2026-11-23', '2026-11-22'],
  ['{date}', '2026年11月23日', 'November 22nd, 2026'],
  ['{date_short}', '2026年11月23日', 'Nov 22, 2026'],
  ['{date_long}', '2026年11月23日 月曜日', 'Sunday, November 22nd, 2026'],
  ['{date_pretty}', '今日', 'Today'],
  ['at {date_short_pretty}', 'at 今日', 'at today'],
  ['{time}', '6:30', '4:30 PM'],
  ['{time_secs}', '6:30:00', '4:30:00 PM'],
  ['{date_num} {time}', '2026-11-23 6:30', '2026-11-22 4:30 PM'],
  ['no tokens', 'no tokens', 'no tokens'],
])('%s', (format, inTokyo, inNewYork) => {
  expect(plainly(slackDate(format, AT, NOW, tokyo))).toBe(inTokyo);
  expect(plainly(slackDate(format, AT, NOW, newYork))).toBe(inNewYork);
});

test('days are counted by the reader’s clock', () => {
  // 23:30 UTC of the 21st is the 22nd in Tokyo: yesterday there, and today nowhere.
  const late = Date.parse('2026-11-21T23:30:00Z') / 1000;
  expect(slackDate('{date_pretty}', late, NOW, tokyo)).toBe('昨日');
  expect(slackDate('{date_pretty}', late + DAY, NOW, tokyo)).toBe('今日');
  expect(slackDate('{date_pretty}', AT + DAY, NOW, tokyo)).toBe('明日');
  expect(slackDate('{date_pretty}', AT - 5 * DAY, NOW, tokyo)).toBe('2026年11月18日');
});

test('ordinals', () => {
  const of = (day: string) =>
    slackDate('{date}', Date.parse(`2026-10-${day}T12:00:00Z`) / 1000, NOW, newYork);
  expect(['01', '02', '03', '04', '11', '12', '13', '21', '22', '23', '31'].map(of)).toEqual(
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '23rd', '31st'].map(
      (day) => `October ${day}, 2026`,
    ),
  );
});

test('how long ago', () => {
  expect(slackDate('{ago}', AT - 2 * 3_600, NOW, tokyo)).toBe('2 時間前');
  expect(slackDate('{ago}', AT - 3 * DAY, NOW, newYork)).toBe('3 days ago');
  expect(slackDate('{ago}', AT, NOW, newYork)).toBe('Now');
});

test('what Slack cannot format is left to the fallback', () => {
  expect(slackDate('{nonsense}', AT, NOW, tokyo)).toBeUndefined();
  expect(slackDate('{constructor}', AT, NOW, tokyo)).toBeUndefined();
  expect(slackDate('{time}', Number.MAX_SAFE_INTEGER, NOW, tokyo)).toBeUndefined();
});

test('headings, times and tooltips', () => {
  expect(dayHeading(NOW, NOW, tokyo)).toBe('今日');
  expect(dayHeading(new Date('2026-11-18T03:00:00Z'), NOW, tokyo)).toBe('2026年11月18日 水曜日');
  expect(plainly(timeOfDay(NOW, newYork))).toBe('4:30 PM');
  expect(plainly(fullMoment(NOW, tokyo))).toBe('2026年11月23日 月曜日 6:30:00');
});

test.each<[string, string, Reader]>([
  ['2026-11-22T21:30:00Z', '2026-11-23T06:30', tokyo],
  ['2026-11-22T21:30:00Z', '2026-11-22T16:30', newYork],
  // An hour before and after New York's clocks go back.
  ['2026-11-01T04:30:00Z', '2026-11-01T00:30', newYork],
  ['2026-11-01T07:30:00Z', '2026-11-01T02:30', newYork],
])('%s is %s on the reader’s clock, and back', (at, shown, reader) => {
  expect(wallClock(new Date(at), reader)).toBe(shown);
  expect(momentByWallClock(shown, reader)).toEqual(new Date(at));
});
