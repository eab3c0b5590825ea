import type { AsffFinding } from '../../../local/aws';

/** A control's finding in AWS's shape. */
export function findingOf(id: string, changes: Partial<AsffFinding> = {}): AsffFinding {
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:ap-northeast-1:111122223333:security-control/EC2.19/finding/${id}`,
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
    ProductName: 'Security Hub',
    CompanyName: 'AWS',
    Region: 'ap-northeast-1',
    GeneratorId: 'security-control/EC2.19',
    AwsAccountId: '111122223333',
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    CreatedAt: '2026-11-01T00:00:00.000Z',
    UpdatedAt: '2026-11-01T00:00:00.000Z',
    Severity: { Label: 'CRITICAL', Normalized: 90, Original: 'CRITICAL' },
    Title: 'Security groups should not allow unrestricted access to ports with high risk',
    Description: 'This control checks whether a security group lets the whole internet in.',
    Resources: [
      { Type: 'AwsEc2SecurityGroup', Id: `arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-${id}` },
    ],
    Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.19' },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    ...changes,
  };
}
