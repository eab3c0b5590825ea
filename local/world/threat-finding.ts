import type { AsffFinding } from '../aws';
import { LOCAL_REGION } from '../embedded/services';
import { NORMALIZED } from './normalized';
import type { ExampleThreat, Seen } from './threats';
import { uuidOf } from './uuid-of';

const DETECTOR = '4ec9d1a7b3f04f6c8a5e2b1d0c9f8e7a';
const SERVICE = 'aws/guardduty/service';

export interface ThreatSighting {
  readonly account: string;
  readonly threat: ExampleThreat;
  readonly resource: { readonly id: string; readonly type: string };
  /** How many findings of this threat have been archived: GuardDuty makes a new one after that. */
  readonly generation: number;
  readonly count: number;
  readonly firstSeen: string;
  readonly at: Date;
  readonly archived?: true;
}

type ThreatPlace = Pick<ThreatSighting, 'account' | 'threat' | 'resource' | 'generation'>;

/** The `Id` of the finding, which is its ARN in GuardDuty. */
export function threatFindingId({ account, threat, resource, generation }: ThreatPlace): string {
  const hex = uuidOf(account, LOCAL_REGION, threat.type, resource.id, generation).replaceAll('-', '');
  return `arn:aws:guardduty:${LOCAL_REGION}:${account}:detector/${DETECTOR}/finding/${hex}`;
}

/** A GuardDuty finding in ASFF, as Security Hub passes it on: GuardDuty's `service` lies flat in `ProductFields`. */
export function threatFinding(sighting: ThreatSighting): AsffFinding {
  const { account, threat, resource, count, firstSeen, at, archived } = sighting;
  const id = threatFindingId(sighting);
  const product = `arn:aws:securityhub:${LOCAL_REGION}::product/aws/guardduty`;
  const name = resourceName(resource.id);
  const severity = 'HIGH';
  const now = at.toISOString();
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: product,
    ProductName: 'GuardDuty',
    CompanyName: 'Amazon',
    Region: LOCAL_REGION,
    GeneratorId: id.slice(0, id.indexOf('/finding/')),
    AwsAccountId: account,
    Types: [threat.asffType],
    FirstObservedAt: firstSeen,
    LastObservedAt: now,
    CreatedAt: firstSeen,
    UpdatedAt: now,
    Severity: { Product: threat.score, Label: severity, Normalized: NORMALIZED[severity] },
    Title: threat.title(name),
    Description: threat.description(name),
    ProductFields: {
      [`${SERVICE}/serviceName`]: 'guardduty',
      [`${SERVICE}/detectorId`]: DETECTOR,
      ...actionFields(threat.seen),
      [`${SERVICE}/resourceRole`]: 'TARGET',
      [`${SERVICE}/eventFirstSeen`]: firstSeen,
      [`${SERVICE}/eventLastSeen`]: now,
      [`${SERVICE}/archived`]: String(archived === true),
      [COUNT]: String(count),
      'aws/securityhub/FindingId': `${product}/${id}`,
      'aws/securityhub/ProductName': 'GuardDuty',
      'aws/securityhub/CompanyName': 'Amazon',
    },
    Resources: [{ Type: resource.type, Id: resource.id, Partition: 'aws', Region: LOCAL_REGION }],
    Workflow: { Status: 'NEW' },
    RecordState: archived ? 'ARCHIVED' : 'ACTIVE',
  };
}

const COUNT = `${SERVICE}/count`;

/** How often GuardDuty has counted what a finding tells. */
export function threatCount(finding: AsffFinding): number {
  return Number(finding.ProductFields?.[COUNT] ?? 0);
}

/** `shop-prod-orders` of a database's ARN, `i-…` of an instance's. */
export function resourceName(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
}

function actionFields(seen: Seen): Readonly<Record<string, string>> {
  const type = { [`${SERVICE}/action/actionType`]: seen.action };
  if (seen.action === 'DNS_REQUEST') {
    const at = `${SERVICE}/action/dnsRequestAction`;
    return { ...type, [`${at}/domain`]: seen.domain, [`${at}/protocol`]: 'UDP', [`${at}/blocked`]: 'false' };
  }
  const at = `${SERVICE}/action/rdsLoginAttemptAction`;
  const { ip, city, country, asn, network } = seen.remote;
  return {
    ...type,
    [`${at}/loginAttributes.0_/user`]: seen.user,
    [`${at}/loginAttributes.0_/application`]: seen.application,
    [`${at}/remoteIpDetails/ipAddressV4`]: ip,
    [`${at}/remoteIpDetails/city/cityName`]: city,
    [`${at}/remoteIpDetails/country/countryName`]: country,
    [`${at}/remoteIpDetails/organization/asn`]: String(asn),
    [`${at}/remoteIpDetails/organization/org`]: network,
  };
}
