import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../src/config';
import { loadScoreRules } from '../../src/scores';

const folder = mkdtempSync(join(tmpdir(), 'scores-'));
const file = join(folder, 'scores.yml');
afterAll(() => rmSync(folder, { recursive: true }));

const HOUR = 3_600_000;
const rules = (text: string) => {
  writeFileSync(file, text);
  return loadScoreRules(file);
};
const problem = (text: string): string => {
  try {
    rules(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(`${file}:`, '');
    throw error;
  }
  throw new Error('it was accepted');
};
const text = (over: { day?: string; time?: string; size?: string; few?: string } = {}) =>
  `weekly:\n  day: ${over.day ?? 'monday'}\n  time: ${over.time ?? "'10:00'"}\n` +
  `ranking:\n  size: ${over.size ?? '10'}\n  fewResources: ${over.few ?? '10'}\n`;

test('the file that comes with the program: Monday at ten, ten accounts, ten resources', () => {
  expect(loadScoreRules('config/scores.yml')).toEqual({
    weekly: { weekday: 1, time: 10 * HOUR },
    size: 10,
    fewResources: 10,
  });
});

test('reads any weekday, any time of the day, and no class of its own', () => {
  expect(rules(text({ day: 'sunday', time: "'23:30'", size: '20', few: '0' }))).toEqual({
    weekly: { weekday: 0, time: 23.5 * HOUR },
    size: 20,
    fewResources: 0,
  });
});

test.each([
  [text({ day: 'funday' }), /^2:8 .*monday/],
  [text({ time: "'24:00'" }), /^3:9 .*write an hour such as '10:00'/],
  [text({ time: '10' }), /^3:9 /],
  [text({ size: '0' }), /^5:9 .*write at least 1/],
  [text({ size: '21' }), /^5:9 .*write at most 20/],
  [text({ size: '2.5' }), /^5:9 .*write a whole number/],
  [text({ few: '-1' }), /^6:17 .*write at least 0/],
  [`${text()}bottom: 10\n`, /^7:1 .*weekly, ranking/],
  ['weekly: { day: monday }\nranking: { size: 10, fewResources: 10 }\n', /^1:9 .*time/],
])('says what is wrong, and where: %#', (wrong, said) => {
  expect(problem(wrong)).toMatch(said);
});

test('says that the file is needed', () => {
  expect(() => loadScoreRules(join(folder, 'none.yml'))).toThrow('the bot needs this file');
});
