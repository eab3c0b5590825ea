import { type Directory, slackDirectory } from '../../src/access';
import { type Account, type Principal, principal } from '../../src/accounts';
import type { Slack } from '../../src/slack';
import { account } from '../blocks/records';
import { type ManualClock, manualClock } from '../setup/spine';

const id = (text: string) => principal(text) as Principal;
const [OWNER, MEMBER, LEAD, ANALYST] = ['U0OWNER1', 'U0MEMBER', 'U0LEAD', 'U0ANALYST'].map(id) as [
  Principal,
  Principal,
  Principal,
  Principal,
];

/** The part of Slack that knows people; what it knows can be changed, and it counts what it is asked. */
let groups: Record<string, readonly string[]>;
let people: Record<string, { locale: string | undefined; member: boolean }>;
let asked: string[];
let clock: ManualClock;
let directory: Directory;
let answer: () => Promise<void>;
beforeEach(() => {
  groups = { S0ANALYSTS: [ANALYST], S0LEADS: [LEAD], S0OWNERS: [OWNER] };
  people = Object.fromEntries(
    [OWNER, MEMBER, LEAD, ANALYST].map((person) => [person, { locale: 'ja-JP', member: true }]),
  );
  asked = [];
  answer = async () => undefined;
  clock = manualClock();
  const slack = {
    async person(person) {
      asked.push(person);
      await answer();
      const known = people[person];
      return known && { id: person, ...known };
    },
    async groupMembers(group) {
      asked.push(group);
      await answer();
      return groups[group] ?? [];
    },
  } satisfies Partial<Slack>;
  directory = slackDirectory(
    slack as unknown as Slack,
    { analysts: [id('S0ANALYSTS')], leads: [id('S0LEADS'), MEMBER] },
    clock.now,
  );
});

const rolesOf = async (person: Principal, of: Partial<Account> = {}, fresh = false) =>
  (await directory.askerFor(person, account({ owner: OWNER, ...of }), fresh)).roles;

test.each<[string, Principal, Partial<Account>, string[]]>([
  ['the owner', OWNER, {}, ['member', 'owner']],
  ['the deputy', ANALYST, { deputy: ANALYST }, ['member', 'owner', 'analyst']],
  ['a member of the owning group', OWNER, { owner: id('S0OWNERS') }, ['member', 'owner']],
  ['a member of the deputy group', OWNER, { owner: LEAD, deputy: id('S0OWNERS') }, ['member', 'owner']],
  ['an analyst', ANALYST, {}, ['member', 'analyst']],
  ['a lead', LEAD, {}, ['member', 'lead']],
  ['a single user named as lead', MEMBER, {}, ['member', 'lead']],
  ['somebody else', id('U0OTHER'), {}, ['member']],
])('%s', async (_, person, of, roles) => {
  expect(await rolesOf(person, of)).toEqual(roles);
});

it('an account without an owner has none', async () => {
  const { owner: _, ...ownerless } = account();
  expect((await directory.askerFor(OWNER, ownerless, false)).roles).toEqual(['member']);
});

it('somebody whom Slack does not know is no member', async () => {
  expect(await directory.askerFor(id('U0NOBODY'), account(), false)).toMatchObject({ member: false });
  expect(await directory.isMember(id('U0NOBODY'))).toBe(false);
  people[MEMBER] = { locale: undefined, member: false };
  expect(await directory.isMember(MEMBER)).toBe(false);
});

it('trusts what it remembers for a minute, and of a person for ten', async () => {
  expect(await rolesOf(LEAD)).toContain('lead');
  groups['S0LEADS'] = [];
  people[LEAD] = { locale: 'ja-JP', member: false };
  asked = [];
  clock.advance(59_999);
  expect(await rolesOf(LEAD)).toContain('lead');
  expect(asked).toEqual([]);
  clock.advance(1);
  expect(await rolesOf(LEAD)).not.toContain('lead');
  expect(await directory.isMember(LEAD)).toBe(true);
  clock.advance(9 * 60_000);
  expect(await directory.isMember(LEAD)).toBe(false);
});

it('asks afresh when a change is applied, and remembers the answer for the next click', async () => {
  await rolesOf(LEAD);
  groups['S0LEADS'] = [];
  people[LEAD] = { locale: 'ja-JP', member: false };
  expect(await directory.askerFor(LEAD, account(), true)).toEqual({ roles: ['member'], member: false });
  expect(await directory.askerFor(LEAD, account(), false)).toEqual({ roles: ['member'], member: false });
});

it('two who ask at once share one question; a fresh one is asked for itself', async () => {
  await Promise.all([rolesOf(LEAD), rolesOf(LEAD)]);
  expect([...asked].sort()).toEqual(['S0ANALYSTS', 'S0LEADS', LEAD].sort());
  asked = [];
  await Promise.all([rolesOf(LEAD, {}, true), rolesOf(LEAD, {}, true)]);
  expect(asked.filter((what) => what === LEAD)).toHaveLength(2);
});

it('does not remember that Slack did not answer', async () => {
  answer = () => Promise.reject(new Error('Slack is away'));
  await expect(rolesOf(LEAD)).rejects.toThrow('Slack is away');
  answer = async () => undefined;
  expect(await rolesOf(LEAD)).toContain('lead');
});

it('knows a locale once Slack has told it, and asks nobody for it', async () => {
  expect(directory.knownLocaleOf(MEMBER)).toBeUndefined();
  expect(await directory.localeOf(MEMBER)).toBe('ja-JP');
  asked = [];
  clock.advance(3_600_000);
  expect(directory.knownLocaleOf(MEMBER)).toBe('ja-JP');
  expect(asked).toEqual([]);
});

it('names a person and their groups, single users among the names left aside', async () => {
  const principals = await directory.principalsOf(OWNER, [id('S0OWNERS'), id('S0LEADS'), LEAD]);
  expect(principals).toEqual([OWNER, 'S0OWNERS']);
});
