import { BatchGetSecurityControlsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { type StandIn, startStandIn } from './stand-in';

const HUB = '999999999999';
const LAB = '777788889999';
const HOME = 'ap-northeast-1';

let aws: StandIn;
beforeEach(async () => {
  aws = await startStandIn();
});
afterEach(() => aws.stop());

const ask = async (client: SecurityHubClient, ...ids: string[]) => {
  const { SecurityControls = [], UnprocessedIds = [] } = await client.send(
    new BatchGetSecurityControlsCommand({ SecurityControlIds: ids }),
  );
  return {
    controls: SecurityControls.map(({ SecurityControlId, SecurityControlStatus }) => [
      SecurityControlId,
      SecurityControlStatus,
    ]),
    unprocessed: UnprocessedIds.map(({ SecurityControlId, ErrorCode }) => [SecurityControlId, ErrorCode]),
  };
};

it('has all controls on until it is told otherwise, and again after a reset', async () => {
  const on = { controls: [['S3.8', 'ENABLED']], unprocessed: [] };
  expect(await ask(aws.hub, 'S3.8')).toEqual(on);
  await aws.control.setSecurityControls([{ account: HUB, region: HOME, disabled: ['S3.8'] }]);
  expect(await ask(aws.hub, 's3.8', 'S3.1')).toEqual({
    controls: [
      ['S3.8', 'DISABLED'],
      ['S3.1', 'ENABLED'],
    ],
    unprocessed: [],
  });
  await aws.control.reset();
  expect(await ask(aws.hub, 'S3.8')).toEqual(on);
});

it('switches for the account whose session asks, in the Region that the request was signed for', async () => {
  await aws.control.setSecurityControls([{ account: LAB, region: 'eu-west-1', disabled: ['S3.8'] }]);
  const { Credentials: given } = await aws.sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${LAB}:role/SecOpsBotMember`,
      RoleSessionName: 'secops-bot',
      SourceIdentity: 'secops-bot',
    }),
  );
  const credentials = {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
  };
  const statusIn = async (region: string) => {
    const client = new SecurityHubClient({ endpoint: aws.url, region, credentials, maxAttempts: 1 });
    const { controls } = await ask(client, 'S3.8');
    client.destroy();
    return controls[0]?.[1];
  };
  expect([await statusIn('eu-west-1'), await statusIn(HOME)]).toEqual(['DISABLED', 'ENABLED']);
  expect((await aws.control.calls('BatchGetSecurityControls')).map(({ region }) => region)).toEqual([
    'eu-west-1',
    HOME,
  ]);
  expect(await ask(aws.hub, 'S3.8')).toMatchObject({ controls: [['S3.8', 'ENABLED']] });
});

it('refuses where Security Hub is off', async () => {
  await aws.control.setSecurityControls([{ account: HUB, region: HOME, hub: 'off' }]);
  await expect(ask(aws.hub, 'S3.8')).rejects.toMatchObject({
    name: 'InvalidAccessException',
    $metadata: { httpStatusCode: 401 },
  });
});

it('leaves out what it is told to, and what is no control’s id', async () => {
  await aws.control.setSecurityControls([
    { account: HUB, region: HOME, unprocessed: { 'EC2.999': 'NOT_FOUND' } },
  ]);
  expect(await ask(aws.hub, 'EC2.999', 'S3.8', 'buckets')).toEqual({
    controls: [['S3.8', 'ENABLED']],
    unprocessed: [
      ['EC2.999', 'NOT_FOUND'],
      ['buckets', 'INVALID_INPUT'],
    ],
  });
});

it('takes a hundred ids a call', async () => {
  const ids = Array.from({ length: 101 }, (_, n) => `EC2.${n + 1}`);
  expect((await ask(aws.hub, ...ids.slice(1))).controls).toHaveLength(100);
  await expect(ask(aws.hub, ...ids)).rejects.toMatchObject({ name: 'InvalidInputException' });
});
