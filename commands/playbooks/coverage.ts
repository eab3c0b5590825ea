import { ACCOUNT_KINDS } from '../../src/accounts';
import type { Catalogue, Control, ControlId } from '../../src/controls';
import { ANY_ACCOUNT, type PolicyFile } from '../../src/policy';

/** A control that policy tracks somewhere, and whether somebody has said what to do about it. */
export interface Covered {
  readonly control: Control;
  readonly playbook: boolean;
}

/** Every control that the policy tracks in some kind of account; what it ignores or only notifies of needs no playbook. */
export function coverage(
  catalogue: Catalogue,
  policy: Pick<PolicyFile, 'treat'>,
  hasPlaybook: (control: ControlId) => boolean,
): readonly Covered[] {
  return catalogue
    .all()
    .filter((control) => isTracked(control, policy))
    .map((control) => ({ control, playbook: hasPlaybook(control.id) }));
}

function isTracked({ id, category, severity }: Control, policy: Pick<PolicyFile, 'treat'>): boolean {
  const anywhere = { account: ANY_ACCOUNT, region: '', tags: {} };
  return ACCOUNT_KINDS.some((kind) => {
    const about = { product: 'control', control: id, category, severity, kind } as const;
    return policy.treat({ ...anywhere, ...about }).treatment === 'track';
  });
}
