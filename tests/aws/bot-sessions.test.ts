import { STSClient } from '@aws-sdk/client-sts';
import { LOCAL_CREDENTIALS } from '../../local/embedded';
import type { AccountId } from '../../src/accounts';
import { botSessions } from '../../src/aws/bot-sessions';
import { type StandIn, startStandIn } from '../local/aws/stand-in';

const LAB = '777788889999' as AccountId;
const SHOP = '111122223333' as AccountId;
const ROLE = { roleName: 'SecOpsBotMember', externalId: undefined };
const START = Date.parse('2026-11-24T01:00:00Z');

let aws: StandIn;
let time = START;
beforeAll(async () => {
  aws = await startStandIn();
});
beforeEach(() => {
  time = START;
});
afterEach(() => aws.control.reset());
afterAll(() => aws.stop());

/** Gives the session in which a call would be made. */
const open = (name?: string, sts = aws.sts) => {
  const within = botSessions(sts, ROLE, () => new Date(time), name);
  return (account: AccountId) => within(account, async (session) => session);
};
const opened = async () =>
  (await aws.control.calls('AssumeRole')).map(({ input }) => {
    const { RoleArn, SourceIdentity } = input as { RoleArn: string; SourceIdentity: string };
    return `${SourceIdentity} in ${RoleArn.split(':')[4]}`;
  });

test('one session an account, shared by nobody else', async () => {
  const [bot, aoi] = [open(), open('aoi@example.com')];
  const sessions = await Promise.all([bot(LAB), bot(LAB), bot(SHOP), aoi(LAB)]);
  expect(new Set(sessions.map((session) => session?.accessKeyId)).size).toBe(3);
  expect(sessions[0]).toBe(sessions[1]);
  // The stand-in lets a person in only with the reader's role, which brings their name along.
  expect(sessions[3]).toBeUndefined();
  expect((await opened()).sort()).toEqual([
    `aoi@example.com in ${LAB}`,
    `secops-bot in ${SHOP}`,
    `secops-bot in ${LAB}`,
  ]);
});

test('an answer that is neither yes nor no of the account is thrown, and asked for again', async () => {
  // A name that STS does not take.
  const odd = open('not a name');
  await expect(odd(LAB)).rejects.toMatchObject({
    name: 'RoleRefused',
    why: 'other',
    code: 'ValidationError',
  });
  const bot = open();
  await aws.control.addFault({ kind: 'throttle', operation: 'AssumeRole', when: { next: 1 } });
  await expect(bot(LAB)).rejects.toThrow('Rate exceeded');
  expect(await bot(LAB)).toBeDefined();
});

test('whoever waits for the same session hears the same failure, and the next one asks anew', async () => {
  const bot = open();
  await aws.control.addFault({ kind: 'error', operation: 'AssumeRole', when: { next: 1 } });
  const both = await Promise.allSettled([bot(LAB), bot(LAB)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await opened()).toHaveLength(1);
  expect(await bot(LAB)).toBeDefined();
});

test('a call whose session has ended is made again with a new one, once', async () => {
  const within = botSessions(aws.sts, ROLE, () => new Date(time));
  const ended = () =>
    Object.assign(new Error('The security token included in the request is expired'), {
      name: 'ExpiredTokenException',
    });
  const used: (string | undefined)[] = [];
  const call = (failures: number) =>
    within(LAB, async (session) => {
      used.push(session?.accessKeyId);
      if (used.length <= failures) throw ended();
      return 'done';
    });
  expect(await call(1)).toBe('done');
  expect(new Set(used).size).toBe(2);
  used.length = 0;
  await expect(call(9)).rejects.toThrow('expired');
  expect(used).toHaveLength(2);
});

test('where one Region is off, another may be on', async () => {
  const far = new STSClient({
    endpoint: aws.url,
    region: 'eu-west-1',
    credentials: LOCAL_CREDENTIALS,
    maxAttempts: 1,
  });
  await aws.control.setRoles([
    { arn: `arn:aws:iam::${LAB}:role/SecOpsBotMember`, regionsOff: ['eu-west-1'] },
  ]);
  expect(await open(undefined, far)(LAB)).toBeUndefined();
  expect(await open()(LAB)).toBeDefined();
  far.destroy();
});
