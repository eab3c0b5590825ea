import { LOCAL_WORKSPACE, type SlackStandIn, startSlackStandIn } from '../../local/slack';
import { type Need, slackDirectory } from '../../src/access';
import { type AccountRequest, type AccountRequests, tableAccountRequests } from '../../src/account-requests';
import { type Account, type AccountId, accountId, type Principal, principal } from '../../src/accounts';
import { type Audit, tableAudit } from '../../src/audit';
import { approvalHash, type Change, type Changes, tableChanges } from '../../src/changes';
import { gatherHome, type HomeSources } from '../../src/home';
import { type Request, type Requests, requestRef, tableRequests } from '../../src/requests';
import { type Scores, tableScores } from '../../src/scores';
import { slackGateway, webClient } from '../../src/slack';
import { dynamoTable } from '../../src/store';
import { change as aChange } from '../changes/change';
import { accountScore, counts } from '../scores/records';
import { openWorld } from '../setup/world';

const NOW = '2026-11-24T01:00:00.000Z';
const DAY_MS = 86_400_000;
const days = (n: number) => new Date(Date.parse(NOW) + n * DAY_MS).toISOString();

const person = (id: string) => principal(id) as Principal;
const [OWNER, DEPUTY, MEMBER, ANALYST, LEAD, OTHER_LEAD] = [
  'U0OWNER1',
  'U0DEPUTY',
  'U0MEMBER',
  'U0ANALYST',
  'U0LEAD',
  'U0LEAD2',
].map(person) as [Principal, Principal, Principal, Principal, Principal, Principal];
const SHOP_TEAM = person('S0SHOP');
const user = (id: string) => ({ id, name: id, realName: id, email: `${id}@example.com`, locale: 'ja-JP' });
const FIXTURES = {
  ...LOCAL_WORKSPACE,
  users: [...LOCAL_WORKSPACE.users, user(DEPUTY), user(OTHER_LEAD)],
  userGroups: [
    { id: 'S0ANALYSTS', handle: 'analysts', name: 'Analysts', users: [ANALYST] },
    { id: 'S0LEADS', handle: 'leads', name: 'Leads', users: [LEAD, OTHER_LEAD] },
    { id: SHOP_TEAM, handle: 'shop', name: 'Shop', users: [OWNER, MEMBER] },
  ],
};

const id = (text: string) => accountId(text) as AccountId;
const [PROD, DEV, TEAMS, OTHERS] = ['111122223333', '444455556666', '222233334444', '333344445555'].map(
  id,
) as [AccountId, AccountId, AccountId, AccountId];
const account = (of: AccountId, over: Partial<Account> = {}): Account => ({
  id: of,
  kind: 'production',
  mode: 'enforce',
  status: 'active',
  registered: true,
  ...over,
});

let slack: SlackStandIn;
let registered: Account[];
let requests: Requests;
let changes: Changes;
let accountRequests: AccountRequests;
let audit: Audit;
let scores: Scores;
let sources: HomeSources;
beforeEach(async () => {
  const world = await openWorld();
  slack = await startSlackStandIn({ fixtures: FIXTURES });
  const table = dynamoTable(world.dynamodb, world.tableName);
  const team = { analysts: [person('S0ANALYSTS')], leads: [person('S0LEADS')] };
  const now = () => new Date(NOW);
  const gateway = slackGateway(webClient({ token: 'xoxb-test', apiUrl: slack.apiUrl }), {
    teamId: 'T0LOCAL',
  });
  registered = [
    account(PROD, { owner: OWNER, deputy: DEPUTY }),
    account(DEV, { owner: OWNER }),
    account(TEAMS, { owner: SHOP_TEAM }),
    account(OTHERS, { owner: DEPUTY }),
  ];
  const accounts = (of: AccountId) => registered.find((one) => one.id === of) ?? account(of);
  requests = tableRequests(table, (of) => accounts(of).owner);
  changes = tableChanges(table);
  accountRequests = tableAccountRequests(table);
  audit = tableAudit(table);
  scores = tableScores(table);
  sources = {
    requests,
    changes,
    accountRequests,
    audit,
    directory: slackDirectory(gateway, team, now),
    team,
    accounts,
    registered: () => registered,
    scores,
    now,
  };
});
afterEach(() => slack.close());

const home = (who: Principal) => gatherHome(who, sources);

async function request(of: AccountId, control: string, over: Partial<Request> = {}): Promise<Request> {
  const made: Request = {
    account: of,
    control: control as Request['control'],
    product: 'control',
    kind: 'control',
    subject: control.toLowerCase(),
    channel: 'C0SHOPPRD',
    revision: 1,
    phase: 'open',
    summary: { open: 1, severity: 'HIGH', title: control, due: days(1) },
    card: { shownRevision: 0, toldThrough: 0 },
    version: 1,
    seq: 1,
    outbox: [],
    ...over,
  };
  expect(await requests.create(made)).toBe(true);
  return made;
}
const due = (n: number): Pick<Request, 'summary'> => ({
  summary: { open: 1, severity: 'HIGH', title: 'x', due: days(n) },
});
const shown = (list: readonly Request[]) => list.map((one) => `${one.account} ${one.control}`);

async function change(name: string, over: Partial<Change>): Promise<Change> {
  const made = aChange({ id: name, ...over });
  expect(await changes.create(made)).toBe(true);
  return made;
}
const asked = (until: string): NonNullable<Change['asked']> => ({
  at: NOW,
  until,
  remindAt: until,
  target: { severity: 'HIGH', parts: ['a'] },
  round: 1,
});
const waiting = (name: string, of: Need['of'], over: Partial<Change> = {}) =>
  change(name, {
    status: 'proposed',
    asked: asked(days(3)),
    ruling: { effect: 'needs approval', needs: [{ of, count: 1 }], other: false },
    ...over,
  });
const ids = (list: readonly Change[]) => list.map((one) => one.id);

describe('accounts and their requests', () => {
  beforeEach(async () => {
    await request(DEV, 'S3.5', due(2));
    await request(PROD, 'EC2.19', due(1));
    await request(PROD, 'IAM.6', due(5));
    await request(TEAMS, 'RDS.2', due(3));
    await request(OTHERS, 'KMS.3', due(0));
    await request(PROD, 'S3.8', { phase: 'done' });
    await request(PROD, 'S3.9', { phase: 'new' });
  });

  test('an owner sees their own and their group’s, the nearest deadline first', async () => {
    const { team, accounts, requests: open, more } = await home(OWNER);
    expect(team).toBe(false);
    expect(accounts.map((one) => one.id)).toEqual([PROD, DEV, TEAMS]);
    expect(shown(open)).toEqual([`${PROD} EC2.19`, `${DEV} S3.5`, `${TEAMS} RDS.2`, `${PROD} IAM.6`]);
    expect(more).toBe(false);
  });

  test('a member of an owning group sees what is the group’s, and nothing of its people', async () => {
    const { accounts, requests: open } = await home(MEMBER);
    expect(accounts.map((one) => one.id)).toEqual([TEAMS]);
    expect(shown(open)).toEqual([`${TEAMS} RDS.2`]);
  });

  test('a deputy sees the account that they stand in for, and no other of its owner', async () => {
    const { accounts, requests: open } = await home(DEPUTY);
    expect(accounts.map((one) => one.id)).toEqual([OTHERS, PROD]);
    expect(shown(open)).toEqual([`${OTHERS} KMS.3`, `${PROD} EC2.19`, `${PROD} IAM.6`]);
  });

  test('a deputy’s account does not drown in the others of its owner', async () => {
    for (let n = 0; n < 110; n += 1) await request(DEV, `Config.${n}`, due(0));
    expect(shown((await home(DEPUTY)).requests)).toContain(`${PROD} IAM.6`);
  });

  test('the security team sees all of them', async () => {
    for (const who of [ANALYST, LEAD]) {
      const { team, accounts, requests: open } = await home(who);
      expect(team).toBe(true);
      expect(accounts).toEqual([]);
      expect(open).toHaveLength(5);
      expect(shown(open)[0]).toBe(`${OTHERS} KMS.3`);
    }
  });

  test('the security team sees which accounts have no owner, and nobody else does', async () => {
    const { owner: _, deputy: __, ...bare } = registered.find(({ id }) => id === DEV) as Account;
    registered = registered.map((one) => (one.id === DEV ? bare : one));
    expect((await home(ANALYST)).ownerless.map(({ id }) => id)).toEqual([DEV]);
    expect((await home(OWNER)).ownerless).toEqual([]);
  });

  test('a closed account is nobody’s', async () => {
    registered = registered.map((one) => (one.id === PROD ? { ...one, status: 'closed' } : one));
    const { accounts, requests: open } = await home(OWNER);
    expect(accounts.map((one) => one.id)).toEqual([DEV, TEAMS]);
    expect(shown(open)).toEqual([`${DEV} S3.5`, `${TEAMS} RDS.2`]);
  });

  test('somebody who answers for nothing sees nothing', async () => {
    expect(await home(person('U0GUEST'))).toEqual({
      team: false,
      accounts: [],
      ownerless: [],
      scores: [],
      weeks: [],
      requests: [],
      more: false,
      taken: [],
      approvals: [],
      asked: [],
      exceptions: [],
      newAccounts: [],
    });
  });

  test('of more than a hundred the most urgent hundred, and that there are more', async () => {
    for (let n = 0; n < 97; n += 1) await request(DEV, `Config.${n}`, due(10));
    const hundredAndOne = await home(OWNER);
    expect(hundredAndOne.requests).toHaveLength(100);
    expect(hundredAndOne.more).toBe(true);
    expect(shown(hundredAndOne.requests)[0]).toBe(`${PROD} EC2.19`);
    expect((await home(LEAD)).more).toBe(true);
  });
});

test('what somebody has taken, as long as it is open and still theirs', async () => {
  const taken = async (control: string, over: Partial<Request>, n: number) => {
    const made = await request(PROD, control, { ...due(n), ...over });
    await audit.record(
      ['proposed', 'applied'].map((what, seq) => ({
        at: NOW,
        id: `take-${control}`,
        seq,
        kind: 'take',
        what,
        by: ANALYST,
        account: PROD,
        request: requestRef(made),
      })),
    );
    return made;
  };
  const mine = { takenBy: { who: ANALYST, at: NOW } };
  await taken('S3.5', mine, 4);
  await taken('EC2.19', mine, 1);
  await taken('IAM.6', { takenBy: { who: OWNER, at: NOW } }, 1);
  await taken('RDS.2', { ...mine, phase: 'done' }, 1);
  await taken('KMS.3', {}, 1);
  expect(shown((await home(ANALYST)).taken)).toEqual([`${PROD} EC2.19`, `${PROD} S3.5`]);
  expect((await home(OWNER)).taken).toEqual([]);
});

describe('changes that wait', () => {
  test('for whoever may approve them, not for whoever asked, and not for others', async () => {
    await waiting('late', 'analyst', { asked: asked(days(3)) });
    await waiting('soon', 'analyst', { asked: asked(days(1)) });
    await waiting('of-a-lead', 'lead', { asked: asked(days(2)) });
    await waiting('own', 'analyst', { actor: { id: LEAD, name: 'Lead' }, asked: asked(days(2)) });
    await change('applied', {});

    expect(ids((await home(ANALYST)).approvals)).toEqual(['soon', 'own', 'late']);
    expect(ids((await home(LEAD)).approvals)).toEqual(['soon', 'of-a-lead', 'late']);
    expect((await home(OWNER)).approvals).toEqual([]);
    expect((await home(MEMBER)).approvals).toEqual([]);

    expect(ids((await home(LEAD)).asked)).toEqual(['own']);
    expect(ids((await home(OWNER)).asked)).toEqual(['soon', 'of-a-lead', 'late']);
    expect((await home(ANALYST)).asked).toEqual([]);
  });

  test('no longer for whoever has approved, until the target has become worse', async () => {
    const both = { effect: 'needs approval', needs: [{ of: 'lead', count: 2 }], other: false } as const;
    const by = { id: LEAD, name: 'Lead' };
    const one = await waiting('half', 'lead', { ruling: both });
    await changes.replace(
      { ...one, approvals: [{ by, at: NOW, hash: approvalHash(one) }], version: 2 },
      one.version,
    );
    expect((await home(LEAD)).approvals).toEqual([]);
    expect(ids((await home(OTHER_LEAD)).approvals)).toEqual(['half']);

    const standing = (await changes.load('half'))!;
    await changes.replace({ ...standing, asked: { ...asked(days(3)), round: 2 }, version: 3 }, 2);
    expect(ids((await home(LEAD)).approvals)).toEqual(['half']);
  });
});

test('exceptions that end within thirty days: one’s own, and those of one’s accounts', async () => {
  const exception = (name: string, until: string, over: Partial<Change> = {}) =>
    change(name, {
      kind: 'suppress',
      status: 'applied',
      target: `${PROD}/control/ec2.19`,
      until,
      payload: {
        scope: 'all',
        issues: [],
        reason: 'Needed until the migration is over.',
        days: 14,
        asOf: NOW,
        until,
      },
      ...over,
    });
  const far = { target: `${OTHERS}/control/ec2.19`, about: { account: OTHERS } };
  await exception('later', days(29));
  await exception('design', days(5), { kind: 'suppress-by-design' });
  await exception('soon', days(2), { actor: { id: LEAD, name: 'Lead' } });
  await exception('elsewhere', days(3), { ...far, actor: { id: LEAD, name: 'Lead' } });
  await exception('own-elsewhere', days(4), far);
  await exception('too-far', days(31));
  await exception('ending', days(2), { ending: { as: 'undone' } });

  const ending = async (who: Principal) => (await home(who)).exceptions.map((one) => one.change.id);
  expect(await ending(OWNER)).toEqual(['soon', 'own-elsewhere', 'design', 'later']);
  expect(await ending(LEAD)).toEqual(['soon', 'elsewhere']);
  expect(await ending(MEMBER)).toEqual([]);
});

test('accounts that were asked for: one’s own, for the security team all that are under way', async () => {
  const wanted = (name: string, asker: Principal, over: Partial<AccountRequest> = {}) =>
    accountRequests.create({
      id: name,
      origin: 'new',
      wanted: { name, kind: 'production', fields: {} },
      asker: { id: asker, name: asker },
      steps: { requested: { at: NOW, by: [asker] } },
      late: [],
      card: { channel: 'C0SECURITY', shownRevision: 0 },
      revision: 1,
      version: 1,
      seq: 1,
      uncopied: [],
      ...over,
    });
  await wanted('first', OWNER);
  await wanted('second', MEMBER, { steps: { requested: { at: days(1), by: [MEMBER] } } });
  await wanted('over', OWNER, { end: { as: 'withdrawn', at: NOW } });
  const names = async (who: Principal) => (await home(who)).newAccounts.map((one) => one.id);
  expect(await names(OWNER)).toEqual(['first']);
  expect(await names(LEAD)).toEqual(['first', 'second']);
  expect(await names(DEPUTY)).toEqual([]);
});

describe('scores', () => {
  const keep = (of: AccountId, over = {}) =>
    scores.ofAccounts.create(accountScore({ account: of, counts: counts(9, 1), ...over }));
  const week = (monday: string) =>
    scores.keepWeek({ week: monday, accounts: 2, perfect: 0, median: 80, opened: 0, closed: 0 });

  test('of their own accounts that have one, and the organisation’s weeks', async () => {
    await keep(PROD);
    await keep(DEV, { counts: counts(0, 0, 0, 4) });
    await keep(OTHERS);
    await week('2026-11-16');
    await week('2026-11-23');
    const own = await home(OWNER);
    expect(own.scores.map(({ account: of, score }) => [of.id, score.counts.passed])).toEqual([[PROD, 9]]);
    expect(own.weeks.map((one) => one.week)).toEqual(['2026-11-16', '2026-11-23']);
    const lead = await home(LEAD);
    expect(lead.scores).toEqual([]);
    expect(lead.weeks).toHaveLength(2);
  });

  test('five at most are read, and a guest sees their own only', async () => {
    const many = Array.from({ length: 8 }, (_, n) => id(String(500_000_000_000 + n)));
    registered = many.map((of) => account(of, { owner: person('U0GUEST') }));
    for (const of of many) await keep(of);
    await week('2026-11-23');
    const guest = await home(person('U0GUEST'));
    expect(guest.scores).toHaveLength(5);
    expect(guest.weeks).toEqual([]);
  });
});
