import type { Step } from '../../src/hub-setup';

/** A step in words. */
export interface SaidStep {
  /** Account and Region, or the Region. */
  readonly where: string;
  readonly does: string;
}

/** So many places are named where the same is done. */
const NAMED = 3;

export function sayStep(step: Step): SaidStep {
  const at = (does: string): SaidStep => ({ where: place(step), does });
  switch (step.kind) {
    case 'enable-hub':
      return at('turn Security Hub on');
    case 'consolidate':
      return at('one finding a check (AWS replaces all findings of controls within 18 hours)');
    case 'enable-standard':
      return at('turn AWS Foundational Security Best Practices on');
    case 'accept-invitation':
      return at('accept the invitation');
    case 'disable-controls':
      return at(`turn controls off that policy ignores everywhere: ${step.controls.join(', ')}`);
    case 'aggregate':
      return at(
        `bring findings of ${step.regions.length === 0 ? 'all Regions' : step.regions.join(', ')} together`,
      );
    case 'link':
      return at(`link ${step.regions.join(', ')}`);
    case 'create-members':
      return at(`name as members ${step.members.map(({ id }) => id).join(', ')}`);
    case 'invite-members':
      return at(`invite ${step.ids.join(', ')}`);
  }
}

function place(step: Step): string {
  if ('place' in step) return `${step.place.account} ${step.place.region}`;
  if (step.kind === 'link') return step.aggregation.home;
  return step.kind === 'aggregate' ? step.home : step.region;
}

/** Steps as lines: places in which the same is done share one. */
export function stepLines(steps: readonly Step[]): readonly string[] {
  const places = new Map<string, readonly string[]>();
  for (const { where, does } of steps.map(sayStep)) places.set(does, [...(places.get(does) ?? []), where]);
  return [...places].map(([does, where]) => {
    const more = where.length - NAMED;
    const named = where.slice(0, NAMED).join(', ');
    return `${named}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}: ${does}`;
  });
}
