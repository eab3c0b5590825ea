import { type AccountId, accountId } from '../../src/accounts';
import type { ControlId } from '../../src/controls';
import type { Finding, FindingKey } from '../../src/findings';

export const ACCOUNT = accountId('111122223333') as AccountId;
export const REGION = 'ap-northeast-1';
const PRODUCT_ARN = `arn:aws:securityhub:${REGION}::product/aws/securityhub`;

/** One finding of EC2.19 as the door lets it in; `name` tells apart the several ids of one issue. */
export function finding(over: Partial<Finding> = {}, name = 'a'): Finding {
  const id = `arn:aws:securityhub:${REGION}:${ACCOUNT}:security-control/EC2.19/finding/${name}`;
  return {
    key: `${PRODUCT_ARN}|${id}` as FindingKey,
    format: 'asff',
    id,
    productArn: PRODUCT_ARN,
    product: 'control',
    productName: 'Security Hub',
    account: ACCOUNT,
    region: REGION,
    control: 'EC2.19' as ControlId,
    title: 'Security groups should not allow unrestricted access',
    description: 'This control checks security groups.',
    severity: 'HIGH',
    compliance: 'FAILED',
    workflow: 'NEW',
    recordState: 'ACTIVE',
    resource: {
      id: `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/sg-1`,
      type: 'AwsEc2SecurityGroup',
      tags: {},
    },
    updatedAt: '2026-11-20T00:00:00.000Z',
    createdAt: '2026-11-01T00:00:00.000Z',
    standards: ['aws-foundational-security-best-practices/v/1.0.0'],
    ...over,
  };
}
