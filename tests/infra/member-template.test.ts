import { readSettings } from '../../src/settings';
import { loadTemplate, readMember, statementsOf } from './member-template';

const { template } = loadTemplate(readMember('secops-bot-member.yml'));
const trust = statementsOf(template, 'trust').map(({ statement }) => statement);

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
  // Stacks of earlier templates can be updated: a named role cannot move to another path.
  expect(template.Resources['Role']?.Properties).toMatchObject({ RoleName: { Ref: 'RoleName' } });
  expect(template.Resources['Role']?.Properties).not.toHaveProperty('Path');
  expect(new Set(trust.map(({ Principal }) => JSON.stringify(Principal)))).toEqual(
    new Set(['{"AWS":{"Ref":"BotRoleArn"}}', '{"AWS":{"Ref":"ReaderRoleArn"}}']),
  );
  // The reader's is there only where it is named.
  const { AssumeRolePolicyDocument } = JSON.parse(JSON.stringify(template.Resources['Role']?.Properties));
  expect(AssumeRolePolicyDocument.Statement).toHaveLength(5);
  expect(readMember('secops-bot-member.yml').match(/- HasReader$/gm)).toHaveLength(2);
});

test('no session comes in that does not say whose it is, and with the external id and organization, where there are any', () => {
  const named = { StringLike: { 'sts:SourceIdentity': ['slack-*', 'secops-bot'] } };
  const when = (condition: string, value: string) => ({
    'Fn::If': [condition, { Ref: value }, { Ref: 'AWS::NoValue' }],
  });
  const tags = ['secops-bot:action', 'secops-bot:approved-by', 'secops-bot:asked-by', 'secops-bot:change'];
  const more = {
    StringEquals: {
      'Fn::If': [
        'AsksForMore',
        {
          'sts:ExternalId': when('HasExternalId', 'ExternalId'),
          'aws:PrincipalOrgID': when('HasOrganization', 'OrganizationId'),
        },
        { Ref: 'AWS::NoValue' },
      ],
    },
  };
  const anybody = { StringLike: { 'sts:SourceIdentity': '?*' } };
  expect(trust.map(({ Action, Condition }) => [Action, Condition])).toEqual([
    [['sts:AssumeRole'], { ...named, ...more }],
    [['sts:SetSourceIdentity'], named],
    [
      ['sts:TagSession'],
      {
        'ForAllValues:StringEquals': { 'aws:TagKeys': tags, 'sts:TransitiveTagKeys': tags },
        Null: { 'aws:TagKeys': 'false' },
      },
    ],
    // Whoever reads at the terminal comes in under their own name, which the reader's role has seen to.
    [['sts:AssumeRole'], { ...anybody, ...more }],
    [['sts:SetSourceIdentity'], anybody],
  ]);
});

test('the role reads the switches of controls and how Security Hub is set up, and may do nothing else', () => {
  const { Properties } = template.Resources['Role'] ?? {};
  expect(
    Properties?.Policies?.map(({ PolicyName, PolicyDocument: { Statement } }) => [
      PolicyName,
      Statement.map(({ Effect, Action, Resource }) => ({ Effect, Action, Resource })),
    ]),
  ).toEqual([
    [
      'ReadControlSwitches',
      [
        {
          Effect: 'Allow',
          Action: ['securityhub:BatchGetSecurityControls', 'securityhub:DescribeStandardsControls'],
          Resource: '*',
        },
      ],
    ],
    [
      'ReadHubSetup',
      [
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
    ],
  ]);
});

test('asks for ARNs of roles, one or several', () => {
  const { Type, AllowedPattern = '' } = template.Parameters['BotRoleArn'] ?? {};
  expect(Type).toBe('CommaDelimitedList');
  const takes = (arn: string) => new RegExp(AllowedPattern).test(arn);
  expect(takes('arn:aws-us-gov:iam::999999999999:role/path/SecopsBot-ChangesRole1A2B')).toBe(true);
  for (const wrong of [
    '*',
    '999999999999',
    'arn:aws:iam::999999999999:root',
    'arn:aws:iam::999999999999:role/*',
    'arn:aws:sts::999999999999:assumed-role/SecopsBot/x',
  ]) {
    expect(takes(wrong)).toBe(false);
  }
});
