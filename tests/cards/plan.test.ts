import { entryFor, fillEntry, planEntries, untold } from '../../src/cards';
import type { Entry, Issue, News, Request } from '../../src/requests';
import { ACCOUNT_ID, EC2_19, groupArn, HELPER, issue } from '../blocks/records';

const NOW = new Date('2026-11-24T01:00:00.000Z');
const AT = NOW.toISOString();
const DAY = 24 * 3_600_000;

const fresh: Request = {
  account: ACCOUNT_ID,
  control: EC2_19,
  product: 'control',
  kind: 'control',
  subject: 'ec2.19',
  channel: 'C1',
  revision: 1,
  phase: 'new',
  card: { shownRevision: 0, toldThrough: 0 },
  version: 1,
  seq: 0,
  outbox: [],
};
/** Shown, with its opening told and copied. */
const shown: Request = {
  ...fresh,
  phase: 'open',
  openedAt: '2026-11-20T00:00:00.000Z',
  card: { channel: 'C1', ts: '1.1', shownRevision: 1, shownHash: 'h', toldThrough: 1 },
  seq: 1,
};

const news = (kind: News['kind'], over: Partial<News> = {}): News => ({ kind, at: AT, ...over });
const plan = (request: Request, issues: readonly Issue[], asOf = request.revision) =>
  planEntries(request, issues, asOf, NOW);
const kinds = (request: Request) => untold(request).map(({ seq, kind }) => [seq, kind]);

describe('a request without a card', () => {
  it('opens with its first open issue, once', () => {
    const next = plan(fresh, [issue(1, { news: news('joined') })]);
    expect(next).toMatchObject({ phase: 'open', openedAt: AT });
    expect(kinds(next)).toEqual([[1, 'opened']]);
    expect(plan(next, [issue(1), issue(2)])).toBe(next);
  });

  it('has nothing to say without an open issue', () => {
    expect(plan(fresh, [issue(1, { state: 'resolved' })])).toBe(fresh);
    expect(plan(fresh, [])).toBe(fresh);
  });

  it('tells all news by the card itself', () => {
    const next = plan(fresh, [issue(1)]);
    for (const kind of ['joined', 'back', 'failed'] as const) {
      expect(entryFor(next, news(kind))).toMatchObject({ kind: 'opened', seq: 1 });
    }
  });
});

describe('a request that is shown', () => {
  it('has told what stands at or before the mark', () => {
    const entries: Entry[] = [1, 2, 3].map((seq) => ({ seq, kind: 'joined', at: AT }));
    const request: Request = { ...shown, seq: 3, outbox: entries, card: { ...shown.card, toldThrough: 2 } };
    expect(untold(request).map(({ seq }) => seq)).toEqual([3]);
  });

  it('has one entry for all news of a kind', () => {
    const issues = [
      issue(1, { news: news('joined') }),
      issue(2, { news: news('joined') }),
      issue(3, { news: news('failed') }),
      issue(4, { news: news('back') }),
    ];
    const next = plan(shown, issues);
    expect(kinds(next)).toEqual([
      [2, 'back'],
      [3, 'joined'],
      [4, 'failed'],
    ]);
    expect(plan(next, issues)).toBe(next);
    expect(entryFor(next, news('joined'))).toMatchObject({ seq: 3 });
    expect(entryFor(next, news('lifted'))).toBeUndefined();
  });

  it('has nothing to say of news that an entry tells already, or of issues without news', () => {
    const issues = [issue(1, { news: news('joined', { seq: 1 }) }), issue(2)];
    expect(plan(shown, issues)).toBe(shown);
  });

  it('begins another entry once the post of the last one has begun', () => {
    const waiting = plan(shown, [issue(1, { news: news('joined') })]);
    const posting: Request = { ...waiting, card: { ...waiting.card, posting: { key: '2', at: AT } } };
    const next = plan(posting, [
      issue(1, { news: news('joined', { seq: 2 }) }),
      issue(2, { news: news('joined') }),
    ]);
    expect(kinds(next)).toEqual([
      [2, 'joined'],
      [3, 'joined'],
    ]);
    expect(entryFor(next, news('joined'))).toMatchObject({ seq: 3 });
  });
});

describe('the end of a request', () => {
  const resolved = issue(1, { state: 'resolved', resolvedAt: '2026-11-23T00:00:00.000Z' });
  const before = issue(2, { state: 'resolved', resolvedAt: '2026-11-01T00:00:00.000Z' });
  const suppressed = issue(3, { state: 'suppressed' });
  const closed = issue(4, { state: 'closed', since: '2026-11-23T00:00:00.000Z' });

  test.each<[string, readonly Issue[], string[]]>([
    ['something was fixed: thanks', [resolved, suppressed, closed], ['resolved']],
    ['only closed: said plainly', [closed, suppressed], ['settled']],
    ['only suppressed: that has been told already', [suppressed], []],
    ['fixed in an earlier episode: no thanks again', [before, suppressed], []],
    ['none left at all', [], []],
    [
      'fixed in the moment it opened',
      [issue(1, { state: 'resolved', resolvedAt: shown.openedAt as string })],
      ['resolved'],
    ],
    [
      'closed in the moment it opened',
      [issue(1, { state: 'closed', since: shown.openedAt as string })],
      ['settled'],
    ],
  ])('%s', (_, issues, told) => {
    const next = plan(shown, issues);
    expect(next).toMatchObject({ phase: 'done', doneAt: AT });
    expect(untold(next).map(({ kind }) => kind)).toEqual(told);
    expect(plan(next, issues)).toBe(next);
  });

  it('thanks whoever had it, else whoever reported it fixed', () => {
    const takenBy = { who: HELPER, at: AT };
    const fixedBy = { who: 'U0OTHER' as never, at: AT, stillFailing: 0 };
    const thanked = (over: Partial<Request>) => untold(plan({ ...shown, ...over }, [resolved]))[0]?.who;
    expect(thanked({ takenBy, fixedBy })).toBe(HELPER);
    expect(thanked({ fixedBy })).toBe('U0OTHER');
    expect(thanked({})).toBeUndefined();
  });

  it('does not come while one issue is open, or when the request has been raised since', () => {
    expect(plan(shown, [resolved, issue(2)])).toBe(shown);
    expect(plan(shown, [resolved, issue(2, { state: 'notifying' })])).toBe(shown);
    expect(plan({ ...shown, revision: 2 }, [resolved], 1)).toEqual({ ...shown, revision: 2 });
  });
});

describe('a request that was done', () => {
  const done = (agoMs: number): Request => ({
    ...shown,
    phase: 'done',
    doneAt: new Date(NOW.getTime() - agoMs).toISOString(),
    takenBy: { who: HELPER, at: AT },
    fixedBy: { who: HELPER, at: AT, stillFailing: 0 },
  });
  const relapse = issue(1, { news: news('back') });

  it('opens again in its thread within fourteen days, taken by nobody', () => {
    const next = plan(done(14 * DAY), [relapse]);
    expect(next).toMatchObject({ phase: 'open', openedAt: AT, card: { ts: '1.1' } });
    expect(kinds(next)).toEqual([[2, 'back']]);
    for (const gone of ['takenBy', 'fixedBy', 'doneAt']) expect(next).not.toHaveProperty(gone);
  });

  it.each<[string, News]>([
    ['is over', news('back', { detail: 'expired', seq: 2 })],
    ['is void, as the resource has changed', news('changed', { detail: HELPER })],
    ['is void, as it is more severe', news('worsened', { detail: HELPER })],
  ])('goes on in its thread, however late, when an exception %s', (_, why) => {
    const next = plan(done(90 * DAY), [issue(1, { episodes: 2, news: why })]);
    expect(next).toMatchObject({ phase: 'open', card: { ts: '1.1' } });
    expect(next.card).not.toHaveProperty('previous');
  });

  it('opens with a card of its own later, which links the old one', () => {
    const next = plan(done(14 * DAY + 1), [relapse]);
    expect(next).toMatchObject({ phase: 'open', card: { previous: { channel: 'C1', ts: '1.1' } } });
    expect(next.card).not.toHaveProperty('ts');
    expect(kinds(next)).toEqual([[2, 'opened']]);
    expect(entryFor(next, news('back'))).toMatchObject({ kind: 'opened' });
  });

  it('links the old card where it stands, wherever the request belongs by now', () => {
    const moved = { ...done(15 * DAY), channel: 'C2' };
    expect(plan(moved, [relapse]).card.previous).toEqual({ channel: 'C1', ts: '1.1' });
  });

  it('stays done while nothing is open', () => {
    const request = done(DAY);
    expect(plan(request, [issue(1, { state: 'resolved' })])).toBe(request);
  });
});

describe('an entry, when it is told', () => {
  const entry: Entry = { seq: 2, kind: 'joined', at: AT };

  it('says how many issues it is about, and names ten', () => {
    const issues = Array.from({ length: 12 }, (_, n) => issue(n, { news: news('joined', { seq: 2 }) }));
    expect(fillEntry(entry, [...issues, issue(50, { news: news('joined', { seq: 3 }) })])).toEqual({
      ...entry,
      count: 12,
      resources: Array.from({ length: 10 }, (_, n) => groupArn(n)),
    });
  });

  it('says why, where something is known', () => {
    const issues = [
      issue(1, { news: news('adopted', { seq: 2 }) }),
      issue(2, { news: news('adopted', { seq: 2, detail: 'Admin/alex' }) }),
    ];
    expect(fillEntry({ ...entry, kind: 'adopted' }, issues)).toMatchObject({
      count: 2,
      detail: 'Admin/alex',
    });
  });

  it('is nothing when newer news have overtaken all of it', () => {
    expect(fillEntry(entry, [issue(1, { news: news('back', { seq: 3 }) }), issue(2)])).toBeUndefined();
  });

  test.each(['opened', 'suppressed', 'undone', 'taken', 'fixed', 'resolved', 'settled'] as const)(
    '%s is told as it was written',
    (kind) => {
      const own: Entry = { ...entry, kind, count: 3 };
      expect(fillEntry(own, [])).toBe(own);
    },
  );
});
