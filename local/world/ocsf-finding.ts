import type { AsffFinding } from '../aws';
import { LOCAL_REGION } from '../embedded/services';
import { resourceName, threatCount } from './threat-finding';
import { EXAMPLE_THREATS, type Seen } from './threats';
import { uuidOf } from './uuid-of';

/** https://schema.ocsf.io/1.6.0/classes/compliance_finding and …/detection_finding */
const COMPLIANCE_FINDING = { class_name: 'Compliance Finding', class_uid: 2003 };
const DETECTION_FINDING = { class_name: 'Detection Finding', class_uid: 2004 };

const SEVERITY_IDS: Readonly<Record<string, number>> = {
  INFORMATIONAL: 1,
  LOW: 2,
  MEDIUM: 3,
  HIGH: 4,
  CRITICAL: 5,
};
const STATUS: Readonly<Record<string, { readonly status: string; readonly status_id: number }>> = {
  NEW: { status: 'New', status_id: 1 },
  NOTIFIED: { status: 'New', status_id: 1 },
  SUPPRESSED: { status: 'Suppressed', status_id: 3 },
  RESOLVED: { status: 'Resolved', status_id: 4 },
};
const COMPLIANCE: Readonly<Record<string, object>> = {
  PASSED: { status: 'Pass', status_id: 1 },
  WARNING: { status: 'Warning', status_id: 2 },
  FAILED: { status: 'Fail', status_id: 3 },
  NOT_AVAILABLE: { status: 'Other', status_id: 99 },
};
/** What CloudFormation, and OCSF with it, calls the resource types that ASFF spells in its own way. */
const TYPES: Readonly<Record<string, string>> = {
  AwsAccount: 'AWS::::Account',
  AwsEc2Instance: 'AWS::EC2::Instance',
  AwsEc2NetworkAcl: 'AWS::EC2::NetworkAcl',
  AwsEc2SecurityGroup: 'AWS::EC2::SecurityGroup',
  AwsEc2Subnet: 'AWS::EC2::Subnet',
  AwsEc2Volume: 'AWS::EC2::Volume',
  AwsEc2Vpc: 'AWS::EC2::VPC',
  AwsElbv2LoadBalancer: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  AwsIamPolicy: 'AWS::IAM::Policy',
  AwsIamRole: 'AWS::IAM::Role',
  AwsIamUser: 'AWS::IAM::User',
  AwsRdsDbInstance: 'AWS::RDS::DBInstance',
};

/** The finding that Security Hub holds, as the new Security Hub tells it in OCSF. */
export function ocsfFinding(held: AsffFinding): object {
  const threat = EXAMPLE_THREATS.find(({ asffType }) => [held['Types']].flat().includes(asffType));
  const severity = held.Severity.Label ?? 'MEDIUM';
  const severityId = SEVERITY_IDS[severity];
  const archived = held.RecordState === 'ARCHIVED';
  const activity = archived
    ? { activity_id: 3, activity_name: 'Close' }
    : held.CreatedAt === held.UpdatedAt
      ? { activity_id: 1, activity_name: 'Create' }
      : { activity_id: 2, activity_name: 'Update' };
  const kind = threat === undefined ? COMPLIANCE_FINDING : DETECTION_FINDING;
  const [resource] = held.Resources;
  return {
    ...activity,
    ...kind,
    category_name: 'Findings',
    category_uid: 2,
    type_uid: kind.class_uid * 100 + activity.activity_id,
    cloud: {
      account: { type: 'AWS Account', type_id: 10, uid: held.AwsAccountId },
      cloud_partition: 'aws',
      provider: 'AWS',
      region: held.Region ?? LOCAL_REGION,
    },
    finding_info: {
      uid: held.Id,
      title: held.Title,
      desc: held.Description,
      types: threat === undefined ? held['Types'] : ['Threats', threat.type],
      ...time('created', held.CreatedAt),
      ...time('first_seen', held['FirstObservedAt']),
      ...time('last_seen', held['LastObservedAt']),
      ...time('modified', held.UpdatedAt),
    },
    metadata: {
      product: {
        name: held.ProductName,
        uid: held.ProductArn.replace(':product/', ':productv2/'),
        vendor_name: 'AWS',
      },
      profiles: ['cloud', 'datetime'],
      uid: ocsfUid(held),
      version: '1.6.0',
    },
    severity,
    severity_id: severityId,
    vendor_attributes: { severity, severity_id: severityId },
    ...STATUS[held.Workflow?.Status ?? 'NEW'],
    time: Date.parse(held.UpdatedAt),
    time_dt: held.UpdatedAt,
    resources: [
      {
        // GuardDuty's resources go by their bare names.
        uid: threat === undefined ? resource?.Id : resourceName(resource?.Id ?? ''),
        ...(threat !== undefined && { uid_alt: resource?.Id }),
        type: ocsfType(resource?.Type ?? ''),
        cloud_partition: 'aws',
        region: held.Region ?? LOCAL_REGION,
        owner: { account: { uid: held.AwsAccountId } },
        ...(threat?.seen.action === 'RDS_LOGIN_ATTEMPT' && { data: { user_name: threat.seen.user } }),
        tags: [],
      },
    ],
    ...(threat === undefined ? complianceOf(held) : sightingOf(held, threat.seen)),
  };
}

/** `metadata.uid`: 64 hexadecimal digits, by which the event of a finding names it. */
export function ocsfUid(held: AsffFinding): string {
  return [0, 1].map((half) => uuidOf(held.ProductArn, held.Id, half).replaceAll('-', '')).join('');
}

function complianceOf(held: AsffFinding): object {
  const standards = held.Compliance?.['AssociatedStandards'];
  return {
    compliance: {
      ...COMPLIANCE[held.Compliance?.Status ?? 'NOT_AVAILABLE'],
      control: held.Compliance?.SecurityControlId,
      standards: (Array.isArray(standards) ? standards : []).map(
        ({ StandardsId: standard }: { StandardsId?: unknown }) => standard,
      ),
    },
    remediation: {
      desc: 'For information on how to correct this issue, consult the AWS Security Hub controls documentation.',
      references: [
        `https://docs.aws.amazon.com/console/securityhub/${held.Compliance?.SecurityControlId ?? ''}/remediation`,
      ],
    },
  };
}

function sightingOf(held: AsffFinding, seen: Seen): object {
  const count = threatCount(held);
  if (seen.action === 'DNS_REQUEST') return { count, evidences: [{ query: { hostname: seen.domain } }] };
  const { ip, city, country, asn, network } = seen.remote;
  return {
    count,
    evidences: [
      {
        actor: { user: { name: seen.user }, app_name: seen.application },
        src_endpoint: {
          ip,
          location: { city, country },
          autonomous_system: { name: network, number: asn },
        },
      },
    ],
  };
}

function ocsfType(type: string): string {
  return TYPES[type] ?? type.replace(/^Aws([A-Z][a-z0-9]+|CloudTrail|DynamoDb)([A-Z]\w*)$/, 'AWS::$1::$2');
}

function time(what: string, at: unknown): object {
  return typeof at === 'string' ? { [`${what}_time`]: Date.parse(at), [`${what}_time_dt`]: at } : {};
}
