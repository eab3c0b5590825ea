import { readFileSync } from 'node:fs';
import { EXAMPLE_ACCOUNTS } from '../../../local/world/example-accounts';
import { standardsOf } from '../../../local/world/standards-of';
import { standingChecks } from '../../../local/world/standing-checks';
import { loadCatalogue } from '../../../src/controls';

const catalogue = loadCatalogue('config');
const FSBP = 'standards/aws-foundational-security-best-practices/v/1.0.0';
const CIS = 'standards/cis-aws-foundations-benchmark/v/5.0.0';
/** FSBP has a file of its own. */
const fsbp = new Set(
  (JSON.parse(readFileSync('config/controls/fsbp.json', 'utf8')) as readonly { readonly id: string }[]).map(
    ({ id }) => id,
  ),
);

describe.each(EXAMPLE_ACCOUNTS.map((account) => [account.name, account] as const))('%s', (_, account) => {
  const ofResources = account.resources.flatMap(({ controls }) => controls);
  const standing = standingChecks(account.id, catalogue);
  const ids = standing.map(({ checked }) => checked.control.id);

  test('has 60 to 90 controls, each of them either of resources or of the account as a whole', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => ofResources.includes(id))).toEqual([]);
    const all = new Set([...ids, ...ofResources]).size;
    expect(all).toBeGreaterThanOrEqual(60);
    expect(all).toBeLessThanOrEqual(90);
    expect(new Set(standing.map(({ checked }) => checked.resource.id))).toEqual(
      new Set([`AWS::::Account:${account.id}`]),
    );
    const severities = standing.map(({ checked }) => checked.control.severity);
    for (const severity of ['CRITICAL', 'HIGH', 'MEDIUM'] as const) expect(severities).toContain(severity);
  });

  test('names the standards that the catalogue knows its controls from', () => {
    for (const id of [...ids, ...ofResources]) {
      const standards = standardsOf(id);
      expect([id, standards.includes(FSBP)]).toEqual([id, fsbp.has(id)]);
      expect(standards).not.toHaveLength(0);
    }
  });
});

test('every list is of controls that the catalogue holds', () => {
  // Unknown ones would be left out in silence: 33 of both accounts, and what each has beside them.
  expect(EXAMPLE_ACCOUNTS.map(({ id }) => standingChecks(id, catalogue).length)).toEqual([35, 34]);
});

test('what the aliases of CIS 5.0.0 mean is of CIS', () => {
  const rules = ['1.2', '1.3', '1.4', '1.7', '1.16', '1.19', '2.1.1', '2.2.3', '3.1', '3.3', '5.1.1', '5.7'];
  for (const rule of rules) {
    const control = catalogue.fromStandard('cis-aws-foundations-benchmark/v/5.0.0', rule);
    expect([rule, standardsOf(control ?? '')]).toEqual([rule, expect.arrayContaining([CIS])]);
  }
  expect(standardsOf('S3.2')).toEqual([FSBP]);
});
