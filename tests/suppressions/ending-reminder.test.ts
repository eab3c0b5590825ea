import { join } from 'node:path';
import { loadCalendar } from '../../src/calendar';
import { endingReminder } from '../../src/suppressions';

const calendar = loadCalendar(join(__dirname, '..', '..', 'config', 'calendar.yml'), {
  timeZone: 'Asia/Tokyo',
  quiet: true,
});

test.each<[string, string, string, string]>([
  [
    '90 days: a week before',
    '2026-08-25T01:00:00.000Z',
    '2026-11-23T01:00:00.000Z',
    '2026-11-16T01:00:00.000Z',
  ],
  [
    'exactly three weeks: a week before',
    '2026-11-04T01:00:00.000Z',
    '2026-11-25T01:00:00.000Z',
    '2026-11-18T01:00:00.000Z',
  ],
  [
    'two weeks: a third before',
    '2026-11-24T01:00:00.000Z',
    '2026-12-08T01:00:00.000Z',
    '2026-12-03T09:00:00.000Z',
  ],
  [
    'one day: eight hours before',
    '2026-11-24T01:00:00.000Z',
    '2026-11-25T01:00:00.000Z',
    '2026-11-24T17:00:00.000Z',
  ],
  [
    'on a Sunday: on the Friday before',
    '2026-09-14T01:00:00.000Z',
    '2026-10-18T01:00:00.000Z',
    '2026-10-09T01:00:00.000Z',
  ],
  [
    'on a public holiday (Culture Day): on the working day before',
    '2026-09-01T01:00:00.000Z',
    '2026-11-10T01:00:00.000Z',
    '2026-11-02T01:00:00.000Z',
  ],
  [
    'at the weekend of one that began on it: as it falls',
    '2026-11-21T01:00:00.000Z',
    '2026-11-22T01:00:00.000Z',
    '2026-11-21T17:00:00.000Z',
  ],
])('%s', (_, asOf, until, at) => {
  expect(endingReminder(asOf, until, calendar).toISOString()).toBe(at);
});
