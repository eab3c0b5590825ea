import { isDeepStrictEqual } from 'node:util';
import type { AccountId } from '../accounts';
import type { ControlSwitches } from '../aws';
import type { ControlId } from '../controls';
import type { Log } from '../log';
import { type Issue, liveFindings } from '../requests';
import type { Item, Key, Table } from '../store';

/** Which controls are known to be switched off in an account, by control in lower case: the Regions. */
export type DisabledControls = ReadonlyMap<string, ReadonlySet<string>>;

export interface DisabledSources {
  readonly table: Table;
  readonly switches: ControlSwitches;
  readonly warn: Log['warn'];
}

const keyOf = (account: AccountId): Key => ({ pk: `SCORE#${account}`, sk: 'DISABLED' });

type ByRegion = Readonly<Record<string, readonly string[]>>;

const regionsOf = (item: Item | undefined): ByRegion => (item?.['regions'] ?? {}) as ByRegion;

function fromRegions(regions: ByRegion): DisabledControls {
  const byControl = new Map<string, Set<string>>();
  for (const [region, controls] of Object.entries(regions)) {
    for (const control of controls) byControl.set(control, (byControl.get(control) ?? new Set()).add(region));
  }
  return byControl;
}

/** What was known when the account was last asked. */
export async function disabledControls(
  account: AccountId,
  { table }: Pick<DisabledSources, 'table'>,
): Promise<DisabledControls> {
  return fromRegions(regionsOf(await table.get(keyOf(account))));
}

/**
 * Asks an account, Region by Region, which of the controls it has findings of are switched off there. Where it may not
 * be asked nothing is known, and a control that is switched off falls silent after two days anyway.
 */
export async function refreshDisabled(
  account: AccountId,
  issues: readonly Issue[],
  { table, switches, warn }: DisabledSources,
): Promise<void> {
  const byRegion = new Map<string, Set<ControlId>>();
  for (const issue of issues) {
    if (issue.product !== 'control') continue;
    for (const { region } of liveFindings(issue.findings)) {
      byRegion.set(region, (byRegion.get(region) ?? new Set()).add(issue.control));
    }
  }
  const known = regionsOf(await table.get(keyOf(account)));
  // Each Region has its limits to itself, and a large organisation has many: one after the other they take too long.
  const asked = await Promise.all(
    [...byRegion].map(async ([region, controls]): Promise<readonly [string, readonly string[]]> => {
      try {
        const disabled = await switches.disabledControls(account, region, [...controls].sort());
        return [region, [...(disabled ?? [])].map((id) => id.toLowerCase()).sort()];
      } catch (error) {
        // One Region that does not answer takes no score with it: what it said last holds until the next night.
        warn('disabled controls could not be read', { account, region, error: String(error) });
        return [region, known[region] ?? []];
      }
    }),
  );
  const regions: ByRegion = Object.fromEntries(asked.filter(([, disabled]) => disabled.length > 0));
  if (!isDeepStrictEqual({ ...known }, regions)) await table.put({ ...keyOf(account), regions });
}
