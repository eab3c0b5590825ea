import { type AccountId, accountId } from '../../src/accounts';
import { planSetup, type SetupReading } from '../../src/hub-setup';
import { HOME, HUB, place, reading, SHOP } from './readings';

const off = (account: AccountId) =>
  place(
    { account, region: HOME },
    { settings: { value: undefined }, standards: { value: [] }, administrator: { value: undefined } },
  );
const plan = (over: Partial<SetupReading>, members = false) => {
  const { steps, byHand } = planSetup(reading(over), { members, controls: false });
  return { steps: steps.map(({ kind }) => kind), byHand: byHand.map(({ what }) => what) };
};
const invitations = (members: ReadonlyMap<AccountId, string>) => ({
  inOrganization: { value: false },
  regions: [{ region: HOME, members: { value: members }, delegation: { value: undefined } }],
});

it('has nothing to do where all is right', () => {
  expect(plan({})).toEqual({ steps: [], byHand: [] });
});

it('plans nothing about what could not be read', () => {
  const unread = { unread: 'AWS refuses: AccessDeniedException' };
  const at = { account: HUB, region: HOME };
  expect(
    plan({
      aggregation: unread,
      regions: [{ region: HOME, members: unread, delegation: unread }],
      places: [place(at, { settings: unread, standards: unread, administrator: unread, controlsOn: unread })],
    }),
  ).toEqual({ steps: [], byHand: [] });
});

it('names fifty members a call', () => {
  const accounts = Array.from({ length: 120 }, (_, n) => ({ id: accountId(String(200_000_000_000 + n))! }));
  const [region] = reading().regions;
  const { steps } = planSetup(
    reading({ accounts, regions: [{ ...region!, members: { value: new Map() } }], places: [] }),
    { members: false, controls: false },
  );
  expect(steps.map((step) => (step.kind === 'create-members' ? step.members.length : step.kind))).toEqual([
    50, 50, 20,
  ]);
});

it('invites only who has a mail address, and goes on where an invitation stands', () => {
  expect(plan(invitations(new Map()))).toEqual({ steps: [], byHand: ['register its mail address'] });
  const created = plan({ ...invitations(new Map([[SHOP, 'Created']])), places: [off(SHOP)] }, true);
  expect(created.steps).toEqual(['invite-members', 'enable-hub', 'accept-invitation', 'enable-standard']);
  const invited = plan(invitations(new Map([[SHOP, 'Invited']])), true);
  expect(invited.steps).toEqual(['accept-invitation']);
  const alone = plan({ ...invitations(new Map([[SHOP, 'Invited']])), places: [], closed: [SHOP] }, true);
  expect(alone).toEqual({ steps: [], byHand: ['turn Security Hub on and accept the invitation'] });
});

it('leaves to people what is theirs', () => {
  const [region] = reading().regions;
  const administrator = { value: '222233334444' };
  expect(plan({ places: [place({ account: SHOP, region: HOME }, { administrator })] }).byHand).toEqual([
    'leave the other administrator',
  ]);
  const suspended = [{ ...region!, members: { value: new Map([[SHOP, 'AccountSuspended']]) } }];
  expect(plan({ regions: suspended }).byHand).toEqual(['close it in the register']);
  const nobody = [{ ...region!, delegation: { value: undefined } }];
  expect(plan({ regions: nobody }).byHand).toEqual(['make this account the delegated administrator']);
  const elsewhere = { value: { arn: 'arn', home: 'us-east-1', mode: 'ALL_REGIONS', regions: [] } };
  expect(plan({ aggregation: elsewhere })).toEqual({ steps: [], byHand: ['bring findings together here'] });
});

describe('controls', () => {
  const controlsOn = { value: reading().unwanted };
  const over = { places: reading().places.map((one) => ({ ...one, controlsOn })) };

  it('are left to people, with the commands once for accounts in which they are the same', () => {
    const { steps, byHand } = planSetup(reading(over), { members: true, controls: false });
    expect(steps).toEqual([]);
    expect(byHand).toHaveLength(1);
    expect(byHand[0]).toMatchObject({
      what: 'turn off 1 control that policy ignores everywhere',
      accounts: [HUB, SHOP],
    });
    expect(byHand[0]?.commands[0]).toContain('for control in EC2.6; do');
  });

  it('are turned off where that is wanted and there is a role for it', () => {
    const own = planSetup(reading(over), { members: false, controls: true });
    expect(own.steps).toMatchObject([
      { kind: 'disable-controls', place: { account: HUB }, controls: ['EC2.6'] },
    ]);
    expect(own.byHand).toMatchObject([{ accounts: [SHOP] }]);
    const all = planSetup(reading(over), { members: true, controls: true });
    expect(all.steps.map(({ kind }) => kind)).toEqual(['disable-controls', 'disable-controls']);
    expect(all.byHand).toEqual([]);
  });

  it('are the configuration policy’s where configuration is central', () => {
    const [region] = reading().regions;
    const delegation = { value: { central: true, status: 'ENABLED', autoEnable: true } };
    const central = reading({ ...over, regions: [{ ...region!, delegation }] });
    const { steps, byHand } = planSetup(central, { members: true, controls: true });
    expect(steps).toEqual([]);
    expect(byHand).toMatchObject([{ accounts: [HUB, SHOP], commands: [] }]);
  });
});
