import { z } from 'zod';
import { type AccessRules, type Directory, rule } from '../access';
import { type Change, ChangeFailed, type ChangeKind } from '../changes';
import { type Severity, worse } from '../controls';
import {
  decideAnew,
  emitTogether,
  type Intake,
  type Issue,
  isOpen,
  issueRef,
  moveIssue,
  moveIssues,
  parseRequestRef,
  type RequestKey,
  tellOnce,
  treatmentOf,
} from '../requests';

export const SuppressPayload = z.object({
  /** `all`: the issues open when it was asked, not those to come. */
  scope: z.enum(['all', 'chosen']),
  /** References of the chosen issues. */
  issues: z.array(z.string().max(100)).max(100).default([]),
  reason: z.string().trim().min(10).max(500),
  days: z.int().min(1).max(366),
  ticket: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
  /** ISO 8601: when it was asked, and when it ends. */
  asOf: z.iso.datetime(),
  until: z.iso.datetime(),
});
export type SuppressPayload = z.infer<typeof SuppressPayload>;

export interface Suppressions extends Intake {
  readonly directory: Directory;
  readonly rules: AccessRules;
}

const BEFORE_LIMIT = 100;

function requestOf(change: Change): RequestKey {
  const key = parseRequestRef(change.target);
  if (key === undefined) throw new ChangeFailed('gone');
  return key;
}

function inScope(issue: Issue, payload: SuppressPayload): boolean {
  if (!isOpen(issue) || issue.openedAt === undefined || issue.openedAt > payload.asOf) return false;
  return payload.scope === 'all' || payload.issues.includes(issueRef(issue));
}

function byChange(issue: Issue, change: Change): boolean {
  return issue.cause?.by === 'exception' && issue.cause.change === change.id;
}

function isResting(issue: Issue): boolean {
  return issue.state === 'suppressing' || issue.state === 'suppressed';
}

function worstOf(issues: readonly Issue[]): Severity {
  return issues.map(({ severity }) => severity).reduce<Severity>(worse, 'INFORMATIONAL');
}

/**
 * Suppress with a reason: the chosen issues rest until the exception ends. Security Hub follows through the
 * workflow queue.
 */
export function suppress(suppressions: Suppressions): ChangeKind<SuppressPayload> {
  const scopeOf = async (change: Change, payload: SuppressPayload) => {
    const issues = await suppressions.issues.of(requestOf(change));
    return {
      open: issues.filter((issue) => inScope(issue, payload)),
      done: issues.filter((issue) => byChange(issue, change)),
    };
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
    kind: 'suppress',
    schema: SuppressPayload,

    async rule(change, payload) {
      const key = requestOf(change);
      const { open, done } = await scopeOf(change, payload);
      const asker = await suppressions.directory.askerFor(
        change.actor.id,
        suppressions.accounts(key.account),
        true,
      );
      return rule(
        asker,
        { kind: 'suppress', severity: worstOf([...open, ...done]), days: payload.days },
        suppressions.rules,
      );
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
      const cause = {
        by: 'exception' as const,
        change: change.id,
        who: change.actor.id,
        name: change.actor.name,
        reason: payload.reason,
        ...(payload.ticket !== undefined && { ticket: payload.ticket }),
        until: payload.until,
      };
      const moved = await moveIssues(
        open,
        (issue) =>
          inScope(issue, payload)
            ? moveIssue(issue, 'suppressing', suppressions.now(), {
                by: change.actor.id,
                detail: `exception ${change.id}`,
                cause,
              })
            : undefined,
        suppressions,
      );
      const suppressed = [...done, ...moved.filter((issue) => byChange(issue, change))];
      if (suppressed.length === 0) throw new ChangeFailed('nothing-open');
      await tellOnce(
        key,
        {
          kind: 'suppressed',
          change: change.id,
          at: suppressions.now().toISOString(),
          who: change.actor.id,
          reason: payload.reason,
          until: payload.until,
          ...(payload.ticket !== undefined && { ticket: payload.ticket }),
          count: suppressed.length,
          resources: suppressed.slice(0, 10).map(({ resource }) => resource.id),
        },
        suppressions,
      );
      await emitTogether(key, suppressed, suppressions);
      return { until: payload.until };
    },

    end,

    async ruleUndo(change, payload, by) {
      const key = requestOf(change);
      const { done } = await scopeOf(change, payload);
      const asker = await suppressions.directory.askerFor(by.id, suppressions.accounts(key.account), true);
      if (asker.member && by.id === change.actor.id) return { effect: 'allow', as: 'member' };
      return rule(asker, { kind: 'undo', severity: worstOf(done) }, suppressions.rules);
    },
  };
}
