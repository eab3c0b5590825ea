import { ACCOUNT_KINDS, type AccountKind } from '../accounts';
import { ANY_ACCOUNT, type Policy, type Treated } from '../policy';
import type { UndecidedControl } from './undecided';

/** What a policy's lines would do with a control that the catalogue does not hold, by kind of account. */
export function proposeTreatment(
  { control, severity }: UndecidedControl,
  policy: Policy,
): Readonly<Record<AccountKind, Treated>> {
  const treat = (kind: AccountKind) =>
    policy.treat({
      control,
      product: 'control',
      severity,
      category: undefined,
      account: ANY_ACCOUNT,
      kind,
      region: '',
      tags: {},
    });
  return Object.fromEntries(ACCOUNT_KINDS.map((kind) => [kind, treat(kind)])) as Record<AccountKind, Treated>;
}

/** False once the policy has a line of its own for the control. */
export function isUndecided(control: UndecidedControl, policy: Policy): boolean {
  return Object.values(proposeTreatment(control, policy)).some(({ undecided }) => undecided);
}
