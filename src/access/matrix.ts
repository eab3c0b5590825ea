import { type Principal, principal } from '../accounts';
import { SEVERITIES, type Severity } from '../controls';
import type { AccessRules } from './access-rules';
import { rule } from './rule';
import { ROLES, type Role, type Ruling } from './ruling';

/** What somebody of one role may do: for any account, and for one of their own. */
export interface MatrixCell {
  readonly role: Role;
  readonly ruling: Ruling;
  /** The same person, being the account's owner or deputy as well; absent where that changes nothing. */
  readonly own?: Ruling;
}

/** The rules' answers to one kind of change for one severity. */
export interface MatrixRow {
  readonly kind: string;
  readonly severity: Severity;
  readonly maxDays?: number;
  /** Only for accounts without an owner. */
  readonly ownerless?: true;
  readonly cells: readonly MatrixCell[];
}

const ANYBODY = principal('U000') as Principal;

/** Every answer that the rules give, asked of `rule` itself: what is printed is what holds. */
export function accessMatrix(rules: AccessRules): readonly MatrixRow[] {
  return Object.entries(rules.changes).flatMap(([kind, lines]) =>
    SEVERITIES.flatMap((severity) => {
      const line = lines.find(({ severities }) => severities === undefined || severities.includes(severity));
      if (line === undefined) return [];
      const ask = (...roles: readonly Role[]) =>
        rule({ id: ANYBODY, roles, standing: 'member' }, { kind, severity, ownerless: true }, rules);
      const cells = ROLES.map((role): MatrixCell => {
        const ruling = ask(...new Set<Role>(['member', role]));
        const own = ask(...new Set<Role>(['member', 'owner', role]));
        const team = role === 'analyst' || role === 'lead';
        return { role, ruling, ...(team && own.effect !== ruling.effect && { own }) };
      });
      return [
        {
          kind,
          severity,
          ...(line.maxDays !== undefined && { maxDays: line.maxDays }),
          ...(line['only-if'] === 'ownerless' && { ownerless: true as const }),
          cells,
        },
      ];
    }),
  );
}
