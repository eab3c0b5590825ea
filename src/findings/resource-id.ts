import { accountId } from '../accounts';

/** Where a resource lives, as far as its ARN says so. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

const ACCOUNT_ROOT = /^(?:arn:aws(?:-[a-z]+)*:iam::(\d{12}):root|AWS::::Account:(\d{12}))$/;
const ARN = /^arn:aws(?:-[a-z]+)*:/;

/** How Security Hub writes the id of a resource whose service knows it by a bare name, by the resource's ASFF type. */
const WRITTEN: ReadonlyMap<string, (id: string, place: Place) => string> = new Map([
  ['AwsIamAccessKey', (id) => (id.startsWith('AWS::') ? id : `AWS::IAM::AccessKey:${id}`)],
  ['AwsS3Bucket', (id, { partition }) => `arn:${partition}:s3:::${id}`],
  ['AwsEc2Instance', regional('ec2', 'instance/')],
  ['AwsEc2SecurityGroup', regional('ec2', 'security-group/')],
  ['AwsEc2Volume', regional('ec2', 'volume/')],
  ['AwsEc2Subnet', regional('ec2', 'subnet/')],
  ['AwsEc2Vpc', regional('ec2', 'vpc/')],
  ['AwsEksCluster', regional('eks', 'cluster/')],
  ['AwsEcsCluster', regional('ecs', 'cluster/')],
  ['AwsRdsDbInstance', regional('rds', 'db:')],
  ['AwsRdsDbCluster', regional('rds', 'cluster:')],
  ['AwsLambdaFunction', regional('lambda', 'function:')],
]);

function regional(service: string, prefix: string): (id: string, place: Place) => string {
  return (id, { partition, region, account }) =>
    `arn:${partition}:${service}:${region}:${account}:${prefix}${id}`;
}

/** The id that stands for a whole account. */
export function accountResource(account: string): string {
  return `AWS::::Account:${account}`;
}

/**
 * The account that a resource stands for, if it is one. An account has several names, `arn:aws:iam::<id>:root`,
 * `AWS::::Account:<id>` and, as the type says, the bare number.
 */
export function accountNamed(id: string, type: string): string | undefined {
  const root = ACCOUNT_ROOT.exec(id);
  const account = root?.[1] ?? root?.[2];
  if (account !== undefined) return account;
  return type === 'AwsAccount' && accountId(id) !== undefined ? id : undefined;
}

/** A resource's id as Security Hub writes it in ASFF, from what its service or OCSF calls it. */
export function asffResourceId(id: string, type: string, place: Place, otherName?: string): string {
  const account = accountNamed(id, type);
  if (account !== undefined) return accountResource(account);
  if (ARN.test(id)) return id;
  const written = WRITTEN.get(type)?.(id, place);
  if (written !== undefined) return written;
  return otherName !== undefined && ARN.test(otherName) ? otherName : id;
}

/** `AWS::RDS::DBInstance`, as OCSF names a type, in ASFF's spelling: `AwsRdsDbInstance`. */
export function asffResourceType(type: string): string {
  if (type === 'AWS::::Account') return 'AwsAccount';
  const parts = /^AWS::([A-Za-z0-9]{1,64})::([A-Za-z0-9]{1,64})$/.exec(type);
  return parts === null ? type : `Aws${capitalised(parts[1] ?? '')}${capitalised(parts[2] ?? '')}`;
}

/** `EC2` to `Ec2`, `DBInstance` to `DbInstance`. */
function capitalised(name: string): string {
  return name.replace(
    /([A-Z])([A-Z]+)(?=[A-Z][a-z]|\d|$)/g,
    (_run, first: string, rest: string) => first + rest.toLowerCase(),
  );
}
