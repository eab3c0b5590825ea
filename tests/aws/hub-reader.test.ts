import type { AccountId } from '../../src/accounts';
import { AwsRefused, type HubReader, NoMemberRole } from '../../src/aws';
import type { ControlId } from '../../src/controls';
import { type StandIn, startStandIn } from '../local/aws/stand-in';
import { gatewaysTo, HUB, pausingClock } from './hub-gateways';

const SHOP = '111122223333' as AccountId;
const HOME = 'ap-northeast-1';
const FAR = 'eu-west-1';
const STANDARD = 'standards/aws-foundational-security-best-practices/v/1.0.0';

let aws: StandIn;
let reader: HubReader;
beforeEach(async () => {
  aws = await startStandIn();
  ({ reader } = gatewaysTo(aws, pausingClock()));
});
afterEach(() => aws.stop());

it('reads a place with its own credentials, in the hub’s account with the caller’s', async () => {
  await aws.control.setHubSetup({ places: [{ account: SHOP, region: FAR, format: 'STANDARD_CONTROL' }] });
  expect(await reader.settings({ account: SHOP, region: FAR })).toEqual({
    partition: 'aws',
    format: 'per-standard',
  });
  expect(await reader.settings({ account: HUB, region: FAR })).toMatchObject({ format: 'consolidated' });
  expect(await reader.standards({ account: SHOP, region: FAR })).toEqual([
    { arn: `arn:aws:securityhub:${FAR}::${STANDARD}`, status: 'READY' },
  ]);
  expect(await reader.administrator({ account: SHOP, region: FAR })).toBe(HUB);
  expect(await reader.administrator({ account: HUB, region: FAR })).toBeUndefined();
  const callers = (await aws.control.calls('DescribeHub')).map(({ caller, region }) => [
    caller.split(':')[4],
    region,
  ]);
  expect(callers).toEqual([
    [SHOP, FAR],
    [HUB, FAR],
  ]);
});

it('has nothing to say of a place in which Security Hub is off', async () => {
  await aws.control.setHubSetup({
    aggregation: { home: HOME, mode: 'ALL_REGIONS' },
    places: [{ account: HUB, region: HOME, on: false }],
  });
  const at = { account: HUB, region: HOME };
  expect(await reader.settings(at)).toBeUndefined();
  expect(await reader.aggregation(HOME)).toBeUndefined();
  expect(await reader.members(HOME)).toEqual(new Map());
  expect((await reader.members(FAR)).get(SHOP)).toBe('Enabled');
});

it('tells a role that is not there from a permission that is missing', async () => {
  await aws.control.setRoles([{ arn: `arn:aws:iam::${SHOP}:role/SecOpsBotMember` }]);
  const stranger = { account: '444455556666' as AccountId, region: HOME };
  await expect(reader.settings(stranger)).rejects.toThrow(NoMemberRole);
  await aws.control.addFault({ kind: 'denied', operation: 'DescribeHub', when: { next: 1 } });
  await expect(reader.settings({ account: SHOP, region: HOME })).rejects.toThrow(AwsRefused);
});

it('names nobody as the source where the role is not the bot’s own', async () => {
  await aws.control.setRoles([{ arn: `arn:aws:iam::${SHOP}:role/Admin` }]);
  await gatewaysTo(aws, pausingClock(), 'Admin').reader.settings({ account: SHOP, region: HOME });
  const [assumed] = await aws.control.calls('AssumeRole');
  expect(assumed?.input).not.toHaveProperty('SourceIdentity');
});

it('reads the aggregation in its home Region, from wherever it is asked', async () => {
  expect(await reader.aggregation(HOME)).toBeUndefined();
  await aws.control.setHubSetup({ aggregation: { home: HOME, mode: 'SPECIFIED_REGIONS', regions: [FAR] } });
  const found = { home: HOME, mode: 'SPECIFIED_REGIONS', regions: [FAR] };
  expect(await reader.aggregation(HOME)).toMatchObject(found);
  expect(await reader.aggregation('us-east-1')).toMatchObject(found);
});

it('knows whether there is an organization, and what is delegated', async () => {
  expect(await reader.inOrganization()).toBe(true);
  expect(await reader.delegation(HOME)).toEqual({ central: false, autoEnable: true });
  await aws.control.setHubSetup({ delegation: 'central' });
  expect(await reader.delegation(HOME)).toEqual({ central: true, status: 'ENABLED', autoEnable: true });
  await aws.control.setHubSetup({ delegation: 'none' });
  expect(await reader.delegation(HOME)).toBeUndefined();
  await expect(reader.delegated(HOME)).rejects.toMatchObject({ code: 'InvalidAccessException' });
  await aws.control.setOrganization(null);
  expect(await reader.inOrganization()).toBe(false);
});

it('tells the controls that are on; one that the Region does not have is not', async () => {
  await aws.control.setSecurityControls([
    { account: SHOP, region: HOME, disabled: ['S3.8'], unprocessed: { 'EC2.19': 'NOT_FOUND' } },
  ]);
  const asked = ['EC2.19', 'S3.8', 'IAM.6'] as ControlId[];
  expect(await reader.controlsOn({ account: SHOP, region: HOME }, asked)).toEqual(['IAM.6']);
  await aws.control.setSecurityControls([
    { account: SHOP, region: HOME, unprocessed: { 'EC2.19': 'ACCESS_DENIED' } },
  ]);
  await expect(reader.controlsOn({ account: SHOP, region: HOME }, asked)).rejects.toThrow(AwsRefused);
});
