import type { Treated } from '../../src/policy';
import { type Issue, type IssueState, isOpen, redecide } from '../../src/requests';
import {
  decideOn,
  IGNORE,
  issueAfter,
  LEAVE,
  later,
  NOTIFY,
  START,
  settled,
  suppressedBy,
  TRACK,
  treated,
  UNDECIDED,
  written,
} from './decider';
import { finding } from './finding';

const NOW = later(3_600_000);
const failed = finding();
const open = settled(issueAfter([failed]));
const notifying = settled(issueAfter([failed], { treat: NOTIFY }));
const left = settled(issueAfter([failed], { treat: LEAVE }));
const held = settled(issueAfter([failed], { treat: UNDECIDED }));
const byPolicy = { by: 'policy', treatment: 'ignore', line: 'line-ignore', policyVersion: 'v1' } as const;
const ignored = suppressedBy(byPolicy, open);
const suppressing = settled(issueAfter([failed], { treat: IGNORE }));
const excepted = suppressedBy(
  {
    by: 'exception',
    change: 'c1',
    who: 'U0OWNER1' as never,
    name: 'Owner',
    reason: 'Needed until the migration is over.',
    until: later(86_400_000).toISOString(),
  },
  open,
);
const outside = suppressedBy({ by: 'outside' }, open);
const resolved = settled(
  issueAfter([failed, finding({ compliance: 'PASSED', updatedAt: NOW.toISOString() })]),
);

const undecided: Treated = { ...treated('track'), undecided: true };

test('nobody is asked about a control that nobody has decided on', () => {
  const decision = decideOn(undefined, failed, { treat: UNDECIDED });
  expect(decision).toMatchObject({ outcome: 'moved', next: { state: 'held' } });
  expect(decision.next && isOpen(decision.next)).toBe(false);
  expect(decision.next?.unsettled).toBeDefined();
});

const CASES: readonly [string, Issue, Treated, IssueState][] = [
  ['open, now ignored', open, treated('ignore'), 'suppressing'],
  ['open, now left to others', open, treated('leave'), 'left'],
  ['open, now only told', open, treated('notify'), 'notifying'],
  ['told, now tracked', notifying, treated('track'), 'open'],
  ['told, now ignored', notifying, treated('ignore'), 'suppressing'],
  ['ignored, now tracked', ignored, treated('track'), 'open'],
  ['ignored, now told', ignored, treated('notify'), 'suppressed'],
  ['ignored, now left to others', ignored, treated('leave'), 'left'],
  ['ignored, now undecided', ignored, undecided, 'held'],
  ['left, now tracked', left, treated('track'), 'open'],
  ['left, now ignored', left, treated('ignore'), 'suppressing'],
  ['held, now tracked', held, treated('track'), 'open'],
  ['held, now ignored', held, treated('ignore'), 'suppressing'],
  ['held, still undecided', held, undecided, 'held'],
  ['excepted, now ignored', excepted, treated('ignore'), 'suppressed'],
  ['excepted, now tracked', excepted, treated('track'), 'suppressed'],
  ['suppressed outside, now tracked', outside, treated('track'), 'suppressed'],
  ['resolved, now tracked', resolved, treated('track'), 'resolved'],
];

test.each(CASES)('%s', (_, issue, rules, state) => {
  const next = redecide(issue, rules, NOW, false);
  expect(next.state).toBe(state);
  if (state === issue.state) expect(next).toBe(issue);
  else expect(next.uncopied.length).toBeGreaterThan(0);
});

test('what was suppressed by us is taken back when policy leaves it to others', () => {
  expect(redecide(ignored, treated('leave'), NOW, false)).toMatchObject({
    lift: true,
    unsettled: NOW.toISOString(),
  });
  expect(redecide(ignored, treated('track'), NOW, false)).toMatchObject({ lift: true });
});

test('a person sent it by hand: policy does not take that back', () => {
  const sent = { ...open, sentAt: START.toISOString() };
  expect(redecide(sent, treated('ignore'), NOW, false)).toBe(sent);
});

test('deciding twice decides once', () => {
  for (const [, issue, rules] of CASES) {
    const once = redecide(issue, rules, NOW, false);
    expect(redecide(once, rules, NOW, false)).toBe(once);
  }
});

test('a changed mode has what rests take effect', () => {
  const mode = (issue: Issue, rules: Treated) => redecide(issue, rules, NOW, true).unsettled;
  expect(mode(suppressing, treated('ignore'))).toBe(NOW.toISOString());
  expect(mode(open, treated('track'))).toBe(NOW.toISOString());
  expect(mode(held, undecided)).toBe(NOW.toISOString());
  expect(mode(ignored, treated('ignore'))).toBeUndefined();
  expect(mode(outside, treated('track'))).toBeUndefined();
  expect(mode(resolved, treated('track'))).toBeUndefined();
});

describe('sent by hand', () => {
  const sent = { action: 'Ask the owner', at: '2026-11-20T00:59:00.000Z' };
  const again = (issue: Issue | undefined, over = {}) =>
    decideOn(issue, finding(over), { treat: LEAVE, sent });

  test.each<[string, Issue | undefined]>([
    ['never seen', undefined],
    ['left to others', left],
    ['held', held],
    ['ignored', ignored],
    ['suppressed outside', outside],
  ])('%s: people are asked now', (_, issue) => {
    expect(again(issue)).toMatchObject({
      outcome: 'moved',
      next: { state: 'open', sentAt: sent.at, news: { kind: 'sent', detail: 'Ask the owner' } },
    });
  });

  test('open already: its thread hears of it, once', () => {
    const first = again(open);
    expect(first).toMatchObject({ outcome: 'moved', next: { state: 'open', news: { kind: 'sent' } } });
    const stored = { ...(first.next as Issue), version: open.version + 1 };
    expect(again(stored).outcome).not.toBe('moved');
  });

  test('an exception that still holds stays', () => {
    expect(again(excepted).next?.state ?? 'suppressed').toBe('suppressed');
  });

  test('what passes is not asked about', () => {
    expect(again(open, { compliance: 'PASSED', updatedAt: NOW.toISOString() })).toMatchObject({
      next: { state: 'resolved' },
    });
  });
});

describe('one thing in several formats', () => {
  const threat = (format: 'asff' | 'guardduty' | 'ocsf', over = {}) => {
    const { compliance: _, ...rest } = finding();
    return { ...rest, product: 'guardduty' as const, format, ...over };
  };

  test('only ASFF says what Security Hub’s workflow is', () => {
    const first = settled(issueAfter([threat('asff', { workflow: 'NOTIFIED' })]));
    const again = decideOn(first, threat('guardduty', { updatedAt: '2026-11-20T00:30:00.000Z' }), {
      treat: TRACK,
    });
    expect(again.outcome).toBe('unchanged');
  });

  test('what has come from GuardDuty alone is marked so until Security Hub tells of it', () => {
    const direct = settled(issueAfter([threat('guardduty')]));
    expect(Object.values(direct.findings)).toMatchObject([{ direct: true }]);
    const both = decideOn(
      direct,
      threat('asff', { updatedAt: '2026-11-20T00:30:00.000Z', severity: 'CRITICAL' }),
      {
        treat: TRACK,
      },
    );
    expect(Object.values(both.next?.findings ?? {})[0]).not.toHaveProperty('direct');
  });

  test('a threat that goes on has its card shown anew, without news', () => {
    const first = settled(
      issueAfter([threat('asff', { threat: { count: 1, firstSeen: '2026-11-19T00:00:00.000Z' } })]),
    );
    const grown = decideOn(
      first,
      threat('asff', {
        updatedAt: '2026-11-20T00:30:00.000Z',
        threat: { count: 7, firstSeen: '2026-11-19T12:00:00.000Z', lastSeen: '2026-11-20T00:20:00.000Z' },
      }),
      { treat: TRACK },
    );
    expect(grown).toMatchObject({
      outcome: 'moved',
      next: {
        threat: { count: 7, firstSeen: '2026-11-19T00:00:00.000Z', lastSeen: '2026-11-20T00:20:00.000Z' },
      },
    });
    expect(grown.next?.seq).toBe(first.seq);
  });
});

test('an issue in a bulletin that is yet to be posted forgets that when it moves', () => {
  const waiting: Issue = { ...written(open, 'NEW'), waiting: true };
  expect(redecide(waiting, treated('ignore'), NOW, false)).not.toHaveProperty('waiting');
});

test('AWS replaces all ids of what somebody has suppressed: the new one is suppressed as well', () => {
  const gone = decideOn(
    outside,
    finding({
      recordState: 'ARCHIVED',
      archivalReason: 'CONSOLIDATED_CONTROL_FINDINGS_UPDATE',
      workflow: 'SUPPRESSED',
      updatedAt: '2026-11-20T00:40:00.000Z',
    }),
  );
  expect(gone.next?.state).toBe('suppressed');
  const between = settled(gone.next as Issue);
  const fresh = finding({ updatedAt: '2026-11-20T00:50:00.000Z' }, 'b');
  expect(decideOn(between, fresh)).toMatchObject({
    outcome: 'moved',
    next: { state: 'suppressing', cause: { by: 'outside' } },
  });
});
