import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { STSClient } from '@aws-sdk/client-sts';
import { type AwsControl, type AwsStandIn, awsControl, startAwsStandIn } from '../../local/aws';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/embedded';
import type { AccountId } from '../../src/accounts';
import { type ControlSwitches, controlSwitches } from '../../src/aws';
import type { ControlId } from '../../src/controls';

const LAB = '777788889999' as AccountId;
const SHOP = '111122223333' as AccountId;
const HUB = '999999999999' as AccountId;
const BOT = `arn:aws:sts::${HUB}:assumed-role/SecopsBot-ChangesRole/SecopsBot-Changes`;
const FAR = 'eu-west-1';
const ROLE = 'SecOpsBotMember';
const MINUTE = 60_000;

const controls = (...ids: string[]) => ids as ControlId[];
const THREE = controls('EC2.19', 'S3.8', 'Autoscaling.5');

let standIn: AwsStandIn;
let aws: AwsControl;
let clients: { sts: STSClient; hub: SecurityHubClient };
let time = 0;
const settings = () => ({ region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, endpoint: standIn.url });

beforeAll(async () => {
  standIn = await startAwsStandIn({ rateLimits: false });
  aws = awsControl(standIn.url);
  clients = {
    sts: new STSClient({ ...settings(), maxAttempts: 1 }),
    hub: new SecurityHubClient({ ...settings(), maxAttempts: 2 }),
  };
});
beforeEach(() => {
  time = Date.parse('2026-11-24T01:00:00Z');
});
afterEach(() => aws.reset());
afterAll(async () => {
  clients.sts.destroy();
  clients.hub.destroy();
  await standIn.close();
});

const open = (externalId?: string, hub = clients.hub): ControlSwitches =>
  controlSwitches(
    clients.sts,
    hub,
    { roleName: ROLE, externalId, identity: async () => ({ account: HUB, arn: BOT }) },
    () => new Date(time),
  );
const count = async (operation: string) => (await aws.calls(operation)).length;

test('tells the disabled ones of an account and Region, in the catalogue’s spelling', async () => {
  await aws.setSecurityControls([
    { account: LAB, region: FAR, disabled: ['AutoScaling.5', 'S3.8', 'IAM.6'] },
    { account: LAB, region: LOCAL_REGION, disabled: ['EC2.19'] },
    { account: SHOP, region: FAR, disabled: ['EC2.19'] },
  ]);
  const switches = open();
  expect(await switches.disabledControls(LAB, FAR, THREE)).toEqual(new Set(['Autoscaling.5', 'S3.8']));
  expect(await switches.disabledControls(LAB, LOCAL_REGION, THREE)).toEqual(new Set(['EC2.19']));
  expect(await switches.disabledControls(SHOP, LOCAL_REGION, THREE)).toEqual(new Set());
});

test('asks in the account, in its own name, with the external id', async () => {
  await aws.setRoles([{ arn: `arn:aws:iam::${LAB}:role/${ROLE}`, externalId: 'ours-only' }]);
  expect(await open('ours-only').disabledControls(LAB, FAR, THREE)).toEqual(new Set());
  const [assume] = await aws.calls('AssumeRole');
  expect(assume?.input).toMatchObject({
    RoleArn: `arn:aws:iam::${LAB}:role/${ROLE}`,
    RoleSessionName: 'secops-bot',
    SourceIdentity: 'secops-bot',
    ExternalId: 'ours-only',
  });
  const [asked] = await aws.calls('BatchGetSecurityControls');
  expect(asked).toMatchObject({ region: FAR, sourceIdentity: 'secops-bot' });
  expect(asked?.caller).toBe(`arn:aws:sts::${LAB}:assumed-role/${ROLE}/secops-bot`);
  // Nobody stands behind it, so nothing is said of a change: a role of an earlier template lets the bot look, too.
  expect(assume?.input).not.toHaveProperty('Tags');
  expect(await open('theirs').disabledControls(LAB, FAR, THREE)).toBeUndefined();
  await aws.setRoles([{ arn: `arn:aws:iam::${LAB}:role/${ROLE}`, trust: 'earlier' }]);
  expect(await open().disabledControls(LAB, FAR, THREE)).toEqual(new Set());
});

test('an account that does not let the bot in is told of, once an hour', async () => {
  await aws.setRoles([{ arn: `arn:aws:iam::${LAB}:role/${ROLE}`, externalId: 'ours-only' }]);
  const denied: string[] = [];
  const switches = controlSwitches(
    clients.sts,
    clients.hub,
    {
      roleName: ROLE,
      externalId: 'theirs',
      identity: async () => ({ account: HUB, arn: BOT }),
      onDenied: (account) => void denied.push(account),
    },
    () => new Date(time),
  );
  await switches.disabledControls(LAB, FAR, THREE);
  await switches.disabledControls(LAB, LOCAL_REGION, THREE);
  expect(denied).toEqual([LAB]);
  time += 61 * MINUTE;
  await switches.disabledControls(LAB, FAR, THREE);
  expect(denied).toEqual([LAB, LAB]);
});

test('the administrator’s own account is asked with the bot’s own credentials', async () => {
  await aws.setSecurityControls([{ account: HUB, region: FAR, disabled: ['S3.8'] }]);
  expect(await open().disabledControls(HUB, FAR, THREE)).toEqual(new Set(['S3.8']));
  expect(await aws.calls('AssumeRole')).toEqual([]);
});

test('asks for a hundred at a time, each control once', async () => {
  const many = controls(...Array.from({ length: 205 }, (_, n) => `EC2.${n + 1}`));
  await aws.setSecurityControls([{ account: LAB, region: FAR, disabled: ['EC2.1', 'EC2.101', 'EC2.205'] }]);
  const disabled = await open().disabledControls(LAB, FAR, [...many, ...controls('EC2.7')]);
  expect(disabled).toEqual(new Set(['EC2.1', 'EC2.101', 'EC2.205']));
  const sizes = (await aws.calls('BatchGetSecurityControls')).map(
    ({ input }) => (input as { SecurityControlIds: string[] }).SecurityControlIds.length,
  );
  expect(sizes).toEqual([100, 100, 5]);
});

test('a session is kept for its quarter of an hour, also between two questions of one moment', async () => {
  const switches = open();
  await Promise.all([FAR, LOCAL_REGION].map((region) => switches.disabledControls(LAB, region, THREE)));
  time += 12 * MINUTE;
  await switches.disabledControls(LAB, FAR, THREE);
  expect(await count('AssumeRole')).toBe(1);
  time += 2 * MINUTE;
  await switches.disabledControls(LAB, FAR, THREE);
  expect(await count('AssumeRole')).toBe(2);
  await switches.disabledControls(SHOP, FAR, THREE);
  expect(await count('AssumeRole')).toBe(3);
});

test('a role that cannot be assumed is left alone for an hour', async () => {
  await aws.setRoles([]);
  await aws.setSecurityControls([{ account: LAB, region: FAR, disabled: ['S3.8'] }]);
  const switches = open();
  expect(await switches.disabledControls(LAB, FAR, THREE)).toBeUndefined();
  await aws.setRoles([{ arn: `arn:aws:iam::${LAB}:role/${ROLE}` }]);
  time += 59 * MINUTE;
  expect(await switches.disabledControls(LAB, FAR, THREE)).toBeUndefined();
  expect(await count('AssumeRole')).toBe(1);
  expect(await count('BatchGetSecurityControls')).toBe(0);
  time += MINUTE;
  expect(await switches.disabledControls(LAB, FAR, THREE)).toEqual(new Set(['S3.8']));
});

test.each([
  ['the account has the Region off', { regionsOff: [LOCAL_REGION] }, 'region-off'],
  ['a policy of the organization forbids it', { forbidden: true }, 'forbidden'],
] as const)('left alone, too, where %s; whoever runs the bot is told once', async (_name, role, why) => {
  const told: string[] = [];
  const at = {
    arn: `arn:aws:iam::${LAB}:role/${ROLE}`,
    ...role,
    regionsOff: [...('regionsOff' in role ? role.regionsOff : [])],
  };
  await aws.setRoles([at]);
  const switches = controlSwitches(
    clients.sts,
    clients.hub,
    {
      roleName: ROLE,
      externalId: undefined,
      identity: async () => ({ account: HUB, arn: BOT }),
      onDenied: (account, refusal) => void told.push(`${account} ${refusal.why}`),
    },
    () => new Date(time),
  );
  for (let turn = 0; turn < 5; turn += 1) {
    expect(await switches.disabledControls(LAB, FAR, THREE)).toBeUndefined();
    time += 10 * MINUTE;
  }
  expect(await count('AssumeRole')).toBe(1);
  expect(told).toEqual([`${LAB} ${why}`]);
});

test('another failure of the role is no refusal, and is not kept', async () => {
  const switches = open();
  const failures = [
    ['throttle', 'Rate exceeded'],
    ['error', 'An internal error was asked for'],
    ['lost', 'socket hang up'],
  ] as const;
  for (const [kind, message] of failures) {
    await aws.addFault({ kind, operation: 'AssumeRole', when: { next: 1 } });
    await expect(switches.disabledControls(LAB, FAR, THREE)).rejects.toThrow(message);
  }
  expect(await switches.disabledControls(LAB, FAR, THREE)).toEqual(new Set());
});

test('knows nothing where the role has no permission', async () => {
  const switches = open();
  await aws.addFault({ kind: 'denied', operation: 'BatchGetSecurityControls', when: { next: 1 } });
  expect(await switches.disabledControls(LAB, FAR, THREE)).toBeUndefined();
  // The session is good all the same, and the permission may come.
  expect(await switches.disabledControls(LAB, FAR, THREE)).toEqual(new Set());
  expect(await count('AssumeRole')).toBe(1);
});

test('knows nothing where Security Hub or the Region is off, but there only', async () => {
  await aws.setSecurityControls([
    { account: LAB, region: FAR, hub: 'off' },
    { account: LAB, region: 'af-south-1', hub: 'region-off' },
  ]);
  const switches = open();
  expect(await switches.disabledControls(LAB, FAR, THREE)).toBeUndefined();
  expect(await switches.disabledControls(LAB, 'af-south-1', THREE)).toBeUndefined();
  const errors = (await aws.calls('BatchGetSecurityControls')).map(({ error }) => error);
  expect(errors).toEqual(['InvalidAccessException', 'UnrecognizedClientException']);
  expect(await switches.disabledControls(LAB, LOCAL_REGION, THREE)).toEqual(new Set());
});

test('comes through throttling, and says so when it lasts', async () => {
  await aws.setSecurityControls([{ account: LAB, region: FAR, disabled: ['S3.8'] }]);
  const throttle = { kind: 'throttle', operation: 'BatchGetSecurityControls', when: { next: 1 } } as const;
  await aws.addFault(throttle);
  expect(await open().disabledControls(LAB, FAR, THREE)).toEqual(new Set(['S3.8']));
  await aws.addFault(throttle);
  const impatient = new SecurityHubClient({ ...settings(), maxAttempts: 1 });
  await expect(open(undefined, impatient).disabledControls(LAB, FAR, THREE)).rejects.toMatchObject({
    name: 'TooManyRequestsException',
  });
  impatient.destroy();
});

test('a failure of Security Hub is no answer', async () => {
  await aws.addFault({ kind: 'error', operation: 'BatchGetSecurityControls', when: { next: 2 } });
  await expect(open().disabledControls(LAB, FAR, THREE)).rejects.toMatchObject({ name: 'InternalException' });
});

test('a control that the Region does not have is not disabled; the others are told', async () => {
  await aws.setSecurityControls([
    { account: LAB, region: FAR, disabled: ['S3.8'], unprocessed: { 'EC2.19': 'NOT_FOUND' } },
  ]);
  expect(await open().disabledControls(LAB, FAR, THREE)).toEqual(new Set(['S3.8']));
});

test('a control left out for want of permission or of calls is not taken for enabled', async () => {
  const off = { account: LAB, region: FAR, disabled: ['S3.8'] };
  await aws.setSecurityControls([{ ...off, unprocessed: { 'EC2.19': 'ACCESS_DENIED' } }]);
  expect(await open().disabledControls(LAB, FAR, THREE)).toBeUndefined();
  await aws.setSecurityControls([{ ...off, unprocessed: { 'EC2.19': 'LIMIT_EXCEEDED' } }]);
  await expect(open().disabledControls(LAB, FAR, THREE)).rejects.toThrow('EC2.19: LIMIT_EXCEEDED');
});
