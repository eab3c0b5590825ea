import type { AccountId } from '../../src/accounts';
import type { HubPlace } from '../../src/aws';
import type { ControlId } from '../../src/controls';
import type { SetupReading } from '../../src/hub-setup';

export const HUB = '999999999999' as AccountId;
export const SHOP = '111122223333' as AccountId;
export const HOME = 'ap-northeast-1';
const FSBP = (region: string) =>
  `arn:aws:securityhub:${region}::standards/aws-foundational-security-best-practices/v/1.0.0`;

export type Place = SetupReading['places'][number];

/** A place in which all is right. */
export function place(at: HubPlace, over: Partial<Place> = {}): Place {
  return {
    ...at,
    settings: { value: { partition: 'aws', format: 'consolidated' } },
    standards: { value: [{ arn: FSBP(at.region), status: 'READY' }] },
    administrator: { value: at.account === HUB ? undefined : HUB },
    controlsOn: { value: [] },
    ...over,
  };
}

/** A hub with one member and its delegated administration, in which all is right but what is given. */
export function reading(over: Partial<SetupReading> = {}): SetupReading {
  return {
    hub: HUB,
    home: HOME,
    asked: [],
    regions: [
      {
        region: HOME,
        members: { value: new Map([[SHOP, 'Enabled']]) },
        delegation: { value: { central: false, autoEnable: true } },
      },
    ],
    accounts: [{ id: SHOP }],
    inOrganization: { value: true },
    aggregation: { value: { arn: 'arn', home: HOME, mode: 'ALL_REGIONS', regions: [] } },
    places: [place({ account: HUB, region: HOME }), place({ account: SHOP, region: HOME })],
    closed: [],
    unwanted: ['EC2.6' as ControlId],
    lastSeen: { value: '2026-11-24T00:00:00.000Z' },
    ...over,
  };
}
