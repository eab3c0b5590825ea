import * as fc from 'fast-check';
import { type Principal, principal } from '../../src/accounts';
import type { Cause, Issue, Prints } from '../../src/requests';
import {
  DAY,
  decideOn,
  HOUR,
  IGNORE,
  issueAfter,
  later,
  START,
  settled,
  stored,
  suppressedBy,
} from './decider';
import { finding } from './finding';

const PERSON = principal('U0OWNER1') as Principal;
const ONE = 'judged-alike-001.details-of-one-1';
const OTHER = 'judged-alike-001.details-of-two-2';
const NEXT = '2026-11-20T00:45:00.000Z';

const failed = finding({ severity: 'MEDIUM', fingerprint: ONE });
const exception = (over: Partial<Extract<Cause, { by: 'exception' }>> = {}): Cause => ({
  by: 'exception',
  change: 'change-1',
  who: PERSON,
  name: 'Owner',
  reason: 'Needed until the migration is over.',
  until: later(30 * DAY).toISOString(),
  severity: 'MEDIUM',
  ...over,
});
const design = (prints: Prints = { asff: ONE }) => exception({ design: { [failed.key]: prints } });
const resting = (cause: Cause = design(), first = failed): Issue =>
  suppressedBy(cause, settled(issueAfter([first])));
const again = (over: Partial<typeof failed> = {}) => ({
  ...failed,
  workflow: 'SUPPRESSED' as const,
  note: { text: 'x', updatedBy: 'secops-bot', updatedAt: NEXT },
  updatedAt: NEXT,
  ...over,
});

describe('suppressed by design', () => {
  it('another content: decided anew, and whose exception it was is told', () => {
    const { next, outcome } = decideOn(resting(), again({ fingerprint: OTHER }));
    expect(outcome).toBe('moved');
    expect(next).toMatchObject({
      state: 'open',
      lift: true,
      episodes: 2,
      news: { kind: 'changed', detail: PERSON },
      voided: { change: 'change-1', why: 'changed' },
    });
    expect(next).not.toHaveProperty('cause');
    expect(next?.unsettled).toBeDefined();
    expect(next?.uncopied.at(-1)?.detail).toBe('exception change-1 is void: changed');
  });

  it('where policy ignores it, it goes on resting because of that', () => {
    const { next } = decideOn(resting(), again({ fingerprint: OTHER }), { treat: IGNORE });
    expect(next).toMatchObject({ state: 'suppressing', cause: { by: 'policy' }, voided: { why: 'changed' } });
  });

  it('not confirmed by Security Hub yet: the same', () => {
    const suppressing: Issue = { ...resting(), state: 'suppressing' };
    expect(decideOn(suppressing, again({ fingerprint: OTHER })).next?.state).toBe('open');
  });

  it('fixed meanwhile, and failing again as something else', () => {
    const passed = stored(
      decideOn(resting(), again({ compliance: 'PASSED', fingerprint: 'passed.-' })),
      resting(),
    );
    expect(passed.state).toBe('resolved');
    const at = { now: later(HOUR) };
    const failing = again({ updatedAt: later(HOUR).toISOString(), fingerprint: ONE });
    expect(decideOn(passed, failing, at).next).toMatchObject({ state: 'suppressing', cause: design() });
    expect(decideOn(passed, { ...failing, fingerprint: OTHER }, at).next).toMatchObject({
      state: 'open',
      voided: { why: 'changed' },
    });
  });

  it('what passes, or is archived, is compared with nothing', () => {
    expect(decideOn(resting(), again({ compliance: 'PASSED', fingerprint: OTHER })).next).toMatchObject({
      state: 'resolved',
      cause: design(),
    });
    expect(decideOn(resting(), again({ recordState: 'ARCHIVED', fingerprint: OTHER })).next).toMatchObject({
      state: 'closed',
      cause: design(),
    });
  });

  it('another format, or another finding id, is compared from its first time on', () => {
    const ocsf = again({ format: 'ocsf', fingerprint: OTHER });
    const first = stored(decideOn(resting(), ocsf), resting());
    expect(first).toMatchObject({
      state: 'suppressed',
      cause: { design: { [failed.key]: { asff: ONE, ocsf: OTHER } } },
    });
    const since = later(HOUR).toISOString();
    const at = { now: later(HOUR) };
    expect(decideOn(first, { ...ocsf, updatedAt: since }, at).next?.state ?? first.state).toBe('suppressed');
    expect(decideOn(first, { ...ocsf, updatedAt: since, fingerprint: ONE }, at).next?.state).toBe('open');

    const twin = again({ ...finding({}, 'b'), severity: 'MEDIUM', fingerprint: OTHER });
    const { key } = finding({}, 'b');
    expect(decideOn(resting(), { ...twin, workflow: 'NEW' }).next).toMatchObject({
      state: 'suppressing',
      cause: { design: { [failed.key]: { asff: ONE }, [key]: { asff: OTHER } } },
    });
  });

  it('an exception for a time does not mind', () => {
    expect(decideOn(resting(exception()), again({ fingerprint: OTHER })).next?.state).toBe('suppressed');
  });

  it('the same content is never void, whatever else is refreshed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 29 * 24 }),
        fc.constantFrom('asff' as const, 'ocsf' as const),
        fc.record({
          title: fc.string({ minLength: 1 }),
          description: fc.string(),
          workflow: fc.constantFrom('NEW' as const, 'NOTIFIED' as const, 'SUPPRESSED' as const),
        }),
        fc.constantFrom(ONE, `${ONE.split('.')[0]}.-`),
        (hours, format, rest, fingerprint) => {
          const before = resting(design({ asff: ONE, ocsf: ONE }));
          const now = later(hours * HOUR);
          const { next } = decideOn(
            before,
            again({ ...rest, format, fingerprint, updatedAt: now.toISOString() }),
            { now, history: {} },
          );
          expect((next ?? before).cause).toMatchObject({ change: 'change-1' });
          expect(next ?? before).not.toHaveProperty('voided');
        },
      ),
    );
  });
});

describe('more severe than what was accepted', () => {
  it('is decided anew', () => {
    expect(decideOn(resting(exception()), again({ severity: 'CRITICAL' })).next).toMatchObject({
      state: 'open',
      news: { kind: 'worsened', detail: PERSON },
      voided: { change: 'change-1', why: 'worsened' },
    });
  });

  it.each(['LOW', 'MEDIUM'] as const)('%s under an exception for MEDIUM rests on', (severity) => {
    const before = resting(exception(), finding({ severity: 'LOW' }));
    expect(decideOn(before, again({ severity })).next?.state ?? before.state).toBe('suppressed');
  });

  it('when its exception is over, that is what is said', () => {
    const over = resting(exception({ until: START.toISOString() }));
    const { next } = decideOn(over, again({ severity: 'CRITICAL', workflow: 'NEW' }), { now: later(HOUR) });
    expect(next).not.toHaveProperty('voided');
  });
});

describe('what a finding says of its resource', () => {
  const open = settled(issueAfter([failed]));

  it('is written down when it changes, and asks nobody anything', () => {
    const { next, outcome } = decideOn(open, { ...failed, updatedAt: NEXT, fingerprint: OTHER });
    expect(outcome).toBe('recorded');
    expect(next?.findings[failed.key]).toMatchObject({ prints: { asff: OTHER }, updatedAt: NEXT });
    expect(next).not.toHaveProperty('unsettled');
  });

  it('moves nothing that another format says nothing about', () => {
    const outside = suppressedBy({ by: 'outside' }, open);
    const ocsf = { ...failed, format: 'ocsf' as const, workflow: 'NEW' as const, updatedAt: NEXT };
    const { next, outcome } = decideOn(outside, ocsf);
    expect(outcome).toBe('recorded');
    expect(next).toMatchObject({ state: 'suppressed', cause: { by: 'outside' } });
    expect(next?.findings[failed.key]?.prints).toEqual({ asff: ONE, ocsf: ONE });
  });

  it('unchanged, it writes nothing', () => {
    expect(decideOn(open, { ...failed, updatedAt: NEXT })).toEqual({ outcome: 'unchanged' });
  });
});
