import type { Ruling } from '../../src/access';
import { type Principal, principal } from '../../src/accounts';
import { ChangeFailed } from '../../src/changes';
import type { Finding } from '../../src/findings';
import { type Issue, issueKeyOf, issueRef, mirrorIssues } from '../../src/requests';
import { SuppressPayload, suppress, suppressByDesign } from '../../src/suppressions';
import { change } from '../changes/change';
import { type Desk, EC2_19, group, openDesk } from '../requests/desk';

const ASKED = '2026-11-24T01:00:00.000Z';
const LATER = '2026-11-24T00:30:00.000Z';

const payload = (over: Partial<SuppressPayload> = {}): SuppressPayload => ({
  scope: 'all',
  issues: [],
  reason: 'Needed until the migration is over.',
  days: 14,
  asOf: ASKED,
  until: '2026-12-08T01:00:00.000Z',
  ...over,
});

let desk: Desk;
let findings: readonly Finding[];
beforeEach(async () => {
  desk = await openDesk();
  findings = await desk.hold([1, 2, 3].map((n) => ({ resource: group(n) })));
  for (const finding of findings) await desk.take(finding);
  desk.queues.cards.length = 0;
});
afterEach(() => desk.close());

const kind = () =>
  suppress({
    ...desk.bot.intake,
    directory: desk.bot.directory,
    rules: desk.bot.config.access,
    changes: desk.bot.changes,
  });
const issues = () => desk.bot.intake.issues.of(EC2_19);
const states = async () => (await issues()).map(({ state }) => state);
const request = async () => (await desk.bot.intake.requests.load(EC2_19))!;
const mirror = async () => mirrorIssues((await issues()).map(issueKeyOf), desk.bot.mirror);
const refOf = async (finding: Finding) => issueRef(await desk.issueOf(finding));

describe('the payload', () => {
  test.each<[string, object, boolean]>([
    ['as the modal sends it', {}, true],
    ['with a ticket', { ticket: 'https://tickets.example.com/1' }, true],
    ['a reason of nine characters', { reason: '123456789' }, false],
    ['a reason of blanks', { reason: ' '.repeat(20) }, false],
    ['a reason of 500 characters', { reason: 'あ'.repeat(500) }, true],
    ['a reason of 501 characters', { reason: 'あ'.repeat(501) }, false],
    ['a ticket that is no https URL', { ticket: 'javascript:alert(1)' }, false],
    ['a ticket over http', { ticket: 'http://tickets.example.com' }, false],
    ['no days', { days: 0 }, false],
    ['half a day', { days: 0.5 }, false],
    ['more than a year', { days: 367 }, false],
    ['another scope', { scope: 'account' }, false],
    ['more than a hundred issues', { issues: Array(101).fill('x') }, false],
    ['an end that is no time', { until: 'tomorrow' }, false],
  ])('%s', (_, over, taken) => {
    expect(SuppressPayload.safeParse({ ...payload(), ...over }).success).toBe(taken);
  });
});

describe('applying', () => {
  it('has all open issues suppressed with its reason, tells it once, and says when it ends', async () => {
    expect(await kind().apply(change(), payload({ ticket: 'https://tickets.example.com/1' }))).toEqual({
      until: '2026-12-08T01:00:00.000Z',
      remindAt: '2026-12-03T09:00:00.000Z',
    });
    for (const issue of await issues()) {
      expect(issue).toMatchObject({
        state: 'suppressing',
        cause: {
          by: 'exception',
          change: 'change-1',
          who: 'U0OWNER1',
          name: 'Owner',
          reason: payload().reason,
          ticket: 'https://tickets.example.com/1',
          until: '2026-12-08T01:00:00.000Z',
        },
      });
    }
    expect((await request()).outbox).toMatchObject([
      {
        kind: 'suppressed',
        count: 3,
        who: 'U0OWNER1',
        reason: payload().reason,
        resources: expect.arrayContaining([1, 2, 3].map(group)),
      },
    ]);
    expect(desk.queues.workflows).toHaveLength(1);
    expect(desk.queues.workflows[0]?.issues).toHaveLength(3);
    expect(desk.queues.cards).toHaveLength(1);
  });

  it('of chosen issues leaves the others open', async () => {
    const chosen = await refOf(findings[1]!);
    await kind().apply(change(), payload({ scope: 'chosen', issues: [chosen, 'ap-northeast-1#nonsense'] }));
    expect((await desk.issueOf(findings[0]!)).state).toBe('open');
    expect((await desk.issueOf(findings[1]!)).state).toBe('suppressing');
    expect((await request()).outbox).toMatchObject([{ count: 1 }]);
  });

  it('"all" means those open when it was asked, not those to come', async () => {
    desk.spine.clock.advance(60_000);
    const late = await desk.held({ resource: group(4) });
    await desk.take(late);
    await kind().apply(change(), payload());
    expect((await desk.issueOf(late)).state).toBe('open');
    expect((await states()).filter((state) => state === 'suppressing')).toHaveLength(3);
  });

  it('leaves alone what has passed meanwhile', async () => {
    await desk.take({ ...findings[0]!, compliance: 'PASSED', updatedAt: LATER });
    await kind().apply(change(), payload());
    expect((await desk.issueOf(findings[0]!)).state).toBe('resolved');
    expect((await request()).outbox).toMatchObject([{ count: 2 }]);
  });

  it('applied again after a crash it counts and tells the same', async () => {
    await kind().apply(change(), payload());
    const before = await issues();
    expect(await kind().apply(change(), payload())).toMatchObject({ until: payload().until });
    expect((await issues()).map(({ seq }) => seq)).toEqual(before.map(({ seq }) => seq));
    expect((await request()).outbox).toHaveLength(1);
  });

  it('fails where nothing is open, and where the target is none', async () => {
    await kind().apply(change(), payload());
    await expect(kind().apply(change({ id: 'change-2' }), payload())).rejects.toThrow(
      new ChangeFailed('nothing-open'),
    );
    await expect(kind().apply(change({ target: 'x' }), payload())).rejects.toThrow(new ChangeFailed('gone'));
  });

  it('keeps first what stood there before', async () => {
    expect(await kind().before(change(), payload())).toEqual({
      count: 3,
      issues: (await issues()).map((issue) => ({ issue: issueRef(issue), state: 'open', workflow: ['NEW'] })),
    });
  });
});

describe('ending', () => {
  const undone = change({
    status: 'applied',
    ending: { as: 'undone', by: { id: 'U0LEAD' as Principal, name: 'Lead' } },
  });
  const expired = change({ status: 'applied', ending: { as: 'expired' } });

  beforeEach(async () => {
    await kind().apply(change(), payload());
    await mirror();
    expect(new Set(await states())).toEqual(new Set(['suppressed']));
  });

  test.each([
    ['undone', undone, 'U0LEAD'],
    ['expired', expired, undefined],
  ] as const)(
    '%s: the issues open again, Security Hub is to follow, the thread is told once',
    async (kindOf, ending, who) => {
      await kind().end!(ending, payload());
      for (const issue of await issues()) {
        expect(issue).toMatchObject({
          state: 'open',
          lift: true,
          episodes: 2,
          news: { kind: 'back', detail: kindOf, seq: 2 },
        });
        expect(issue).not.toHaveProperty('cause');
      }
      expect((await request()).outbox).toMatchObject([
        { kind: 'suppressed' },
        { seq: 2, kind: kindOf, change: 'change-1', count: 3, ...(who && { who }) },
      ]);
      await kind().end!(ending, payload());
      expect((await request()).outbox).toHaveLength(2);
      expect((await issues()).every(({ episodes }) => episodes === 2)).toBe(true);
      await mirror();
      expect((await desk.spine.hub.findings()).map(({ Workflow }) => Workflow?.Status)).toEqual([
        'NEW',
        'NEW',
        'NEW',
      ]);
    },
  );

  it('takes only the exception from what has passed meanwhile', async () => {
    await desk.take({ ...findings[0]!, compliance: 'PASSED', workflow: 'SUPPRESSED', updatedAt: LATER });
    expect(await desk.issueOf(findings[0]!)).toMatchObject({
      state: 'resolved',
      cause: { change: 'change-1' },
    });
    await kind().end!(undone, payload());
    const passed = await desk.issueOf(findings[0]!);
    expect(passed.state).toBe('resolved');
    expect(passed).not.toHaveProperty('cause');
    expect(passed.episodes).toBe(1);
  });

  it('leaves alone what another exception holds', async () => {
    const { issues: repository } = desk.bot.intake;
    const issue = await desk.issueOf(findings[0]!);
    const other: Issue = {
      ...issue,
      cause: { ...(issue.cause as Extract<Issue['cause'], { by: 'exception' }>), change: 'change-2' },
      version: issue.version + 1,
    };
    await repository.replace(other, issue.version);
    await kind().end!(undone, payload());
    expect(await desk.issueOf(findings[0]!)).toEqual(other);
  });
});

it('approved when the time asked for is over, it fails with a word of its own', async () => {
  desk.spine.clock.advance(14 * 24 * 3_600_000);
  await expect(kind().apply(change(), payload())).rejects.toThrow(new ChangeFailed('too-late'));
  expect(new Set(await states())).toEqual(new Set(['open']));
  expect((await request()).outbox).toEqual([]);
});

it('names who approved it', async () => {
  const by = { id: 'U0LEAD' as Principal, name: 'Lead' };
  const approvals = [{ by, at: ASKED, hash: 'hash' }];
  await kind().apply(change({ approvals }), payload());
  expect((await request()).outbox).toMatchObject([{ kind: 'suppressed', approvedBy: ['U0LEAD'] }]);
});

it('keeps what it was ruled by: the worst of all', async () => {
  const mild = await desk.held({ resource: group(9), severity: 'MEDIUM' });
  await desk.take(mild);
  await kind().apply(change(), payload());
  expect((await desk.issueOf(mild)).cause).toMatchObject({ severity: 'CRITICAL' });
});

it('by design it keeps what each finding says', async () => {
  const design = suppressByDesign({
    ...desk.bot.intake,
    directory: desk.bot.directory,
    rules: desk.bot.config.access,
    changes: desk.bot.changes,
  });
  expect(await design.rule(change(), payload({ days: 365 }))).toMatchObject({
    effect: 'needs approval',
    needs: [{ of: 'lead', count: 1 }],
  });
  await design.apply(change(), payload());
  const [first] = findings;
  expect((await desk.issueOf(first!)).cause).toMatchObject({
    design: { [first!.key]: { asff: first!.fingerprint } },
  });
});

describe('extending', () => {
  const longer = payload({
    extends: 'change-1',
    days: 30,
    reason: 'The migration takes until spring.',
    until: '2027-01-07T01:00:00.000Z',
  });
  const second = change({ id: 'change-2' });
  beforeEach(async () => {
    await kind().apply(change(), payload());
    await mirror();
    desk.queues.workflows.length = 0;
  });

  it('goes on with what the one before still covers, in the same state, and takes over from it', async () => {
    await desk.take({ ...findings[0]!, compliance: 'PASSED', workflow: 'SUPPRESSED', updatedAt: LATER });
    const late = await desk.held({ resource: group(4) });
    await desk.take(late);
    expect(await kind().apply(second, longer)).toMatchObject({ until: longer.until });
    expect((await states()).sort()).toEqual(['open', 'resolved', 'suppressed', 'suppressed']);
    for (const finding of findings) {
      expect((await desk.issueOf(finding)).cause).toMatchObject({ change: 'change-2', until: longer.until });
    }
    expect((await request()).outbox.at(-1)).toMatchObject({
      kind: 'extended',
      change: 'change-2',
      count: 2,
      until: longer.until,
      who: 'U0OWNER1',
    });
    expect(desk.queues.changes).toMatchObject([
      { body: { type: 'lapse', id: 'change-1', what: 'superseded', detail: 'change-2' } },
    ]);
    expect(await kind().covers!(change(), payload())).toBe(false);
    expect(await kind().covers!(second, longer)).toBe(true);

    expect(desk.queues.workflows.flatMap(({ issues: all }) => all)).toHaveLength(2);
    await mirror();
    const notes = (await desk.spine.hub.findings()).map(({ Note }) =>
      String((Note as { Text?: string })?.Text),
    );
    expect(notes.filter((note) => note.includes('2027-01-07'))).toHaveLength(2);
  });

  it('applied again after a crash it tells and counts the same', async () => {
    await kind().apply(second, longer);
    const before = await issues();
    await kind().apply(second, longer);
    expect((await issues()).map(({ seq }) => seq)).toEqual(before.map(({ seq }) => seq));
    expect((await request()).outbox).toHaveLength(2);
  });

  it('is ruled by what they are now', async () => {
    const tooLong = { effect: 'deny', reason: { code: 'too-long', maxDays: 14, severity: 'CRITICAL' } };
    expect(await kind().rule(second, longer)).toEqual(tooLong);
  });

  it('the end of the one before takes nothing away', async () => {
    await kind().apply(second, longer);
    const ending = change({ status: 'applied', ending: { as: 'expired' } });
    await kind().end!(ending, payload());
    expect(new Set(await states())).toEqual(new Set(['suppressed']));
    expect((await request()).outbox.map(({ kind: is }) => is)).toEqual(['suppressed', 'extended']);
  });

  it('of what has ended fails with a word of its own', async () => {
    await kind().end!(change({ status: 'applied', ending: { as: 'expired' } }), payload());
    await expect(kind().apply(second, longer)).rejects.toThrow(new ChangeFailed('ended'));
    await expect(kind().apply(change({ id: 'change-3' }), payload({ extends: 'nonsense' }))).rejects.toThrow(
      new ChangeFailed('ended'),
    );
  });

  it('reminds of its end once, and not where nothing rests', async () => {
    await kind().remind!(change(), payload());
    await kind().remind!(change(), payload());
    expect((await request()).outbox.slice(1)).toMatchObject([
      { kind: 'ending', count: 3, until: payload().until, mentions: ['U0OWNER1'], reason: payload().reason },
    ]);
    await kind().apply(second, longer);
    const before = (await request()).outbox.length;
    await kind().remind!(change({ id: 'change-9' }), payload());
    expect((await request()).outbox).toHaveLength(before);
  });
});

describe('ruling', () => {
  const by = (id: string) => change({ actor: { id: principal(id) as Principal, name: id } });
  const lead = (other: boolean): Ruling => ({
    effect: 'needs approval',
    needs: [{ of: 'lead', count: 1 }],
    other,
  });

  test.each<[string, Ruling]>([
    ['U0MEMBER', lead(false)],
    ['U0OWNER1', lead(false)],
    ['U0LEAD', lead(true)],
    ['U0GUEST', { effect: 'deny', reason: { code: 'guest' } }],
  ])('of a CRITICAL request: %s', async (id, ruling) => {
    expect(await kind().rule(by(id), payload())).toEqual(ruling);
  });

  it('counts the worst of what it is about, and of what it has suppressed already', async () => {
    const low = await desk.held({ resource: group(9), severity: 'MEDIUM' });
    await desk.take(low);
    const only = payload({ scope: 'chosen', issues: [await refOf(low)] });
    expect(await kind().rule(by('U0OWNER1'), only)).toEqual({ effect: 'allow', as: 'owner' });
    await kind().apply(change(), payload());
    expect(await kind().rule(change(), payload())).toEqual(lead(false));
  });

  it('too long is too long for everybody', async () => {
    expect(await kind().rule(by('U0LEAD'), payload({ days: 15 }))).toEqual({
      effect: 'deny',
      reason: { code: 'too-long', maxDays: 14, severity: 'CRITICAL' },
    });
  });

  test.each<[string, Ruling['effect']]>([
    ['U0OWNER1', 'allow'],
    ['U0ANALYST', 'allow'],
    ['U0LEAD', 'allow'],
    ['U0MEMBER', 'deny'],
    ['U0GUEST', 'deny'],
  ])('on an undo: %s', async (id, effect) => {
    const ruling = await kind().ruleUndo!(by('U0ANALYST'), payload(), {
      id: principal(id) as Principal,
      name: id,
    });
    expect(ruling.effect).toBe(effect);
  });

  it('who made it may take it back, while they are a member', async () => {
    const undo = (id: string) =>
      kind().ruleUndo!(by(id), payload(), { id: principal(id) as Principal, name: id });
    expect(await undo('U0MEMBER')).toEqual({ effect: 'allow', as: 'member' });
    expect((await undo('U0LEFT')).effect).toBe('deny');
  });
});
