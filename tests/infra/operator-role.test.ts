import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { operatorRoles } from '../../infra/operator-role';
import { DEPLOYMENT_SETTINGS, QUEUE_NAMES, type QueueName, STACK_OUTPUTS } from '../../infra/resources';
import { callerName } from '../../src/aws';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8'));

interface TrustStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Principal: unknown;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface RoleResource {
  readonly Type: string;
  readonly Properties: {
    readonly MaxSessionDuration?: number;
    readonly AssumeRolePolicyDocument: { readonly Statement: readonly TrustStatement[] };
  };
}

function template(): Record<string, Record<string, unknown>> {
  const stack = new Stack(new App({ context }), 'Test');
  const made = QUEUE_NAMES.map((name) => [name, new Queue(stack, `${name}Queue`)] as const);
  operatorRoles(stack, {
    key: new Key(stack, 'Key'),
    table: Table.fromTableName(stack, 'Table', 'table') as Table,
    queues: Object.fromEntries(made) as Record<QueueName, Queue>,
    data: new Bucket(stack, 'Data'),
    quarantinePrefix: 'quarantine/',
    memberRoleName: 'SecOpsBotMember',
    principals: new CfnParameter(stack, 'Named').valueAsString,
  });
  return Template.fromStack(stack).toJSON();
}

const NAMED = 'arn:aws:iam::999999999999:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_SecOps_*';

const variable = (key: string) => `\${${key}}`;

describe('who is let in', () => {
  const made = template();
  const roles: readonly RoleResource[] = Object.values(
    made['Resources'] as Record<string, RoleResource>,
  ).filter(({ Type }) => Type === 'AWS::IAM::Role');

  test('two roles, for an hour at a time, told to the commands', () => {
    expect(roles.map(({ Properties }) => Properties.MaxSessionDuration)).toEqual([3600, 3600]);
    expect(Object.keys(made['Outputs'] ?? {}).sort()).toEqual(
      [STACK_OUTPUTS.operator, STACK_OUTPUTS.reader].sort(),
    );
  });

  test.each([0, 1])(
    'role %#: only the account, only whom the setting names, only in their own name',
    (at) => {
      const trust = roles[at]?.Properties.AssumeRolePolicyDocument.Statement ?? [];
      const actions = trust.flatMap(({ Action }) => Action);
      expect(new Set(actions)).toEqual(new Set(['sts:AssumeRole', 'sts:SetSourceIdentity']));
      for (const { Effect, Principal, Condition } of trust) {
        expect(Effect).toBe('Allow');
        expect(JSON.stringify(Principal)).toMatch(/:iam::"?,?\{"Ref":"AWS::AccountId"\},":root"/);
        expect(Condition['ArnLike']).toEqual({
          'aws:PrincipalArn': {
            'Fn::If': ['AnyOperator', ['arn:*:iam::*:*'], { 'Fn::Split': [',', { Ref: 'Named' }] }],
          },
        });
        const session = Condition['StringLike'];
        const user = Condition['StringEquals'];
        // One of the two, and never neither: a role session under its own name, or an IAM user with MFA under theirs.
        if (session) expect(session).toEqual({ 'aws:userid': `*:${variable('sts:SourceIdentity')}` });
        else {
          expect(user).toEqual({ 'sts:SourceIdentity': variable('aws:username') });
          expect(Condition['Bool']).toEqual({ 'aws:MultiFactorAuthPresent': 'true' });
        }
      }
      for (const kind of ['StringLike', 'StringEquals']) {
        const some = trust.filter(({ Condition }) => Condition[kind]).flatMap(({ Action }) => Action);
        expect(some.sort()).toEqual(['sts:AssumeRole', 'sts:SetSourceIdentity']);
      }
    },
  );
});

test('the setting takes roles and users with wildcards, and nothing that is neither', () => {
  const { pattern } = DEPLOYMENT_SETTINGS['OPERATOR_PRINCIPALS']!;
  const lets = (text: string) => new RegExp(`^(${pattern})$`).test(text);
  const user = 'arn:aws:iam::999999999999:user/ops/alice';
  for (const good of ['', NAMED, user, `${NAMED},${user}`]) expect([good, lets(good)]).toEqual([good, true]);
  const session = 'arn:aws:sts::999999999999:assumed-role/SecOps/alice';
  for (const bad of ['*', 'alice', session, 'arn:aws:iam::*:role/x', `${user}, ${NAMED}`, `${user},`]) {
    expect([bad, lets(bad)]).toEqual([bad, false]);
  }
});

test.each([
  [
    'arn:aws:sts::999999999999:assumed-role/AWSReservedSSO_SecOps_0123456789abcdef/alice.smith',
    'alice.smith',
  ],
  ['arn:aws-cn:sts::999999999999:assumed-role/SecOps/alice', 'alice'],
  ['arn:aws:iam::999999999999:user/ops/bob', 'bob'],
  ['arn:aws:iam::999999999999:user/bob', 'bob'],
  ['arn:aws:iam::999999999999:root', undefined],
  ['arn:aws:sts::999999999999:federated-user/carol', undefined],
  // Too short for a source identity.
  ['arn:aws:iam::999999999999:user/b', undefined],
])('%s works as %s', (arn, name) => {
  expect(callerName(arn)).toBe(name);
});
