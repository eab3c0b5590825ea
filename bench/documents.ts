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

/** The event in which EventBridge brings a finding to the queue. */
export function eventOf(finding: Document): string {
  return JSON.stringify({
    version: '0',
    id: uuidOf(finding.Id, finding.UpdatedAt),
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '444455556666',
    time: finding.UpdatedAt,
    region: 'ap-northeast-1',
    resources: [`${finding.ProductArn}/${finding.Id}`],
    detail: { findings: [finding] },
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
