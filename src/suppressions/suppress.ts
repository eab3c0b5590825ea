import * as z from 'zod';
import { type AccessRules, type Directory, rule, ruleUndo } from '../access';
import { type Announcement, type Change, ChangeFailed, type ChangeKind } from '../changes';
import { type Severity, worse } from '../controls';
import {
  aboutRequest,
  decideAnew,
  type EntryKind,
  emitTogether,
  enqueueWorkflows,
  goOn,
  type Intake,
  type Issue,
  isOpen,
  issueRef,
  moveIssue,
  moveIssues,
  type Prints,
  parseRequestRef,
  type RequestKey,
  refreshCard,
  type Seen,
  tellOnce,
  treatmentOf,
} from '../requests';
import { derivedId } from '../store';
import { approvalParts } from './approval-parts';
import { endingReminder } from './ending-reminder';
import { SuppressTerms } from './suppress-terms';
import { approversUnder, type ParentSources, parentOf, underParent } from './under-parent';

/** Both kinds of suppression: for a time, and by design. */
export const SUPPRESSION_KINDS = ['suppress', 'suppress-by-design'] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

export const SuppressPayload = SuppressTerms.extend({
  /** `all`: the issues open when it was asked, not those to come. */
  scope: z.enum(['all', 'chosen']),
  /** References of the chosen issues. */
  issues: z.array(z.string().max(100)).max(100).default([]),
  /** The change whose exception this one goes on with: then its scope is what that one still covers. */
  extends: z.string().min(1).max(64).optional(),
  /** The change by which several requests were suppressed at once, this one among them; see `underParent`. */
  parent: z.string().min(1).max(64).optional(),
});
export type SuppressPayload = z.infer<typeof SuppressPayload>;

export interface Suppressions extends Intake, ParentSources {
  readonly directory: Directory;
  readonly rules: AccessRules;
}

const BEFORE_LIMIT = 100;

const ANNOUNCED: Record<Announcement, EntryKind> = {
  asked: 'approval-asked',
  refused: 'approval-refused',
  withdrawn: 'approval-withdrawn',
  expired: 'approval-expired',
};

/** @throws ChangeFailed when the target is no request */
export function requestOf(change: Change): RequestKey {
  const key = parseRequestRef(change.target);
  if (key === undefined) throw new ChangeFailed('gone');
  return key;
}

/**
 * True for an issue that the proposal means: open, what opened later not among them; of one that extends another,
 * what that one still covers.
 */
export function inScope(issue: Issue, payload: SuppressPayload): boolean {
  if (payload.extends !== undefined) return byChange(issue, { id: payload.extends });
  if (!isOpen(issue) || issue.openedAt === undefined || issue.openedAt > payload.asOf) return false;
  return payload.scope === 'all' || payload.issues.includes(issueRef(issue));
}

/** True for an issue that this very change has suppressed. */
export function byChange(issue: Issue, change: Pick<Change, 'id'>): boolean {
  return issue.cause?.by === 'exception' && issue.cause.change === change.id;
}

/** True while the exception keeps the issue from being asked about; what it covers may also be fixed for now. */
export function isResting(issue: Issue): boolean {
  return issue.state === 'suppressing' || issue.state === 'suppressed';
}

/** The severity by which an exception for these issues is ruled. */
export function worstOf(issues: readonly Issue[]): Severity {
  return issues.map(({ severity }) => severity).reduce<Severity>(worse, 'INFORMATIONAL');
}

/** What each finding of an issue says now, for whoever wants to know whether it still says so. */
function designOf(issue: Issue): Readonly<Record<string, Prints>> {
  return Object.fromEntries(
    Object.entries<Seen>(issue.findings).flatMap(([key, { prints }]) => (prints ? [[key, prints]] : [])),
  );
}

/**
 * Suppress with a reason: the chosen issues rest until the exception ends. Security Hub follows through the
 * workflow queue.
 */
export function suppress(suppressions: Suppressions): ChangeKind<SuppressPayload> {
  return suppression('suppress', suppressions);
}

/** The same for what is meant to be as it is: for longer, and void as soon as the resource changes. */
export function suppressByDesign(suppressions: Suppressions): ChangeKind<SuppressPayload> {
  return suppression('suppress-by-design', suppressions);
}

function suppression(kind: SuppressionKind, suppressions: Suppressions): ChangeKind<SuppressPayload> {
  const scopeOf = async (change: Change, payload: SuppressPayload) => {
    const issues = await suppressions.issues.of(requestOf(change));
    return {
      open: issues.filter((issue) => inScope(issue, payload)),
      done: issues.filter((issue) => byChange(issue, change)),
    };
  };

  /** The issues' exception is this change's now: Security Hub's notes follow, and the one before ends. */
  const takeOver = async (before: string, change: Change, covered: readonly Issue[]): Promise<void> => {
    const suppressed = covered.filter(({ state }) => state === 'suppressed');
    await enqueueWorkflows(requestOf(change), suppressed, suppressions);
    await suppressions.queues.change({
      id: derivedId('lapse', before, change.id),
      version: 0,
      group: change.target,
      body: { type: 'lapse', id: before, what: 'superseded', detail: change.id },
    });
  };

  const end = async (change: Change, payload: SuppressPayload): Promise<void> => {
    const key = requestOf(change);
    const as = change.ending?.as === 'expired' ? 'expired' : 'undone';
    const by = change.ending?.by?.id;
    const issues = (await suppressions.issues.of(key)).filter((issue) => byChange(issue, change));
    // Fixed or gone meanwhile: only the exception goes, for the day it fails again; nobody is called for that.
    const resting = issues.filter(isResting);
    const told =
      resting.length > 0 &&
      (await tellOnce(
        key,
        {
          kind: as,
          change: change.id,
          at: suppressions.now().toISOString(),
          ...(by !== undefined && { who: by }),
          reason: payload.reason,
          count: resting.length,
          resources: resting.slice(0, 10).map(({ resource }) => resource.id),
        },
        suppressions,
      ));
    const moved = await moveIssues(
      issues,
      (issue) => {
        if (!byChange(issue, change)) return undefined;
        const { cause: _, ...rest } = issue;
        if (!isResting(issue)) return rest;
        return decideAnew(rest, treatmentOf(issue, issue.severity, suppressions), suppressions.now(), {
          detail: as,
          ...(by !== undefined && { by }),
          ...(told !== false && { toldBy: told }),
        });
      },
      suppressions,
    );
    await emitTogether(key, moved, suppressions);
  };

  return {
    kind,
    schema: SuppressPayload,
    about: aboutRequest,

    async rule(change, payload) {
      const key = requestOf(change);
      const { open, done } = await scopeOf(change, payload);
      const account = suppressions.accounts(key.account);
      const parent = await parentOf(change, payload, suppressions);
      // One of several: the rights were looked at a moment ago, and Slack does not take so many questions at once.
      const fresh = parent === undefined || change.asked !== undefined;
      const asker = await suppressions.directory.askerFor(change.actor.id, account, fresh);
      const issues = [...open, ...done];
      const severity = worstOf(issues);
      const ruling = rule(asker, { kind, severity, days: payload.days }, suppressions.rules);
      const parts = approvalParts(change.target, issues, severity);
      return underParent({ change, parent, account, ruling, parts }, suppressions);
    },

    async target(change, payload) {
      const { open, done } = await scopeOf(change, payload);
      return {
        severity: worstOf([...open, ...done]),
        // An issue that has failed again since is not the one that was judged.
        parts: [...open, ...done].map((issue) => `${issueRef(issue)} ${issue.episodes}`),
      };
    },

    async before(change, payload) {
      const { open } = await scopeOf(change, payload);
      return {
        count: open.length,
        issues: open.slice(0, BEFORE_LIMIT).map((issue) => ({
          issue: issueRef(issue),
          state: issue.state,
          workflow: Object.values(issue.findings).map(({ workflow }) => workflow),
        })),
      };
    },

    async apply(change, payload) {
      const key = requestOf(change);
      const { open, done } = await scopeOf(change, payload);
      const now = suppressions.now();
      const extending = payload.extends !== undefined;
      if (![...open, ...done].some((issue) => isOpen(issue) || isResting(issue))) {
        throw new ChangeFailed(extending ? 'ended' : 'nothing-open');
      }
      // Approved too late: it would end before it began.
      if (done.length === 0 && Date.parse(payload.until) <= now.getTime()) throw new ChangeFailed('too-late');
      const worst = worstOf([...open, ...done]);
      const causeOf = (issue: Issue) => ({
        by: 'exception' as const,
        change: change.id,
        who: change.actor.id,
        name: change.actor.name,
        reason: payload.reason,
        ...(payload.ticket !== undefined && { ticket: payload.ticket }),
        until: payload.until,
        severity: worst,
        ...(kind === 'suppress-by-design' && { design: designOf(issue) }),
      });
      const moved = await moveIssues(
        open,
        (issue) => {
          if (!inScope(issue, payload)) return undefined;
          const details = { by: change.actor.id, detail: `exception ${change.id}`, cause: causeOf(issue) };
          return extending
            ? goOn(issue, suppressions.now(), details)
            : moveIssue(issue, 'suppressing', suppressions.now(), details);
        },
        suppressions,
      );
      const covered = [...done, ...moved.filter((issue) => byChange(issue, change))];
      const suppressed = covered.filter(isResting);
      if (suppressed.length === 0) throw new ChangeFailed(extending ? 'ended' : 'nothing-open');
      const approvedBy = await approversUnder(change, payload, suppressions);
      await tellOnce(
        key,
        {
          kind: extending ? 'extended' : 'suppressed',
          change: change.id,
          at: suppressions.now().toISOString(),
          who: change.actor.id,
          reason: payload.reason,
          until: payload.until,
          ...(payload.ticket !== undefined && { ticket: payload.ticket }),
          ...(approvedBy.length > 0 && { approvedBy }),
          count: suppressed.length,
          resources: suppressed.slice(0, 10).map(({ resource }) => resource.id),
        },
        suppressions,
      );
      await emitTogether(key, covered, suppressions);
      if (payload.extends !== undefined) await takeOver(payload.extends, change, covered);
      const remindAt = endingReminder(payload.asOf, payload.until, suppressions.calendar);
      return {
        until: payload.until,
        // Who has approved it that late knows when it ends.
        ...(remindAt.getTime() > now.getTime() && { remindAt: remindAt.toISOString() }),
      };
    },

    end,

    async covers(change) {
      return (await suppressions.issues.of(requestOf(change))).some((issue) => byChange(issue, change));
    },

    async remind(change, payload) {
      const key = requestOf(change);
      const { done } = await scopeOf(change, payload);
      const resting = done.filter(isResting);
      if (resting.length === 0) return;
      const { owner, mode } = suppressions.accounts(key.account);
      await tellOnce(
        key,
        {
          kind: 'ending',
          change: change.id,
          at: suppressions.now().toISOString(),
          who: change.actor.id,
          reason: payload.reason,
          until: payload.until,
          count: resting.length,
          resources: resting.slice(0, 10).map(({ resource }) => resource.id),
          // Owners of an account that is only observed hear nothing.
          mentions: [
            ...new Set([change.actor.id, ...(owner !== undefined && mode !== 'observe' ? [owner] : [])]),
          ],
        },
        suppressions,
      );
      await refreshCard(key, suppressions);
    },

    async announce(change, payload, what) {
      const key = requestOf(change);
      const { denial, asked } = change;
      await tellOnce(
        key,
        {
          kind: ANNOUNCED[what],
          change: change.id,
          at: suppressions.now().toISOString(),
          who: what === 'refused' ? (denial?.by.id ?? change.actor.id) : change.actor.id,
          reason: what === 'refused' ? (denial?.reason ?? '') : payload.reason,
          ...(asked && what === 'asked' && { until: asked.until }),
          ...(what !== 'asked' && { mentions: [change.actor.id] }),
        },
        suppressions,
      );
      await refreshCard(key, suppressions);
    },

    async ruleUndo(change, payload, by) {
      const key = requestOf(change);
      const { done } = await scopeOf(change, payload);
      const asker = await suppressions.directory.askerFor(by.id, suppressions.accounts(key.account), true);
      return ruleUndo(asker, change.actor.id, worstOf(done), suppressions.rules);
    },
  };
}
