import { FIGURES, isMet, MORNING_CHANNELS, median, quantile, table } from '../../bench/figures';

test('the median is the middle value, or the mean of the two in the middle', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow(RangeError);
});

test('a quantile is a measured value that so many do not exceed', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => 20 - index);
  expect(quantile(twenty, 0.95)).toBe(19);
  expect(quantile(twenty, 1)).toBe(20);
  expect(quantile([7], 0.95)).toBe(7);
});

test('a bar is met by its own limit', () => {
  const [start] = FIGURES;
  const ratio = FIGURES.find(({ key }) => key === 'renderPostRatio');
  expect(start && [isMet(start, 5_000), isMet(start, 5_001)]).toEqual([true, false]);
  expect(ratio && [isMet(ratio, 0.8), isMet(ratio, 0.79)]).toEqual([true, false]);
});

test('the table says what is ok, what is missed and what could not be measured', () => {
  const lines = table({ burstPosts: 20, burstLost: 1, burstSeconds: 60, refreshReads: null }).split('\n');
  expect(lines.map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
    ['burstPosts', '20', '<= 20', 'ok'],
    ['burstLost', '1', '<= 0', 'MISSED'],
    ['burstSeconds', '60'],
    ['refreshReads', '-', '<= 1', 'NOT MEASURED'],
  ]);
});

test('what counts many things has a line for each', () => {
  const lines = table({ callsPer1000New: { 'DynamoDB.GetItem': 7_000, 'SQS.SendMessage': 2 } }).split('\n');
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
    ['callsPer1000New DynamoDB.GetItem', '7,000'],
    ['callsPer1000New SQS.SendMessage', '2'],
  ]);
});

test('a flood is a few messages, and a morning one in each channel', () => {
  const bar = (key: string) => FIGURES.find((figure) => figure.key === key);
  expect(bar('digestPosts1000')).toMatchObject({ bar: 'at most', limit: 3 });
  expect(bar('digestUntold')).toMatchObject({ bar: 'at most', limit: 0 });
  const morning = bar('morningCards');
  expect(morning && [MORNING_CHANNELS, MORNING_CHANNELS + 1].map((cards) => isMet(morning, cards))).toEqual([
    true,
    false,
  ]);
});

test('a figure is named and held to one bar only', () => {
  const keys = FIGURES.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
