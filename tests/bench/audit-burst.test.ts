import { auditBurst, type Stored } from '../../bench/audit-burst';
import { type Document, document } from '../../bench/documents';
import { words } from '../../blocks/words';
import type { Thread } from '../../local/slack';
import { issueRegion, readFindings } from '../../src/findings';
import { decide, type Issue, type Request, requestKeyOf, requestRef } from '../../src/requests';
import { METADATA_EVENT } from '../../src/slack';
import { smallCatalogue } from '../fixtures/findings';

const NOW = new Date('2026-01-15T00:00:00.000Z');
const DOCUMENTS = [1, 2, 3].map((resource) =>
  document({ account: '111122223333', control: 'EC2.19', resource, updatedAt: NOW }),
);

/** An open issue whose news has this number in its request's history. */
function issueOf(found: Document, seq: number): Issue {
  const [finding] = readFindings(JSON.stringify(found), smallCatalogue).findings;
  if (finding === undefined) throw new Error('the document cannot be read');
  const { next } = decide({
    finding,
    region: issueRegion(finding, smallCatalogue),
    issue: undefined,
    treat: () => ({ treatment: 'track', line: 'all', version: '1', deadlineHours: 24 }),
    now: NOW,
  });
  if (next?.news === undefined) throw new Error('the finding opens no issue');
  return { ...next, news: { ...next.news, seq } };
}

/** The first two issues are told by the card (1), the third by a reply (2). */
const issues = DOCUMENTS.map((found, index) => issueOf(found, index < 2 ? 1 : 2));
const first = issues[0] as Issue;
const request: Request = {
  ...requestKeyOf(first),
  control: first.control,
  product: first.product,
  channel: 'C0SHOPPRD',
  revision: 2,
  phase: 'open',
  card: { shownRevision: 2, toldThrough: 2 },
  version: 3,
  seq: 2,
  outbox: [],
};
const stored: readonly Stored[] = [{ request, issues }];

const marked = (key: string, record = requestRef(request)) => ({
  event_type: METADATA_EVENT,
  event_payload: { record, key },
});
const reply = { ts: '2.0', text: '', metadata: marked('2') };
const card = (changed: Partial<Thread> = {}): Thread => ({
  ts: '1.0',
  text: '',
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `*${words('ja').card.resources(3)}*` } }],
  metadata: marked('1'),
  replies: [reply],
  ...changed,
});
const audit = (messages: readonly Thread[]) => auditBurst(DOCUMENTS, stored, messages, smallCatalogue);

test('a card and a reply that tell of every issue once lose and double nothing', () => {
  expect(audit([card()])).toEqual({ lost: 0, doubled: 0, problems: [] });
});

test('an issue whose reply was never posted is lost', () => {
  expect(audit([card({ replies: [] })])).toMatchObject({ lost: 1, doubled: 0 });
});

test('without the card, or with one that counts other resources, all its issues are lost', () => {
  expect(audit([])).toMatchObject({ lost: 3 });
  expect(audit([card({ blocks: [] })])).toMatchObject({ lost: 3 });
});

test('an issue that the table does not hold open is lost', () => {
  const [one, two] = issues as [Issue, Issue, Issue];
  const closed = [{ request, issues: [one, two, { ...first, ...issues[2], state: 'closed' as const }] }];
  const counting = card({
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: words('en').card.resources(2) } }],
  });
  expect(auditBurst(DOCUMENTS, closed, [counting], smallCatalogue)).toMatchObject({ lost: 1, doubled: 0 });
});

test('a second card and a second reply are doubled, with the same mark or another', () => {
  expect(audit([card(), card({ ts: '3.0', replies: [] })])).toMatchObject({ lost: 0, doubled: 1 });
  expect(audit([card({ replies: [reply, { ...reply, ts: '4.0' }] })])).toMatchObject({ doubled: 1 });
  expect(audit([card(), card({ ts: '3.0', metadata: marked('3'), replies: [] })])).toMatchObject({
    doubled: 1,
  });
});
