import { CfnCondition, CfnOutput, Duration, Fn, Stack, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  AccountRootPrincipal,
  type Conditions,
  PolicyDocument,
  PolicyStatement,
  Role,
} from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { memberRole } from './functions';
import { type QueueName, STACK_OUTPUTS } from './resources';
import { allow, useKey } from './statements';

export interface OperatorSurroundings {
  readonly key: Key;
  readonly table: Table;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  readonly data: Bucket;
  readonly quarantinePrefix: string;
  readonly memberRoleName: string;
  /** The setting OPERATOR_PRINCIPALS, with commas; empty for everybody in the account whom IAM lets. */
  readonly principals: string;
}

/** What commands of one sort may do. */
interface OperatorRights {
  readonly what: string;
  readonly table: readonly string[];
  readonly indexes: readonly string[];
  readonly tableKey: readonly string[];
  readonly sends: readonly QueueName[];
  /** Sees how full the queue of findings is. */
  readonly watchesFindings?: true;
  readonly organizations: readonly string[];
  readonly securityHub: readonly string[];
  /** Looks into member accounts with the bot's role there. */
  readonly members?: true;
}

const READER: OperatorRights = {
  what: 'commands that change nothing',
  table: ['GetItem', 'Query'],
  indexes: ['byChange'],
  tableKey: ['Decrypt', 'DescribeKey'],
  sends: [],
  organizations: ['ListAccounts', 'DescribeOrganization'],
  securityHub: [
    'GetFindings',
    'DescribeHub',
    'GetEnabledStandards',
    'GetAdministratorAccount',
    'BatchGetSecurityControls',
    // What AWS names the one before to depend on.
    'DescribeStandardsControls',
    'ListMembers',
    'ListFindingAggregators',
    'GetFindingAggregator',
    'DescribeOrganizationConfiguration',
    'ListOrganizationAdminAccounts',
  ],
  members: true,
};

const OPERATOR: OperatorRights = {
  what: 'commands that change something',
  table: ['GetItem', 'Query', 'PutItem', 'UpdateItem'],
  indexes: [],
  // As of the functions, which write to the table too.
  tableKey: ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'DescribeKey'],
  sends: ['findings', 'cards', 'changes'],
  watchesFindings: true,
  organizations: ['ListAccounts'],
  securityHub: [
    'ListMembers',
    'EnableSecurityHub',
    'UpdateSecurityHubConfiguration',
    'BatchEnableStandards',
    'BatchUpdateStandardsControlAssociations',
    'CreateFindingAggregator',
    'UpdateFindingAggregator',
    'CreateMembers',
    'InviteMembers',
  ],
};

/** The roles that `commands/` assume, one for those that read and one for those that change something. */
export function operatorRoles(scope: Construct, around: OperatorSurroundings): void {
  const [sessions, users] = trusted(scope, around.principals);
  for (const [id, output, rights] of [
    ['ReaderRole', STACK_OUTPUTS.reader, READER],
    ['OperatorRole', STACK_OUTPUTS.operator, OPERATOR],
  ] as const) {
    const role = new Role(scope, id, {
      description: `secops-bot: ${rights.what}`,
      assumedBy: new AccountRootPrincipal().withConditions(sessions),
      // As long as STS lets a session last that was opened from another one.
      maxSessionDuration: Duration.hours(1),
      inlinePolicies: {
        Commands: new PolicyDocument({ statements: statements(scope, rights, around) }),
      },
    });
    role.assumeRolePolicy?.addStatements(
      lets('SetSourceIdentity', sessions),
      lets('AssumeRole', users),
      lets('SetSourceIdentity', users),
    );
    explainWildcards(role, rights, around);
    new CfnOutput(scope, output, { description: `For ${rights.what}`, value: role.roleArn });
  }
}

/**
 * Who is let in: only principals of this account, only those that the setting names, and only those whom IAM gives
 * `sts:AssumeRole` on the role, as its trust names the account and not them. Each with their own name as source identity:
 * that of their role session, which their sign-in gives, or of the IAM user. So CloudTrail says of every call who made it,
 * and nobody can give another name.
 *
 * IAM users have keys that do not end, so they need MFA. A role session does not say whether there was MFA at its sign-in,
 * which is the identity provider's to ask for: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @returns the conditions for role sessions, and for IAM users
 */
function trusted(scope: Construct, principals: string): readonly [Conditions, Conditions] {
  const anybody = new CfnCondition(scope, 'AnyOperator', { expression: Fn.conditionEquals(principals, '') });
  const named = {
    ArnLike: {
      'aws:PrincipalArn': Fn.conditionIf(anybody.logicalId, ['arn:*:iam::*:*'], Fn.split(',', principals)),
    },
  };
  return [
    // The user id of a role session is the role's id, a colon, and the session's name.
    { ...named, StringLike: { 'aws:userid': `*:${variable('sts:SourceIdentity')}` } },
    {
      ...named,
      StringEquals: { 'sts:SourceIdentity': variable('aws:username') },
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    },
  ];
}

/** What IAM puts in the place of a policy variable is what it knows of the request. */
const variable = (key: string) => `\${${key}}`;

const lets = (action: string, conditions: Conditions) =>
  new PolicyStatement({ principals: [new AccountRootPrincipal()], actions: [`sts:${action}`], conditions });

function statements(
  scope: Construct,
  rights: OperatorRights,
  { key, table, queues, data, quarantinePrefix, memberRoleName }: OperatorSurroundings,
): PolicyStatement[] {
  const when = (used: boolean, ...made: readonly PolicyStatement[]) => (used ? made : []);
  return [
    allow('dynamodb', rights.table, [table.tableArn]),
    ...when(
      rights.indexes.length > 0,
      allow(
        'dynamodb',
        ['Query'],
        rights.indexes.map((index) => `${table.tableArn}/index/${index}`),
      ),
    ),
    useKey(key, ['dynamodb'], rights.tableKey),
    allow('s3', ['GetObject'], [data.arnForObjects(`${quarantinePrefix}*`)]),
    // Without it S3 does not tell that an original is gone: it refuses.
    allow('s3', ['ListBucket'], [data.bucketArn]),
    useKey(key, ['s3'], ['Decrypt']),
    ...when(
      rights.sends.length > 0,
      allow(
        'sqs',
        ['SendMessage'],
        rights.sends.map((queue) => queues[queue].queueArn),
      ),
      useKey(key, ['sqs'], ['Decrypt', 'GenerateDataKey']),
    ),
    ...when(
      rights.watchesFindings === true,
      allow('sqs', ['GetQueueAttributes'], [queues.findings.queueArn]),
    ),
    // Neither knows a narrower resource: the account's one hub, its organization.
    allow('securityhub', rights.securityHub, ['*']),
    allow('organizations', rights.organizations, ['*']),
    ...when(
      rights.members === true,
      allow('sts', ['AssumeRole', 'SetSourceIdentity'], [memberRole(scope, memberRoleName)]),
    ),
  ];
}

/** cdk-nag wants a reason for each wildcard. */
function explainWildcards(role: Role, rights: OperatorRights, around: OperatorSurroundings): void {
  const bucket = Stack.of(role).getLogicalId(around.data.node.defaultChild as never);
  const member = memberRole(role, '<MemberRoleName>').replace(
    /\$\{Token\[AWS\.Partition\.\d+\]\}/,
    '<AWS::Partition>',
  );
  const explained: Readonly<Record<string, string>> = {
    '*': "Security Hub's calls and Organizations' know no narrower resource than the account's one hub and its organization.",
    [`<${bucket}.Arn>/${around.quarantinePrefix}*`]:
      'The names of quarantined messages are their message ids, which SQS gives.',
    ...(rights.members && {
      [member]:
        'The accounts are registered in Slack, after the deployment; each decides by its role whether it lets the reader in.',
    }),
  };
  for (const [resource, reason] of Object.entries(explained)) {
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }
}
