import { unsettled, unsettledOrUntold } from '../../bench/come-to-rest';
import type { Issue, Request } from '../../src/requests';

const NOW = '2026-01-15T00:00:00.000Z';
const request: Request = {
  account: '111122223333' as Request['account'],
  kind: 'control',
  subject: 'EC2.19',
  control: 'EC2.19' as Request['control'],
  product: 'control',
  channel: 'C0SHOPPRD',
  revision: 1,
  phase: 'new',
  card: { shownRevision: 0, toldThrough: 0 },
  version: 1,
  seq: 1,
  outbox: [],
};
// What is looked at of an issue; all else is the request's.
const issue = {
  ...request,
  resource: { id: 'sg-1', type: 'AwsEc2SecurityGroup', tags: {} },
} as unknown as Issue;

test('a record whose effects are under way is at work', () => {
  expect([unsettled(request), unsettled({ ...request, unsettled: NOW })]).toEqual([false, true]);
  expect([unsettled(issue), unsettled({ ...issue, unsettled: NOW })]).toEqual([false, true]);
});

test('a request that is held and an issue that waits are settled, and yet to be told', () => {
  const held = { ...request, held: { bulletin: 'bulletin/digest/any/111122223333/new' } };
  const waiting: Issue = { ...issue, waiting: true };
  expect([held, waiting].map(unsettled)).toEqual([false, false]);
  expect([held, waiting].map(unsettledOrUntold)).toEqual([true, true]);
  const listed = { ...request, listed: { bulletin: 'bulletin/digest/any/111122223333/new', at: NOW } };
  expect([listed, issue].map(unsettledOrUntold)).toEqual([false, false]);
});
