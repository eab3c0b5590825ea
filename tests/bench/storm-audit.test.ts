import { type Document, document } from '../../bench/documents';
import { auditStorm, type StormTable } from '../../bench/storm-audit';
import type { Thread } from '../../local/slack';
import { issueRegion, readFindings } from '../../src/findings';
import { decide, type Issue, type Request, requestKeyOf, requestRef } from '../../src/requests';
import { METADATA_EVENT } from '../../src/slack';
import { smallCatalogue } from '../fixtures/findings';

const NOW = new Date('2026-01-15T00:00:00.000Z');
const DIGEST = 'bulletin/digest/any/111122223333/new';
const [first, second] = [1, 2].map((resource) =>
  document({ account: '111122223333', control: 'EC2.19', resource, updatedAt: NOW }),
) as [Document, Document];

function issueOf(found: Document, treatment: 'track' | 'ignore', over: Partial<Issue> = {}): Issue {
  const [finding] = readFindings(JSON.stringify(found), smallCatalogue).findings;
  if (finding === undefined) throw new Error('the document cannot be read');
  const { next } = decide({
    finding,
    region: issueRegion(finding, smallCatalogue),
    issue: undefined,
    treat: () => ({ treatment, line: 'all', version: '1', deadlineHours: 24 }),
    now: NOW,
  });
  if (next === undefined) throw new Error('the finding makes no issue');
  return { ...next, ...over };
}

const told = (seq: number): Partial<Issue> => ({ news: { kind: 'joined', at: NOW.toISOString(), seq } });
const issue = issueOf(first, 'track', told(1));
const ref = requestRef(requestKeyOf(issue));
const request: Request = {
  ...requestKeyOf(issue),
  control: issue.control,
  product: issue.product,
  channel: 'C0SHOPPRD',
  revision: 2,
  phase: 'open',
  card: { shownRevision: 2, toldThrough: 2 },
  version: 3,
  seq: 2,
  outbox: [],
};
const post = (ts: string, record: string, key: string) => ({
  ts,
  text: '',
  metadata: { event_type: METADATA_EVENT, event_payload: { record, key } },
});
const message = (ts: string, record: string, key: string, ...replies: readonly object[]): Thread => ({
  ...post(ts, record, key),
  replies: replies.map((reply) => ({ ...reply })),
});
const card = message('1.0', ref, '1');
const digest = message('2.0', DIGEST, 'bulletin');

const table = (issues: readonly Issue[], listed: readonly string[] = []): StormTable => ({
  requests: [request],
  issues,
  told: new Map([[DIGEST, new Set(listed)]]),
});
const audit = (findings: readonly Document[], stored: StormTable, messages: readonly Thread[]) =>
  auditStorm(findings, stored, messages, smallCatalogue);

test('what a card, a reply or a bulletin tells is neither lost nor doubled', () => {
  const joined = issueOf(second, 'track', told(2));
  expect(
    audit([first, second], table([issue, joined]), [message('1.0', ref, '1', post('1.1', ref, '2'))]),
  ).toEqual({
    lost: 0,
    doubled: 0,
    states: { open: 2 },
    problems: [],
  });
  expect(audit([first], table([issue], [ref]), [digest])).toMatchObject({ lost: 0, doubled: 0 });
});

test('what is not stored, has not come to rest, or was told to nobody is lost', () => {
  expect(audit([first, second], table([issue]), [card])).toMatchObject({
    lost: 1,
    states: { open: 1, missing: 1 },
  });
  expect(audit([first], table([{ ...issue, state: 'suppressing' }]), [card])).toMatchObject({ lost: 1 });
  expect(audit([first], table([issue]), [digest])).toMatchObject({ lost: 1 });
  // The table says that the bulletin has told it, and nobody has seen the bulletin.
  expect(audit([first], table([issue], [ref]), [])).toMatchObject({ lost: 1 });
});

test('what policy suppresses without a word need not be told', () => {
  const ignored = issueOf(first, 'ignore');
  expect(audit([first], table([{ ...ignored, state: 'suppressed' }]), [])).toMatchObject({
    lost: 0,
    states: { suppressed: 1 },
  });
  const notified = {
    ...ignored,
    state: 'suppressed' as const,
    cause: { ...ignored.cause, treatment: 'notify' },
  };
  expect(audit([first], table([notified as Issue]), [])).toMatchObject({ lost: 1 });
  expect(audit([first], table([notified as Issue]), [card])).toMatchObject({ lost: 0 });
});

test('a message, a reply or a request that is told twice is doubled', () => {
  expect(audit([first], table([issue]), [card, message('3.0', ref, '1')])).toMatchObject({ doubled: 1 });
  expect(audit([first], table([issue]), [card, message('3.0', ref, '3')])).toMatchObject({ doubled: 1 });
  const replies = [post('1.1', ref, '2'), post('1.2', ref, '2')];
  expect(audit([first], table([issue]), [message('1.0', ref, '1', ...replies)])).toMatchObject({
    doubled: 1,
  });
  expect(audit([first], table([issue], [ref]), [card, digest])).toMatchObject({ doubled: 1 });
  const another = 'bulletin/digest/2026-01-15/111122223333/0';
  const twice = {
    ...table([issue], [ref]),
    told: new Map([DIGEST, another].map((name) => [name, new Set([ref])])),
  };
  expect(audit([first], twice, [digest, message('4.0', another, 'bulletin')])).toMatchObject({ doubled: 1 });
});

test('a card beside its bulletin is not doubled when it tells what has come since', () => {
  const since = issueOf(second, 'track', told(2));
  const later = message('5.0', ref, '2');
  expect(audit([first, second], table([issue, since], [ref]), [digest, later])).toMatchObject({
    lost: 0,
    doubled: 0,
  });
});
