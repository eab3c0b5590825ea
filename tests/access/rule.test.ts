import { join } from 'node:path';
import { type Asker, loadAccessRules, type Role, type Ruling, rule } from '../../src/access';
import { SEVERITIES, type Severity } from '../../src/controls';

const rules = loadAccessRules(join(__dirname, '..', '..', 'config', 'access.yml'));

/**
 * DESIGN's table of who may suppress, as code of its own. `own` is the owner or the deputy of the account, and an
 * analyst or a lead may be that as well.
 */
function suppressTable(roles: ReadonlySet<Role>, severity: Severity, days: number): string {
  const own = roles.has('owner');
  switch (severity) {
    case 'CRITICAL':
      if (days > 14) return 'too long: 14';
      return roles.has('lead') ? 'asks another lead' : 'asks a lead';
    case 'HIGH':
      if (days > 30) return 'too long: 30';
      if (roles.has('lead')) return 'yes';
      if (roles.has('analyst')) return own ? 'asks another analyst' : 'yes';
      return 'asks an analyst';
    default:
      if (days > 90) return 'too long: 90';
      return own || roles.has('analyst') || roles.has('lead') ? 'yes' : 'asks an analyst';
  }
}

function table(kind: string, roles: ReadonlySet<Role>, severity: Severity, days: number): string {
  if (kind === 'suppress') return suppressTable(roles, severity, days);
  if (kind === 'undo') return roles.size > 1 ? 'yes' : 'no';
  return 'yes';
}

function words(ruling: Ruling): string {
  if (ruling.effect === 'allow') return 'yes';
  if (ruling.effect === 'deny') {
    return ruling.reason.code === 'too-long' ? `too long: ${ruling.reason.maxDays}` : 'no';
  }
  expect(ruling.count).toBe(1);
  return `asks ${ruling.other ? 'another' : ruling.of === 'analyst' ? 'an' : 'a'} ${ruling.of}`;
}

const OTHER_ROLES: readonly Role[] = ['owner', 'analyst', 'lead'];
/** Everybody is a member; of the other roles a person may have any. */
const ROLE_SETS: readonly (readonly Role[])[] = Array.from({ length: 2 ** OTHER_ROLES.length }, (_, bits) => [
  'member',
  ...OTHER_ROLES.filter((_, index) => bits & (1 << index)),
]);
const KINDS = ['suppress', 'undo', 'take', 'report-fixed'];
const DAYS = [1, 14, 15, 30, 31, 90, 91, 366];

describe.each(KINDS)('%s', (kind) => {
  test.each(ROLE_SETS.map((roles) => [roles.join(' and '), roles] as const))('as %s', (_, roles) => {
    for (const severity of SEVERITIES) {
      for (const days of DAYS) {
        const asker: Asker = { roles, member: true };
        const answer = words(rule(asker, { kind, severity, days }, rules));
        const expected = table(kind, new Set(roles), severity, days);
        expect(`${severity} ${days} days: ${answer}`).toBe(`${severity} ${days} days: ${expected}`);
      }
    }
  });

  test.each(ROLE_SETS.map((roles) => [roles.join(' and '), roles] as const))(
    'whoever is no member may nothing, %s or not',
    (_, roles) => {
      for (const severity of SEVERITIES) {
        expect(rule({ roles, member: false }, { kind, severity, days: 1 }, rules)).toEqual({
          effect: 'deny',
          reason: { code: 'outsider' },
        });
      }
    },
  );
});

const everybody: Asker = { roles: ['member', 'owner', 'analyst', 'lead'], member: true };

test.each(['policy', 'access', 'catalogue', 'create-account', ''])(
  'what no rule names, nobody may: %j',
  (kind) => {
    expect(rule(everybody, { kind, severity: 'LOW' }, rules)).toEqual({
      effect: 'deny',
      reason: { code: 'not-allowed', who: [] },
    });
  },
);

it('says who could', () => {
  expect(rule({ roles: ['member'], member: true }, { kind: 'undo', severity: 'LOW' }, rules)).toEqual({
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

it('a rule without severities is for all of them, and the first that matches decides', () => {
  const own = {
    version: 1 as const,
    changes: {
      rest: [
        { severities: ['LOW' as const], member: 'no' as const },
        { member: { ask: 'lead' as const, count: 2 } },
        { member: 'yes' as const },
      ],
    },
  };
  const asker: Asker = { roles: ['member'], member: true };
  expect(rule(asker, { kind: 'rest', severity: 'LOW' }, own).effect).toBe('deny');
  expect(rule(asker, { kind: 'rest', severity: 'HIGH' }, own)).toEqual({
    effect: 'needs approval',
    of: 'lead',
    count: 2,
    other: false,
  });
});
