import { join } from 'node:path';
import { type AccessRules, type Asker, loadAccessRules, type Role, suppressOffer } from '../../src/access';
import { type Principal, principal } from '../../src/accounts';
import type { Severity } from '../../src/controls';

const rules = loadAccessRules(join(__dirname, '..', '..', 'config', 'access.yml'));
const ANALYSTS = principal('S0ANALYSTS') as Principal;
const LEADS = principal('S0LEADS') as Principal;
const offer = (
  roles: readonly Role[],
  severity: Severity,
  { standing = 'member', by = rules }: { standing?: Asker['standing']; by?: AccessRules } = {},
) =>
  suppressOffer({ id: principal('U0MEMBER') as Principal, roles, standing }, severity, by, {
    analysts: [ANALYSTS],
    leads: [LEADS],
  });

test.each<[Role, Severity, readonly number[], string]>([
  ['owner', 'MEDIUM', [7, 14, 30, 60, 90], 'at once'],
  ['analyst', 'LOW', [7, 14, 30, 60, 90], 'at once'],
  ['analyst', 'HIGH', [7, 14, 30], 'at once'],
  ['lead', 'HIGH', [7, 14, 30], 'at once'],
  ['member', 'LOW', [7, 14, 30, 60, 90], 'analyst'],
  ['owner', 'HIGH', [7, 14, 30], 'analyst'],
  ['owner', 'CRITICAL', [7, 14], 'lead'],
  ['analyst', 'CRITICAL', [7, 14], 'lead'],
  ['lead', 'CRITICAL', [7, 14], 'another lead'],
])('%s, %s: offers %j, %s', (role, severity, days, takes) => {
  const offered = offer(['member', role], severity);
  expect(offered).not.toHaveProperty('refused');
  expect(offered.terms.map((term) => term.days)).toEqual(days);
  const taken = offered.terms.map(({ ruling }) => {
    if (ruling.effect === 'allow') return 'at once';
    return `${ruling.other ? 'another ' : ''}${ruling.needs.map(({ of }) => of).join('+')}`;
  });
  expect(new Set(taken)).toEqual(new Set([takes]));
});

it('an analyst has to ask another one for an account of their own', () => {
  const [term] = offer(['member', 'owner', 'analyst'], 'HIGH').terms;
  expect(term).toEqual({
    days: 7,
    ruling: { effect: 'needs approval', needs: [{ of: 'analyst', count: 1 }], other: true },
  });
});

it('what is denied is not on offer; where that is all, it says why and whom to ask', () => {
  const by: AccessRules = { version: 1, changes: { suppress: [{ analyst: 'yes' }] } };
  expect(offer(['member'], 'LOW', { by })).toEqual({
    terms: [],
    refused: { effect: 'deny', reason: { code: 'not-allowed', who: ['analyst'] } },
    ask: [ANALYSTS],
  });
});

test.each([
  ['outsider', 'outsider'],
  ['guest', 'guest'],
  ['left', 'left'],
] as const)('somebody who is %s is offered nothing, and nobody to ask', (standing, code) => {
  expect(offer(['member', 'lead'], 'LOW', { standing })).toEqual({
    terms: [],
    refused: { effect: 'deny', reason: { code } },
    ask: [],
  });
});
