import { loadCatalogue } from '../../src/controls';
import { unwantedControls } from '../../src/hub-setup';
import { parsePolicy } from '../../src/policy';

const catalogue = loadCatalogue('config');
const unwanted = (lines: string) =>
  unwantedControls(
    parsePolicy(
      `deadlines: { otherwise: 168 }\nlines:\n${lines}\n  - { id: rest, treatment: leave }\n`,
      'policy.yml',
      catalogue,
    ),
    catalogue,
  );

it('is what one line ignores, or several together', () => {
  expect(unwanted('  - { id: a, when: { control: [EC2.6, iam.6] }, treatment: ignore }')).toEqual([
    'EC2.6',
    'IAM.6',
  ]);
  expect(
    unwanted(
      [
        '  - { id: a, when: { control: EC2.6, kind: production }, treatment: ignore }',
        '  - { id: b, when: { control: EC2.6 }, treatment: ignore }',
      ].join('\n'),
    ),
  ).toEqual(['EC2.6']);
});

it.each([
  ['a kind of account', '  - { id: a, when: { control: EC2.6, kind: production }, treatment: ignore }'],
  ['a severity', '  - { id: a, when: { control: EC2.6, severity: LOW }, treatment: ignore }'],
  ['a Region', '  - { id: a, when: { control: EC2.6, region: eu-west-1 }, treatment: ignore }'],
  ['another product', '  - { id: a, when: { product: guardduty }, treatment: ignore }'],
])('is nothing that is ignored for %s only', (_, line) => {
  expect(unwanted(line)).toEqual([]);
});

it.each([
  ["account: '111122223333'"],
  ['tag: { Data: personal }'],
  ['region: eu-west-1'],
  ['severity: CRITICAL'],
  ['kind: production'],
])('is nothing that an earlier line looks at where %s', (condition) => {
  expect(
    unwanted(
      [
        `  - { id: a, when: { control: 'EC2.*', ${condition} }, treatment: track }`,
        '  - { id: b, when: { control: EC2.6 }, treatment: ignore }',
      ].join('\n'),
    ),
  ).toEqual([]);
});

it('is nothing that has merely not been decided on', () => {
  expect(unwanted('  - { id: a, when: { control: EC2.6 }, treatment: leave }')).toEqual([]);
});
