import { join } from 'node:path';
import { loadCalendar } from '../../src/calendar';
import { deliver, type Rush } from '../../src/cards';
import type { Severity } from '../../src/controls';
import type { Issue, Request } from '../../src/requests';
import { issue } from '../blocks/records';

const file = join(__dirname, '../../config/calendar.yml');
const quiet = loadCalendar(file, { timeZone: 'Asia/Tokyo', quiet: true });
const loud = loadCalendar(file, { timeZone: 'Asia/Tokyo', quiet: false });
/** A Friday, 15:00 in Tokyo; the Monday after is a public holiday. */
const FRIDAY = new Date('2026-11-20T06:00:00.000Z');
const CALM: Rush = { young: false, flooded: false };
const FLOOD: Rush = { young: false, flooded: true };
const YOUNG: Rush = { young: true, flooded: false };

const request: Request = {
  account: '111122223333' as Request['account'],
  control: 'EC2.19' as Request['control'],
  product: 'control',
  kind: 'control',
  subject: 'ec2.19',
  channel: 'C0SHOPPRD',
  revision: 1,
  phase: 'open',
  card: { shownRevision: 0, toldThrough: 0 },
  version: 1,
  seq: 1,
  outbox: [],
};
const of = (severity: Severity, over: Partial<Issue> = {}) => issue(1, { severity, ...over });
const how = (severity: Severity, rush = CALM, over: Partial<Request> = {}, calendar = quiet) => {
  const target = deliver({ ...request, ...over }, [of(severity)], rush, calendar, FRIDAY);
  return target === 'now' ? 'now' : `${target.key.kind} ${target.key.day} ${target.key.subject}`;
};

test.each<[Severity, string]>([
  ['CRITICAL', 'now'],
  ['HIGH', 'now'],
  ['MEDIUM', 'morning 2026-11-24 C0SHOPPRD'],
  ['LOW', 'morning 2026-11-24 C0SHOPPRD'],
])('on a calm day %s is told: %s', (severity, expected) => expect(how(severity)).toBe(expected));

test('the morning is the next working day’s, at nine', () => {
  const target = deliver(request, [of('LOW')], CALM, quiet, FRIDAY);
  expect(target).toMatchObject({ channel: 'C0SHOPPRD', postAt: new Date('2026-11-24T00:00:00.000Z') });
});

test('without quiet nothing waits for a morning', () => {
  for (const severity of ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const) {
    expect(how(severity, CALM, {}, loud)).toBe('now');
  }
});

test('a flood is one digest, and what is CRITICAL stands beside it', () => {
  expect(how('CRITICAL', FLOOD)).toBe('now');
  expect(how('HIGH', FLOOD)).toBe('digest 2026-11-20 111122223333/1');
  expect(how('LOW', FLOOD, {}, loud)).toBe('digest 2026-11-20 111122223333/1');
});

test('the first day of an account is one digest, however long it takes', () => {
  expect(how('HIGH', YOUNG)).toBe('digest any 111122223333/new');
});

test('threats are never part of anything', () => {
  for (const rush of [CALM, FLOOD, YOUNG]) expect(how('MEDIUM', rush, { kind: 'threat' })).toBe('now');
});

test('what a person wants shown is shown', () => {
  expect(how('LOW', FLOOD, { own: true })).toBe('now');
  const sent = of('LOW', { news: { kind: 'sent', at: FRIDAY.toISOString(), detail: 'Ask the owner' } });
  expect(deliver(request, [sent], YOUNG, quiet, FRIDAY)).toBe('now');
});

test('what a digest has told gets a card of its own when it grows later, but not within the flood', () => {
  const listed = {
    listed: { bulletin: 'bulletin/digest/2026-11-20/111122223333/1', at: FRIDAY.toISOString() },
  };
  expect(how('HIGH', FLOOD, listed)).toBe('digest 2026-11-20 111122223333/1');
  expect(how('LOW', CALM, listed)).toBe('now');
});

test('only what is still to be told decides', () => {
  const told = of('CRITICAL', { news: { kind: 'joined', at: FRIDAY.toISOString(), seq: 1 } });
  const next = issue(2, { severity: 'LOW', news: { kind: 'joined', at: FRIDAY.toISOString() } });
  const known = { ...request, card: { ...request.card, toldThrough: 1 } };
  expect(deliver(known, [told, next], CALM, quiet, FRIDAY)).toMatchObject({ key: { kind: 'morning' } });
});
