import type { Catalogue } from '../../src/controls';
import { LOCAL_REGION } from '../embedded/services';
import type { Checked } from './control-finding';

/** The first account that is enabled here, and how far the next one's id is from it. */
const FIRST_ACCOUNT = 777_788_889_999;
const STEP = 1_111;

/** Resources of one kind, and the controls that fail on each of them when nobody has looked after them yet. */
interface Neglected {
  readonly type: string;
  readonly names: readonly string[];
  id(name: string, account: string): string;
  readonly controls: readonly string[];
}

const inRegion = (service: string, prefix: string) => (name: string, account: string) =>
  `arn:aws:${service}:${LOCAL_REGION}:${account}:${prefix}${name}`;

/** 116 findings of 42 controls. */
const NEGLECTED: readonly Neglected[] = [
  {
    type: 'AwsS3Bucket',
    names: ['uploads', 'reports', 'backup'],
    id: (name, account) => `arn:aws:s3:::lab-${account}-${name}`,
    controls: ['S3.2', 'S3.3', 'S3.5', 'S3.8', 'S3.9', 'S3.13'],
  },
  {
    type: 'AwsEc2SecurityGroup',
    names: ['sg-0a11b22c33d44e55f', 'sg-0b22c33d44e55f66a', 'sg-0c33d44e55f66a77b'],
    id: inRegion('ec2', 'security-group/'),
    controls: ['EC2.19', 'EC2.18', 'EC2.2'],
  },
  {
    type: 'AwsEc2Instance',
    names: ['i-0a1b2c3d4e5f60001', 'i-0a1b2c3d4e5f60002', 'i-0a1b2c3d4e5f60003'],
    id: inRegion('ec2', 'instance/'),
    controls: ['EC2.8', 'EC2.9', 'EC2.17', 'SSM.1'],
  },
  {
    type: 'AwsEc2Volume',
    names: ['vol-0a1b2c3d4e5f60001', 'vol-0a1b2c3d4e5f60002', 'vol-0a1b2c3d4e5f60003'],
    id: inRegion('ec2', 'volume/'),
    controls: ['EC2.3'],
  },
  {
    type: 'AwsEc2Subnet',
    names: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002', 'subnet-0a1b2c3d4e5f60003'],
    id: inRegion('ec2', 'subnet/'),
    controls: ['EC2.15'],
  },
  {
    type: 'AwsEc2NetworkAcl',
    names: ['acl-0a1b2c3d4e5f60001', 'acl-0a1b2c3d4e5f60002', 'acl-0a1b2c3d4e5f60003'],
    id: inRegion('ec2', 'network-acl/'),
    controls: ['EC2.21'],
  },
  {
    type: 'AwsEc2Vpc',
    names: ['vpc-0a1b2c3d4e5f60001', 'vpc-0a1b2c3d4e5f60002', 'vpc-0a1b2c3d4e5f60003'],
    id: inRegion('ec2', 'vpc/'),
    controls: ['EC2.6'],
  },
  {
    type: 'AwsRdsDbInstance',
    names: ['lab-orders', 'lab-users', 'lab-stock'],
    id: inRegion('rds', 'db:'),
    controls: ['RDS.2', 'RDS.3', 'RDS.5', 'RDS.9', 'RDS.13', 'RDS.17'],
  },
  {
    type: 'AwsLambdaFunction',
    names: ['lab-import', 'lab-export', 'lab-notify'],
    id: inRegion('lambda', 'function:'),
    controls: ['Lambda.1', 'Lambda.2'],
  },
  {
    type: 'AwsElbv2LoadBalancer',
    names: ['lab-web/0a1b2c3d4e5f6001', 'lab-api/0a1b2c3d4e5f6002', 'lab-admin/0a1b2c3d4e5f6003'],
    id: inRegion('elasticloadbalancing', 'loadbalancer/app/'),
    controls: ['ELB.1', 'ELB.4', 'ELB.5', 'ELB.6'],
  },
  {
    type: 'AwsEcrRepository',
    names: ['lab-web', 'lab-api', 'lab-batch'],
    id: inRegion('ecr', 'repository/'),
    controls: ['ECR.1', 'ECR.2', 'ECR.3'],
  },
  {
    type: 'AwsDynamoDbTable',
    names: ['lab-sessions', 'lab-carts', 'lab-events'],
    id: inRegion('dynamodb', 'table/'),
    controls: ['DynamoDB.2', 'DynamoDB.6'],
  },
  {
    type: 'AwsIamUser',
    names: ['lab-admin', 'lab-deploy', 'lab-guest'],
    id: (name, account) => `arn:aws:iam::${account}:user/${name}`,
    controls: ['IAM.3', 'IAM.5', 'IAM.8'],
  },
  {
    type: 'AwsAccount',
    names: [''],
    id: (_name, account) => `AWS::::Account:${account}`,
    controls: ['Account.1', 'CloudTrail.1', 'EC2.7', 'GuardDuty.1', 'S3.1'],
  },
];

/** Those of these accounts that were enabled here, oldest first. */
export function newAccountsAmong(accounts: ReadonlySet<string>): readonly string[] {
  const enabled: string[] = [];
  for (let next = FIRST_ACCOUNT; accounts.has(String(next)); next += STEP) enabled.push(String(next));
  return enabled;
}

/** The account that is enabled after so many others. */
export function newAccountId(enabled: number): string {
  return String(FIRST_ACCOUNT + enabled * STEP);
}

/** What the organization calls it. */
export function newAccountName(id: string): string {
  return `lab-${(Number(id) - FIRST_ACCOUNT) / STEP + 1}`;
}

/** All that fails in an account whose standards have just been switched on. */
export function newAccountChecks(account: string, catalogue: Catalogue): readonly Checked[] {
  return NEGLECTED.flatMap(({ type, names, id, controls }) =>
    controls.flatMap((named) => {
      const control = catalogue.find(named);
      if (control === undefined) return [];
      return names.map((name) => ({ account, control, resource: { id: id(name, account), type } }));
    }),
  );
}
