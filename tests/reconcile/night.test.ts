import { nextNight } from '../../src/reconcile';

test.each([
  ['in the evening', '2026-11-24T12:00:00.000Z', 'Asia/Tokyo', '2026-11-24T18:00:00.000Z'],
  ['shortly before', '2026-11-24T17:59:59.999Z', 'Asia/Tokyo', '2026-11-24T18:00:00.000Z'],
  ['at that very moment: the next', '2026-11-24T18:00:00.000Z', 'Asia/Tokyo', '2026-11-25T18:00:00.000Z'],
  [
    'where the day is another one',
    '2026-11-25T02:00:00.000Z',
    'America/New_York',
    '2026-11-25T08:00:00.000Z',
  ],
  ['over the end of a year', '2026-12-31T20:00:00.000Z', 'Europe/Berlin', '2027-01-01T02:00:00.000Z'],
  ['in the night that is longer', '2026-10-24T20:00:00.000Z', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ['in the night that is shorter', '2026-03-28T20:00:00.000Z', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
])('three in the night comes next: %s', (_, now, timeZone, night) => {
  expect(nextNight(new Date(now), timeZone).toISOString()).toBe(night);
});
