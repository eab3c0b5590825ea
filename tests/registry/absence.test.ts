import {
  type AccountId,
  type AccountRecord,
  accountItemKey,
  type Principal,
  presentOwners,
} from '../../src/accounts';
import { checkOwners, ownerWatch, saveAccount } from '../../src/registry';
import { SlackRateLimited, SlackRefused } from '../../src/slack';
import { type Desk, openDesk } from '../requests/desk';

const PROD = '111122223333' as AccountId;
const [ANN, BEN, TEAM] = ['U0ANN', 'U0BEN', 'S0TEAM'] as Principal[] as [Principal, Principal, Principal];

test.each([
  [
    { owner: ANN, deputy: BEN },
    { owner: ANN, deputy: BEN },
  ],
  [
    { owner: ANN, deputy: BEN, absent: [ANN] },
    { owner: BEN, leftOwner: ANN },
  ],
  [{ owner: ANN, deputy: BEN, absent: [BEN] }, { owner: ANN }],
  [{ owner: ANN, deputy: BEN, absent: [ANN, BEN] }, { leftOwner: ANN }],
  [{ owner: ANN, absent: [ANN] }, { leftOwner: ANN }],
  [
    { owner: ANN, deputy: TEAM, absent: [ANN] },
    { owner: TEAM, leftOwner: ANN },
  ],
  [{ deputy: BEN }, { deputy: BEN }],
  [{}, {}],
])('of %j there remain %j', (record, expected) => {
  expect(presentOwners(record)).toEqual(expected);
});

let desk: Desk;
let gone: Set<string>;
let asked: string[];
const warn = jest.fn();
beforeEach(async () => {
  // Tuesday, 08:00 in Tokyo: an hour before the morning.
  desk = await openDesk();
  desk.spine.clock.advance(22 * 3_600_000);
  warn.mockClear();
  gone = new Set();
  asked = [];
});
afterEach(() => desk.close());

const save = (id: AccountId, fields: Parameters<typeof saveAccount>[1]) =>
  saveAccount(id, fields, { source: 'csv', at: desk.spine.clock.now().toISOString() }, desk.bot.registry);
const person = async (who: string) => {
  asked.push(who);
  return { id: who, locale: 'ja-JP', standing: gone.has(who) ? ('left' as const) : ('member' as const) };
};
const sources = () => ({ ...desk.bot.owners, slack: { person }, warn });
const record = () => desk.bot.registry.accounts.load(PROD) as Promise<AccountRecord>;
const lookup = () => desk.bot.accounts.lookup(PROD);

test('somebody new takes the mark with them, and since when nobody answers is kept', async () => {
  await save(PROD, { owner: ANN, deputy: null });
  gone.add(ANN);
  await ownerWatch(sources()).look([PROD]);
  const { absent, ownerlessSince } = await record();
  expect(absent).toEqual([ANN]);
  expect(ownerlessSince).toBe(desk.spine.clock.now().toISOString());
  desk.spine.clock.advance(60_000);
  await save(PROD, { project: 'P' });
  expect(await record()).toMatchObject({ absent: [ANN], ownerlessSince });
  await save(PROD, { owner: BEN });
  expect(Object.keys(await record())).not.toEqual(expect.arrayContaining(['absent', 'ownerlessSince']));
  expect(lookup()).toMatchObject({ owner: BEN });
});

describe('before a mention', () => {
  test('who is there is asked about once in five minutes; whoever stands in is looked at as well', async () => {
    await save(PROD, { owner: ANN, deputy: BEN });
    const watch = ownerWatch(sources());
    expect(await watch.look([PROD, PROD])).toBe(false);
    expect(await watch.look([PROD])).toBe(false);
    expect(asked).toEqual([ANN]);
    desk.spine.clock.advance(5 * 60_000);
    gone.add(ANN).add(BEN);
    expect(await watch.look([PROD])).toBe(true);
    expect(lookup().owner).toBeUndefined();
    expect(asked).toEqual([ANN, ANN, BEN]);
    const history = await desk.bot.registry.history.latest(accountItemKey(PROD), 2);
    expect(history.map(({ what, detail }) => `${what}: ${detail}`)).toEqual([
      `left: left: ${BEN}`,
      `left: left: ${ANN}`,
    ]);
  });

  test('groups are not asked about; a Slack that does not answer is believed to know them', async () => {
    await save(PROD, { owner: TEAM });
    await ownerWatch(sources()).look([PROD]);
    expect(asked).toEqual([]);
    await save(PROD, { owner: ANN });
    const busy = { person: async () => Promise.reject(new SlackRateLimited(3)) };
    expect(await ownerWatch({ ...sources(), slack: busy }).look([PROD])).toBe(false);
    expect(lookup().owner).toBe(ANN);
    const broken = { person: async () => Promise.reject(new Error('a bug')) };
    await expect(ownerWatch({ ...sources(), slack: broken }).look([PROD])).rejects.toThrow('a bug');
  });
});

describe('the daily look', () => {
  const many = async () => {
    for (let n = 0; n < 70; n += 1) {
      const who = `U0P${String(n).padStart(3, '0')}` as Principal;
      await save(String(200_000_000_000 + n) as AccountId, { owner: who });
    }
  };

  test('takes some people at each tick, each once a day, and goes on where it was', async () => {
    await many();
    expect(await checkOwners(sources())).toBe(50);
    // 70 people, and the owner of the two example accounts.
    expect(await checkOwners(sources())).toBe(21);
    expect(await checkOwners(sources())).toBe(0);
    expect(new Set(asked).size).toBe(71);
    desk.spine.clock.advance(24 * 3_600_000);
    expect(await checkOwners(sources())).toBe(50);
  });

  test('not before its time, and not on days of rest', async () => {
    desk.spine.clock.advance(-60_000);
    expect(await checkOwners(sources())).toBe(0);
    // Saturday.
    desk.spine.clock.advance(3 * 24 * 3_600_000 + 60_000);
    expect(await checkOwners(sources())).toBe(0);
    desk.spine.clock.advance(2 * 24 * 3_600_000);
    expect(await checkOwners(sources())).toBe(1);
  });

  test('one that Slack refuses does not keep the others', async () => {
    await save(PROD, { owner: ANN, deputy: BEN });
    gone.add(BEN);
    const refuse = async (who: string) => {
      if (who === ANN) throw new SlackRefused('users.info', 'user_not_visible');
      return person(who);
    };
    await checkOwners({ ...sources(), slack: { person: refuse } });
    expect(await record()).toMatchObject({ absent: [BEN] });
    expect(warn).toHaveBeenCalledTimes(1);
  });
});
