import { ACTIONS } from '../../blocks/ids';
import { words } from '../../blocks/words';
import { LOCAL_REGION } from '../../local/embedded';
import type { AccountId } from '../../src/accounts';
import { controlSwitches } from '../../src/aws';
import type { ControlId } from '../../src/controls';
import { gatewaysTo, HUB, pausingClock } from '../aws/hub-gateways';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { type StandIn, startStandIn } from '../local/aws/stand-in';
import { openStage, type Stage } from '../story/stage';

const SHOP = '111122223333' as AccountId;
const LAB = '777788889999' as AccountId;
const MINUTE = 60_000;
const finding = asff({ control: 'S3.8', severity: 'HIGH' });
const w = words('ja');

describe('the bot in its own account', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  test('its credentials end while it writes to Security Hub: written with the next ones, told once', async () => {
    await stage.hub.addFault({ operation: 'BatchUpdateFindings', kind: 'expired', when: { next: 2 } });
    await stage.report(finding);
    expect((await stage.workflow(finding)).status).toBe('NOTIFIED');
    expect(await stage.cards()).toHaveLength(1);
    const writes = await stage.hub.calls('BatchUpdateFindings');
    expect(writes.map(({ error }) => error)).toEqual([
      'ExpiredTokenException',
      'ExpiredTokenException',
      undefined,
    ]);
    expect(stage.logged.join('\n')).toContain('workflow not written; it will be tried again');
  });

  test('while it asks who has lifted a suppression: asked again, and the thread hears who', async () => {
    await stage.report(finding);
    await stage.hub.addFault({ operation: 'GetFindingHistory', kind: 'expired', when: { next: 1 } });
    await stage.hub.updateInConsole({
      finding: { Id: finding.Id, ProductArn: finding.ProductArn },
      identity: 'arn:aws:sts::999999999999:assumed-role/Admin/alex',
      status: 'SUPPRESSED',
    });
    await stage.drain();
    while ((await stage.hub.pendingEvents()) > 0) await stage.drain();
    await stage.drain();
    const [told, ...more] = (await stage.card()).replies;
    expect(more).toEqual([]);
    expect(readAloud(told?.['blocks'])).toContain('alex');
  });

  test('while it looks into a new account: it says that it could not, and can be asked again', async () => {
    await stage.act(() => stage.people.command('U0MEMBER', 'C0LOUNGE', 'account request'));
    const form = {
      [ACTIONS.accountName]: 'lab',
      [ACTIONS.accountKind]: 'non-production',
      [ACTIONS.purpose]: 'Trying new services',
      [ACTIONS.accountMail]: 'aws+lab@example.com',
      [ACTIONS.ownerChannel]: 'C0SHOPDEV',
    };
    await stage.act(() => stage.people.submit('U0MEMBER', form));
    await stage.press('U0ANALYST', await stage.card('C0SECURITY'), w.approval.approve);
    await stage.hub.setMembers([{ AccountId: LAB, MemberStatus: 'Enabled' }]);
    const timeline = () => stage.card('C0REQUESTS');
    await stage.press('U0ANALYST', await timeline(), w.newAccount.card.enter);
    await stage.hub.addFault({ operation: 'GetMembers', kind: 'expired', when: { next: 1 } });
    await stage.act(() => stage.people.submit('U0ANALYST', { [ACTIONS.accountId]: LAB }));

    expect(readAloud((await timeline()).blocks)).toContain('ExpiredTokenException');
    expect(stage.bot.accounts.lookup(LAB).registered).toBe(false);
    await stage.press('U0ANALYST', await timeline(), w.newAccount.card.again);
    expect(readAloud((await timeline()).blocks)).toContain(w.newAccount.card.ready('lab'));
    expect(stage.bot.accounts.lookup(LAB)).toMatchObject({ registered: true, name: 'lab' });
    // Each look is a session of its own, in the person's name.
    const sessions = await stage.hub.calls('AssumeRole');
    expect(sessions.map(({ input }) => (input as { SourceIdentity: string }).SourceIdentity)).toEqual([
      'slack-U0ANALYST',
      'slack-U0ANALYST',
    ]);
  });
});

describe('its sessions in member accounts', () => {
  const CONTROLS = ['S3.8', 'EC2.19'] as ControlId[];
  let aws: StandIn;
  const clock = pausingClock();
  beforeEach(async () => {
    aws = await startStandIn({ now: clock.now });
    await aws.control.setSecurityControls([{ account: SHOP, region: LOCAL_REGION, disabled: ['S3.8'] }]);
  });
  afterEach(() => aws.stop());

  const switches = () =>
    controlSwitches(
      aws.sts,
      aws.hub,
      {
        roleName: 'SecOpsBotMember',
        externalId: undefined,
        identity: async () => ({
          account: HUB,
          arn: `arn:aws:sts::${HUB}:assumed-role/secops-bot/secops-bot`,
        }),
      },
      clock.now,
    );
  const errors = async (operation: string) =>
    (await aws.control.calls(operation)).map(({ error }) => error ?? 'done');

  test('one ends sooner than it was to: the question is asked again with a new one', async () => {
    const asked = switches();
    await asked.disabledControls(SHOP, LOCAL_REGION, CONTROLS);
    // AWS's clock, not the bot's.
    await aws.control.moveClock(16 * MINUTE);
    expect(await asked.disabledControls(SHOP, LOCAL_REGION, CONTROLS)).toEqual(new Set(['S3.8']));
    expect(await errors('BatchGetSecurityControls')).toEqual(['done', 'ExpiredTokenException', 'done']);
    expect(await errors('AssumeRole')).toEqual(['done', 'done']);
    // The new one is kept.
    await asked.disabledControls(SHOP, LOCAL_REGION, CONTROLS);
    expect(await errors('AssumeRole')).toHaveLength(2);
  });

  test('several questions notice at once: each is answered, and each Region has one more question', async () => {
    const asked = switches();
    const regions = [LOCAL_REGION, 'us-east-1', 'eu-west-1'];
    await Promise.all(regions.map((region) => asked.disabledControls(SHOP, region, CONTROLS)));
    await aws.control.moveClock(16 * MINUTE);
    const answers = await Promise.all(
      regions.map((region) => asked.disabledControls(SHOP, region, CONTROLS)),
    );
    expect(answers).toEqual([new Set(['S3.8']), new Set(), new Set()]);
    expect(await errors('AssumeRole')).toHaveLength(2);
  });

  test('new ones that have ended as well: said as it is, after one more try', async () => {
    await aws.control.addFault({ operation: 'BatchGetSecurityControls', kind: 'expired', when: 'always' });
    await expect(switches().disabledControls(SHOP, LOCAL_REGION, CONTROLS)).rejects.toMatchObject({
      name: 'ExpiredTokenException',
    });
    expect(await errors('BatchGetSecurityControls')).toHaveLength(2);
    expect(await errors('AssumeRole')).toHaveLength(2);
  });

  test('while Security Hub is set up: the step is done with a new one', async () => {
    const { reader, writer } = gatewaysTo(aws, clock);
    const place = { account: SHOP, region: LOCAL_REGION };
    await reader.administrator(place);
    await aws.control.moveClock(16 * MINUTE);
    await writer.consolidate(place);
    expect(await errors('UpdateSecurityHubConfiguration')).toEqual(['ExpiredTokenException', 'done']);
  });
});
