import { dropFindings } from '../../src/reconcile/drop-findings';
import type { Issue } from '../../src/requests';
import { IGNORE, issueAfter, START, settled, suppressedBy } from '../requests/decider';
import { finding } from '../requests/finding';

const a = finding({}, 'a');
const b = finding({ severity: 'CRITICAL' }, 'b');
const only = (issue: Issue | undefined) => Object.keys(issue?.findings ?? {});
const last = (issue: Issue | undefined) => issue?.uncopied.at(-1);

test('an issue with nothing live left is closed, and its history says why', () => {
  const open = settled(issueAfter([a]));
  const gone = dropFindings(open, new Set([a.key]), 'gone', START);
  expect(gone).toMatchObject({ state: 'closed', findings: {}, unsettled: START.toISOString() });
  expect(gone?.due).toBeUndefined();
  expect(last(gone)).toMatchObject({
    what: 'open → closed',
    detail: 'stale: Security Hub no longer holds the finding',
  });
  expect(last(dropFindings(open, new Set([a.key]), 'silent', START))?.detail).toContain('48 hours');
});

test('what else fails keeps it open, and its severity follows', () => {
  const open = settled(issueAfter([a, b]));
  expect(open.severity).toBe('CRITICAL');
  const rest = dropFindings(open, new Set([b.key]), 'gone', START);
  expect(rest).toMatchObject({ state: 'open', severity: 'HIGH', unsettled: START.toISOString() });
  expect(only(rest)).toEqual([a.key]);
  expect(dropFindings(open, new Set([a.key]), 'gone', START)).not.toHaveProperty('unsettled');
});

test('with only passed ones left it is resolved', () => {
  const open = settled(issueAfter([a, finding({ compliance: 'PASSED' }, 'b')]));
  expect(dropFindings(open, new Set([a.key]), 'gone', START)).toMatchObject({ state: 'resolved' });
});

test('an exception stays with the closed issue, a suppression by policy does not', () => {
  const exception: Issue['cause'] = {
    by: 'exception',
    change: 'change-1',
    who: 'U0OWNER1' as never,
    name: 'Alex Example',
    reason: 'Needed until the migration is over.',
    until: '2027-01-01T00:00:00.000Z',
  };
  const rested = suppressedBy(exception, settled(issueAfter([a])));
  expect(dropFindings(rested, new Set([a.key]), 'gone', START)).toMatchObject({
    state: 'closed',
    cause: exception,
  });
  const ignored = issueAfter([a], { treat: IGNORE });
  expect(dropFindings(ignored, new Set([a.key]), 'gone', START)).not.toHaveProperty('cause');
});

test('ids that it does not hold change nothing', () => {
  expect(dropFindings(settled(issueAfter([a])), new Set([b.key]), 'gone', START)).toBeUndefined();
});
