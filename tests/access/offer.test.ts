import { join } from 'node:path';
import { loadAccessRules, type Role, suppressOffer } from '../../src/access';
import { type Principal, principal } from '../../src/accounts';
import type { Severity } from '../../src/controls';

const rules = loadAccessRules(join(__dirname, '..', '..', 'config', 'access.yml'));
const ANALYSTS = principal('S0ANALYSTS') as Principal;
const LEADS = principal('S0LEADS') as Principal;
const offer = (roles: readonly Role[], severity: Severity, member = true) =>
  suppressOffer({ roles, member }, severity, rules, { analysts: [ANALYSTS], leads: [LEADS] });

test.each<[Role, Severity, readonly number[], Principal]>([
  ['owner', 'MEDIUM', [7, 14, 30, 60, 90], ANALYSTS],
  ['analyst', 'LOW', [7, 14, 30, 60, 90], ANALYSTS],
  ['analyst', 'HIGH', [7, 14, 30], ANALYSTS],
  ['lead', 'HIGH', [7, 14, 30], ANALYSTS],
  ['owner', 'HIGH', [], ANALYSTS],
  ['member', 'LOW', [], ANALYSTS],
  ['owner', 'CRITICAL', [], LEADS],
  ['analyst', 'CRITICAL', [], LEADS],
  ['lead', 'CRITICAL', [], LEADS],
])('%s, %s: offers %j', (role, severity, days, group) => {
  const offered = offer(['member', role], severity);
  expect(offered).toMatchObject({ days, askGroups: [group] });
  if (days.length > 0) expect(offered).not.toHaveProperty('refused');
  else expect(offered.refused).toMatchObject({ effect: 'needs approval', count: 1 });
});

it('an analyst is refused for an account of their own', () => {
  expect(offer(['member', 'owner', 'analyst'], 'HIGH')).toMatchObject({
    days: [],
    refused: { effect: 'needs approval', of: 'analyst', other: true },
  });
});

it('an outsider is offered nothing', () => {
  expect(offer(['member', 'lead'], 'LOW', false)).toMatchObject({
    days: [],
    refused: { effect: 'deny', reason: { code: 'outsider' } },
  });
});
