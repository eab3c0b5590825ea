import type { Mode } from '../../src/accounts';
import {
  emitEffects,
  emitTogether,
  type Issue,
  issueItemKey,
  issueKeyOf,
  issueRef,
  moveIssue,
  moveIssues,
  openIssue,
  refreshCard,
  requestRef,
  settleIssue,
} from '../../src/requests';
import { register } from '../setup/register';
import { treated } from './decider';
import { type Desk, EC2_19, group, openDesk } from './desk';

let desk: Desk;
afterEach(() => desk.close());

/** A desk with one open issue of an account that names no mode, so that the deployment's holds. */
async function deskIn(mode: Mode): Promise<Issue> {
  desk = await openDesk({ environment: { UNKNOWN_ACCOUNT_MODE: mode } });
  await register(desk.bot, '999988887777');
  const finding = await desk.held({ account: '999988887777' });
  await desk.take(finding);
  const issue = await desk.issueOf(finding);
  await desk.bot.intake.requests.create({
    ...EC2_19,
    account: issue.account,
    control: issue.control,
    product: 'control',
    channel: 'C0REQUESTS',
    revision: 1,
    phase: 'new',
    card: { shownRevision: 0, toldThrough: 0 },
    version: 1,
    seq: 0,
    outbox: [],
  });
  desk.queues.cards.length = 0;
  return issue;
}

async function emitted(issue: Issue, move: (issue: Issue) => Issue) {
  const { intake } = desk.bot;
  const next = { ...move(issue), version: issue.version + 1 };
  await intake.issues.replace(next, issue.version);
  await emitEffects(next, intake);
  const after = await intake.issues.load(issueKeyOf(issue));
  return {
    cards: desk.queues.cards.length,
    workflows: desk.queues.workflows.length,
    settled: after?.unsettled === undefined,
  };
}

const NOW = new Date('2026-11-24T01:00:00.000Z');
const to = (state: Issue['state']) => (issue: Issue) => moveIssue(issue, state, NOW);
const reopen = (issue: Issue) => openIssue(issue, 'open', treated('track'), NOW);
const lift = (issue: Issue): Issue => ({ ...reopen(issue), lift: true });

describe.each<[Mode, [string, (issue: Issue) => Issue, object][]]>([
  [
    'enforce',
    [
      ['open: shown, settled once it has been', reopen, { cards: 1, workflows: 0, settled: false }],
      ['to be lifted: written as well', lift, { cards: 1, workflows: 1, settled: false }],
      ['suppressing: written and shown', to('suppressing'), { cards: 1, workflows: 1, settled: false }],
      ['suppressed: shown', to('suppressed'), { cards: 1, workflows: 0, settled: true }],
      ['resolved: shown', to('resolved'), { cards: 1, workflows: 0, settled: true }],
      ['closed: shown', to('closed'), { cards: 1, workflows: 0, settled: true }],
    ],
  ],
  [
    'notify',
    [
      ['open: shown', reopen, { cards: 1, workflows: 0, settled: false }],
      ['to be lifted: nothing written', lift, { cards: 1, workflows: 0, settled: false }],
      ['suppressing: rests, shown', to('suppressing'), { cards: 1, workflows: 0, settled: true }],
      ['resolved: shown', to('resolved'), { cards: 1, workflows: 0, settled: true }],
    ],
  ],
  [
    'observe',
    [
      ['open: nothing shown', reopen, { cards: 0, workflows: 0, settled: true }],
      ['to be lifted: nothing', lift, { cards: 0, workflows: 0, settled: true }],
      ['suppressing: nothing', to('suppressing'), { cards: 0, workflows: 0, settled: true }],
      ['resolved: nothing', to('resolved'), { cards: 0, workflows: 0, settled: true }],
    ],
  ],
])('what a moved issue starts in mode %s', (mode, rows) => {
  test.each(rows)('%s', async (_, move, expected) => {
    expect(await emitted(await deskIn(mode), move)).toEqual(expected);
  });
});

describe('settling', () => {
  beforeEach(async () => {
    desk = await openDesk();
  });

  it('starts nothing for an issue that is settled', async () => {
    const finding = await desk.held();
    await desk.take(finding);
    const { unsettled: _, ...settled } = await desk.issueOf(finding);
    await emitEffects(settled, desk.bot.intake);
    expect(desk.queues.cards).toHaveLength(1);
  });

  it('started twice, it asks for the card twice and for nothing else', async () => {
    const finding = await desk.held();
    await desk.take(finding);
    await emitEffects(await desk.issueOf(finding), desk.bot.intake);
    expect(desk.queues.cards.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(await desk.bot.intake.requests.ofAccount(EC2_19.account)).toHaveLength(1);
  });

  it('keeps the history for good and clears the mark', async () => {
    const finding = await desk.held();
    await desk.take(finding);
    const issue = await desk.issueOf(finding);
    await settleIssue(issue, desk.bot.intake);
    const after = await desk.issueOf(finding);
    expect(after).toMatchObject({ state: 'open', uncopied: [], version: issue.version + 1 });
    expect(after).not.toHaveProperty('unsettled');
    expect(await desk.bot.intake.history.latest(issueItemKey(issueKeyOf(issue)), 10)).toEqual([
      expect.objectContaining({ seq: 1, what: 'open' }),
    ]);
  });

  it('leaves an issue alone that has moved on', async () => {
    const finding = await desk.held();
    await desk.take(finding);
    const old = await desk.issueOf(finding);
    await desk.suppressing(finding);
    const moved = await desk.issueOf(finding);
    await settleIssue(old, desk.bot.intake);
    expect(await desk.issueOf(finding)).toEqual(moved);
  });

  it('wants no card where there is no request', async () => {
    expect(await refreshCard({ ...EC2_19, subject: 's3.1' }, desk.bot.intake)).toBeUndefined();
    expect(desk.queues.cards).toEqual([]);
  });

  it('moves many issues, each once, and none that the step leaves alone', async () => {
    const findings = await Promise.all([1, 2, 3].map((n) => desk.held({ resource: group(n) })));
    for (const finding of findings) await desk.take(finding);
    const issues = await desk.bot.intake.issues.of(EC2_19);
    const moved = await moveIssues(
      issues,
      (issue) => (issue.resource.id === group(2) ? undefined : moveIssue(issue, 'suppressing', NOW)),
      desk.bot.intake,
    );
    expect(moved).toHaveLength(3);
    const states = (await desk.bot.intake.issues.of(EC2_19)).map((issue) => [issue.resource.id, issue.state]);
    expect(Object.fromEntries(states)).toEqual({
      [group(1)]: 'suppressing',
      [group(2)]: 'open',
      [group(3)]: 'suppressing',
    });
  });

  it('of many issues together asks for one card and for a hundred writes a message', async () => {
    const finding = await desk.held();
    await desk.take(finding);
    const issue = await desk.issueOf(finding);
    desk.queues.cards.length = 0;
    const many = Array.from({ length: 201 }, (_, n) => ({
      ...moveIssue(issue, 'suppressing', NOW),
      resource: { ...issue.resource, id: group(n) },
    }));
    await emitTogether(EC2_19, many, desk.bot.intake);
    expect(desk.queues.workflows.map(({ issues }) => issues.length)).toEqual([100, 100, 1]);
    expect(desk.queues.workflows[2]?.issues).toEqual([
      { record: requestRef(EC2_19), issue: issueRef(many[200] as Issue) },
    ]);
    expect(desk.queues.cards).toHaveLength(1);
  });

  it('together it settles what has nothing left to be written or told', async () => {
    const findings = await Promise.all([1, 2, 3].map((n) => desk.held({ resource: group(n) })));
    for (const finding of findings) await desk.take(finding);
    const states = ['resolved', 'suppressing', 'open'] as const;
    const moved = await moveIssues(
      await desk.bot.intake.issues.of(EC2_19),
      (issue) => {
        const state = states[Number(issue.resource.id.at(-1)) - 1] ?? 'open';
        return state === 'open'
          ? openIssue(issue, 'open', treated('track'), NOW)
          : moveIssue(issue, state, NOW);
      },
      desk.bot.intake,
    );
    await emitTogether(EC2_19, moved, desk.bot.intake);
    const after = await desk.bot.intake.issues.of(EC2_19);
    const unsettled = after.filter((issue) => issue.unsettled !== undefined).map(({ state }) => state);
    expect(new Set(unsettled)).toEqual(new Set(['suppressing', 'open']));
  });
});
