import type { Principal } from '../accounts';
import type { Severity } from '../controls';
import type { AccessRules } from './access-rules';
import type { SecurityTeam } from './directory';
import { type Asker, rule } from './rule';
import type { OpenRuling, Ruling } from './ruling';
import { worstRuling } from './worst-ruling';

/** The terms that the dialog offers, as far as the rules let this person choose them. */
const TERMS_DAYS = [7, 14, 30, 60, 90] as const;

/** Those for what is meant to be as it is. */
const DESIGN_TERMS_DAYS = [90, 180, 365] as const;

/** A term that a person may choose, at once or with somebody's approval. */
export interface OfferedTerm {
  readonly days: number;
  readonly ruling: OpenRuling;
}

/** What one person may choose in the suppress dialog. */
export interface SuppressOffer {
  /** Shortest first; empty when this person may not suppress it at all. */
  readonly terms: readonly OfferedTerm[];
  /** Why `terms` is empty. */
  readonly refused?: Extract<Ruling, { effect: 'deny' }>;
  /** Whom to ask then; nobody, for somebody who does not belong here. */
  readonly ask: readonly Principal[];
}

/** What one person may choose in the suppress dialog, and what each choice takes. */
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
  const terms = rulings.flatMap(({ days, ruling }) => (ruling.effect === 'deny' ? [] : [{ days, ruling }]));
  const [refused] = rulings.flatMap(({ ruling }) => (ruling.effect === 'deny' ? [ruling] : []));
  return {
    terms,
    ...(terms.length === 0 && refused && { refused }),
    ask: asker.standing === 'member' ? team.analysts : [],
  };
}

/** One of several things that are to be suppressed together. */
export interface SuppressAmong {
  /** Who asks, towards this one's account. */
  readonly asker: Asker;
  readonly severity: Severity;
  /** What people call it. */
  readonly about: string;
}

/** The rules' answer to suppressing all of these for so long. */
export function ruleSuppressMany(
  among: readonly SuppressAmong[],
  days: number,
  rules: AccessRules,
): Ruling | undefined {
  return worstRuling(
    among.map(({ asker, severity, about }) => ({
      ruling: rule(asker, { kind: 'suppress', severity, days }, rules),
      about,
    })),
  );
}

/** What one person may choose for all of these together, and what each choice takes. */
export function suppressManyOffer(
  among: readonly SuppressAmong[],
  rules: AccessRules,
): Pick<SuppressOffer, 'terms' | 'refused'> {
  const rulings = TERMS_DAYS.flatMap((days) => {
    const ruling = ruleSuppressMany(among, days, rules);
    return ruling === undefined ? [] : [{ days, ruling }];
  });
  const terms = rulings.flatMap(({ days, ruling }) => (ruling.effect === 'deny' ? [] : [{ days, ruling }]));
  const [refused] = rulings.flatMap(({ ruling }) => (ruling.effect === 'deny' ? [ruling] : []));
  return { terms, ...(terms.length === 0 && refused && { refused }) };
}

/** What one person may choose where something is meant to be as it is, shortest first; often nothing. */
export function designTerms(asker: Asker, severity: Severity, rules: AccessRules): readonly OfferedTerm[] {
  return DESIGN_TERMS_DAYS.flatMap((days) => {
    const ruling = rule(asker, { kind: 'suppress-by-design', severity, days }, rules);
    return ruling.effect === 'deny' ? [] : [{ days, ruling }];
  });
}
