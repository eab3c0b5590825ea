import type { AccountId } from '../../src/accounts';
import { type StandIn, startStandIn } from '../local/aws/stand-in';
import { gatewaysTo, HUB, pausingClock } from './hub-gateways';

const SHOP = '111122223333' as AccountId;
const NEW = '777788889999' as AccountId;
const HOME = 'ap-northeast-1';
const AT_HOME = { account: HUB, region: HOME };

const clock = pausingClock();
let aws: StandIn;
beforeEach(async () => {
  aws = await startStandIn({ rateLimits: true, now: clock.now });
});
afterEach(() => aws.stop());

it('never calls more often than Security Hub takes', async () => {
  const { reader, writer } = gatewaysTo(aws, clock);
  for (let n = 0; n < 60; n += 1) await reader.settings(AT_HOME);
  for (let n = 1; n <= 4; n += 1) {
    await writer.enableStandard(AT_HOME, `arn:aws:securityhub:${HOME}::standards/nist-800-53/v/${n}.0.0`);
  }
  expect((await aws.control.calls()).filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  expect(await reader.standards(AT_HOME)).toHaveLength(5);
});

it('invites whoever has a mail address, and says who has been left out', async () => {
  const { reader, writer } = gatewaysTo(aws, clock, 'Admin');
  await aws.control.setOrganization(null);
  await aws.control.setMembers([]);
  await aws.control.setRoles([{ arn: `arn:aws:iam::${SHOP}:role/Admin` }]);
  expect(await writer.createMembers(HOME, [{ id: SHOP, mail: 'shop@example.com' }, { id: NEW }])).toEqual([
    { account: NEW, why: 'Email is required' },
  ]);
  const place = { account: SHOP, region: HOME };
  await expect(writer.acceptInvitation(place)).rejects.toMatchObject({ code: 'NoInvitation' });
  expect(await writer.inviteMembers(HOME, [SHOP, NEW])).toEqual([{ account: NEW, why: 'No such member' }]);
  expect([...(await reader.members(HOME))]).toEqual([[SHOP, 'Invited']]);
  await writer.acceptInvitation(place);
  expect([...(await reader.members(HOME))]).toEqual([[SHOP, 'Enabled']]);
  // Members are each Region's own.
  expect([...(await reader.members('eu-west-1'))]).toEqual([]);
});

it('turns Security Hub on without standards, with one finding a check', async () => {
  const { reader, writer } = gatewaysTo(aws, clock);
  await aws.control.setHubSetup({ places: [{ ...AT_HOME, on: false }] });
  await writer.enable(AT_HOME);
  expect(await reader.settings(AT_HOME)).toMatchObject({ format: 'consolidated' });
  expect(await reader.standards(AT_HOME)).toEqual([]);
  await expect(writer.enable(AT_HOME)).rejects.toMatchObject({ code: 'ResourceConflictException' });
});

it('brings Regions together, and links further ones', async () => {
  const { reader, writer } = gatewaysTo(aws, clock);
  await writer.aggregate(HOME, ['eu-west-1']);
  const made = await reader.aggregation(HOME);
  expect(made).toMatchObject({ home: HOME, mode: 'SPECIFIED_REGIONS', regions: ['eu-west-1'] });
  if (made) await writer.link(made, ['eu-west-1', 'us-east-1']);
  expect(await reader.aggregation(HOME)).toMatchObject({ regions: ['eu-west-1', 'us-east-1'] });
});
