import type { Need, Ruling } from './ruling';

/** The rules' answer to one of several things. */
export interface RulingAbout {
  readonly ruling: Ruling;
  /** What people call it. */
  readonly about: string;
}

const people = (needs: readonly Need[]) => needs.reduce((sum, { count }) => sum + count, 0);
const leads = (needs: readonly Need[]) => people(needs.filter(({ of }) => of === 'lead'));

/**
 * The answer to several things at once: one that is denied denies them all and is named; else what is enough for each
 * of them. Undefined for nothing.
 */
export function worstRuling(rulings: readonly RulingAbout[]): Ruling | undefined {
  const denied = rulings.find(({ ruling }) => ruling.effect === 'deny');
  if (denied?.ruling.effect === 'deny') {
    return rulings.length === 1 ? denied.ruling : { ...denied.ruling, about: denied.about };
  }
  const asking = rulings.flatMap(({ ruling }) => (ruling.effect === 'needs approval' ? [ruling] : []));
  if (asking.length === 0) return rulings[0]?.ruling;
  // As `enough` counts: so many leads, and so many people at all.
  const [most, lead] = [people, leads].map((count) => Math.max(...asking.map(({ needs }) => count(needs))));
  const needs: readonly Need[] = [
    { of: 'lead', count: lead ?? 0 },
    { of: 'analyst', count: (most ?? 0) - (lead ?? 0) },
  ];
  return {
    effect: 'needs approval',
    needs: needs.filter(({ count }) => count > 0),
    other: asking.some(({ other }) => other),
  };
}
