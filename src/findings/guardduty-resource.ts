import { accountResource, asffResourceId, type Place } from './resource-id';
import { textAt, valueAt } from './value-at';

/** The resource of a GuardDuty finding as Security Hub's ASFF names it. */
export interface GuardDutyResource {
  readonly id: string;
  readonly type: string;
  readonly tags: readonly (readonly [unknown, unknown])[];
}

/** Where a resource type keeps its details, what names it there (the best name first), and its ASFF type. */
interface Details {
  readonly at: readonly (string | number)[];
  readonly names: readonly (readonly (string | number)[])[];
  readonly type: string;
}

const BUCKET: Details = { at: ['s3BucketDetails', 0], names: [['arn'], ['name']], type: 'AwsS3Bucket' };
const OBJECT: Details = {
  at: ['s3BucketDetails', 0],
  names: [['s3ObjectDetails', 0, 'objectArn']],
  type: 'AwsS3Object',
};
const CLUSTER: Details = { at: ['eksClusterDetails'], names: [['arn'], ['name']], type: 'AwsEksCluster' };

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Resource.html */
const DETAILS: ReadonlyMap<unknown, readonly Details[]> = new Map([
  ['Instance', [{ at: ['instanceDetails'], names: [['instanceId']], type: 'AwsEc2Instance' }]],
  ['AccessKey', [{ at: ['accessKeyDetails'], names: [['accessKeyId']], type: 'AwsIamAccessKey' }]],
  ['S3Bucket', [BUCKET]],
  ['S3Object', [OBJECT, BUCKET]],
  ['EKSCluster', [CLUSTER]],
  ['KubernetesCluster', [CLUSTER]],
  ['ECSCluster', [{ at: ['ecsClusterDetails'], names: [['arn'], ['name']], type: 'AwsEcsCluster' }]],
  ['Container', [{ at: ['containerDetails'], names: [['id'], ['name']], type: 'Container' }, CLUSTER]],
  [
    'RDSDBInstance',
    [
      {
        at: ['rdsDbInstanceDetails'],
        names: [['dbInstanceArn'], ['dbInstanceIdentifier']],
        type: 'AwsRdsDbInstance',
      },
    ],
  ],
  [
    'RDSLimitlessDB',
    [
      {
        at: ['rdsLimitlessDbDetails'],
        names: [['dbShardGroupArn'], ['dbShardGroupIdentifier']],
        type: 'AwsRdsDbShardGroup',
      },
    ],
  ],
  [
    'Lambda',
    [
      {
        at: ['lambdaDetails'],
        names: [['functionArn'], ['functionName']],
        type: 'AwsLambdaFunction',
      },
    ],
  ],
]);

/** Types of the resources that an attack sequence lists. */
const SEQUENCE_TYPES: ReadonlyMap<unknown, string> = new Map([
  ['EC2_INSTANCE', 'AwsEc2Instance'],
  ['ACCESS_KEY', 'AwsIamAccessKey'],
  ['S3_BUCKET', 'AwsS3Bucket'],
  ['S3_OBJECT', 'AwsS3Object'],
  ['EKS_CLUSTER', 'AwsEksCluster'],
  ['ECS_CLUSTER', 'AwsEcsCluster'],
  ['CONTAINER', 'Container'],
]);

/**
 * The resource that a GuardDuty finding is about, named as Security Hub's ASFF names it, so that both are one issue.
 * Where the finding names none, it is the account. The id is as received: check it before use.
 */
export function guardDutyResource(finding: unknown, place: Place): GuardDutyResource {
  const resource = valueAt(finding, 'resource');
  const type = textAt(resource, 'resourceType');
  for (const details of DETAILS.get(type) ?? []) {
    const found = valueAt(resource, ...details.at);
    const name = details.names.map((path) => textAt(found, ...path)).find((text) => text !== undefined);
    if (name === undefined) continue;
    return { id: asffResourceId(name, details.type, place), type: details.type, tags: tagsOf(found) };
  }
  const first = valueAt(finding, 'service', 'detection', 'sequence', 'resources', 0);
  const uid = type === 'AttackSequence' ? textAt(first, 'uid') : undefined;
  const sequenceType = SEQUENCE_TYPES.get(valueAt(first, 'resourceType'));
  if (uid !== undefined && sequenceType !== undefined) {
    return { id: asffResourceId(uid, sequenceType, place), type: sequenceType, tags: tagsOf(first) };
  }
  return { id: accountResource(place.account), type: 'AwsAccount', tags: [] };
}

function tagsOf(details: unknown): readonly (readonly [unknown, unknown])[] {
  const tags = valueAt(details, 'tags');
  if (!Array.isArray(tags)) return [];
  return tags.map((tag: unknown) => [valueAt(tag, 'key'), valueAt(tag, 'value')] as const);
}
