import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import { loadTemplate, readMember, statementsOf } from '../../infra/member-template';
import { type StandIn, startStandIn } from './stand-in';

const ARN = 'arn:aws:iam::111122223333:role/SecOpsBotMember';

let aws: StandIn;
beforeAll(async () => {
  aws = await startStandIn();
});
beforeEach(() => aws.control.setRoles([{ arn: ARN }]));
afterEach(() => aws.control.reset());
afterAll(() => aws.stop());

const assume = (changes: Partial<AssumeRoleCommandInput> = {}, sts = aws.sts) =>
  sts.send(
    new AssumeRoleCommand({
      RoleArn: ARN,
      RoleSessionName: 'c1',
      SourceIdentity: 'slack-U0AOI',
      ...changes,
    }),
  );
const refusals = (changes: Partial<AssumeRoleCommandInput>) =>
  assume(changes).then(
    () => 'let in',
    (error: Error) => `${error.name} ${/sts:\w+/.exec(error.message)?.[0] ?? error.message}`,
  );
const tagged = (keys: readonly string[], transitive = keys) => ({
  Tags: keys.map((Key) => ({ Key, Value: 'x' })),
  TransitiveTagKeys: [...transitive],
});

describe('a role of the member template', () => {
  const { template } = loadTemplate(readMember('secops-bot-member.yml'));
  const [assumed, , tags] = statementsOf(template, 'trust').map(({ statement }) => statement.Condition);
  const ofAssume = z.object({ StringLike: z.object({ 'sts:SourceIdentity': z.array(z.string()).min(1) }) });
  const ofTags = z.object({
    'ForAllValues:StringEquals': z.object({ 'aws:TagKeys': z.array(z.string()).length(4) }),
  });

  it('lets in whom the template lets in, and nobody else', async () => {
    const { StringLike: allowed } = ofAssume.parse(assumed);
    for (const pattern of allowed['sts:SourceIdentity']) {
      expect(await refusals({ SourceIdentity: pattern.replace('*', 'U0AOI') })).toBe('let in');
    }
    for (const SourceIdentity of [undefined, 'aoi', 'secops-bot-2', 'xslack-U0AOI']) {
      expect(await refusals({ SourceIdentity })).toBe('AccessDenied sts:AssumeRole');
    }
  });

  it('takes the tags that the template takes, and no others', async () => {
    const { 'ForAllValues:StringEquals': allowed } = ofTags.parse(tags);
    const keys = allowed['aws:TagKeys'];
    expect(await refusals(tagged(keys))).toBe('let in');
    expect(await refusals(tagged([...keys, 'team']))).toBe('AccessDenied sts:TagSession');
    expect(await refusals(tagged(keys, ['team']))).toBe('AccessDenied sts:TagSession');
  });
});

it('a role of an earlier template takes no tags', async () => {
  await aws.control.setRoles([{ arn: ARN, trust: 'earlier' }]);
  expect(await refusals({})).toBe('let in');
  expect(await refusals(tagged(['secops-bot:change']))).toBe('AccessDenied sts:TagSession');
});

it('a role that others have made knows neither source identity nor tags', async () => {
  const RoleArn = 'arn:aws:iam::111122223333:role/OrganizationAccountAccessRole';
  await aws.control.setRoles([{ arn: RoleArn }]);
  expect(await refusals({ RoleArn, SourceIdentity: undefined })).toBe('let in');
  expect(await refusals({ RoleArn })).toBe('AccessDenied sts:SetSourceIdentity');
  expect(await refusals({ RoleArn, SourceIdentity: undefined, ...tagged(['a']) })).toBe(
    'AccessDenied sts:TagSession',
  );
});

it('a role of the hub’s account is for people, each under the name of their session', async () => {
  const RoleArn = 'arn:aws:iam::999999999999:role/SecopsBot-ReaderRole';
  await aws.control.setRoles([{ arn: RoleArn }, { arn: ARN }]);
  const session = 'arn:aws:sts::999999999999:assumed-role/SecOps/aoi';
  await aws.control.setCallers([{ accessKeyId: 'local', arn: session }]);
  const aoi = { RoleArn, RoleSessionName: 'aoi', SourceIdentity: 'aoi' };
  expect(await refusals({ ...aoi, SourceIdentity: 'ren' })).toBe('AccessDenied sts:AssumeRole');
  const ren = { RoleSessionName: 'ren', SourceIdentity: 'ren' };
  expect(await refusals({ ...aoi, ...ren })).toBe('AccessDenied sts:AssumeRole');
  const { Credentials } = await assume(aoi);
  const reader = new STSClient({
    endpoint: aws.url,
    region: 'ap-northeast-1',
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
    },
    maxAttempts: 1,
  });
  // It goes on into member accounts as whom it came, and cannot become another.
  expect((await assume({ SourceIdentity: 'aoi' }, reader)).SourceIdentity).toBe('aoi');
  await expect(assume({ SourceIdentity: 'slack-U0AOI' }, reader)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('sts:SetSourceIdentity'),
  });
  reader.destroy();
});

it('says that a policy forbids it, and that the account has the Region off', async () => {
  await aws.control.setRoles([{ arn: ARN, forbidden: true }]);
  await expect(assume()).rejects.toThrow('with an explicit deny in a service control policy');
  await aws.control.setRoles([{ arn: ARN, regionsOff: ['ap-northeast-1'] }]);
  await expect(assume()).rejects.toMatchObject({ name: 'RegionDisabledException' });
});

it.each<[string, Partial<AssumeRoleCommandInput>]>([
  ['a session name of one letter', { RoleSessionName: 'c' }],
  ['a session name with a space', { RoleSessionName: 'change 1' }],
  ['a session name of 65 letters', { RoleSessionName: 'c'.repeat(65) }],
  ['a source identity with a colon', { SourceIdentity: 'slack:U0AOI' }],
  ['a tag’s key with a hash', tagged(['a#b'])],
  ['a tag’s key that is AWS’s', tagged(['aws:change'])],
  ['a tag’s key of 129 letters', tagged(['k'.repeat(129)])],
  ['a tag twice, in two cases', tagged(['change', 'Change'])],
  ['a tag’s value with a bracket', { Tags: [{ Key: 'secops-bot:change', Value: '<x>' }] }],
  ['a tag’s value of 257 letters', { Tags: [{ Key: 'secops-bot:change', Value: 'v'.repeat(257) }] }],
  ['51 tags', tagged(Array.from({ length: 51 }, (_, n) => `k${n}`))],
  ['more than an hour, from a role to a role', { DurationSeconds: 3601 }],
  ['less than a quarter of an hour', { DurationSeconds: 899 }],
])('refuses %s as STS does', async (_name, changes) => {
  await expect(assume(changes)).rejects.toMatchObject({
    name: 'ValidationError',
    $metadata: { httpStatusCode: 400 },
  });
});
