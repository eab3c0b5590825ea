import { ACCOUNT_KINDS } from '../../src/accounts';
import type { Catalogue, Control, ControlId } from '../../src/controls';
import { ANY_ACCOUNT, type PolicyFile, type Treatment } from '../../src/policy';

/** A control, the most that policy does about it in any kind of account, and whether it has a playbook. */
export interface Covered {
  readonly control: Control;
  readonly treatment: Treatment;
  readonly playbook: boolean;
}

/** From the one that asks most of people to the one that asks nothing. */
const BY_WEIGHT: readonly Treatment[] = ['track', 'notify', 'leave', 'ignore'];

/** Every control of the catalogue. Only those that are tracked somewhere need a playbook. */
export function coverage(
  catalogue: Catalogue,
  policy: Pick<PolicyFile, 'treat'>,
  hasPlaybook: (control: ControlId) => boolean,
): readonly Covered[] {
  return catalogue.all().map((control) => ({
    control,
    treatment: heaviest(control, policy),
    playbook: hasPlaybook(control.id),
  }));
}

function heaviest({ id, category, severity }: Control, policy: Pick<PolicyFile, 'treat'>): Treatment {
  const anywhere = { account: ANY_ACCOUNT, region: '', tags: {} };
  const given = ACCOUNT_KINDS.map((kind) => {
    const about = { product: 'control', control: id, category, severity, kind } as const;
    return policy.treat({ ...anywhere, ...about }).treatment;
  });
  return given.reduce((most, one) => (BY_WEIGHT.indexOf(one) < BY_WEIGHT.indexOf(most) ? one : most));
}
