import { axisFloor, axisLabels } from '../../../blocks/pictures/axes';
import { addDays } from '../../../src/calendar';
import type { Language } from '../../../src/playbooks';
import { TODAY } from './views';

const daysOf = (count: number, every = 1): string[] =>
  Array.from({ length: count }, (_, place) => addDays(TODAY, every * (place - count + 1)));
const labels = (days: readonly string[], language: Language): string[] => [
  ...axisLabels(days, language).values(),
];

it.each([
  [1, ['11/23']],
  [3, ['11/21', '11/22', '11/23']],
  [8, ['11/17', '11/19', '11/21', '11/23']],
  [30, ['10/26', '11/2', '11/9', '11/16', '11/23']],
  [60, ['9/28', '10/12', '10/26', '11/9', '11/23']],
  [100, ['9月', '10月', '11月']],
  [400, ['2026年', '4月', '7月', '10月']],
])('labels %i days in Japanese', (count, expected) => {
  expect(labels(daysOf(count), 'ja')).toEqual(expected);
});

it.each([
  [3, ['21 Nov', '22 Nov', '23 Nov']],
  [30, ['26 Oct', '2 Nov', '9 Nov', '16 Nov', '23 Nov']],
  [400, ['2026', 'Apr', 'Jul', 'Oct']],
])('labels %i days in English', (count, expected) => {
  expect(labels(daysOf(count), 'en')).toEqual(expected);
});

it('labels weeks: days of a few, months of many, each where its first week stands', () => {
  expect(labels(daysOf(4, 7), 'en')).toEqual(['2 Nov', '9 Nov', '16 Nov', '23 Nov']);
  const days = daysOf(57, 7);
  expect([...axisLabels(days, 'en')].map(([place, label]) => `${days[place]} ${label}`)).toEqual([
    '2026-01-05 2026',
    '2026-04-06 Apr',
    '2026-07-06 Jul',
    '2026-10-05 Oct',
  ]);
});

it('never has more labels than there is room for, and at least one', () => {
  for (let count = 1; count <= 420; count += 1) {
    const found = labels(daysOf(count), 'en').length;
    expect(found).toBeGreaterThanOrEqual(1);
    expect(found).toBeLessThanOrEqual(5);
  }
});

it.each([
  [[100], 80],
  [[84, 90], 80],
  [[83, 90], 60],
  [[64], 60],
  [[63, 100], 0],
  [[0], 0],
])('begins the axis of %j at %i', (scores, floor) => {
  expect(axisFloor(scores)).toBe(floor);
});
