import * as fc from 'fast-check';
import type { Finding } from '../../src/findings';
import {
  type Cause,
  type Issue,
  issueKeyOf,
  mirrorIssues,
  moveIssue,
  noteFor,
  openIssue,
  wantedWorkflow,
} from '../../src/requests';
import { issue as record } from '../blocks/records';
import { treated } from './decider';
import { type Desk, EC2_19, group, openDesk } from './desk';

const NOW = new Date('2026-11-24T01:00:00.000Z');
const exception: Extract<Cause, { by: 'exception' }> = {
  by: 'exception',
  change: 'change-1',
  who: 'U0OWNER1' as never,
  name: 'Owner',
  reason: 'Needed until the migration is over.',
  until: '2026-12-24T00:00:00.000Z',
};

describe('the note beside SUPPRESSED', () => {
  it('says who, why and until when', () => {
    expect(noteFor(exception)).toBe(
      'Suppressed until 2026-12-24 by Owner (Slack U0OWNER1): Needed until the migration is over.',
    );
    expect(noteFor({ ...exception, ticket: 'https://tickets.example.com/1', reason: 'a\n\n b' })).toBe(
      'Suppressed until 2026-12-24 by Owner (Slack U0OWNER1): a b [https://tickets.example.com/1]',
    );
    expect(noteFor({ by: 'policy', treatment: 'ignore', line: 'logging', policyVersion: 'abc' })).toBe(
      'Suppressed by policy: ignore (line logging, version abc)',
    );
  });

  it('cuts a long reason, not the ticket behind it', () => {
    const note = noteFor({ ...exception, reason: 'あ'.repeat(500), ticket: 'https://tickets.example.com/1' });
    expect(note).toHaveLength(512);
    expect(note).toMatch(/あ… \[https:\/\/tickets\.example\.com\/1\]$/);
  });

  it('fits into what Security Hub takes, whatever the reason and the ticket', () => {
    const text = (max: number) =>
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: max }),
        fc.constantFrom('😀', 'あ', 'a').map((c) => c.repeat(max)),
      );
    fc.assert(
      fc.property(text(500), fc.option(text(500), { nil: undefined }), text(80), (reason, ticket, name) => {
        const note = noteFor({ ...exception, name, reason, ...(ticket !== undefined && { ticket }) });
        expect(note.length).toBeLessThanOrEqual(512);
        expect(note.isWellFormed()).toBe(`${reason}${ticket}${name}`.isWellFormed());
        expect(note).toContain('Slack U0OWNER1');
      }),
    );
  });
});

describe('what Security Hub should say', () => {
  const suppressed = { status: 'SUPPRESSED', note: noteFor(exception) };
  const note = expect.stringContaining('tracked again');
  test.each<[string, Partial<Issue>, boolean, object | undefined]>([
    ['suppressing', { state: 'suppressing', cause: exception }, false, suppressed],
    ['suppressed', { state: 'suppressed', cause: exception }, true, suppressed],
    ['suppressed outside', { state: 'suppressed', cause: { by: 'outside' } }, true, undefined],
    ['open, not shown', { state: 'open' }, false, undefined],
    ['open, shown', { state: 'open' }, true, { status: 'NOTIFIED' }],
    ['notifying, shown', { state: 'notifying' }, true, { status: 'NOTIFIED' }],
    ['open, to be lifted', { state: 'open', lift: true }, false, { status: 'NEW', note }],
    ['open, to be lifted and shown', { state: 'open', lift: true }, true, { status: 'NOTIFIED', note }],
    ['resolved', { state: 'resolved' }, true, undefined],
    ['closed', { state: 'closed' }, true, undefined],
    ['left', { state: 'left' }, true, undefined],
  ])('%s', (_, over, shown, wanted) => {
    expect(wantedWorkflow(record(1, over), shown)).toEqual(wanted);
  });
});

describe('mirroring', () => {
  let desk: Desk;
  afterEach(() => desk.close());

  const open = async (about: Parameters<Desk['held']>[0] = {}): Promise<Finding> => {
    const finding = await desk.held(about);
    await desk.take(finding);
    return finding;
  };
  const mirror = (...findings: readonly Finding[]) => mirrorIssues(findings.map(issueKeyOf), desk.bot.mirror);
  const updates = async () =>
    (await desk.spine.hub.calls('BatchUpdateFindings')).map(
      ({ input }) =>
        input as {
          FindingIdentifiers: { Id: string }[];
          Workflow: object;
          Note?: { Text: string; UpdatedBy: string };
        },
    );
  const workflowOf = async (finding: Finding) =>
    (await desk.spine.hub.findings()).find(({ Id }) => Id === finding.id)?.Workflow?.Status;
  /** As the publisher does once a post that shows the issue is confirmed. */
  async function shown(finding: Finding): Promise<void> {
    const { issues, requests } = desk.bot.intake;
    const issue = await desk.issueOf(finding);
    await issues.replace(
      { ...issue, news: { kind: 'joined', at: NOW.toISOString(), seq: 1 }, version: issue.version + 1 },
      issue.version,
    );
    const request = (await requests.load(EC2_19))!;
    await requests.replace(
      { ...request, card: { ...request.card, toldThrough: 1 }, version: request.version + 1 },
      request.version,
    );
  }

  describe('in mode enforce', () => {
    beforeEach(async () => {
      desk = await openDesk();
    });

    it('suppresses, notes what it wrote and what stood there before, and wants the card shown', async () => {
      const finding = await open();
      await desk.suppressing(finding);
      desk.queues.cards.length = 0;
      await mirror(finding);
      expect(await updates()).toMatchObject([
        {
          FindingIdentifiers: [{ Id: finding.id }],
          Workflow: { Status: 'SUPPRESSED' },
          Note: {
            Text: noteFor({ ...exception, until: '2026-12-24T00:00:00.000Z' }),
            UpdatedBy: 'secops-bot',
          },
        },
      ]);
      const issue = await desk.issueOf(finding);
      expect(issue).toMatchObject({
        state: 'suppressed',
        cause: { change: 'change-1' },
        findings: {
          [finding.key]: {
            workflow: 'SUPPRESSED',
            note: 'ours',
            wrote: { status: 'SUPPRESSED', before: 'NEW', at: NOW.toISOString() },
          },
        },
      });
      expect(issue.unsettled).toBeUndefined();
      expect(desk.queues.cards).toHaveLength(1);
      // What comes back as an event is known already.
      const [echo] = await desk.bot.ports.hub.findings([finding]);
      expect(await desk.take(echo!)).toBe('unchanged');
    });

    it('writes the same note and status to a hundred findings a call, and each key once', async () => {
      const template = await open();
      const { issues } = desk.bot.intake;
      const one = await desk.issueOf(template);
      const findings = await desk.hold(Array.from({ length: 101 }, (_, n) => ({ resource: group(n) })));
      await Promise.all(
        findings.map(({ key, id, resource }) =>
          issues.create({
            ...moveIssue(one, 'suppressing', NOW, { cause: exception }),
            resource,
            findings: { [key]: { ...one.findings[template.key]!, id } },
          }),
        ),
      );
      await mirror(...findings, ...findings);
      expect((await updates()).map((call) => call.FindingIdentifiers.length)).toEqual([100, 1]);
      const states = (await issues.of(EC2_19)).filter(({ state }) => state === 'suppressed');
      expect(states).toHaveLength(101);
      expect(states.filter(({ unsettled }) => unsettled !== undefined)).toEqual([]);
    });

    it('refreshes the card of a request once, however many of its issues have moved', async () => {
      const findings = [await open({ resource: group(1) }), await open({ resource: group(2) })];
      for (const finding of findings) {
        const issue = await desk.issueOf(finding);
        await desk.bot.intake.issues.replace(
          { ...moveIssue(issue, 'suppressing', NOW, { cause: exception }), version: issue.version + 1 },
          issue.version,
        );
      }
      const before = (await desk.bot.intake.requests.load(EC2_19))?.revision ?? 0;
      desk.queues.cards.length = 0;
      await mirror(...findings);
      expect((await desk.bot.intake.requests.load(EC2_19))?.revision).toBe(before + 1);
      expect(desk.queues.cards).toHaveLength(1);
      for (const finding of findings) {
        expect(await desk.issueOf(finding)).toMatchObject({ state: 'suppressed', uncopied: [] });
      }
    });

    it('writes different notes in calls of their own, to all finding ids of an issue', async () => {
      const first = await open({ resource: group(1) });
      const again = await open({ resource: group(1), generation: 2 });
      const second = await open({ resource: group(2) });
      await desk.suppressing(first);
      const { issues } = desk.bot.intake;
      const other = await desk.issueOf(second);
      await issues.replace(
        {
          ...moveIssue(other, 'suppressing', NOW, { cause: { ...exception, reason: 'Another reason.' } }),
          version: other.version + 1,
        },
        other.version,
      );
      await mirror(first, second);
      expect((await updates()).map((call) => call.FindingIdentifiers.map(({ Id }) => Id))).toEqual([
        [first.id, again.id],
        [second.id],
      ]);
    });

    it('does not write to ids that are archived', async () => {
      const live = await open();
      const dead = await open({ generation: 2 });
      await desk.take({ ...dead, recordState: 'ARCHIVED', updatedAt: '2026-11-24T00:30:00.000Z' });
      await desk.suppressing(live);
      await mirror(live);
      expect((await updates())[0]?.FindingIdentifiers).toHaveLength(1);
    });

    it('delivered again, it writes again and changes nothing', async () => {
      const finding = await open();
      await desk.suppressing(finding);
      await mirror(finding);
      const before = await desk.issueOf(finding);
      desk.queues.cards.length = 0;
      await mirror(finding);
      expect(await updates()).toHaveLength(2);
      expect(await desk.issueOf(finding)).toMatchObject({ state: 'suppressed', seq: before.seq });
      expect(desk.queues.cards).toEqual([]);
    });

    it('tries an unprocessed finding again alone', async () => {
      const [first, second] = [await open({ resource: group(1) }), await open({ resource: group(2) })];
      await desk.suppressing(first);
      await desk.suppressing(second);
      await desk.spine.hub.addFault({
        kind: 'unprocessed',
        operation: 'BatchUpdateFindings',
        when: { next: 2 },
        code: 'ConcurrentUpdateError',
        ids: [second.id],
      });
      await mirror(first, second);
      expect((await updates()).map((call) => call.FindingIdentifiers.map(({ Id }) => Id))).toEqual([
        [first.id, second.id],
        [second.id],
        [second.id],
      ]);
      expect(await desk.issueOf(first)).toMatchObject({ state: 'suppressed' });
      expect(await desk.issueOf(second)).toMatchObject({ state: 'suppressed' });
      expect(desk.spine.logged).toEqual([]);
    });

    it('opens it and says why when Security Hub keeps refusing, and it can be suppressed once more', async () => {
      const finding = await open();
      await desk.suppressing(finding);
      await desk.spine.hub.addFault({
        kind: 'unprocessed',
        operation: 'BatchUpdateFindings',
        when: 'always',
        code: 'InternalFailure',
      });
      await mirror(finding);
      expect(await updates()).toHaveLength(4);
      const issue = await desk.issueOf(finding);
      expect(issue).toMatchObject({
        state: 'open',
        news: { kind: 'failed', detail: 'InternalFailure' },
        openedAt: expect.any(String),
        unsettled: expect.any(String),
      });
      expect(issue).not.toHaveProperty('cause');
      expect(issue.findings[finding.key]).toMatchObject({ workflow: 'NEW' });
      expect(desk.spine.logged.join()).toContain('Security Hub did not take a workflow status');
    });

    it('what was refused without ever having been asked about is open from then on', async () => {
      const finding = await open({ control: 'EC2.6' });
      expect(await desk.issueOf(finding)).toMatchObject({ state: 'suppressing', episodes: 0 });
      await desk.spine.hub.addFault({
        kind: 'unprocessed',
        operation: 'BatchUpdateFindings',
        when: 'always',
        code: 'InternalFailure',
      });
      await mirror(finding);
      expect(await desk.issueOf(finding)).toMatchObject({ state: 'open', openedAt: expect.any(String) });
    });

    it('closes what Security Hub no longer holds, without trying again', async () => {
      const finding = await open();
      await desk.suppressing(finding);
      await desk.spine.hub.reset();
      await mirror(finding);
      expect(await updates()).toHaveLength(1);
      expect(await desk.issueOf(finding)).toMatchObject({ state: 'closed', findings: {} });
    });

    it('of two ids of which one is gone, the other is suppressed', async () => {
      const live = await open();
      const gone = await open({ generation: 2 });
      await desk.suppressing(live);
      await desk.spine.hub.addFault({
        kind: 'unprocessed',
        operation: 'BatchUpdateFindings',
        when: 'always',
        code: 'FindingNotFound',
        ids: [gone.id],
      });
      await mirror(live);
      const issue = await desk.issueOf(live);
      expect(issue.state).toBe('suppressed');
      expect(Object.keys(issue.findings)).toEqual([live.key]);
    });

    it('of an open issue writes nothing before people have been told', async () => {
      const finding = await open();
      await mirror(finding);
      expect(await updates()).toEqual([]);
      await shown(finding);
      await mirror(finding);
      expect(await workflowOf(finding)).toBe('NOTIFIED');
      const issue = await desk.issueOf(finding);
      expect(issue).toMatchObject({ state: 'open', uncopied: [] });
      expect(issue.unsettled).toBeUndefined();
    });

    it('takes its own SUPPRESSED back at once, and settles only when people have been told', async () => {
      const finding = await open();
      await desk.suppressing(finding);
      await mirror(finding);
      const { issues } = desk.bot.intake;
      const issue = await desk.issueOf(finding);
      const reopened = { ...openIssue(issue, 'open', treated('track'), NOW), version: issue.version + 1 };
      expect(reopened.lift).toBe(true);
      await issues.replace(reopened, issue.version);
      await mirror(finding);
      expect(await workflowOf(finding)).toBe('NEW');
      const lifted = await desk.issueOf(finding);
      expect(lifted).not.toHaveProperty('lift');
      expect(lifted.unsettled).toBeDefined();
      await shown(finding);
      await mirror(finding);
      expect(await workflowOf(finding)).toBe('NOTIFIED');
      expect((await desk.issueOf(finding)).unsettled).toBeUndefined();
    });

    it('moved while it was written, what it wants now is written next', async () => {
      const finding = await open();
      await desk.suppressing(finding);
      const { hub } = desk.spine.ports;
      const moving = desk.spine.composeWith({
        queues: desk.queues,
        hub: {
          ...hub,
          async update(update) {
            const unprocessed = await hub.update(update);
            await desk.take({ ...finding, compliance: 'PASSED', updatedAt: '2026-11-24T00:30:00.000Z' });
            return unprocessed;
          },
        },
      });
      desk.queues.workflows.length = 0;
      await mirrorIssues([issueKeyOf(finding)], moving.mirror);
      // It stays resolved; that the bot has written SUPPRESSED is not forgotten, or a relapse would be adopted.
      expect(await desk.issueOf(finding)).toMatchObject({
        state: 'resolved',
        findings: { [finding.key]: { wrote: { status: 'SUPPRESSED' } } },
      });
      expect(desk.queues.workflows).toHaveLength(1);
    });

    it('throws what concerns all of it, so that the message comes again', async () => {
      const finding = await open();
      await desk.suppressing(finding);
      await desk.spine.hub.addFault({ kind: 'throttle', operation: 'BatchUpdateFindings', when: 'always' });
      await expect(mirror(finding)).rejects.toThrow(/Rate|Throttl|Too/i);
      expect(await desk.issueOf(finding)).toMatchObject({ state: 'suppressing' });
    });

    it('knows nothing of issues that are not there', async () => {
      const finding = await desk.held();
      await mirror(finding);
      expect(await updates()).toEqual([]);
    });
  });

  it('writes nothing in mode notify', async () => {
    desk = await openDesk({ environment: { UNKNOWN_ACCOUNT_MODE: 'notify' } });
    const finding = await open();
    await desk.suppressing(finding);
    await mirror(finding);
    expect(await updates()).toEqual([]);
    expect(await desk.issueOf(finding)).toMatchObject({ state: 'suppressing' });
  });
});
