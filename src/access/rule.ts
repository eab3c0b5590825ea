import type { Principal } from '../accounts';
import type { Severity } from '../controls';
import type { Standing } from '../slack';
import type { AccessRules, Answer } from './access-rules';
import { APPROVER_ROLES, type DenyReason, type Need, ROLES, type Role, type Ruling } from './ruling';

/** What a person asks for, as far as the rules care. */
export interface Asked {
  /** One of `ACCESS_KINDS`; what the rules do not know is denied. */
  readonly kind: string;
  /** The worst severity among what it is about. */
  readonly severity: Severity;
  /** For how long, where that matters. */
  readonly days?: number;
  /** The account has no owner, where that matters. */
  readonly ownerless?: boolean;
}

/** Who asks: every role they have towards the account, and how they belong to the workspace. */
export interface Asker {
  readonly id: Principal;
  readonly roles: readonly Role[];
  readonly standing: Standing;
}

/** Roles that a guest can have: nobody becomes an analyst by being put into a group from outside. */
const OF_GUESTS: readonly Role[] = ['member', 'owner'];

function stranger(asker: Asker, kind: string, { guests }: AccessRules): DenyReason | undefined {
  switch (asker.standing) {
    case 'member':
      return undefined;
    case 'guest': {
      const listed = guests && Object.hasOwn(guests, asker.id) ? guests[asker.id] : undefined;
      return listed?.some((may) => may === kind) ? undefined : { code: 'guest' };
    }
    case 'left':
      return { code: 'left' };
    case 'outsider':
    case 'bot':
      return { code: 'outsider' };
  }
}

function needsOf(answer: Extract<Answer, { ask: unknown }>): readonly Need[] {
  if ('count' in answer) return [{ of: answer.ask, count: answer.count ?? 1 }];
  const asked = [answer.ask].flat();
  return [...new Set(asked)].map((of) => ({ of, count: asked.filter((one) => one === of).length }));
}

/** Whoever could approve it of somebody else needs another person, since nobody approves their own. */
function couldApprove(roles: readonly Role[], needs: readonly Need[]): boolean {
  return roles.includes('lead') || (roles.includes('analyst') && needs.some(({ of }) => of === 'analyst'));
}

function answerAs(role: Role, answer: Answer | undefined, roles: readonly Role[]): Ruling | undefined {
  if (answer === undefined || answer === 'no') return undefined;
  if (answer === 'yes') return { effect: 'allow', as: role };
  if ('yes-except' in answer) return roles.includes('owner') ? undefined : { effect: 'allow', as: role };
  const needs = needsOf(answer);
  return { effect: 'needs approval', needs, other: couldApprove(roles, needs) };
}

/** How much a ruling asks for: of several answers, the one that asks for least counts. */
function weight(ruling: Ruling): number {
  if (ruling.effect !== 'needs approval') return 0;
  return ruling.needs.reduce((sum, { of, count }) => sum + count * (10 + APPROVER_ROLES.indexOf(of)), 1);
}

/**
 * The access rules' answer. Pure: the same question gets the same answer at the click, at the approval and when
 * the change is applied. What no rule allows is denied.
 */
export function rule(asker: Asker, asked: Asked, rules: AccessRules): Ruling {
  const reason = stranger(asker, asked.kind, rules);
  if (reason) return { effect: 'deny', reason };
  const roles =
    asker.standing === 'guest' ? asker.roles.filter((role) => OF_GUESTS.includes(role)) : asker.roles;
  const lines = Object.hasOwn(rules.changes, asked.kind) ? rules.changes[asked.kind] : undefined;
  const line = lines?.find(
    ({ severities }) => severities === undefined || severities.includes(asked.severity),
  );
  if (line === undefined) return { effect: 'deny', reason: { code: 'not-allowed', who: [] } };
  if (asked.days !== undefined && line.maxDays !== undefined && asked.days > line.maxDays) {
    return {
      effect: 'deny',
      reason: { code: 'too-long', maxDays: line.maxDays, severity: asked.severity },
    };
  }
  if (line['only-if'] === 'ownerless' && asked.ownerless !== true) {
    return { effect: 'deny', reason: { code: 'owned' } };
  }
  const [lightest] = roles
    .flatMap((role) => answerAs(role, line[role], roles) ?? [])
    .toSorted((a, b) => weight(a) - weight(b));
  return (
    lightest ?? {
      effect: 'deny',
      reason: {
        code: 'not-allowed',
        who: ROLES.filter((role) => line[role] !== undefined && line[role] !== 'no'),
      },
    }
  );
}

/**
 * May they take back a change that `actor` made? Who made it may always, as long as they may do anything at all: that
 * only makes things stricter again.
 */
export function ruleUndo(asker: Asker, actor: Principal, severity: Severity, rules: AccessRules): Ruling {
  const ruling = rule(asker, { kind: 'undo', severity }, rules);
  const own = asker.id === actor && ruling.effect === 'deny' && ruling.reason.code === 'not-allowed';
  return own ? { effect: 'allow', as: 'member' } : ruling;
}
