import type { Need } from '../src/access';
import type { Principal } from '../src/accounts';
import { approversOf } from '../src/cards';
import type { Settings } from '../src/settings';

/** The user groups of those who may approve what needs this. */
export function approversFor(
  needs: readonly Need[],
  {
    SECURITY_ANALYSTS: analysts,
    SECURITY_LEADS: leads,
  }: Pick<Settings, 'SECURITY_ANALYSTS' | 'SECURITY_LEADS'>,
): readonly Principal[] {
  return approversOf(needs, { analysts, leads });
}
