import * as fc from 'fast-check';
import { type Principal, principal } from '../../src/accounts';
import type { ControlId, Severity } from '../../src/controls';
import type { ComplianceStatus, Finding, RecordState, WorkflowStatus } from '../../src/findings';
import {
  type Cause,
  type Decision,
  decide,
  decideAnew,
  type Issue,
  liveException,
  moveIssue,
  openIssue,
} from '../../src/requests';
import {
  DAY,
  decideOn,
  HOUR,
  IGNORE,
  issueAfter,
  LEAVE,
  later,
  NOTIFY,
  policyOf,
  START,
  settled,
  stored,
  suppressedBy,
  TRACK,
  treated,
  written,
} from './decider';
import { finding } from './finding';

const PERSON = principal('U0OWNER1') as Principal;
const SOMEBODY = 'arn:aws:sts::111122223333:assumed-role/Admin/alex';
const T0 = '2026-11-20T00:00:00.000Z';
const T1 = '2026-11-20T00:30:00.000Z';
const T2 = '2026-11-20T00:45:00.000Z';

const exception = (until: Date = later(30 * DAY)): Cause => ({
  by: 'exception',
  change: 'change-1',
  who: PERSON,
  name: 'Alex Example',
  reason: 'Needed until the migration is over.',
  until: until.toISOString(),
});
const byPolicy: Cause = { by: 'policy', treatment: 'ignore', line: 'line-ignore', policyVersion: 'v1' };
const outside: Cause = { by: 'outside', who: SOMEBODY };

const failed = finding();
const again = (over: Partial<Finding>): Finding => finding({ updatedAt: T1, ...over });

const open = settled(issueAfter([failed]));
const notifying = settled(issueAfter([failed], { treat: NOTIFY }));
const suppressing = issueAfter([failed], { treat: IGNORE });
const left = issueAfter([failed], { treat: LEAVE });
const unknown = issueAfter([finding({ compliance: 'WARNING' })]);
const resolved = settled(stored(decideOn(open, again({ compliance: 'PASSED' })), open));
const closed = settled(stored(decideOn(open, again({ recordState: 'ARCHIVED' })), open));

const ignored = suppressedBy(byPolicy, open);
const excepted = suppressedBy(exception(), open);
const adopted = suppressedBy(outside, open);

/** What the history says of the last step, and whether it has effects to do. */
function said({ next }: Decision) {
  const last = next?.uncopied.at(-1);
  return {
    state: next?.state,
    what: last?.what,
    detail: last?.detail,
    by: last?.by,
    unsettled: next?.unsettled !== undefined,
    news: next?.news?.kind,
    cause: next?.cause,
    lift: next?.lift,
  };
}

describe('a finding of an issue that nobody knows yet', () => {
  const quiet = { unsettled: false, news: undefined, cause: undefined };
  const asked = { unsettled: true, news: 'joined', cause: undefined };

  test.each([
    ['failing, track', {}, TRACK, { state: 'open', ...asked }],
    ['failing, notify', {}, NOTIFY, { state: 'notifying', ...asked }],
    ['failing, ignore', {}, IGNORE, { state: 'suppressing', unsettled: true, cause: byPolicy }],
    ['failing, leave', {}, LEAVE, { state: 'left', ...quiet }],
    ['without compliance, as threats are', { compliance: undefined }, TRACK, { state: 'open', ...asked }],
    [
      'suppressed already',
      { workflow: 'SUPPRESSED' },
      TRACK,
      { state: 'suppressed', unsettled: true, news: undefined, cause: { by: 'outside' } },
    ],
    ['marked RESOLVED and still failing', { workflow: 'RESOLVED' }, TRACK, { state: 'open', ...asked }],
    ['that cannot be checked: WARNING', { compliance: 'WARNING' }, TRACK, { state: 'unknown', ...quiet }],
    [
      'that cannot be checked: NOT_AVAILABLE',
      { compliance: 'NOT_AVAILABLE' },
      TRACK,
      { state: 'unknown', ...quiet },
    ],
    ['PASSED', { compliance: 'PASSED' }, TRACK, { state: 'resolved', ...quiet }],
    ['ARCHIVED', { recordState: 'ARCHIVED' }, TRACK, { state: 'closed', ...quiet }],
    [
      'ARCHIVED whatever else it says',
      { recordState: 'ARCHIVED', compliance: 'PASSED', workflow: 'RESOLVED' },
      TRACK,
      { state: 'closed', ...quiet },
    ],
    [
      'ARCHIVED because AWS replaces its id',
      { recordState: 'ARCHIVED', archivalReason: 'CONSOLIDATED_CONTROL_FINDINGS_UPDATE' },
      TRACK,
      { state: 'unknown', ...quiet },
    ],
  ] as const)('%s', (_, over, treat, expected) => {
    const { compliance, ...rest } = finding(over as Partial<Finding>);
    const received = compliance === undefined ? rest : { ...rest, compliance };
    expect(said(decideOn(undefined, received, { treat }))).toMatchObject(expected);
  });

  it('keeps nothing of another product that policy leaves to others', () => {
    const inspector = finding({ product: 'other', control: 'CVE-2024-0001' as ControlId });
    expect(decideOn(undefined, inspector, { treat: LEAVE })).toEqual({ outcome: 'left alone' });
  });

  it('asks policy for the severity it has', () => {
    const treat = policyOf({ LOW: 'ignore' });
    expect(decideOn(undefined, finding({ severity: 'LOW' }), { treat }).next?.state).toBe('suppressing');
    expect(decideOn(undefined, finding({ severity: 'HIGH' }), { treat }).next?.state).toBe('open');
  });

  it('opens with a deadline, its first episode, and a history that says which line of policy it was', () => {
    const { next } = decideOn(undefined, failed, { treat: () => treated('track', 24) });
    expect(next).toMatchObject({
      openedAt: START.toISOString(),
      due: later(24 * HOUR).toISOString(),
      episodes: 1,
      since: START.toISOString(),
      lastSeen: START.toISOString(),
      seq: 1,
      uncopied: [{ seq: 1, what: 'open', detail: 'track (policy line line-track)', at: START.toISOString() }],
    });
  });
});

describe('a new content of a known issue', () => {
  const passes = again({ compliance: 'PASSED', workflow: 'RESOLVED' });
  const archived = again({ recordState: 'ARCHIVED', archivalReason: 'RESOURCE_DELETED' });

  test.each([
    ['open', open],
    ['notifying', notifying],
    ['suppressing', suppressing],
    ['suppressed', ignored],
    ['adopted', adopted],
  ])('%s: PASSED resolves, ARCHIVED closes, and both are shown', (_, issue) => {
    const ended = decideOn(issue, passes);
    expect(said(ended)).toMatchObject({ state: 'resolved', detail: 'PASSED', unsettled: true });
    expect(ended.next).toMatchObject({ resolvedAt: START.toISOString() });
    expect(ended.next).not.toHaveProperty('due');
    expect(decideOn(issue, archived).next).not.toHaveProperty('resolvedAt');
    expect(ended.next).not.toHaveProperty('cause');
    expect(said(decideOn(issue, archived))).toMatchObject({
      state: 'closed',
      detail: 'RESOURCE_DELETED',
      unsettled: true,
    });
  });

  test.each([
    ['left', left],
    ['unknown', unknown],
  ])('%s: PASSED and ARCHIVED are noted, and nobody has to hear', (_, issue) => {
    expect(said(decideOn(issue, passes))).toMatchObject({ state: 'resolved', unsettled: false });
    expect(said(decideOn(issue, archived))).toMatchObject({ state: 'closed', unsettled: false });
  });

  test.each([
    ['open', open],
    ['notifying', notifying],
    ['suppressing', suppressing],
    ['suppressed', ignored],
    ['resolved', resolved],
    ['closed', closed],
    ['left', left],
  ])('%s: what cannot be checked changes no state', (state, issue) => {
    for (const compliance of ['WARNING', 'NOT_AVAILABLE'] as const) {
      const { outcome, next, unchecked } = decideOn(issue, finding({ compliance, updatedAt: T2 }));
      expect({ outcome, unchecked }).toEqual({ outcome: 'recorded', unchecked: true });
      expect(next).toMatchObject({ state, findings: { [failed.key]: { compliance } } });
      expect(next?.uncopied).toEqual(issue.uncopied);
    }
  });

  it('stays as it is when AWS replaces its id, until the new id comes', () => {
    const replaced = again({
      recordState: 'ARCHIVED',
      archivalReason: 'CONSOLIDATED_CONTROL_FINDINGS_UPDATE',
    });
    const waiting = decideOn(open, replaced);
    expect(waiting).toMatchObject({ outcome: 'recorded', next: { state: 'open' } });
    const issue = stored(waiting, open);
    expect(decideOn(issue, finding({ updatedAt: T2 }, 'new id')).next).toMatchObject({
      state: 'open',
      episodes: 1,
      openedAt: open.openedAt,
    });
  });

  it('PASSED and ARCHIVED once more change no state', () => {
    expect(
      decideOn(resolved, finding({ compliance: 'PASSED', severity: 'LOW', updatedAt: T2 })),
    ).toMatchObject({ outcome: 'recorded', next: { state: 'resolved', resolvedAt: resolved.resolvedAt } });
    expect(
      decideOn(closed, finding({ recordState: 'ARCHIVED', severity: 'LOW', updatedAt: T2 })),
    ).toMatchObject({ outcome: 'recorded', next: { state: 'closed', since: closed.since } });
  });

  it('moves from closed to resolved when it turns out to have passed', () => {
    expect(said(decideOn(closed, finding({ compliance: 'PASSED', updatedAt: T2 })))).toMatchObject({
      state: 'resolved',
      unsettled: false,
    });
  });
});

describe('an open issue', () => {
  const suppressedThere = again({ workflow: 'SUPPRESSED' });

  it('is not moved by NOTIFIED coming back, nor by AWS resetting it to NEW', () => {
    const shown = written(open, 'NOTIFIED', later(-HOUR));
    const reset = finding({ workflow: 'NEW', updatedAt: T2 });
    expect(decideOn(shown, reset)).toMatchObject({ outcome: 'recorded', next: { state: 'open' } });
    expect(decideOn(shown, reset).next?.unsettled).toBeUndefined();
    expect(decideOn(open, again({ workflow: 'NOTIFIED' })).next?.unsettled).toBeUndefined();
  });

  it('asks who suppressed it before it adopts', () => {
    expect(decideOn(open, suppressedThere)).toEqual({ outcome: 'ask history', ask: 'history' });
  });

  test.each([
    ['open', open],
    ['notifying', notifying],
  ])('%s: suppressed by somebody else is adopted, and says who', (_, issue) => {
    const decision = decideOn(issue, suppressedThere, { history: { changedBy: SOMEBODY } });
    expect(said(decision)).toMatchObject({
      state: 'suppressed',
      by: SOMEBODY,
      unsettled: true,
      cause: outside,
    });
    expect(decision.next?.news).toMatchObject({ kind: 'adopted', detail: SOMEBODY });
  });

  it('suppressed by nobody that history names, as by an automation rule, is adopted without a name', () => {
    const decision = decideOn(open, suppressedThere, { history: {} });
    expect(said(decision)).toMatchObject({
      state: 'suppressed',
      cause: { by: 'outside' },
      by: undefined,
      news: 'adopted',
    });
    expect(decision.next?.news).not.toHaveProperty('detail');
  });

  it('does not take its own SUPPRESSED, which is being lifted, for one from outside', () => {
    const reopened = openIssue(written(open, 'SUPPRESSED'), 'open', treated('track'), START);
    expect(reopened.lift).toBe(true);
    const refresh = finding({ workflow: 'SUPPRESSED', severity: 'MEDIUM', updatedAt: T2 });
    expect(decideOn(reopened, refresh)).toMatchObject({ outcome: 'recorded', next: { state: 'open' } });
  });

  it('stays open when somebody marks it RESOLVED while it fails, and says who', () => {
    const claim = again({ workflow: 'RESOLVED' });
    expect(decideOn(open, claim).ask).toBe('history');
    const decision = decideOn(open, claim, { history: { changedBy: SOMEBODY } });
    expect(said(decision)).toMatchObject({ state: 'open', by: SOMEBODY, unsettled: true, news: 'claimed' });
    expect(decision.next).toMatchObject({ episodes: 1, openedAt: open.openedAt, due: open.due, seq: 2 });
    const claimed = stored(decision, open);
    const refresh = finding({ workflow: 'RESOLVED', severity: 'MEDIUM', updatedAt: T2 });
    expect(decideOn(claimed, refresh).outcome).toBe('recorded');
  });

  it('is shown again when it gets worse, and the nearer deadline counts', () => {
    const now = later(HOUR);
    const treat = (severity: Severity) => treated('track', severity === 'CRITICAL' ? 24 : 72);
    const worse = decideOn(open, again({ severity: 'CRITICAL' }), { treat, now }).next;
    expect(worse).toMatchObject({
      severity: 'CRITICAL',
      due: later(24 * HOUR, now).toISOString(),
      unsettled: now.toISOString(),
    });
    const late = later(71 * HOUR);
    expect(decideOn(open, again({ severity: 'CRITICAL' }), { treat, now: late }).next?.due).toBe(open.due);
  });

  it('that gets less severe is not shown again, and keeps its deadline', () => {
    const { next } = decideOn(open, again({ severity: 'LOW' }));
    expect(next).toMatchObject({ severity: 'LOW', due: open.due });
    expect(next?.unsettled).toBeUndefined();
  });

  it('is settled anew when one more finding id has to be told NOTIFIED', () => {
    const { next } = decideOn(open, finding({}, 'b'), { now: later(HOUR) });
    expect(next).toMatchObject({ state: 'open', episodes: 1, unsettled: later(HOUR).toISOString() });
    expect(Object.keys(next?.findings ?? {})).toHaveLength(2);
  });

  it('that was only to be told is tracked once policy says so', () => {
    const treat = policyOf({ HIGH: 'notify', CRITICAL: 'track' });
    const decision = decideOn(notifying, again({ severity: 'CRITICAL' }), { treat });
    expect(said(decision)).toMatchObject({ state: 'open', unsettled: true, news: 'joined' });
    expect(decision.next?.episodes).toBe(1);
  });
});

describe('a change that comes late', () => {
  const now = later(3 * HOUR);
  const passed = finding({ compliance: 'PASSED', updatedAt: T2 });
  const question = { issue: open, finding: passed, region: open.region, treat: TRACK, now };

  it('is asked about: a refresh in between would not have been written down', () => {
    expect(decide(question)).toEqual({ outcome: 'ask finding', ask: 'finding' });
    expect(decide({ ...question, now: later(HOUR / 2) }).next).toMatchObject({ state: 'resolved' });
  });

  it('is passed over when Security Hub has gone on and says what is known already', () => {
    const since = finding({ updatedAt: later(2 * HOUR).toISOString() });
    expect(decide({ ...question, fetched: since })).toEqual({ outcome: 'unchanged' });
  });

  it('counts when Security Hub holds it, holds an older one, or holds nothing', () => {
    for (const fetched of [passed, finding({ updatedAt: T1 }), 'gone'] as const) {
      expect(decide({ ...question, fetched }).next).toMatchObject({ state: 'resolved' });
    }
  });
});

describe('a suppressed issue', () => {
  test.each([
    ['by policy', ignored, byPolicy],
    ['by an exception', excepted, exception()],
  ])('%s: a new finding id is suppressed for the same reason', (_, issue, cause) => {
    const decision = decideOn(issue, finding({ updatedAt: T2 }, 'new id'), { treat: IGNORE });
    expect(said(decision)).toMatchObject({
      state: 'suppressing',
      cause,
      detail: 'new finding id of a suppressed issue',
      unsettled: true,
    });
  });

  test.each([
    ['track', TRACK, { state: 'open', news: 'back' }],
    ['notify', NOTIFY, { state: 'suppressing', news: undefined }],
    ['leave', LEAVE, { state: 'left', news: undefined }],
  ] as const)('by a policy that now says %s: a new finding id follows the policy', (_, treat, expected) => {
    expect(said(decideOn(ignored, finding({ updatedAt: T2 }, 'new id'), { treat }))).toMatchObject(expected);
  });

  it('by policy, and now more severe: policy is asked again, although Security Hub still says SUPPRESSED', () => {
    const treat = policyOf({ HIGH: 'ignore', CRITICAL: 'track' });
    const quiet = suppressedBy(byPolicy, issueAfter([finding({ severity: 'HIGH' })], { treat }));
    const worse = finding({ severity: 'CRITICAL', workflow: 'SUPPRESSED', updatedAt: T2 });
    expect(said(decideOn(quiet, worse, { treat }))).toMatchObject({
      state: 'open',
      lift: true,
      detail: 'more severe than when it was suppressed',
    });
    const stillIgnored = decideOn(quiet, worse, { treat: IGNORE });
    expect(stillIgnored).toMatchObject({ outcome: 'recorded', next: { state: 'suppressed' } });
  });

  it('by an exception that has ended: a new finding id opens it again', () => {
    const decision = decideOn(suppressedBy(exception(START), open), finding({ updatedAt: T2 }, 'new id'));
    expect(said(decision)).toMatchObject({ state: 'open', detail: 'exception ended', lift: true });
    expect(decision.next).not.toHaveProperty('cause');
  });

  it('an id that does not fail itself is only recorded', () => {
    for (const over of [{ recordState: 'ARCHIVED' }, { compliance: 'PASSED' }] as const) {
      const other = finding({ ...over, updatedAt: T2 }, 'other id');
      expect(decideOn(excepted, other)).toMatchObject({ outcome: 'recorded', next: { state: 'suppressed' } });
    }
  });

  it('of a threat, which has no compliance, a new finding id is suppressed again', () => {
    const { compliance: _, ...threat } = finding({ product: 'guardduty' });
    const issue = suppressedBy(exception(), issueAfter([threat]));
    const { compliance: __, ...other } = finding({ product: 'guardduty', updatedAt: T2 }, 'new id');
    expect(decideOn(issue, other).next).toMatchObject({ state: 'suppressing', cause: exception() });
  });

  it('from outside: a new finding id is decided anew', () => {
    expect(said(decideOn(adopted, finding({ updatedAt: T2 }, 'new id')))).toMatchObject({
      state: 'open',
      news: 'back',
      cause: undefined,
    });
  });

  it('from outside: lifted there, it is decided anew and says so', () => {
    const there = stored(decideOn(undefined, finding({ workflow: 'SUPPRESSED' })));
    expect(said(decideOn(there, again({ workflow: 'NEW' })))).toMatchObject({
      state: 'open',
      news: 'lifted',
      cause: undefined,
      lift: undefined,
    });
    expect(said(decideOn(there, again({ workflow: 'NEW' }), { treat: LEAVE })).state).toBe('left');
  });

  it('by us: a refresh that says NEW is suppressed again, unless history names somebody', () => {
    const refresh = finding({ workflow: 'NEW', updatedAt: T2 });
    expect(decideOn(excepted, refresh).ask).toBe('history');
    expect(said(decideOn(excepted, refresh, { history: {} }))).toMatchObject({
      state: 'suppressing',
      cause: exception(),
      detail: 'suppressed again',
    });
    const lifted = decideOn(excepted, refresh, { history: { changedBy: SOMEBODY } });
    expect(said(lifted)).toMatchObject({ state: 'open', by: SOMEBODY, news: 'lifted', cause: undefined });
    expect(lifted.next?.news?.detail).toBe(SOMEBODY);
  });

  it('lifted by somebody is open even where policy would ignore it', () => {
    const refresh = finding({ workflow: 'NEW', updatedAt: T2 });
    const decision = decideOn(ignored, refresh, { treat: IGNORE, history: { changedBy: SOMEBODY } });
    expect(said(decision)).toMatchObject({ state: 'open', news: 'lifted' });
  });

  it('another severity while SUPPRESSED is only recorded', () => {
    const refresh = finding({ workflow: 'SUPPRESSED', severity: 'LOW', updatedAt: T2 });
    expect(decideOn(excepted, refresh)).toMatchObject({
      outcome: 'recorded',
      next: { state: 'suppressed', severity: 'LOW', cause: exception() },
    });
  });

  it('on its way to be suppressed, new content only starts the write once more', () => {
    const waiting = settled(suppressing);
    expect(decideOn(waiting, again({ severity: 'LOW' }), { treat: IGNORE }).next).toMatchObject({
      state: 'suppressing',
      cause: byPolicy,
      unsettled: START.toISOString(),
    });
  });
});

describe('failing again', () => {
  const failsAgain = finding({ updatedAt: T2 });

  test.each([
    ['resolved', resolved],
    ['closed', closed],
  ])('%s: opens once more, with a new deadline and "back again"', (state, issue) => {
    const now = later(10 * DAY);
    const decision = decideOn(issue, failsAgain, { now });
    expect(said(decision)).toMatchObject({ state: 'open', what: `${state} → open`, news: 'back' });
    expect(decision.next).toMatchObject({
      episodes: 2,
      openedAt: now.toISOString(),
      due: later(72 * HOUR, now).toISOString(),
    });
  });

  test.each([
    ['resolved', resolved],
    ['closed', closed],
    ['left', left],
    ['unknown', unknown],
  ])('%s: follows policy', (_, issue) => {
    const fails = finding({ severity: 'MEDIUM', updatedAt: T2 });
    expect(decideOn(issue, fails, { treat: TRACK }).next?.state).toBe('open');
    expect(decideOn(issue, fails, { treat: NOTIFY }).next?.state).toBe('notifying');
    expect(decideOn(issue, fails, { treat: IGNORE }).next?.state).toBe('suppressing');
    expect(decideOn(issue, fails, { treat: LEAVE }).next?.state).toBe('left');
  });

  test.each([
    ['resolved', resolved],
    ['closed', closed],
    ['left', left],
    ['unknown', unknown],
  ])('%s: suppressed by somebody, it is adopted', (_, issue) => {
    const there = finding({ workflow: 'SUPPRESSED', updatedAt: T2 });
    expect(said(decideOn(issue, there))).toMatchObject({ state: 'suppressed', cause: { by: 'outside' } });
  });

  it('left by policy stays left without a word', () => {
    const { outcome, next } = decideOn(left, again({ severity: 'LOW' }), { treat: LEAVE });
    expect(outcome).toBe('recorded');
    expect(next).toMatchObject({ state: 'left', seq: left.seq });
  });

  const passedWhileExcepted = stored(
    decideOn(excepted, finding({ compliance: 'PASSED', workflow: 'SUPPRESSED', updatedAt: T1 })),
    excepted,
  );

  it('while its exception still holds, it rests again', () => {
    expect(passedWhileExcepted).toMatchObject({ state: 'resolved', cause: exception() });
    const decision = decideOn(passedWhileExcepted, finding({ workflow: 'SUPPRESSED', updatedAt: T2 }));
    expect(said(decision)).toMatchObject({
      state: 'suppressing',
      cause: exception(),
      detail: 'exception still holds',
      news: undefined,
    });
  });

  it('after its exception has ended, it opens and our own SUPPRESSED is taken back', () => {
    const decision = decideOn(passedWhileExcepted, finding({ workflow: 'SUPPRESSED', updatedAt: T2 }), {
      now: later(31 * DAY),
    });
    expect(said(decision)).toMatchObject({ state: 'open', news: 'back', lift: true, cause: undefined });
  });

  it('an exception that has ended does not stay with what passes', () => {
    const ended = suppressedBy(exception(START), open);
    expect(decideOn(ended, again({ compliance: 'PASSED' })).next).not.toHaveProperty('cause');
  });

  it('nothing is lifted that the bot did not suppress, or that AWS has reset already', () => {
    expect(decideOn(resolved, failsAgain).next).not.toHaveProperty('lift');
    const reset = finding({ workflow: 'NEW', updatedAt: T2 });
    const decision = decideOn(passedWhileExcepted, reset, { now: later(31 * DAY) });
    expect(said(decision)).toMatchObject({ state: 'open', lift: undefined });
  });
});

describe('order', () => {
  it('drops an older version of the same finding id', () => {
    expect(decideOn(resolved, finding({ severity: 'CRITICAL' }))).toEqual({ outcome: 'old' });
  });

  it('is judged for every finding id by itself', () => {
    const older = finding({ updatedAt: '2026-11-19T00:00:00.000Z' }, 'b');
    expect(decideOn(open, older).outcome).toBe('moved');
    const both = stored(decideOn(open, older), open);
    expect(decideOn(both, finding({ updatedAt: '2026-11-18T00:00:00.000Z' }, 'b')).outcome).toBe('old');
  });

  it('the same again changes nothing', () => {
    expect(decideOn(open, failed)).toEqual({ outcome: 'unchanged' });
    expect(decideOn(open, failed, { now: later(30 * DAY) })).toEqual({ outcome: 'unchanged' });
    expect(decideOn(open, again({}), { now: later(12 * HOUR - 1) })).toEqual({ outcome: 'unchanged' });
  });

  it('a refresh that changes nothing moves "last seen" after twelve hours, and nothing else', () => {
    const now = later(12 * HOUR);
    expect(decideOn(open, again({ title: 'other words' }), { now })).toEqual({
      outcome: 'seen',
      next: {
        ...open,
        lastSeen: now.toISOString(),
        findings: { [failed.key]: { ...open.findings[failed.key], updatedAt: T1 } },
      },
    });
  });

  describe('equal UpdatedAt with other content', () => {
    const other = finding({ workflow: 'SUPPRESSED' });

    it('asks Security Hub which of the two is true', () => {
      expect(decideOn(open, other)).toEqual({ outcome: 'ask finding', ask: 'finding' });
      expect(decideOn(open, other, { fetched: failed })).toEqual({ outcome: 'unchanged' });
      expect(decideOn(open, other, { fetched: other }).ask).toBe('history');
      expect(decideOn(open, other, { fetched: other, history: { changedBy: SOMEBODY } }).next).toMatchObject({
        state: 'suppressed',
        cause: outside,
      });
    });

    const notified = written(open, 'NOTIFIED');
    test.each([
      ['what stood there before', finding({ workflow: 'NEW' })],
      ['what was written, before the note', finding({ workflow: 'NOTIFIED' })],
      ['RESOLVED', finding({ workflow: 'RESOLVED' })],
    ])('within 15 minutes of our own write is taken for its echo: %s', (_, echo) => {
      expect(decideOn(notified, echo, { now: later(15 * 60_000 - 1) })).toEqual({ outcome: 'echo' });
      expect(decideOn(notified, echo, { now: later(15 * 60_000) }).ask).toBe('finding');
    });

    it('within 15 minutes: a suppression that was never ours is asked about, and adopted', () => {
      expect(decideOn(notified, other).ask).toBe('history');
      expect(decideOn(notified, other, { history: { changedBy: SOMEBODY } }).next).toMatchObject({
        state: 'suppressed',
        cause: outside,
      });
    });

    it('within 15 minutes: a late echo of a suppression that we have taken back twice over is ours', () => {
      const takenBack = written(written(written(open, 'SUPPRESSED'), 'NEW'), 'NOTIFIED');
      expect(decideOn(takenBack, other).ask).toBe('history');
      expect(decideOn(takenBack, other, { history: {} })).toEqual({ outcome: 'echo' });
    });

    it('our own SUPPRESSED coming back is known by its content', () => {
      const note = { text: 'x', updatedBy: 'secops-bot', updatedAt: T2 };
      expect(decideOn(excepted, finding({ workflow: 'SUPPRESSED', note }))).toEqual({ outcome: 'unchanged' });
    });

    it('what stood there before our suppression is no lift', () => {
      expect(decideOn(excepted, failed)).toEqual({ outcome: 'echo' });
    });
  });
});

describe('several finding ids of one issue', () => {
  const a = (over: Partial<Finding> = {}) => finding(over, 'a');
  const b = (over: Partial<Finding> = {}) => finding(over, 'b');
  const two = (first: Finding, second: Finding): Issue => issueAfter([first, second]);

  test.each([
    ['one fails', a(), b({ compliance: 'PASSED' }), 'open'],
    ['one fails, one is unknown', a(), b({ compliance: 'WARNING' }), 'open'],
    ['both passed', a({ compliance: 'PASSED' }), b({ compliance: 'PASSED' }), 'resolved'],
    ['one passed, one archived', a({ compliance: 'PASSED' }), b({ recordState: 'ARCHIVED' }), 'resolved'],
    ['both archived', a({ recordState: 'ARCHIVED' }), b({ recordState: 'ARCHIVED' }), 'closed'],
    ['only the archived one fails', a({ recordState: 'ARCHIVED' }), b({ compliance: 'PASSED' }), 'resolved'],
  ] as const)('%s: %#', (_, first, second, state) => {
    expect(two(first, second).state).toBe(state);
    expect(two(second, first).state).toBe(state);
  });

  it('an open issue stays open where one passed and the other cannot be checked', () => {
    const issue = settled(two(a(), b()));
    const half = stored(decideOn(issue, a({ compliance: 'WARNING', updatedAt: T1 })), issue);
    expect(decideOn(half, b({ compliance: 'PASSED', updatedAt: T1 }))).toMatchObject({
      outcome: 'recorded',
      next: { state: 'open' },
    });
  });

  it('an open issue stays open while one of them fails', () => {
    const issue = settled(two(a(), b()));
    const { next } = decideOn(issue, a({ compliance: 'PASSED', updatedAt: T1 }));
    expect(next).toMatchObject({ state: 'open', episodes: 1 });
    expect(
      said(
        decideOn(
          stored({ outcome: 'recorded', next: next as Issue }, issue),
          b({ compliance: 'PASSED', updatedAt: T1 }),
        ),
      ),
    ).toMatchObject({ state: 'resolved' });
  });

  it('is as severe as the worst live one that fails', () => {
    expect(two(a({ severity: 'LOW' }), b({ severity: 'CRITICAL' })).severity).toBe('CRITICAL');
    expect(two(a({ severity: 'CRITICAL' }), b({ severity: 'LOW' })).severity).toBe('CRITICAL');
    expect(two(a({ severity: 'LOW' }), b({ severity: 'CRITICAL', recordState: 'ARCHIVED' })).severity).toBe(
      'LOW',
    );
    expect(two(a({ severity: 'LOW' }), b({ severity: 'CRITICAL', compliance: 'PASSED' })).severity).toBe(
      'LOW',
    );
  });

  it('is adopted only when somebody has suppressed all that fail', () => {
    const issue = settled(two(a(), b()));
    const first = decideOn(issue, a({ workflow: 'SUPPRESSED', updatedAt: T1 }));
    expect(first).toMatchObject({ outcome: 'recorded', next: { state: 'open' } });
    const half = stored(first, issue);
    expect(decideOn(half, b({ workflow: 'SUPPRESSED', updatedAt: T1 })).ask).toBe('history');
  });

  it('takes its words from a finding that fails', () => {
    const issue = two(a({ title: 'fails' }), b({ title: 'passed', compliance: 'PASSED' }));
    expect(issue.title).toBe('fails');
    expect(two(b({ title: 'passed', compliance: 'PASSED' }), a({ title: 'fails' })).title).toBe('fails');
  });

  it("keeps AWS's page on how to fix it, and the note that it knows a finding by", () => {
    const url = (n: number) => `https://docs.aws.amazon.com/${n}`;
    const note = { text: 'why', updatedBy: 'alex', updatedAt: T0 };
    const issue = issueAfter([a({ remediationUrl: url(1), note })]);
    expect(issue).toMatchObject({ remediationUrl: url(1), findings: { [a().key]: { note: T0 } } });
    const updated = (over: Partial<Finding>) => decideOn(issue, a({ ...over, updatedAt: T1 })).next;
    expect(updated({ severity: 'LOW' })).toMatchObject({ remediationUrl: url(1) });
    expect(updated({ severity: 'LOW' })?.findings[a().key]).not.toHaveProperty('note');
    expect(updated({ remediationUrl: url(2), severity: 'LOW' })).toMatchObject({ remediationUrl: url(2) });
    expect(updated({ remediationUrl: url(2), compliance: 'PASSED' })).toMatchObject({
      remediationUrl: url(1),
    });
    expect(issueAfter([a()])).not.toHaveProperty('remediationUrl');
  });

  it('counts for the standards of all of them', () => {
    const { standards } = two(
      a({ standards: ['cis/v/1', 'fsbp/v/1'] }),
      b({ standards: ['fsbp/v/1', 'a/v/1'] }),
    );
    expect(standards).toEqual(['a/v/1', 'cis/v/1', 'fsbp/v/1']);
  });

  it('forgets archived ids after thirty days, live ones never', () => {
    const issue = two(a({ recordState: 'ARCHIVED' }), b());
    const knownAt = (now: Date) =>
      Object.keys(decideOn(issue, b({ severity: 'LOW', updatedAt: T1 }), { now }).next?.findings ?? {});
    expect(knownAt(later(29 * DAY))).toHaveLength(2);
    expect(knownAt(later(31 * DAY))).toEqual([b().key]);
  });
});

describe('its pure steps', () => {
  it('knows an exception that holds', () => {
    expect(liveException({ cause: exception(later(1)) }, START)).toBe(true);
    expect(liveException({ cause: exception(START) }, START)).toBe(false);
    expect(liveException({ cause: byPolicy }, START)).toBe(false);
    expect(liveException({}, START)).toBe(false);
  });

  it('a move forgets cause, news and lift unless they are given, and numbers its history', () => {
    const before = { ...excepted, news: { kind: 'back', at: T0 } as const, lift: true, seq: 4 };
    const next = moveIssue(before, 'closed', START, { by: 'U1', detail: 'why' });
    expect(next).not.toHaveProperty('cause');
    expect(next).not.toHaveProperty('news');
    expect(next).not.toHaveProperty('lift');
    expect(next.uncopied).toEqual([
      { seq: 5, at: START.toISOString(), what: 'suppressed → closed', by: 'U1', detail: 'why' },
    ]);
  });

  it('what an undo reopens is told by the entry that the undo made', () => {
    const { news } = decideAnew(ignored, treated('track'), START, { detail: 'undone', toldBy: 7 });
    expect(news).toMatchObject({ kind: 'back', detail: 'undone', seq: 7 });
  });
});

describe('whatever comes in whatever order', () => {
  const version = fc.record({
    compliance: fc.constantFrom<ComplianceStatus>('FAILED', 'PASSED'),
    workflow: fc.constantFrom<WorkflowStatus>('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'),
    recordState: fc.constantFrom<RecordState>('ACTIVE', 'ACTIVE', 'ARCHIVED'),
    severity: fc.constantFrom<Severity>('CRITICAL', 'HIGH', 'MEDIUM', 'LOW'),
  });
  /**
   * No content comes back later in a series: what a finding says is told apart by its time alone then, and a refresh
   * within twelve hours, which writes nothing, leaves no time behind.
   */
  const series = fc
    .uniqueArray(version, { minLength: 1, maxLength: 8, selector: (over) => JSON.stringify(over) })
    .map((versions) =>
      versions.map((over, index) =>
        finding({ ...over, updatedAt: new Date(Date.parse(T0) + index * 60_000).toISOString() }),
      ),
    );
  /** Every version at least once, in any order. */
  const deliveries = series.chain((versions) =>
    fc.array(fc.nat({ max: versions.length - 1 }), { maxLength: 8 }).chain((twice) =>
      fc
        .shuffledSubarray([...versions, ...twice.flatMap((index) => versions[index] ?? [])], {
          minLength: versions.length + twice.length,
        })
        .map((delivered) => ({ newest: versions.at(-1) as Finding, delivered })),
    ),
  );

  function take(findings: readonly Finding[], treat: typeof TRACK): Issue {
    let issue: Issue | undefined;
    for (const received of findings) {
      const frozen = structuredClone(issue);
      const before = structuredClone(received);
      let decision = decideOn(issue, received, { treat });
      if (decision.ask === 'history') {
        decision = decideOn(issue, received, { treat, history: { changedBy: SOMEBODY } });
      }
      expect(issue).toEqual(frozen);
      expect(received).toEqual(before);
      if (decision.next) issue = stored(decision, issue);
    }
    return issue as Issue;
  }

  /** What policy suppresses anyway is not adopted while the bot is at it; it ends suppressed all the same. */
  const resting = ({ state }: Issue) => (state === 'suppressing' ? 'suppressed' : state);

  it('the newest version of a finding decides, and decide alters nothing it is given', () => {
    fc.assert(
      fc.property(
        deliveries,
        fc.constantFrom(TRACK, NOTIFY, IGNORE, LEAVE),
        ({ newest, delivered }, treat) => {
          const issue = take(delivered, treat);
          const alone = take([newest], treat);
          expect(resting(issue)).toBe(resting(alone));
          expect(issue.findings).toEqual(alone.findings);
          // What no longer fails keeps the severity it was asked for with.
          if (newest.recordState === 'ACTIVE' && newest.compliance === 'FAILED') {
            expect(issue.severity).toBe(newest.severity);
          }
          expect(issue.uncopied.map(({ seq }) => seq)).toEqual(issue.uncopied.map((_, index) => index + 1));
        },
      ),
      { numRuns: 400 },
    );
  });
});
