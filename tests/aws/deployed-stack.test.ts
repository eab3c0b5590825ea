import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { callerIdentity, callerIn, findDeployedStack, StackOutOfReach } from '../../src/aws';
import { type StandIn, startStandIn } from '../local/aws/stand-in';

const ACCOUNT = '999999999999';
const REGION = 'ap-northeast-1';
const READER = `arn:aws:iam::${ACCOUNT}:role/SecopsBot-ReaderRole`;

let aws: StandIn;
let cloudFormation: CloudFormationClient;
beforeAll(async () => {
  aws = await startStandIn();
  cloudFormation = new CloudFormationClient({
    endpoint: aws.url,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
beforeEach(async () => {
  const outputs = { ReaderRoleArn: READER };
  await aws.control.setStacks([{ name: 'SecopsBot', region: REGION, outputs }]);
  await aws.control.setRoles([{ arn: READER }]);
  await aws.control.setCallers([
    { accessKeyId: 'local', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/SecOps/alice` },
  ]);
});
afterEach(() => aws.control.reset());
afterAll(async () => {
  cloudFormation.destroy();
  await aws.stop();
});

const found = () =>
  findDeployedStack(
    { stack: 'SecopsBot', account: ACCOUNT, region: REGION },
    { identity: callerIdentity(aws.sts), cloudFormation, sts: aws.sts },
  );
const assumed = async () => (await aws.control.calls('AssumeRole')).length;

test('a session is opened once, and lent to all who ask', async () => {
  const stack = await found();
  expect([stack.operator, stack.output('ReaderRoleArn')]).toEqual(['alice', READER]);
  const session = await stack.session('ReaderRoleArn');
  const [one, other] = await Promise.all([session(), session()]);
  expect(one).toBe(other);
  expect(one.expiration.getTime()).toBeGreaterThan(Date.now() + 55 * 60_000);
  expect(await assumed()).toBe(1);
});

test('it is renewed before it ends, once for all who ask meanwhile', async () => {
  // STS's clock is behind: what it gives for an hour ends in four minutes.
  await aws.control.moveClock(-56 * 60_000);
  const session = await (await found()).session('ReaderRoleArn');
  await aws.control.moveClock(0);
  const renewed = await Promise.all([session(), session(), session()]);
  expect(await assumed()).toBe(2);
  expect(new Set(renewed.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
  await session();
  expect(await assumed()).toBe(2);
});

test('whoever is not let in any more is told so when it is renewed', async () => {
  await aws.control.moveClock(-56 * 60_000);
  const session = await (await found()).session('ReaderRoleArn');
  await aws.control.setRoles([]);
  await expect(session()).rejects.toThrow(/^alice may not assume .+OPERATOR_PRINCIPALS/);
});

test.each(['ExpiredTokenException', 'InvalidClientTokenId', 'CredentialsProviderError'])(
  '%s: says where to sign in, and keeps the reason',
  async (name) => {
    const cause = Object.assign(new Error('the reason'), { name });
    const refused = await callerIn(ACCOUNT, () => Promise.reject(cause)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StackOutOfReach);
    expect(refused).toMatchObject({
      message: expect.stringMatching(/\(the reason\)\. Sign in to account 999999999999/),
      cause,
    });
  },
);

test('what is no question of who is signed in stays as it is', async () => {
  const broken = Object.assign(new Error('connect ECONNREFUSED'), { name: 'TimeoutError' });
  await expect(callerIn(ACCOUNT, () => Promise.reject(broken))).rejects.toBe(broken);
});
