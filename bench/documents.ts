import { createHash } from 'node:crypto';
import type { AwsControl } from '../local/aws';

/** A finding as Security Hub's stand-in holds it. */
export type Document = Parameters<AwsControl['putFindings']>[0][number];

export interface DocumentSketch {
  readonly account: string;
  readonly control: string;
  /** Tells the control's findings in this account apart. */
  readonly resource: number;
  readonly severity?: string;
  readonly region?: string;
  readonly status?: 'PASSED' | 'FAILED';
  readonly updatedAt: Date;
  /** With consolidated control findings off there is one finding a standard: FSBP's instead of the control's. */
  readonly perStandard?: boolean;
  /** Rules of the security group, some 130 bytes each: they make the document as long as real ones are. */
  readonly rules?: number;
}

const FSBP = 'aws-foundational-security-best-practices/v/1.0.0';
const RULES = 25;

/** A control finding about a security group in AWS's shape, with all that AWS puts beside what the bot reads. */
export function document(sketch: DocumentSketch): Document {
  const { account, control, region = 'ap-northeast-1', status = 'FAILED' } = sketch;
  const group = `sg-${hash(account, region, control, sketch.resource).slice(0, 17)}`;
  const resource = `arn:aws:ec2:${region}:${account}:security-group/${group}`;
  const uuid = uuidOf(resource, control, sketch.perStandard);
  const id = sketch.perStandard
    ? `arn:aws:securityhub:${region}:${account}:subscription/${FSBP}/${control}/finding/${uuid}`
    : `arn:aws:securityhub:${region}:${account}:security-control/${control}/finding/${uuid}`;
  const title = 'Security groups should not allow unrestricted access to ports with high risk';
  const severity = status === 'PASSED' ? 'INFORMATIONAL' : (sketch.severity ?? 'HIGH');
  const updatedAt = sketch.updatedAt.toISOString();
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: `arn:aws:securityhub:${region}::product/aws/securityhub`,
    ProductName: 'Security Hub',
    CompanyName: 'AWS',
    Region: region,
    GeneratorId: sketch.perStandard ? `${FSBP}/${control}` : `security-control/${control}`,
    AwsAccountId: account,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    FirstObservedAt: '2026-01-10T00:00:00.000Z',
    LastObservedAt: updatedAt,
    CreatedAt: '2026-01-10T00:00:00.000Z',
    UpdatedAt: updatedAt,
    Severity: { Label: severity, Normalized: 70, Original: severity, Product: 70 },
    Title: sketch.perStandard ? `${control} ${title}` : title,
    Description: 'This control checks whether a security group lets the whole internet reach a risky port.',
    Remediation: {
      Recommendation: {
        Text: 'For information on how to correct this issue, consult the Security Hub documentation.',
        Url: `https://docs.aws.amazon.com/console/securityhub/${control}/remediation`,
      },
    },
    ProductFields: {
      ...(sketch.perStandard && {
        StandardsArn: `arn:aws:securityhub:::standards/${FSBP}`,
        StandardsSubscriptionArn: `arn:aws:securityhub:${region}:${account}:subscription/${FSBP}`,
        ControlId: control,
        StandardsControlArn: `arn:aws:securityhub:${region}:${account}:control/${FSBP}/${control}`,
      }),
      'RelatedAWSResources:0/name': `securityhub-${control.toLowerCase().replace('.', '-')}-1a2b3c4d`,
      'RelatedAWSResources:0/type': 'AWS::Config::ConfigRule',
      'Resources:0/Id': resource,
      'aws/securityhub/ProductName': 'Security Hub',
      'aws/securityhub/CompanyName': 'AWS',
      'aws/securityhub/FindingId': `arn:aws:securityhub:${region}::product/aws/securityhub/${id}`,
    },
    Resources: [
      {
        Type: 'AwsEc2SecurityGroup',
        Id: resource,
        Partition: 'aws',
        Region: region,
        Tags: { Team: 'shop', Environment: 'production', Name: `web-${sketch.resource}` },
        Details: {
          AwsEc2SecurityGroup: {
            GroupName: `web-${sketch.resource}`,
            GroupId: group,
            OwnerId: account,
            VpcId: 'vpc-0a1b2c3d4e5f60718',
            IpPermissions: Array.from({ length: sketch.rules ?? RULES }, (_, rule) => ({
              IpProtocol: 'tcp',
              FromPort: 1_024 + rule,
              ToPort: 1_024 + rule,
              IpRanges: [{ CidrIp: `198.51.100.${rule}/32` }, { CidrIp: '0.0.0.0/0' }],
            })),
          },
        },
      },
    ],
    Compliance: {
      Status: status,
      SecurityControlId: control,
      AssociatedStandards: [{ StandardsId: `standards/${FSBP}` }],
    },
    WorkflowState: 'NEW',
    Workflow: { Status: status === 'PASSED' ? 'RESOLVED' : 'NEW' },
    RecordState: 'ACTIVE',
    FindingProviderFields: {
      Severity: { Label: severity, Original: severity },
      Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    },
  };
}

/** The same finding as Security Hub V2 sends it. */
export function ocsfDocument(sketch: DocumentSketch): object {
  const asff = document(sketch);
  const passed = sketch.status === 'PASSED';
  const [resource] = asff.Resources;
  const modified = sketch.updatedAt.toISOString();
  return {
    activity_id: 2,
    activity_name: 'Update',
    category_name: 'Findings',
    category_uid: 2,
    class_name: 'Compliance Finding',
    class_uid: 2003,
    cloud: {
      account: { type: 'AWS Account', type_id: 10, uid: sketch.account },
      provider: 'AWS',
      region: asff.Region,
    },
    compliance: {
      control: sketch.control,
      standards: [`standards/${FSBP}`],
      status: passed ? 'Pass' : 'Fail',
      status_id: passed ? 1 : 3,
    },
    finding_info: {
      created_time: Date.parse(asff.CreatedAt),
      created_time_dt: asff.CreatedAt,
      desc: asff.Description,
      modified_time: Date.parse(modified),
      modified_time_dt: modified,
      title: asff.Title,
      types: ['Posture Management'],
      uid: asff.Id,
    },
    metadata: {
      product: {
        name: 'Security Hub',
        uid: asff.ProductArn.replace(':product/', ':productv2/'),
        vendor_name: 'AWS',
      },
      profiles: ['cloud', 'datetime'],
      uid: hash(asff.Id),
      version: '1.6.0',
    },
    remediation: {
      references: [`https://docs.aws.amazon.com/console/securityhub/${sketch.control}/remediation`],
    },
    resources: [
      {
        cloud_partition: 'aws',
        data: resource?.['Details'],
        owner: { account: { uid: sketch.account } },
        region: asff.Region,
        tags: [{ name: 'Team', value: 'shop' }],
        type: 'AWS::EC2::SecurityGroup',
        uid: resource?.Id,
      },
    ],
    severity: passed ? 'Informational' : 'High',
    severity_id: passed ? 1 : 4,
    status: 'New',
    status_id: 1,
    time: Date.parse(modified),
    time_dt: modified,
  };
}

/** A threat against an instance, as GuardDuty itself sends it. */
export function threatDocument(sketch: DocumentSketch): object {
  const { account, region = 'ap-northeast-1' } = sketch;
  const id = hash(account, region, sketch.resource).slice(0, 32);
  const instance = `i-${id.slice(0, 17)}`;
  const detector = hash(account, region).slice(0, 32);
  const title = `198.51.100.7 is performing SSH brute force attacks against ${instance}.`;
  const securityGroups = Array.from({ length: sketch.rules ?? RULES }, (_, group) => ({
    groupId: `sg-${hash(instance, group).slice(0, 17)}`,
    groupName: `web-${group}`,
  }));
  return {
    schemaVersion: '2.0',
    accountId: account,
    region,
    partition: 'aws',
    id,
    arn: `arn:aws:guardduty:${region}:${account}:detector/${detector}/finding/${id}`,
    type: 'UnauthorizedAccess:EC2/SSHBruteForce',
    resource: {
      resourceType: 'Instance',
      instanceDetails: {
        instanceId: instance,
        instanceType: 't3.micro',
        tags: [{ key: 'Team', value: 'shop' }],
        networkInterfaces: [
          { networkInterfaceId: 'eni-0a1b2c3d4e5f60718', privateIpAddress: '10.0.1.10', securityGroups },
          { networkInterfaceId: 'eni-0a1b2c3d4e5f60719', privateIpAddress: '10.0.2.10', securityGroups },
        ],
      },
    },
    service: {
      serviceName: 'guardduty',
      detectorId: detector,
      action: {
        actionType: 'NETWORK_CONNECTION',
        networkConnectionAction: {
          connectionDirection: 'INBOUND',
          protocol: 'TCP',
          blocked: false,
          localPortDetails: { port: 22, portName: 'SSH' },
          remotePortDetails: { port: 46_717, portName: 'Unknown' },
          remoteIpDetails: {
            ipAddressV4: '198.51.100.7',
            city: { cityName: 'Springfield' },
            country: { countryName: 'Exampleland' },
            organization: { asn: '64500', asnOrg: 'EXAMPLE-AS', isp: 'Example ISP', org: 'Example Hosting' },
          },
        },
      },
      resourceRole: 'TARGET',
      eventFirstSeen: '2026-01-10T00:00:00.000Z',
      eventLastSeen: sketch.updatedAt.toISOString(),
      archived: false,
      count: sketch.status === 'PASSED' ? 2 : 1,
    },
    severity: 5,
    createdAt: '2026-01-10T00:00:00.000Z',
    updatedAt: sketch.updatedAt.toISOString(),
    title,
    description: `${title} Brute force attacks are used to gain access by guessing a password.`,
  };
}

/** The event in which EventBridge brings a finding of Security Hub to the queue. */
export function eventOf(finding: Document): string {
  return inEvent('Security Hub Findings - Imported', 'aws.securityhub', { findings: [finding] });
}

/** Any event that EventBridge brings to the queue. */
export function inEvent(detailType: string, source: string, detail: object): string {
  return JSON.stringify({
    version: '0',
    id: uuidOf(detail),
    'detail-type': detailType,
    source,
    account: '444455556666',
    time: '2026-01-15T06:00:00Z',
    region: 'ap-northeast-1',
    resources: [],
    detail,
  });
}

/** A message as an SNS topic without raw delivery hands it to the queue. */
export function notificationOf(message: string): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: uuidOf(message),
    TopicArn: 'arn:aws:sns:ap-northeast-1:444455556666:security-findings',
    Message: message,
    Timestamp: '2026-01-15T03:04:10.000Z',
    SignatureVersion: '1',
  });
}

function hash(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function uuidOf(...parts: readonly unknown[]): string {
  const hex = hash(...parts);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
