import * as fc from 'fast-check';
import { enough, type Need, type Role, type Ruling, worstRuling } from '../../src/access';
import { type Principal, principal } from '../../src/accounts';

const id = (n: number) => principal(`U00${n}`) as Principal;
const allow: Ruling = { effect: 'allow', as: 'owner' };
const asks = (...needs: readonly Need[]): Ruling => ({ effect: 'needs approval', needs, other: false });
const deny: Ruling = { effect: 'deny', reason: { code: 'too-long', maxDays: 14, severity: 'CRITICAL' } };
const worst = (...rulings: readonly Ruling[]) =>
  worstRuling(rulings.map((ruling, n) => ({ ruling, about: `request ${n}` })));

test.each<[string, readonly Ruling[], Ruling | undefined]>([
  ['nothing', [], undefined],
  ['all allowed', [allow, allow], allow],
  ['one that asks', [allow, asks({ of: 'analyst', count: 1 })], asks({ of: 'analyst', count: 1 })],
  [
    'a lead is more than an analyst, and one is enough for both',
    [asks({ of: 'analyst', count: 1 }), asks({ of: 'lead', count: 1 })],
    asks({ of: 'lead', count: 1 }),
  ],
  [
    'two analysts, and a lead',
    [asks({ of: 'analyst', count: 2 }), asks({ of: 'lead', count: 1 })],
    asks({ of: 'lead', count: 1 }, { of: 'analyst', count: 1 }),
  ],
  ['one denied denies all, and is named', [allow, deny, asks()], { ...deny, about: 'request 1' }],
])('%s', (_, rulings, expected) => {
  expect(worst(...rulings)).toEqual(expected);
});

test('that somebody else is needed is said when it is so for any of them', () => {
  expect(worst(allow, { ...asks({ of: 'lead', count: 1 }), other: true } as Ruling)).toMatchObject({
    other: true,
  });
});

const needs = fc.array(
  fc.record<Need>({ of: fc.constantFrom('analyst', 'lead'), count: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 1, maxLength: 2 },
);
const approvers = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 6 }).map(id),
    roles: fc.subarray<Role>(['member', 'analyst', 'lead']),
  }),
  { maxLength: 7 },
);

test('what is enough for all of them is enough for each, and the other way round', () => {
  fc.assert(
    fc.property(fc.array(needs, { minLength: 1, maxLength: 4 }), approvers, (all, given) => {
      const together = worst(...all.map((one) => asks(...one)));
      const each = all.every((one) => enough(one, given, id(0)));
      expect(together?.effect === 'needs approval' && enough(together.needs, given, id(0))).toBe(each);
    }),
  );
});
