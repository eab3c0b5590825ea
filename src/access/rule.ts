import type { Severity } from '../controls';
import type { AccessRules, Answer } from './access-rules';
import type { Role, Ruling } from './ruling';

/** What a person asks for, as far as the rules care. */
export interface Asked {
  /** Kind of the change: `suppress`, `take` … */
  readonly kind: string;
  /** The worst severity among what it is about. */
  readonly severity: Severity;
  /** For how long, where that matters. */
  readonly days?: number;
}

/** Who asks: every role they have towards the account, and whether they belong to the workspace at all. */
export interface Asker {
  readonly roles: readonly Role[];
  /** False for guests, bots, people of other workspaces and those who have left. */
  readonly member: boolean;
}

const ALL_ROLES: readonly Role[] = ['member', 'owner', 'analyst', 'lead'];

function answerAs(role: Role, answer: Answer | undefined, asker: Asker): Ruling | undefined {
  if (answer === undefined || answer === 'no') return undefined;
  if (answer === 'yes') return { effect: 'allow', as: role };
  if ('yes-except' in answer) {
    return asker.roles.includes('owner') ? undefined : { effect: 'allow', as: role };
  }
  return {
    effect: 'needs approval',
    of: answer.ask,
    count: answer.count ?? 1,
    // Whoever has the role that is asked needs somebody else, whichever of their roles asks.
    other: answer.other ?? asker.roles.includes(answer.ask),
  };
}

/**
 * The access rules' answer. Pure: the same question gets the same answer at the click, at the approval and when
 * the change is applied. What no rule allows is denied.
 */
export function rule(asker: Asker, asked: Asked, rules: AccessRules): Ruling {
  if (!asker.member) return { effect: 'deny', reason: { code: 'outsider' } };
  const line = rules.changes[asked.kind]?.find(
    ({ severities }) => severities === undefined || severities.includes(asked.severity),
  );
  if (line === undefined) return { effect: 'deny', reason: { code: 'not-allowed', who: [] } };
  if (asked.days !== undefined && line.maxDays !== undefined && asked.days > line.maxDays) {
    return {
      effect: 'deny',
      reason: { code: 'too-long', maxDays: line.maxDays, severity: asked.severity },
    };
  }
  const rulings = asker.roles.flatMap((role) => answerAs(role, line[role], asker) ?? []);
  return (
    rulings.find(({ effect }) => effect === 'allow') ??
    rulings.find(({ effect }) => effect === 'needs approval') ?? {
      effect: 'deny',
      reason: {
        code: 'not-allowed',
        who: ALL_ROLES.filter((role) => line[role] !== undefined && line[role] !== 'no'),
      },
    }
  );
}
