import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchUpdateFindingsCommand,
  DisableSecurityHubCommand,
  GetFindingHistoryCommand,
  GetFindingsCommand,
  GetMembersCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { findingOf } from './finding-of';
import { type StandIn, startStandIn } from './stand-in';

const finding = findingOf('a');
const identifier = { Id: finding.Id, ProductArn: finding.ProductArn };
const suppress = () =>
  new BatchUpdateFindingsCommand({ FindingIdentifiers: [identifier], Workflow: { Status: 'SUPPRESSED' } });
const look = () => new GetFindingsCommand({});

let aws: StandIn;
afterEach(() => aws.stop());

describe('rate limits', () => {
  let time = new Date('2026-11-20T00:00:00.000Z');
  const outcomes = async (count: number, call: () => Promise<unknown>) => {
    const names: string[] = [];
    for (let i = 0; i < count; i += 1) {
      await call().then(
        () => names.push('done'),
        (error: Error) => names.push(error.name),
      );
    }
    return names;
  };
  const repeat = (count: number, name: string) => Array.from({ length: count }, () => name);

  beforeEach(async () => {
    aws = await startStandIn({ rateLimits: true, now: () => time });
    await aws.control.putFindings([finding]);
  });

  it('lets GetFindings through in a burst of 6, then 3 a second', async () => {
    const get = () => aws.hub.send(look());
    expect(await outcomes(8, get)).toEqual([...repeat(6, 'done'), ...repeat(2, 'LimitExceededException')]);
    time = new Date(time.getTime() + 1000);
    expect(await outcomes(4, get)).toEqual([...repeat(3, 'done'), 'LimitExceededException']);
  });

  it('lets BatchUpdateFindings through in a burst of 30, counted apart from GetFindings', async () => {
    await outcomes(7, () => aws.hub.send(look()));
    const update = () => aws.hub.send(suppress());
    expect(await outcomes(31, update)).toEqual([...repeat(30, 'done'), 'LimitExceededException']);
  });

  it("is a refusal that the SDK's client retries", async () => {
    await outcomes(7, () => aws.hub.send(look()));
    await expect(aws.hub.send(look())).rejects.toMatchObject({
      $metadata: { httpStatusCode: 429 },
      name: 'LimitExceededException',
    });
    expect((await aws.control.calls('GetFindings')).at(-1)).toMatchObject({
      outcome: 'refused',
      error: 'LimitExceededException',
    });
  });
});

describe('faults', () => {
  beforeEach(async () => {
    aws = await startStandIn();
    await aws.control.putFindings([finding]);
  });
  const failure = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: Error) => error.name,
    );
  const get = () => failure(aws.hub.send(look()));

  it('happen to the next n calls', async () => {
    await aws.control.addFault({ kind: 'throttle', operation: 'GetFindings', when: { next: 2 } });
    expect([await get(), await get(), await get()]).toEqual([
      'TooManyRequestsException',
      'TooManyRequestsException',
      'done',
    ]);
  });

  it('happen to every nth call', async () => {
    await aws.control.addFault({ kind: 'error', operation: 'GetFindings', when: { every: 2 } });
    expect([await get(), await get(), await get(), await get()]).toEqual([
      'done',
      'InternalException',
      'done',
      'InternalException',
    ]);
  });

  it('happen always, to all operations, until cleared', async () => {
    await aws.control.addFault({ kind: 'error', operation: '*', when: 'always' });
    expect(await get()).toBe('InternalException');
    expect(await failure(aws.sts.send(new GetCallerIdentityCommand({})))).not.toBe('done');
    await aws.control.clearFaults();
    expect(await get()).toBe('done');
  });

  it('lose the answer of what was done', async () => {
    await aws.control.addFault({ kind: 'lost', operation: 'BatchUpdateFindings', when: { next: 1 } });

    expect(await failure(aws.hub.send(suppress()))).not.toBe('done');

    const [after] = await aws.control.findings();
    expect(after?.Workflow).toEqual({ Status: 'SUPPRESSED' });
    expect(await aws.control.calls('BatchUpdateFindings')).toMatchObject([{ outcome: 'lost' }]);
  });

  it('make an answer slow', async () => {
    await aws.control.addFault({ kind: 'slow', operation: 'GetFindings', when: { next: 1 }, ms: 30 });
    const slow = aws.hub.send(look()).then(() => 'slow');
    const quick = aws.hub.send(suppress()).then(() => 'quick');
    expect(await Promise.race([slow, quick])).toBe('quick');
    expect(await slow).toBe('slow');
  });

  it('are refused when nobody could mean them', async () => {
    const wrong = { kind: 'throttle' as const, operation: 'GetFindings', when: { next: 0 } };
    await expect(aws.control.addFault(wrong)).rejects.toThrow(/when/);
  });
});

describe('calls', () => {
  beforeEach(async () => {
    aws = await startStandIn();
  });

  it('are kept with input, caller and outcome until forgotten', async () => {
    await aws.hub.send(suppress());
    expect(await aws.control.calls()).toMatchObject([
      {
        operation: 'BatchUpdateFindings',
        input: { FindingIdentifiers: [identifier], Workflow: { Status: 'SUPPRESSED' } },
        caller: 'arn:aws:sts::999999999999:assumed-role/secops-bot/secops-bot',
        outcome: 'done',
      },
    ]);
    await aws.control.forgetCalls();
    expect(await aws.control.calls()).toEqual([]);
  });

  it('of an operation that is not here are refused by name', async () => {
    await expect(aws.hub.send(new DisableSecurityHubCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

describe('the control API', () => {
  it('takes no form and no plain text, which any web page can send', async () => {
    aws = await startStandIn();
    const response = await fetch(`${aws.url}/control/reset`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(415);
  });

  it('says what there is when asked for what is not', async () => {
    aws = await startStandIn();
    const response = await fetch(`${aws.url}/control/nothing`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('PUT findings');
  });
});

describe('STS', () => {
  const role = { arn: 'arn:aws:iam::111122223333:role/secops-bot-member', externalId: 'ours-only' };
  const assume = (changes: { RoleArn?: string; ExternalId?: string } = {}) =>
    aws.sts.send(
      new AssumeRoleCommand({
        RoleArn: role.arn,
        RoleSessionName: 'hanako',
        ExternalId: role.externalId,
        SourceIdentity: 'slack-U0HANAKO',
        Tags: [{ Key: 'secops-bot:change', Value: 'c-1' }],
        TransitiveTagKeys: ['secops-bot:change'],
        ...changes,
      }),
    );

  beforeEach(async () => {
    aws = await startStandIn();
    await aws.control.setRoles([role]);
  });

  it("is the hub's own role until a role is assumed", async () => {
    expect(await aws.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '999999999999',
      Arn: 'arn:aws:sts::999999999999:assumed-role/secops-bot/secops-bot',
    });
  });

  it('gives a session whose keys are known elsewhere, and keeps who it is for', async () => {
    const { Credentials, AssumedRoleUser, SourceIdentity } = await assume();
    const arn = 'arn:aws:sts::111122223333:assumed-role/secops-bot-member/hanako';
    expect(AssumedRoleUser?.Arn).toBe(arn);
    expect(SourceIdentity).toBe('slack-U0HANAKO');
    const [call] = await aws.control.calls('AssumeRole');
    expect(call?.input).toMatchObject({
      ExternalId: 'ours-only',
      SourceIdentity: 'slack-U0HANAKO',
      Tags: [{ Key: 'secops-bot:change', Value: 'c-1' }],
      TransitiveTagKeys: ['secops-bot:change'],
    });

    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    const settings = { endpoint: aws.url, region: 'ap-northeast-1', credentials, maxAttempts: 1 };
    const sts = new STSClient(settings);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '111122223333',
      Arn: arn,
    });
    sts.destroy();

    // A member's session changes its own findings only, and history names the session.
    await aws.control.putFindings([finding, findingOf('b', { AwsAccountId: '222233334444' })]);
    const hub = new SecurityHubClient(settings);
    const { Findings } = await hub.send(look());
    expect(Findings?.map((one) => one.AwsAccountId)).toEqual(['111122223333']);
    await hub.send(suppress());
    const { Records } = await hub.send(new GetFindingHistoryCommand({ FindingIdentifier: identifier }));
    expect(Records?.[0]?.UpdateSource).toEqual({ Type: 'BATCH_UPDATE_FINDINGS', Identity: arn });
    expect((await aws.control.calls('BatchUpdateFindings'))[0]).toMatchObject({
      caller: arn,
      sourceIdentity: 'slack-U0HANAKO',
    });
    hub.destroy();
  });

  it.each([
    ['a role nobody has set', { RoleArn: 'arn:aws:iam::111122223333:role/other' }],
    ['another ExternalId', { ExternalId: 'theirs' }],
  ])('denies %s', async (_name, changes) => {
    await expect(assume(changes)).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

it('has who sends findings as a member with the bot’s role, until it is told otherwise', async () => {
  const account = '222233334444';
  const assume = () =>
    aws.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/SecOpsBotMember`,
        RoleSessionName: 'hanako',
        SourceIdentity: 'secops-bot',
      }),
    );
  const members = async () => (await aws.hub.send(new GetMembersCommand({ AccountIds: [account] }))).Members;
  aws = await startStandIn();
  expect(await members()).toEqual([]);
  await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });

  await aws.control.putFindings([findingOf('a', { AwsAccountId: account })]);
  expect(await members()).toMatchObject([{ AccountId: account, MemberStatus: 'Enabled' }]);
  expect((await assume()).AssumedRoleUser?.Arn).toContain(account);

  await aws.control.setMembers([]);
  await aws.control.setRoles([]);
  expect(await members()).toEqual([]);
  await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
  await aws.control.reset();
  expect(await members()).toEqual([]);
});

describe('stopping and starting', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aws-stand-in-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('sends the events that wait, however long their delay', async () => {
    aws = await startStandIn({ echoDelayMs: 3_600_000 });
    await aws.control.putFindings([finding]);
    await aws.hub.send(suppress());
    expect(aws.events).toHaveLength(0);
    await aws.stop();
    expect(aws.events).toHaveLength(1);
  });

  it('finishes the requests that are open, however large their answers', async () => {
    aws = await startStandIn();
    const large = Array.from({ length: 100 }, (_, i) =>
      findingOf(String(i), { Description: 'x'.repeat(30_000) }),
    );
    await aws.control.putFindings(large);
    await aws.control.addFault({ kind: 'slow', operation: 'GetFindings', when: { next: 1 }, ms: 50 });
    const open = aws.hub.send(look());
    // The fault is used up once the request has arrived.
    const faults = async () => (await fetch(`${aws.url}/control/faults`)).text();
    while ((await faults()) !== '{"faults":[]}');
    const closed = aws.close();
    expect((await open).Findings).toHaveLength(100);
    await closed;
  });

  it('keeps findings and their history in a file, also when its last line is torn', async () => {
    const dataFile = join(folder, 'security-hub.jsonl');
    aws = await startStandIn({ dataFile });
    await aws.control.putFindings([finding]);
    await aws.hub.send(suppress());
    await aws.stop();
    appendFileSync(dataFile, '{"key":"half a li');

    aws = await startStandIn({ dataFile });

    expect(await aws.control.findings()).toMatchObject([
      { Id: finding.Id, Workflow: { Status: 'SUPPRESSED' } },
    ]);
    const { Records } = await aws.hub.send(new GetFindingHistoryCommand({ FindingIdentifier: identifier }));
    expect(Records).toHaveLength(2);
  });
});
