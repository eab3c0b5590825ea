import { type Directory, slackDirectory } from '../../src/access';
import { type Account, type Principal, principal } from '../../src/accounts';
import type { Slack, Standing } from '../../src/slack';
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
let people: Record<string, { locale: string | undefined; standing: Standing }>;
let asked: string[];
let clock: ManualClock;
let directory: Directory;
let answer: () => Promise<void>;
beforeEach(() => {
  groups = { S0ANALYSTS: [ANALYST], S0LEADS: [LEAD], S0OWNERS: [OWNER] };
  people = Object.fromEntries(
    [OWNER, MEMBER, LEAD, ANALYST].map((person) => [
      person,
      { locale: 'ja-JP', standing: 'member' as const },
    ]),
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
    async groups() {
      asked.push('groups');
      await answer();
      return Object.entries(groups).map(([group, members]) => ({
        id: id(group),
        handle: group,
        name: group,
        members,
      }));
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

it('somebody whom Slack does not know is from outside, everybody else what Slack says', async () => {
  const nobody = id('U0NOBODY');
  expect(await directory.askerFor(nobody, account(), false)).toEqual({
    id: nobody,
    roles: ['member'],
    standing: 'outsider',
  });
  expect((await directory.visitor(nobody)).standing).toBe('outsider');
  people[MEMBER] = { locale: undefined, standing: 'guest' };
  expect(await directory.visitor(MEMBER)).toEqual({ id: MEMBER, roles: ['member'], standing: 'guest' });
});

it('trusts what it remembers of groups for a minute, and of a person for fifteen seconds', async () => {
  expect(await rolesOf(LEAD)).toContain('lead');
  groups['S0LEADS'] = [];
  people[LEAD] = { locale: 'en-US', standing: 'left' };
  asked = [];
  clock.advance(14_999);
  expect((await directory.visitor(LEAD)).standing).toBe('member');
  expect(await directory.localeOf(LEAD)).toBe('ja-JP');
  expect(asked).toEqual([]);
  clock.advance(1);
  expect((await directory.visitor(LEAD)).standing).toBe('left');
  expect(await directory.localeOf(LEAD)).toBe('en-US');
  clock.advance(44_999);
  expect(await rolesOf(LEAD)).toContain('lead');
  clock.advance(1);
  expect(await rolesOf(LEAD)).not.toContain('lead');
});

it('asks afresh when a change is applied, and remembers the answer for the next click', async () => {
  await rolesOf(LEAD);
  groups['S0LEADS'] = [];
  people[LEAD] = { locale: 'ja-JP', standing: 'left' };
  const now = { id: LEAD, roles: ['member'], standing: 'left' };
  expect(await directory.askerFor(LEAD, account(), true)).toEqual(now);
  expect(await directory.askerFor(LEAD, account(), false)).toEqual(now);
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

it('asks Slack for all groups at once, for none of a person without, and not for one that is gone', async () => {
  const many = Array.from({ length: 200 }, (_, n) => id(`S0TEAM${n}`));
  for (const group of many) groups[group] = group.endsWith('7') ? [MEMBER] : [];
  const theirs = await directory.principalsOf(MEMBER, [...many, id('S0GONE')]);
  expect(theirs).toHaveLength(1 + 20);
  expect(asked).toEqual(['groups']);
  await directory.principalsOf(OWNER, many);
  expect(asked).toEqual(['groups']);

  groups = { S0TEAM1: [MEMBER] };
  clock.advance(60_000);
  expect(await directory.principalsOf(MEMBER, many)).toEqual([MEMBER, 'S0TEAM1']);
  asked = [];
  clock.advance(60_000);
  expect(await directory.principalsOf(MEMBER, [LEAD])).toEqual([MEMBER]);
  expect(asked).toEqual([]);
});
