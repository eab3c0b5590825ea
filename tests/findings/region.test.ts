import { isRegion, issueRegion, readFindings } from '../../src/findings';
import { asff, guardDutyAsff, smallCatalogue } from '../fixtures/findings';

function regionOf(document: object): string | undefined {
  const [finding] = readFindings(JSON.stringify(document), smallCatalogue).findings;
  return finding && issueRegion(finding, smallCatalogue);
}

describe('issueRegion', () => {
  test.each([
    ['a regional control', asff({ control: 'EC2.19', region: 'eu-west-1' }), 'eu-west-1'],
    ['a control the catalogue calls global', asff({ control: 'IAM.3', region: 'eu-west-1' }), 'global'],
    [
      'an account-level resource of a regional control',
      asff({ control: 'GuardDuty.1', region: 'eu-west-1' }),
      'eu-west-1',
    ],
    ['a control nobody knows', asff({ control: 'IAM.999', region: 'eu-west-1' }), 'eu-west-1'],
    ['a threat', guardDutyAsff({ region: 'eu-west-1' }), 'eu-west-1'],
  ])('of %s', (_what, document, expected) => {
    expect(regionOf(document)).toBe(expected);
  });
});

describe('isRegion', () => {
  test.each([
    'us-east-1',
    'ap-southeast-7',
    'us-gov-west-1',
    'cn-northwest-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eusc-de-east-1',
  ])('knows the form of %s', (name) => expect(isRegion(name)).toBe(true));
  test.each([
    '',
    'global',
    'US-EAST-1',
    'us-east',
    'us-east-1a',
    'us-east-1#x',
    '../us-east-1',
    'us-east-1\n',
  ])('takes %j for no region', (name) => expect(isRegion(name)).toBe(false));
});
