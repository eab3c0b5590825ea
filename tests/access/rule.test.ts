import { join } from 'node:path';
import { type AccessRules, type Asker, loadAccessRules, type Role, rule, ruleUndo } from '../../src/access';
import { type Principal, principal } from '../../src/accounts';

const rules = loadAccessRules(join(__dirname, '..', '..', 'config', 'access.yml'));
const ME = principal('U0MEMBER') as Principal;
const OTHER = principal('U0OTHER') as Principal;
const asker = (roles: readonly Role[] = ['member'], over: Partial<Asker> = {}): Asker => ({
  id: ME,
  roles,
  standing: 'member',
  ...over,
});
const everybody = asker(['member', 'owner', 'analyst', 'lead']);

test.each(['policy', 'access', 'catalogue', 'create-account', '', '__proto__', 'constructor'])(
  'what no rule names, nobody may: %j',
  (kind) => {
    expect(rule(everybody, { kind, severity: 'LOW' }, rules)).toEqual({
      effect: 'deny',
      reason: { code: 'not-allowed', who: [] },
    });
  },
);

it('says who could', () => {
  expect(rule(asker(), { kind: 'undo', severity: 'LOW' }, rules)).toEqual({
    effect: 'deny',
    reason: { code: 'not-allowed', who: ['owner', 'analyst', 'lead'] },
  });
});

it('a right counts as the first role that has it', () => {
  expect(rule(everybody, { kind: 'take', severity: 'LOW' }, rules)).toEqual({
    effect: 'allow',
    as: 'member',
  });
  expect(rule(everybody, { kind: 'undo', severity: 'LOW' }, rules)).toEqual({ effect: 'allow', as: 'owner' });
});

const own = (changes: AccessRules['changes'], guests?: AccessRules['guests']): AccessRules => ({
  version: 1,
  changes,
  guests,
});

it('a rule without severities is for all of them, and the first that matches decides', () => {
  const rest = own({
    rest: [{ severities: ['LOW'], member: 'no' }, { member: { ask: 'lead', count: 2 } }, { member: 'yes' }],
  });
  expect(rule(asker(), { kind: 'rest', severity: 'LOW' }, rest).effect).toBe('deny');
  expect(rule(asker(), { kind: 'rest', severity: 'HIGH' }, rest)).toEqual({
    effect: 'needs approval',
    needs: [{ of: 'lead', count: 2 }],
    other: false,
  });
});

it('of several answers that ask, the one that asks for least counts', () => {
  const several = own({
    rest: [
      {
        member: { ask: ['lead', 'analyst'] },
        owner: { ask: 'lead' },
        analyst: { ask: 'analyst', count: 2 },
        lead: { ask: 'analyst' },
      },
    ],
  });
  const needs = (...roles: Role[]) => {
    const ruling = rule(asker(roles), { kind: 'rest', severity: 'LOW' }, several);
    return ruling.effect === 'needs approval' ? ruling.needs : ruling;
  };
  expect(needs('member', 'owner')).toEqual([{ of: 'lead', count: 1 }]);
  expect(needs('member', 'analyst')).toEqual([{ of: 'analyst', count: 2 }]);
  expect(needs('member', 'owner', 'lead')).toEqual([{ of: 'analyst', count: 1 }]);
});

it('a list asks for one of each; the same role twice is two people', () => {
  const listed = own({ rest: [{ member: { ask: ['lead', 'analyst', 'lead'] } }] });
  expect(rule(asker(), { kind: 'rest', severity: 'LOW' }, listed)).toMatchObject({
    needs: [
      { of: 'lead', count: 2 },
      { of: 'analyst', count: 1 },
    ],
  });
});

describe('guests', () => {
  const guest = (roles: readonly Role[]) => asker(roles, { standing: 'guest' });
  const listed = { ...rules, guests: { [ME]: ['look', 'suppress'] } } satisfies AccessRules;
  const low = (kind: string) => ({ kind, severity: 'LOW' as const, days: 7 });

  it('may nothing but what they are listed for', () => {
    const denied = { effect: 'deny', reason: { code: 'guest' } };
    expect(rule(guest(['member', 'lead']), low('look'), rules)).toEqual(denied);
    expect(rule(guest(['member']), low('look'), listed)).toEqual({ effect: 'allow', as: 'member' });
    expect(rule(guest(['member']), low('take'), listed)).toEqual(denied);
    expect(rule({ ...guest(['member']), id: OTHER }, low('look'), listed)).toEqual(denied);
    expect(rule({ ...guest([]), id: '__proto__' as Principal }, low('look'), listed)).toEqual(denied);
  });

  it('count as members in it, as owners of what is theirs, and as nothing more', () => {
    expect(rule(guest(['member', 'analyst', 'lead']), low('suppress'), listed)).toMatchObject({
      effect: 'needs approval',
      needs: [{ of: 'analyst', count: 1 }],
      other: false,
    });
    expect(rule(guest(['member', 'owner']), low('suppress'), listed)).toEqual({
      effect: 'allow',
      as: 'owner',
    });
  });
});

describe('claiming an account', () => {
  const claim = { kind: 'claim-account', severity: 'LOW' as const };

  it('one without an owner takes an analyst; one that has an owner cannot be claimed, by nobody', () => {
    expect(rule(asker(), { ...claim, ownerless: true }, rules)).toMatchObject({
      needs: [{ of: 'analyst', count: 1 }],
    });
    for (const ownerless of [false, undefined]) {
      const asked = { ...claim, ...(ownerless !== undefined && { ownerless }) };
      expect(rule(everybody, asked, rules)).toEqual({ effect: 'deny', reason: { code: 'owned' } });
    }
  });
});

describe('taking back', () => {
  it('who made a change may always', () => {
    expect(ruleUndo(asker(), ME, 'CRITICAL', rules)).toEqual({ effect: 'allow', as: 'member' });
    expect(ruleUndo(asker(), OTHER, 'CRITICAL', rules).effect).toBe('deny');
    expect(ruleUndo(asker(['member', 'owner']), OTHER, 'LOW', rules)).toEqual({
      effect: 'allow',
      as: 'owner',
    });
  });

  test.each(['guest', 'left', 'outsider', 'bot'] as const)('but not as %s', (standing) => {
    expect(ruleUndo(asker(['member'], { standing }), ME, 'LOW', rules).effect).toBe('deny');
  });
});
