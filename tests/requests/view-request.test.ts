import * as fc from 'fast-check';
import type { Account } from '../../src/accounts';
import { type Issue, type Request, type ViewSources, viewRequest } from '../../src/requests';
import {
  ACCOUNT_ID,
  account,
  control,
  EC2_19,
  exception,
  groupArn,
  HELPER,
  issue,
  OWNER,
  playbook,
  TEAM,
} from '../blocks/records';

const NOW = new Date('2026-11-22T00:00:00.000Z');

const request = (over: Partial<Request> = {}): Request => ({
  account: ACCOUNT_ID,
  control: EC2_19,
  product: 'control',
  kind: 'control',
  subject: 'ec2.19',
  channel: 'C1',
  revision: 1,
  phase: 'open',
  card: { shownRevision: 0, toldThrough: 0 },
  version: 1,
  seq: 0,
  outbox: [],
  ...over,
});

const sources = (over: Partial<Account> = {}): ViewSources => ({
  accounts: () => account(over),
  catalogue: { find: () => control(), fromStandard: () => undefined, all: () => [], isRetired: () => false },
  playbooks: () => playbook,
  threats: () => undefined,
  securityTeam: [TEAM],
});

const view = (issues: readonly Issue[], over: Partial<Request> = {}, at: Date = NOW) =>
  viewRequest(request(over), issues, sources(), at);

const suppressed = (n: number, over: Partial<Issue> = {}) =>
  issue(n, { state: 'suppressed', cause: exception, ...over });

it('draws equal records equally, in whatever order and at whatever moment they are read', () => {
  const issues = [
    issue(1, { due: '2026-11-25T00:00:00.000Z' }),
    issue(2, { state: 'notifying', severity: 'LOW' }),
    issue(3, { region: 'us-east-1' }),
    issue(4, { news: { kind: 'failed', at: NOW.toISOString(), detail: 'InternalFailure' } }),
    issue(5, { state: 'resolved' }),
    suppressed(6),
  ];
  const drawn = view(issues);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(issues, { minLength: issues.length }),
      fc.date({ min: NOW, max: new Date('2026-11-24T00:09:59.000Z'), noInvalidDate: true }),
      (shuffled, at) => {
        expect(view(structuredClone(shuffled), {}, at)).toEqual(drawn);
      },
    ),
    { numRuns: 50 },
  );
});

it('shows the nearest deadline first, at most ten issues, and counts all', () => {
  const issues = Array.from({ length: 12 }, (_, n) =>
    issue(n, { due: `2026-11-${String(30 - n).padStart(2, '0')}T00:00:00.000Z` }),
  );
  const { open, openCount, due } = view([...issues, issue(50, { due: undefined as never })]);
  expect(openCount).toBe(13);
  expect(open.map(({ resource }) => resource.id)).toEqual(
    Array.from({ length: 10 }, (_, n) => groupArn(11 - n)),
  );
  expect(due).toBe('2026-11-19T00:00:00.000Z');
});

test.each([
  ['before', '2026-11-24T00:09:59.999Z', false],
  ['at', '2026-11-24T00:10:00.000Z', true],
  ['after', '2026-11-25T00:00:00.000Z', true],
])('%s its deadline: overdue %s is %s', (_, at, overdue) => {
  expect(view([issue(1)], {}, new Date(at)).overdue).toBe(overdue);
});

it('is as severe as the worst open issue, of all when none is open', () => {
  const low = issue(1, { severity: 'LOW' });
  expect(view([low, issue(2, { state: 'resolved', severity: 'CRITICAL' })]).severity).toBe('LOW');
  expect(view([suppressed(1, { severity: 'HIGH' }), suppressed(2, { severity: 'LOW' })])).toMatchObject({
    severity: 'HIGH',
    phase: 'done',
    overdue: false,
    openCount: 0,
  });
  expect(view([])).toMatchObject({ severity: 'INFORMATIONAL', title: control().title, description: '' });
});

it('groups what is suppressed by its cause', () => {
  const policy = { by: 'policy', treatment: 'ignore', line: 'a', policyVersion: 'v' } as const;
  const { suppressed: groups } = view([
    suppressed(1),
    suppressed(2, { state: 'suppressing' }),
    suppressed(3, { cause: { ...exception, change: 'other' } }),
    suppressed(4, { cause: policy }),
    suppressed(5, { cause: { ...policy, line: 'b' } }),
    suppressed(6, { cause: { by: 'outside', who: 'x' } }),
    suppressed(7, { cause: { by: 'outside' } }),
  ]);
  expect(groups.map(({ cause, count, pending }) => [cause.by, count, pending])).toEqual([
    ['exception', 2, 1],
    ['exception', 1, 0],
    ['policy', 1, 0],
    ['policy', 1, 0],
    ['outside', 1, 0],
    ['outside', 1, 0],
  ]);
  expect(groups[0]?.resources).toEqual([groupArn(1), groupArn(2)]);
});

it('counts what is over, and names what Security Hub refused', () => {
  const failed = issue(1, { news: { kind: 'failed', at: NOW.toISOString(), detail: 'InternalFailure' } });
  const drawn = view([failed, issue(2, { state: 'resolved' }), issue(3, { state: 'closed' }), issue(4)]);
  expect(drawn).toMatchObject({
    resolvedCount: 1,
    closedCount: 1,
    openCount: 2,
    failed: [{ resource: groupArn(1), detail: 'InternalFailure' }],
  });
});

test.each([
  ['only told', [issue(1, { state: 'notifying' })], true],
  ['told and tracked', [issue(1, { state: 'notifying' }), issue(2)], false],
  ['none open', [suppressed(1)], false],
])('will be suppressed once told: %s', (_, issues, notifyOnly) => {
  expect(view(issues).notifyOnly).toBe(notifyOnly);
});

it('takes its words from the open issue, else from the one seen last', () => {
  const issues = [
    issue(1, { state: 'resolved', title: 'newest', lastSeen: '2026-11-22T00:00:00.000Z' }),
    issue(2, { state: 'resolved', title: 'older', lastSeen: '2026-11-20T00:00:00.000Z' }),
  ];
  expect(view(issues).title).toBe('newest');
  expect(view([...issues].reverse()).title).toBe('newest');
  expect(view([...issues, issue(3, { title: 'open' })]).title).toBe('open');
});

it('asks the owner, and the security team where there is none', () => {
  expect(view([issue(1)])).toMatchObject({ mentions: [OWNER], ownerless: false });
  const { owner: _, ...ownerless } = account();
  const drawn = viewRequest(request(), [issue(1)], { ...sources(), accounts: () => ownerless }, NOW);
  expect(drawn).toMatchObject({ mentions: [TEAM], ownerless: true });
});

test.each([
  ['notify', true],
  ['enforce', false],
] as const)('mode %s: writes withheld is %s', (mode, withheld) => {
  expect(viewRequest(request(), [issue(1)], sources({ mode }), NOW).withheld).toBe(withheld);
});

it('carries what people have done, and nothing where they have not', () => {
  const at = NOW.toISOString();
  const over = {
    takenBy: { who: HELPER, at },
    fixedBy: { who: HELPER, at, stillFailing: 2 },
    card: {
      shownRevision: 1,
      toldThrough: 1,
      previous: { channel: 'C1', ts: '1.1' },
      insteadOf: { channel: 'C2', because: 'is_archived' },
    },
  };
  expect(view([issue(1)], over)).toMatchObject({
    ref: '111122223333/control/ec2.19',
    takenBy: over.takenBy,
    fixedBy: over.fixedBy,
    previous: over.card.previous,
    insteadOf: over.card.insteadOf,
  });
  for (const name of ['takenBy', 'fixedBy', 'previous', 'insteadOf']) {
    expect(view([issue(1)])).not.toHaveProperty(name);
  }
});
