import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as securityHub from '@aws-sdk/client-securityhub';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import {
  type LoadedTemplate,
  loadTemplate,
  readMember,
  type Statement,
  statementsOf,
  usesAliases,
} from './member-template';

const NAMES = readdirSync(join(__dirname, '../../infra/member')).sort();
const MEMBER = 'secops-bot-member.yml';
const EXECUTION = 'stack-set-execution.yml';
const ADMINISTRATION = 'stack-set-administration.yml';

const page = readFileSync(join(__dirname, '../../docs/roles.md'), 'utf8');
const texts = new Map(NAMES.map((name) => [name, readMember(name)]));
const loaded = new Map<string, LoadedTemplate>();
beforeAll(() => {
  for (const [name, text] of texts) loaded.set(name, loadTemplate(text));
});
const get = (name: string): LoadedTemplate => {
  const one = loaded.get(name);
  if (one === undefined) throw new Error(`${name} is not among ${NAMES.join(', ')}`);
  return one;
};

test('there are three templates', () => {
  expect(NAMES).toEqual([MEMBER, ADMINISTRATION, EXECUTION].sort());
});

// --- What every template has to keep ----------------------------------------------------------------------

/** The operations that an SDK client has, by the service's prefix. */
const SERVICES: Readonly<Record<string, object>> = {
  cloudformation: cloudFormation,
  securityhub: securityHub,
  sqs,
  sts,
};
/** Permissions that no operation of that name goes with. */
const ONLY_PERMISSIONS = ['sts:SetSourceIdentity', 'sts:TagSession'];
/** Of IAM, for which there is no client here: what CloudFormation calls to make, change and delete a role. */
const IAM =
  /^iam:(Create|Delete|Get|Update)Role$|^iam:(Get|Put|Delete)RolePolicy$|^iam:List(Role|AttachedRole)Policies$|^iam:ListRoleTags$|^iam:(Tag|Untag)Role$|^iam:UpdateAssumeRolePolicy$|^iam:UpdateRoleDescription$|^iam:PutRolePermissionsBoundary$/;

function isKnown(action: string): boolean {
  const [service = '', operation = ''] = action.split(':');
  if (service === 'iam') return IAM.test(action);
  if (operation === '*') return service in SERVICES;
  return `${operation}Command` in (SERVICES[service] ?? {}) || ONLY_PERMISSIONS.includes(action);
}

function faultsOfTrust({ Effect, Principal, Condition, NotPrincipal }: Statement): string[] {
  const said = JSON.stringify(Principal ?? '*');
  const service = said.includes('"Service"');
  const condition = JSON.stringify(Condition ?? {});
  const confused = service && !['aws:SourceAccount', 'aws:SourceArn'].every((key) => condition.includes(key));
  return [
    ...(Effect === 'Allow' && !said.includes('*') && NotPrincipal === undefined ? [] : ['lets anybody in']),
    ...(Object.keys(Condition ?? {}).length > 0 ? [] : ['trusts without a condition']),
    ...(confused ? ['lets AWS be misled into using it for somebody else'] : []),
    // Whom an account's administrator lets in there is theirs; ours is one role.
    ...(said.includes(':root') ? ['trusts a whole account'] : []),
  ];
}

function faultsOfRights({ Effect, Action, NotAction, NotResource, Resource }: Statement): string[] {
  if (NotAction !== undefined || NotResource !== undefined || Resource === undefined)
    return ['allows by exclusion'];
  if (Effect === 'Deny') return [];
  return (Action ?? []).flatMap((action) => [
    ...(action === '*' || action.startsWith('iam:*') ? [`${action} is too much`] : []),
    ...(isKnown(action) ? [] : [`${action} is no action that is known here`]),
  ]);
}

/** Everything that a template of ours must not be, CloudFormation's own rules included. */
function faults(text: string, { template, invalid, unexplained, stale }: LoadedTemplate): string[] {
  const written = JSON.stringify(template);
  return [
    ...invalid,
    ...unexplained,
    ...stale.map((line) => `${line} is explained, and nothing needs it`),
    ...Object.entries(template.Parameters).flatMap(([name, { Description, AllowedPattern, Default }]) => [
      ...(Description === undefined ? [`${name} has no description`] : []),
      ...(AllowedPattern === undefined ? [`${name} takes anything`] : []),
      ...(Default === undefined || new RegExp(AllowedPattern ?? '').test(Default)
        ? []
        : [`${name}: default refused`]),
    ]),
    ...statementsOf(template, 'trust').flatMap(({ at, statement }) =>
      faultsOfTrust(statement).map((fault) => `${at} ${fault}`),
    ),
    ...statementsOf(template, 'rights').flatMap(({ at, statement }) =>
      faultsOfRights(statement).map((fault) => `${at}: ${fault}`),
    ),
    ...Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => [
      ...(['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy'].includes(Type)
        ? []
        : [`${id}: ${Type} is not for here`]),
      ...('ManagedPolicyArns' in Properties ? [`${id} has rights that do not stand here`] : []),
    ]),
    // What stack sets with service-managed permissions do not deploy.
    ...['"Transform"', 'Fn::Transform', 'Fn::ImportValue', '"Export"', 'AWS::SSM::', '{{resolve:']
      .filter((word) => written.includes(word))
      .map((word) => `${word} cannot be deployed everywhere`),
    ...(usesAliases(text) ? ['CloudFormation reads no YAML aliases'] : []),
    // The largest that the CLI sends as --template-body file://….
    ...(Buffer.byteLength(text) > 51_200 ? ['too large for a template body'] : []),
  ];
}

test.each(NAMES)(
  '%s is what CloudFormation takes, in a stack set of either kind, and as narrow as it says',
  (name) => {
    expect(faults(texts.get(name) ?? '', get(name))).toEqual([]);
  },
);

test('a careless template is caught at every point', () => {
  const careless = `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Anything: { Type: String, Default: x }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleNam: !Ref Anything
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }
          - { Effect: Allow, Principal: { Service: cloudformation.amazonaws.com }, Action: 'sts:AssumeRole' }
          - &root { Effect: Allow, Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' }
          - *root
      Policies:
        - PolicyName: TooMuch
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: ['iam:*', 'securityhub:DescribeHubs'], Resource: '*' }
              - { Effect: Allow, NotAction: ['iam:*'], Resource: '*' }
  Topic: { Type: 'AWS::SNS::Topik', Properties: { TopicName: x } }
Outputs:
  Name: { Value: !Ref Role, Export: { Name: role } }
`;
  const found = faults(careless, loadTemplate(careless)).join('\n');
  for (const expected of [
    /F3002 .*RoleNam/,
    /F3006 .*Topik/,
    /AwsSolutions-IAM4/,
    'Role: AwsSolutions-IAM5',
    'Anything has no description',
    'Anything takes anything',
    'Role lets anybody in',
    'Role trusts without a condition',
    'Role lets AWS be misled',
    'Role trusts a whole account',
    'iam:* is too much',
    'securityhub:DescribeHubs is no action',
    'Role: allows by exclusion',
    'Role has rights that do not stand here',
    'AWS::SNS::Topik is not for here',
    '"Export" cannot be deployed everywhere',
    'no YAML aliases',
  ]) {
    expect(found).toMatch(expected);
  }
});

// --- What the three are for --------------------------------------------------------------------------------

const roleOf = (name: string, id: string) => get(name).template.Resources[id]?.Properties ?? {};
const rights = (name: string, id: string) =>
  statementsOf(get(name).template, 'rights').flatMap(({ at, statement }) => (at === id ? [statement] : []));
/** As the templates' !Sub, whose variables are written here as in cdk-nag's findings: <AWS::AccountId>. */
const sub = (text: string) => ({
  'Fn::Sub': text.replaceAll(/<([^>]+)>/g, (_, name: string) => `\${${name}}`),
});
const arn = (rest: string) => sub(`arn:<AWS::Partition>:${rest}`);

test('the administration role is CloudFormation’s, for stack sets of the bot, and assumes roles of its suffix', () => {
  const { RoleName, AssumeRolePolicyDocument } = roleOf(ADMINISTRATION, 'Administration');
  expect(RoleName).toEqual(sub('AWSCloudFormationStackSetAdministrationRole-<Suffix>'));
  expect(AssumeRolePolicyDocument?.Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudformation.amazonaws.com' },
      Action: ['sts:AssumeRole'],
      Condition: {
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        StringLike: { 'aws:SourceArn': arn('cloudformation:*:<AWS::AccountId>:stackset/SecOpsBot*') },
      },
    },
  ]);
  expect(rights(ADMINISTRATION, 'Administration')).toEqual([
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: arn('iam::*:role/AWSCloudFormationStackSetExecutionRole-<Suffix>'),
    },
  ]);
  expect(get(ADMINISTRATION).template.Outputs['ExecutionRoleName']?.Value).toEqual(
    roleOf(EXECUTION, 'Execution')['RoleName'],
  );
});

test('neither can be given the name of the account’s own role, and they live beside it', () => {
  for (const name of [ADMINISTRATION, EXECUTION]) {
    const suffix = new RegExp(get(name).template.Parameters['Suffix']?.AllowedPattern ?? '');
    for (const wrong of ['', '-', ' x', 'a'.repeat(21)]) expect(suffix.test(wrong)).toBe(false);
    expect(suffix.test('Security')).toBe(true);
  }
  // The longest suffix still makes a role's name.
  expect('AWSCloudFormationStackSetAdministrationRole-'.length + 20).toBeLessThanOrEqual(64);
});

test('the execution role trusts one administration role, and makes bounded roles of the bot only', () => {
  expect(roleOf(EXECUTION, 'Execution')['AssumeRolePolicyDocument']?.Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { AWS: { Ref: 'AdministrationRoleArn' } },
      Action: ['sts:AssumeRole'],
      Condition: { ArnEquals: { 'aws:PrincipalArn': { Ref: 'AdministrationRoleArn' } } },
    },
  ]);
  const roles = [
    arn('iam::<AWS::AccountId>:role/<RoleName>'),
    arn('iam::<AWS::AccountId>:role/secops-bot/*'),
  ];
  const statements = rights(EXECUTION, 'Execution');
  const onIam = statements.filter(({ Action = [] }) => Action.some((action) => action.startsWith('iam:')));
  expect(onIam.filter(({ Effect }) => Effect === 'Deny')).toEqual([
    {
      Effect: 'Deny',
      Action: ['iam:*'],
      Resource: [
        { Ref: 'Boundary' },
        arn('iam::<AWS::AccountId>:role/AWSCloudFormationStackSetExecutionRole-<Suffix>'),
      ],
    },
  ]);
  const allowed = onIam.filter(({ Effect }) => Effect === 'Allow');
  for (const { Resource, Action = [], Condition } of allowed) {
    expect(Resource).toEqual(roles);
    // Whatever gives a role something to do.
    if (Action.some((action) => /:(Create|Put|Attach)/.test(action))) {
      expect(Condition).toEqual({ ArnEquals: { 'iam:PermissionsBoundary': { Ref: 'Boundary' } } });
    }
  }
  const all = allowed.flatMap(({ Action = [] }) => Action);
  // No way out of the boundary, to a policy that stands elsewhere, or to somebody else's role.
  expect(
    all.filter((action) => /Boundary$|Polic(y|ies|yVersion)$|PassRole|Attach|User|Group/.test(action)),
  ).toEqual([
    'iam:PutRolePermissionsBoundary',
    'iam:PutRolePolicy',
    'iam:DeleteRolePolicy',
    'iam:GetRolePolicy',
    'iam:ListAttachedRolePolicies',
    'iam:ListRolePolicies',
    'iam:UpdateAssumeRolePolicy',
  ]);
  const name = new RegExp(get(EXECUTION).template.Parameters['RoleName']?.AllowedPattern ?? '');
  expect(
    ['Admin', 'AWSCloudFormationStackSetExecutionRole-SecOpsBot', 'SecOpsBotMember'].filter((n) =>
      name.test(n),
    ),
  ).toEqual(['SecOpsBotMember']);
});

test('beside IAM it runs the stacks of the bot’s stack sets', () => {
  const others = rights(EXECUTION, 'Execution').filter(
    ({ Action = [] }) => !Action.every((action) => action.startsWith('iam:')),
  );
  expect(others).toEqual([
    {
      Effect: 'Allow',
      Action: ['cloudformation:*'],
      Resource: arn('cloudformation:*:<AWS::AccountId>:stack/StackSet-SecOpsBot*/*'),
    },
    {
      Effect: 'Allow',
      Action: ['cloudformation:GetTemplateSummary', 'cloudformation:ValidateTemplate'],
      Resource: '*',
    },
  ]);
});

// --- The boundary, and room for later kinds ----------------------------------------------------------------

const boundaryActions = (name: string) =>
  rights(name, 'Boundary')
    .flatMap(({ Action = [] }) => Action)
    .sort();

/** What keeps a role in the member template from doing what it says it may. */
function outside({ template }: LoadedTemplate): string[] {
  const ceiling = statementsOf(template, 'rights').flatMap(({ at, statement }) =>
    at === 'Boundary' ? (statement.Action ?? []) : [],
  );
  return statementsOf(template, 'rights').flatMap(({ statement }) =>
    (statement.Action ?? []).filter((action) => !ceiling.includes(action)),
  );
}

const BOUNDED = {
  'Fn::If': [
    'MakesBoundary',
    { Ref: 'Boundary' },
    arn('iam::<AWS::AccountId>:policy/secops-bot/<BoundaryName>'),
  ],
};

test('every role of the bot has the boundary, which is the same in both templates', () => {
  expect(roleOf(MEMBER, 'Boundary')['PolicyDocument']).toEqual(
    roleOf(EXECUTION, 'Boundary')['PolicyDocument'],
  );
  expect(boundaryActions(MEMBER)).toEqual(
    [...new Set(rights(MEMBER, 'Role').flatMap(({ Action = [] }) => Action))].sort(),
  );
  for (const { Type, Properties } of Object.values(get(MEMBER).template.Resources)) {
    if (Type === 'AWS::IAM::Role') expect(Properties['PermissionsBoundary']).toEqual(BOUNDED);
  }
  // The execution role's stack says what to give the member template.
  expect(get(EXECUTION).template.Outputs['BoundaryName']?.Value).toEqual(
    roleOf(EXECUTION, 'Boundary')['ManagedPolicyName'],
  );
  expect(roleOf(EXECUTION, 'Boundary')['Path']).toBe('/secops-bot/');
});

test('a later kind is one parameter and one role, as the page about roles shows it', () => {
  const example = /```yaml\n(Parameters:\n[\s\S]*?)```/.exec(page)?.[1] ?? '';
  const sections = example.split(/^(?=\w+:\n)/m).map((section) => section.split(/(?<=^\w+:\n)/m));
  expect(sections.map(([head]) => head)).toEqual(['Parameters:\n', 'Conditions:\n', 'Resources:\n']);
  const grown = sections.reduce(
    (text, [head = '', body = '']) => text.replace(`\n${head}`, () => `\n${head}${body}`),
    texts.get(MEMBER) ?? '',
  );
  const made = loadTemplate(grown);
  expect(faults(grown, made)).toEqual([]);
  const role = made.template.Resources['MendRole']?.Properties ?? {};
  expect(role).toMatchObject({
    RoleName: 'SecOpsBot-Mend',
    Path: '/secops-bot/',
    PermissionsBoundary: BOUNDED,
  });
  // A change is always a person's; in all else the bot is let in as into the role for looking.
  const trusted = (id: string) =>
    JSON.stringify(
      made.template.Resources[id]?.Properties.AssumeRolePolicyDocument?.Statement.filter(({ Principal }) =>
        JSON.stringify(Principal).includes('BotRoleArn'),
      ),
    );
  expect(trusted('MendRole')).toBe(trusted('Role').replaceAll('["slack-*","secops-bot"]', '["slack-*"]'));
  // Until its actions stand in the boundary, too, it can do none of them.
  expect(outside(made)).toEqual(['sqs:SetQueueAttributes']);
  expect(outside(get(MEMBER))).toEqual([]);
});

// --- The page about them -----------------------------------------------------------------------------------

test('every command of the page names a template that is there, and parameters that it has', () => {
  const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) =>
    block.replaceAll(/\\\n\s*/g, ' '),
  );
  const commands = blocks.flatMap((block) => block.split('\n').map((line) => line.trim()));
  const deployed = commands.flatMap((command) => {
    const file = /infra\/member\/(\S+)/.exec(command)?.[1];
    if (file === undefined) return [];
    const given = [...command.matchAll(/ParameterKey=(\w+)|(?<= )(\w+)=(?=arn:|SecOpsBot)/g)].map(
      ([, key, short]) => key ?? short ?? '',
    );
    return [{ file, given }];
  });
  expect(deployed.map(({ file }) => file)).toEqual([
    MEMBER,
    MEMBER,
    ADMINISTRATION,
    EXECUTION,
    MEMBER,
    MEMBER,
  ]);
  for (const { file, given } of deployed) {
    expect(given.length).toBeGreaterThan(0);
    const { Parameters } = get(file).template;
    expect(Object.keys(Parameters)).toEqual(expect.arrayContaining(given));
  }
  // All that have no default are given, and an update keeps everything.
  for (const { file, given } of deployed) {
    const needed = Object.entries(get(file).template.Parameters).filter(
      ([, { Default }]) => Default === undefined,
    );
    expect(given).toEqual(expect.arrayContaining(needed.map(([name]) => name)));
  }
  expect(deployed.at(-1)?.given.sort()).toEqual(Object.keys(get(MEMBER).template.Parameters).sort());
});

test('the service control policy of the page protects everything that the templates make', () => {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const { Statement } = JSON.parse(json);
  const [{ Effect, Action, Resource, Condition }] = Statement;
  expect(Effect).toBe('Deny');
  expect(Action.every((action: string) => /^iam:[A-Z][A-Za-z]+$/.test(action))).toBe(true);
  // Whatever the execution role may change, nobody else may; what only makes or shows something is left alone.
  const changing = rights(EXECUTION, 'Execution')
    .filter((statement) => statement.Effect === 'Allow')
    .flatMap((statement) => statement.Action ?? [])
    .filter((action) => /^iam:(Delete|Put|Update)/.test(action) && action !== 'iam:UpdateRoleDescription');
  expect(Action).toEqual(expect.arrayContaining(changing));
  const matches = (name: string) =>
    Resource.some((pattern: string) =>
      new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(`arn:aws:iam::111122223333:${name}`),
    );
  for (const name of [
    'role/SecOpsBotMember',
    'role/secops-bot/SecOpsBot-Mend',
    'policy/secops-bot/SecOpsBotMember-Boundary',
    'policy/secops-bot/SecOpsBot-Boundary-SecOpsBot',
    'role/AWSCloudFormationStackSetExecutionRole-SecOpsBot',
  ]) {
    expect(matches(name)).toBe(true);
  }
  expect(matches('role/Somebody')).toBe(false);
  expect(Condition.ArnNotLike['aws:PrincipalArn']).toContain('arn:*:iam::*:role/stacksets-exec-*');
});
