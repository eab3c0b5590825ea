import { ACCOUNT_KINDS } from '../accounts';
import type { Catalogue, ControlId } from '../controls';
import type { PolicyFile } from '../policy';

/**
 * The controls that policy ignores in every kind of account, whatever account, Region, severity and tags a finding has:
 * nobody ever looks at what they find, so they are better off.
 */
export function unwantedControls(
  policy: Pick<PolicyFile, 'possibleTreatments'>,
  catalogue: Catalogue,
): readonly ControlId[] {
  return catalogue
    .all()
    .filter(({ id, category }) =>
      ACCOUNT_KINDS.every((kind) => {
        const treatments = policy.possibleTreatments({ control: id, product: 'control', category, kind });
        return treatments.size === 1 && treatments.has('ignore');
      }),
    )
    .map(({ id }) => id);
}
