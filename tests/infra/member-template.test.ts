import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { readSettings } from '../../src/settings';

const text = readFileSync('infra/member/secops-bot-member.yml', 'utf8');
const Template = z.object({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.string().optional() })),
  Resources: z.object({
    Role: z.object({
      Type: z.literal('AWS::IAM::Role'),
      Properties: z.looseObject({
        AssumeRolePolicyDocument: z.object({
          Statement: z.array(
            z.looseObject({
              Action: z.string(),
              Principal: z.object({ AWS: z.string() }),
              Condition: z.unknown(),
            }),
          ),
        }),
        Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() })),
      }),
    }),
  }),
});
// Of CloudFormation's short forms only the argument is read.
const template = Template.parse(parseDocument(text).toJS());

test('the role is called as the bot calls it, and trusts nobody but the bot', () => {
  const environment = {
    TABLE_NAME: 't',
    FINDINGS_QUEUE_URL: 'q',
    WORKFLOW_QUEUE_URL: 'q',
    CARDS_QUEUE_URL: 'q',
    CHANGES_QUEUE_URL: 'q',
    DATA_BUCKET: 'b',
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_TEAM_ID: 'T0LOCAL',
    SLACK_BOT_ID: 'B0BOT',
    SLACK_BOT_USER_ID: 'U0BOT',
    DEFAULT_CHANNEL_ID: 'C0REQUESTS',
    SECURITY_CHANNEL_ID: 'C0SECURITY',
  };
  expect(template.Parameters['RoleName']?.Default).toBe(readSettings(environment).MEMBER_ROLE_NAME);
  const { Properties } = template.Resources.Role;
  const { Statement } = Properties.AssumeRolePolicyDocument;
  expect(Statement.map(({ Action }) => Action)).toEqual(['sts:AssumeRole', 'sts:SetSourceIdentity']);
  expect(new Set(Statement.map(({ Principal }) => Principal.AWS))).toEqual(new Set(['BotRoleArn']));
  expect(text).toContain('AWS: !Ref BotRoleArn');
  expect(text).toContain('sts:ExternalId: !Ref ExternalId');
  // People by their ids, and the bot itself: nobody else, with an external id or without.
  const named = { StringLike: { 'sts:SourceIdentity': ['slack-*', 'secops-bot'] } };
  const external = { StringEquals: { 'sts:ExternalId': 'ExternalId' } };
  expect(Statement.map(({ Condition }) => Condition)).toEqual([
    ['HasExternalId', { ...external, ...named }, named],
    named,
  ]);
});

test('the role reads the switches of controls and how Security Hub is set up, and may do nothing else', () => {
  const { Properties } = template.Resources.Role;
  expect(Object.keys(Properties)).not.toContain('ManagedPolicyArns');
  expect(Properties.Policies).toEqual([
    {
      PolicyName: 'ReadControlSwitches',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['securityhub:BatchGetSecurityControls', 'securityhub:DescribeStandardsControls'],
            Resource: '*',
          },
        ],
      },
    },
    {
      PolicyName: 'ReadHubSetup',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: [
              'securityhub:DescribeHub',
              'securityhub:GetAdministratorAccount',
              'securityhub:GetEnabledStandards',
            ],
            Resource: '*',
          },
        ],
      },
    },
  ]);
});
