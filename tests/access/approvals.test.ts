import * as fc from 'fast-check';
import { type Asker, enough, mayApprove, type Need, type Role } from '../../src/access';
import { type Principal, principal } from '../../src/accounts';

const id = (n: number) => principal(`U00${n}`) as Principal;
const ASKER = id(0);

const need: fc.Arbitrary<Need> = fc.record({
  of: fc.constantFrom('analyst', 'lead'),
  count: fc.integer({ min: 1, max: 3 }),
});
const needs = fc.array(need, { minLength: 1, maxLength: 3 });
const roles = fc.subarray<Role>(['member', 'owner', 'analyst', 'lead']);
/** Few people, so that some approve twice, and now and then the one who asks among them. */
const approver = fc.record({ id: fc.integer({ min: 0, max: 6 }).map(id), roles });
const approvers = fc.array(approver, { maxLength: 8 });

/** The same by trying: gives every needed place to somebody else who fits, in any way there is. */
function matched(places: readonly Role[], people: ReadonlyMap<Principal, ReadonlySet<Role>>): boolean {
  const [place, ...rest] = places;
  if (place === undefined) return true;
  return [...people].some(([person, has]) => {
    const fits = has.has('lead') || (place === 'analyst' && has.has('analyst'));
    return fits && matched(rest, new Map([...people].filter(([other]) => other !== person)));
  });
}

describe('enough', () => {
  test.each<[string, readonly Need[], readonly (readonly Role[])[], boolean]>([
    ['nobody', [{ of: 'analyst', count: 1 }], [], false],
    ['a member', [{ of: 'analyst', count: 1 }], [['member']], false],
    ['an owner', [{ of: 'analyst', count: 1 }], [['member', 'owner']], false],
    ['an analyst', [{ of: 'analyst', count: 1 }], [['member', 'analyst']], true],
    ['a lead for an analyst', [{ of: 'analyst', count: 1 }], [['lead']], true],
    ['an analyst for a lead', [{ of: 'lead', count: 1 }], [['analyst']], false],
    ['one lead for two', [{ of: 'lead', count: 2 }], [['lead']], false],
    [
      'one lead for both places',
      [
        { of: 'lead', count: 1 },
        { of: 'analyst', count: 1 },
      ],
      [['lead', 'analyst']],
      false,
    ],
    [
      'a lead and an analyst',
      [
        { of: 'lead', count: 1 },
        { of: 'analyst', count: 1 },
      ],
      [['analyst'], ['lead']],
      true,
    ],
    [
      'two leads for a lead and another',
      [
        { of: 'lead', count: 1 },
        { of: 'analyst', count: 1 },
      ],
      [['lead'], ['lead']],
      true,
    ],
    [
      'two analysts for a lead and another',
      [
        { of: 'lead', count: 1 },
        { of: 'analyst', count: 1 },
      ],
      [['analyst'], ['analyst']],
      false,
    ],
  ])('%s', (_, wanted, given, expected) => {
    const people = given.map((has, index) => ({ id: id(index + 1), roles: has }));
    expect(enough(wanted, people, ASKER)).toBe(expected);
  });

  test('is what trying all ways finds', () => {
    fc.assert(
      fc.property(needs, approvers, (wanted, given) => {
        const people = new Map<Principal, Set<Role>>();
        for (const one of given.filter((other) => other.id !== ASKER)) {
          people.set(one.id, new Set([...(people.get(one.id) ?? []), ...one.roles]));
        }
        const places = wanted.flatMap(({ of, count }) => Array.from({ length: count }, () => of));
        expect(enough(wanted, given, ASKER)).toBe(matched(places, people));
      }),
    );
  });

  test('one more approval never takes away', () => {
    fc.assert(
      fc.property(needs, approvers, approver, (wanted, given, more) => {
        fc.pre(enough(wanted, given, ASKER));
        expect(enough(wanted, [...given, more], ASKER)).toBe(true);
      }),
    );
  });

  test('whoever asks counts for nothing, however often and in whatever role', () => {
    fc.assert(
      fc.property(needs, approvers, fc.array(roles), (wanted, given, own) => {
        const others = given.filter((one) => one.id !== ASKER);
        const mine = own.map((has) => ({ id: ASKER, roles: has }));
        expect(enough(wanted, mine, ASKER)).toBe(false);
        expect(enough(wanted, [...others, ...mine], ASKER)).toBe(enough(wanted, others, ASKER));
      }),
    );
  });

  test('it takes as many people as are needed: one who approves twice is one', () => {
    fc.assert(
      fc.property(needs, approvers, (wanted, given) => {
        expect(enough(wanted, [...given, ...given], ASKER)).toBe(enough(wanted, given, ASKER));
        const places = wanted.reduce((sum, { count }) => sum + count, 0);
        const people = new Set(given.map((one) => one.id).filter((one) => one !== ASKER));
        if (people.size < places) expect(enough(wanted, given, ASKER)).toBe(false);
      }),
    );
  });
});

describe('who may approve', () => {
  const LEAD: Need = { of: 'lead', count: 1 };
  const ANALYST: Need = { of: 'analyst', count: 1 };
  const person = (has: readonly Role[], over: Partial<Asker> = {}): Asker => ({
    id: id(1),
    roles: ['member', ...has],
    standing: 'member',
    ...over,
  });

  test.each<[string, Asker, readonly Need[], 'yes' | 'own' | 'no']>([
    ['a member', person([]), [ANALYST], 'no'],
    ['the owner of the account', person(['owner']), [ANALYST], 'no'],
    ['an analyst', person(['analyst']), [ANALYST], 'yes'],
    ['an analyst where it takes a lead', person(['analyst']), [LEAD], 'no'],
    ['an analyst where it takes a lead and another', person(['analyst']), [LEAD, ANALYST], 'yes'],
    ['a lead', person(['lead']), [LEAD], 'yes'],
    ['a lead where it takes an analyst', person(['lead']), [ANALYST], 'yes'],
    ['who asked, though a lead', person(['lead'], { id: ASKER }), [LEAD], 'own'],
    ['who asked, and could not anyway', person([], { id: ASKER }), [LEAD], 'own'],
    ['a guest in the leads', person(['lead'], { standing: 'guest' }), [LEAD], 'no'],
    ['a lead of another company', person(['lead'], { standing: 'outsider' }), [LEAD], 'no'],
    ['a lead who has left', person(['lead'], { standing: 'left' }), [LEAD], 'no'],
    ['a bot', person(['lead'], { standing: 'bot' }), [LEAD], 'no'],
    ['who asked, and has left', person(['lead'], { id: ASKER, standing: 'left' }), [LEAD], 'no'],
  ])('%s', (_, who, wanted, answer) => {
    expect(mayApprove(who, wanted, ASKER)).toBe(answer);
  });

  test('whoever may approve brings it nearer, and nobody else does', () => {
    fc.assert(
      fc.property(needs, roles, (wanted, has) => {
        const who = person(has);
        const one = wanted.some(({ of }) => enough([{ of, count: 1 }], [who], ASKER));
        expect(mayApprove(who, wanted, ASKER)).toBe(one ? 'yes' : 'no');
      }),
    );
  });
});
