import { judgeSetup, type SetupReading } from '../../src/hub-setup';
import { HOME, HUB, place, reading, SHOP } from './readings';

const NOW = new Date('2026-11-24T01:00:00Z');
/** All that is not right, without what to do. */
const odd = (over: Partial<SetupReading>, now = NOW) =>
  judgeSetup(reading(over), now)
    .filter(({ state }) => state !== 'right')
    .map(({ check, account, state, says }) => `${state} ${check} ${account}: ${says}`);
const aggregation = (mode: string, regions: readonly string[], home = HOME) => ({
  aggregation: { value: { arn: 'arn', home, mode, regions } },
});
const region = (over: Partial<SetupReading['regions'][number]>) => ({
  regions: [{ ...reading().regions[0]!, ...over }],
});

it('finds nothing where all is right', () => {
  expect(odd({})).toEqual([]);
});

it.each([
  [aggregation('ALL_REGIONS', [], 'us-east-1'), [`findings come together in us-east-1`]],
  [aggregation('ALL_REGIONS_EXCEPT_SPECIFIED', ['eu-west-1']), ['eu-west-1 left out']],
  [aggregation('ALL_REGIONS_EXCEPT_SPECIFIED', ['us-west-2']), []],
  [aggregation('SPECIFIED_REGIONS', ['us-west-2']), ['eu-west-1 not linked']],
  [aggregation('SPECIFIED_REGIONS', ['us-west-2', 'eu-west-1']), []],
  [aggregation('NO_REGIONS', []), ['eu-west-1 not linked']],
] as const)('holds the aggregation against the Regions that are asked for: %j', (found, says) => {
  expect(odd({ ...found, asked: ['eu-west-1', HOME] })).toEqual(
    says.map((one) => `wrong aggregation ${HUB}: ${one}`),
  );
});

it.each([
  ['Associated', []],
  [undefined, ['not a member']],
  ['Created', ['Created, no member']],
  ['Removed', ['Removed, no member']],
  ['AccountSuspended', ['AWS has suspended the account']],
])('knows members by their state: %s', (status, says) => {
  const members = { value: new Map(status === undefined ? [] : [[SHOP, status]]) };
  expect(odd(region({ members }))).toEqual(says.map((one) => `wrong members ${SHOP}: ${one}`));
});

it.each([
  ['READY', []],
  ['PENDING', []],
  ['INCOMPLETE', ['AWS Foundational Security Best Practices is INCOMPLETE']],
  ['FAILED', ['AWS Foundational Security Best Practices is FAILED']],
])('knows the standard by its state: %s', (status, says) => {
  const [own, member] = reading().places;
  const standards = {
    value: [
      { arn: 'arn:aws:securityhub:x::standards/aws-foundational-security-best-practices/v/1.0.0', status },
    ],
  };
  expect(odd({ places: [own!, { ...member!, standards }] })).toEqual(
    says.map((one) => `wrong standard ${SHOP}: ${one}`),
  );
});

it('says when findings have stopped to come, and when central configuration does not work', () => {
  expect(odd({}, new Date('2026-11-25T01:59:00Z'))).toEqual([]);
  expect(odd({}, new Date('2026-11-25T02:01:00Z'))).toEqual([
    `wrong delivery ${HUB}: the last finding was seen 2026-11-24 00:00 UTC`,
  ]);
  const delegation = { value: { central: true, status: 'FAILED', autoEnable: true } };
  expect(odd(region({ delegation }))).toEqual([
    `wrong administration ${HUB}: central configuration is FAILED`,
  ]);
});

it('says when the hub is no hub, or another account is the delegated administrator', () => {
  const at = { account: HUB, region: HOME };
  const below = [place(at, { administrator: { value: SHOP } })];
  expect(odd({ places: below })).toEqual([
    `wrong administration ${HUB}: ${HUB} is itself a member of ${SHOP}`,
  ]);
  expect(odd({ ...region({ delegation: { value: undefined } }), otherAdministrator: SHOP })).toEqual([
    `wrong administration ${HUB}: the delegated administrator is ${SHOP}`,
  ]);
});

it('says whose permissions are missing', () => {
  const unread = { unread: 'AWS refuses: AccessDeniedException' };
  const all = { settings: unread, standards: unread, administrator: unread, controlsOn: unread };
  const [own, member] = reading().places;
  const todos = (places: SetupReading['places']) =>
    judgeSetup(reading({ places }), NOW)
      .filter(({ state }) => state === 'unread')
      .map(({ check, account, todo }) => `${check} ${account}: ${todo?.slice(0, 30)}`);
  expect(todos([{ ...own!, ...all }, member!])).toEqual([`hub ${HUB}: give the command's credentials`]);
  expect(todos([own!, { ...member!, standards: unread }])).toEqual([
    `standard ${SHOP}: update its stack of infra/memb`,
  ]);
});
