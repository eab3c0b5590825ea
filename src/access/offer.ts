import type { Principal } from '../accounts';
import type { Severity } from '../controls';
import type { AccessRules } from './access-rules';
import type { SecurityTeam } from './directory';
import { type Asker, rule } from './rule';
import type { SuppressOffer } from './ruling';

/** The terms that the dialog offers, as far as the rules let this person choose them. */
const TERMS_DAYS = [7, 14, 30, 60, 90] as const;

/** What one person may choose in the suppress dialog, and whom to ask where that is nothing. */
export function suppressOffer(
  asker: Asker,
  severity: Severity,
  rules: AccessRules,
  team: SecurityTeam,
): SuppressOffer {
  const rulings = TERMS_DAYS.map((days) => ({
    days,
    ruling: rule(asker, { kind: 'suppress', severity, days }, rules),
  }));
  const days = rulings.filter(({ ruling }) => ruling.effect === 'allow').map((term) => term.days);
  const refused = rulings.map(({ ruling }) => ruling).find(({ effect }) => effect !== 'allow');
  const askGroups: readonly Principal[] =
    refused?.effect === 'needs approval' && refused.of === 'lead' ? team.leads : team.analysts;
  return {
    days,
    ...(days.length === 0 && refused && refused.effect !== 'allow' && { refused }),
    askGroups,
  };
}
