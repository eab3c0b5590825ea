import type { AccountId } from '../accounts';
import { type HubPlace, type HubReader, NoMemberRole } from '../aws';
import type { ControlId } from '../controls';
import { known, type PlaceReading, type Read, type SetupAccount, type SetupReading } from './setup-reading';
import { why } from './why';

/** What is looked at. */
export interface SetupScope {
  /** The administrator's account. */
  readonly hub: AccountId;
  /** The Region in which findings come together. */
  readonly home: string;
  /** Further Regions, beside those that the aggregation names. */
  readonly regions: readonly string[];
  readonly accounts: readonly SetupAccount[];
  readonly unwanted: readonly ControlId[];
  readonly lastSeen: () => Promise<string | undefined>;
}

/** How far a reading has come: accounts and Regions, of all. */
export type ReadingProgress = (done: number, total: number) => void;

const PARALLEL = 8;

/**
 * Whatever goes wrong with one question is its answer: the others are asked all the same, and the person is told.
 */
async function read<T>(asked: () => Promise<T>): Promise<Read<T>> {
  try {
    return { value: await asked() };
  } catch (error) {
    const unread = why(error, 'briefly');
    return error instanceof NoMemberRole ? { unread, closed: true } : { unread };
  }
}

async function readPlace(
  place: HubPlace,
  unwanted: readonly ControlId[],
  reader: HubReader,
): Promise<PlaceReading> {
  const settings = await read(() => reader.settings(place));
  if ('unread' in settings) {
    return { ...place, settings, standards: settings, administrator: settings, controlsOn: settings };
  }
  if (settings.value === undefined) {
    return {
      ...place,
      settings,
      standards: { value: [] },
      administrator: { value: undefined },
      controlsOn: { value: [] },
    };
  }
  return {
    ...place,
    settings,
    standards: await read(() => reader.standards(place)),
    administrator: await read(() => reader.administrator(place)),
    controlsOn: await read(async () => (unwanted.length === 0 ? [] : reader.controlsOn(place, unwanted))),
  };
}

/** Reads how Security Hub is set up, through the hub's account and, where they let the caller in, the others. */
export async function readSetup(
  { hub, home, regions: further, accounts, unwanted, lastSeen }: SetupScope,
  reader: HubReader,
  progress: ReadingProgress,
): Promise<SetupReading> {
  const aggregation = await read(() => reader.aggregation(home));
  const linked = known(aggregation);
  const names = linked?.mode === 'SPECIFIED_REGIONS' ? linked.regions : [];
  const regions = [...new Set([home, ...names, ...further])];
  const inOrganization = await read(() => reader.inOrganization());
  const regionReadings = await Promise.all(
    regions.map(async (region) => ({
      region,
      members: await read(() => reader.members(region)),
      delegation:
        known(inOrganization) === false ? { value: undefined } : await read(() => reader.delegation(region)),
    })),
  );
  const ours = regionReadings.some(({ delegation }) => known(delegation) !== undefined);
  // Only the organization's management account may ask; elsewhere it stays unknown who it is.
  const other =
    ours || known(inOrganization) !== true ? undefined : known(await read(() => reader.delegated(home)));

  const total = (accounts.length + 1) * regions.length;
  let done = 0;
  const advance = (by: number) => {
    done += by;
    progress(done, total);
  };
  const places: PlaceReading[] = [];
  for (const region of regions) {
    places.push(await readPlace({ account: hub, region }, unwanted, reader));
    advance(1);
  }
  const closed: AccountId[] = [];
  for (let from = 0; from < accounts.length; from += PARALLEL) {
    const some = await Promise.all(
      accounts.slice(from, from + PARALLEL).map(async ({ id }) => {
        const own: PlaceReading[] = [];
        for (const region of regions) {
          const place = await readPlace({ account: id, region }, unwanted, reader);
          if ('closed' in place.settings) {
            closed.push(id);
            advance(regions.length);
            return [];
          }
          own.push(place);
          advance(1);
        }
        return own;
      }),
    );
    places.push(...some.flat());
  }
  return {
    hub,
    home,
    asked: further,
    regions: regionReadings,
    accounts,
    inOrganization,
    ...(other !== undefined && other !== hub && { otherAdministrator: other }),
    aggregation,
    places,
    closed,
    unwanted,
    lastSeen: await read(lastSeen),
  };
}
