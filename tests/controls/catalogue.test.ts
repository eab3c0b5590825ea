import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fsbp from '../../config/controls/fsbp.json';
import otherStandards from '../../config/controls/other-standards.json';
import { CATEGORIES, loadCatalogue, SEVERITIES } from '../../src/controls';

const CONFIG = join(__dirname, '..', '..', 'config');
const catalogue = loadCatalogue(CONFIG);

describe('the catalogue in config/', () => {
  it('holds every control of FSBP, with AWS’s severities', () => {
    const count = (severity: string) => fsbp.filter((control) => control.severity === severity).length;
    expect(fsbp).toHaveLength(358);
    expect(SEVERITIES.map(count)).toEqual([27, 57, 239, 35, 0]);
  });

  it('holds the controls of other standards beside them', () => {
    expect(otherStandards).toHaveLength(213);
    expect(catalogue.all()).toHaveLength(358 + 213);
  });

  it('knows everything about each control', () => {
    for (const control of catalogue.all()) {
      expect(control.title.length).toBeGreaterThan(10);
      expect(CATEGORIES).toContain(control.category);
    }
  });

  it('finds whatever the case, and answers in AWS’s spelling', () => {
    expect(catalogue.find('ec2.19')?.id).toBe('EC2.19');
    expect(catalogue.find('AutoScaling.5')?.id).toBe('Autoscaling.5');
    expect(catalogue.find('EC2.9999')).toBeUndefined();
    expect(catalogue.find('constructor')).toBeUndefined();
  });

  it('puts what every account must have into "required"', () => {
    const required = fsbp.filter(({ category }) => category === 'required').map(({ id }) => id);
    expect(required.join(' ')).toBe(
      'Account.1 CloudTrail.1 Config.1 EC2.7 EC2.182 EMR.2 GuardDuty.1 GuardDuty.5 GuardDuty.6 GuardDuty.7 ' +
        'GuardDuty.8 GuardDuty.9 GuardDuty.10 GuardDuty.11 GuardDuty.12 GuardDuty.13 IAM.4 IAM.5 IAM.6 IAM.7 ' +
        'Inspector.1 Inspector.2 Inspector.3 Inspector.4 Macie.1 Macie.2 S3.1 SSM.7',
    );
  });

  it('never lets the default policy ignore a CRITICAL control', () => {
    const ignorable = new Set(['availability', 'logging', 'encryption-at-rest']);
    expect(
      catalogue.all().filter(({ severity, category }) => severity === 'CRITICAL' && ignorable.has(category)),
    ).toEqual([]);
  });

  it.each([
    'IAM.4',
    'CloudFront.1',
    'Route53.2',
    'Account.1',
    'S3.1',
    'WAF.1',
    'WAF.8',
    'KMS.1',
    'GlobalAccelerator.1',
  ])('%s is global', (id) => {
    expect(catalogue.find(id)?.scope).toBe('global');
  });

  it.each(['GuardDuty.1', 'Config.1', 'EC2.7', 'EC2.182', 'S3.2', 'WAF.2', 'WAF.10', 'IAM.28', 'SSM.7'])(
    '%s is regional',
    (id) => {
      expect(catalogue.find(id)?.scope).toBe('regional');
    },
  );
});

describe('ids of standards', () => {
  it.each([
    ['cis-aws-foundations-benchmark/v/1.2.0', '1.10', 'IAM.16'],
    ['cis-aws-foundations-benchmark/v/1.2.0', '1.1', 'CloudWatch.1'],
    ['cis-aws-foundations-benchmark/v/1.2.0', '2.7', 'CloudTrail.2'],
    ['cis-aws-foundations-benchmark/v/1.2.0', '4.3', 'EC2.2'],
    ['cis-aws-foundations-benchmark/v/1.4.0', '3.7', 'CloudTrail.2'],
    ['cis-aws-foundations-benchmark/v/3.0.0', '2.2.1', 'EC2.7'],
    ['cis-aws-foundations-benchmark/v/5.0.0', '5.1.1', 'EC2.7'],
    ['pci-dss/v/3.2.1', 'PCI.CloudTrail.1', 'CloudTrail.2'],
    ['PCI-DSS/v/3.2.1', 'pci.iam.8', 'IAM.10'],
    ['pci-dss/v/3.2.1', 'PCI.Opensearch.1', 'Opensearch.2'],
    ['aws-foundational-security-best-practices/v/1.0.0', 'ec2.19', 'EC2.19'],
    ['nist-800-53/v/5.0.0', 'S3.17', 'S3.17'],
  ])('%s %s means %s', (standard, rule, control) => {
    expect(catalogue.fromStandard(standard, rule)).toBe(control);
    expect(catalogue.find(control)?.id).toBe(control);
  });

  it('names a control that AWS withdrew, though the catalogue does not hold it', () => {
    expect(catalogue.fromStandard('pci-dss/v/3.2.1', 'PCI.S3.4')).toBe('S3.4');
    expect(catalogue.find('S3.4')).toBeUndefined();
  });

  it('does not guess', () => {
    expect(catalogue.fromStandard('cis-aws-foundations-benchmark/v/1.2.0', '9.9')).toBeUndefined();
    expect(catalogue.fromStandard('cis-aws-foundations-benchmark/v/1.7.0', '1.6')).toBeUndefined();
  });
});

describe('a wrong catalogue', () => {
  let config: string;
  beforeEach(() => {
    config = mkdtempSync(join(tmpdir(), 'catalogue-'));
    cpSync(join(CONFIG, 'controls'), join(config, 'controls'), { recursive: true });
  });
  afterEach(() => rmSync(config, { recursive: true }));
  const put = (name: string, text: string) => writeFileSync(join(config, 'controls', name), text);
  const control = (changes: object) =>
    JSON.stringify([{ ...catalogue.find('EC2.19'), id: 'EC2.9001', ...changes }], undefined, 1);

  it.each([
    [
      'a category that does not exist',
      control({ category: 'misc' }),
      'own.json:6:15 "misc" is not known here; write one of required, availability',
    ],
    ['a missing title', control({ title: undefined }), 'own.json:2:2 "title" is missing; write a text'],
    [
      'an id of another form',
      control({ id: 'EC2-19' }),
      'own.json:3:9 "id": write a control id such as EC2.19',
    ],
    ['a control listed twice', control({ id: 'ec2.19' }), 'own.json:1:1 ec2.19 is listed twice'],
  ])('is refused: %s', (_, text, message) => {
    put('own.json', text);
    expect(() => loadCatalogue(config)).toThrow(message);
  });

  it('is refused: an alias to nowhere, a retired control that is in the catalogue', () => {
    put('aliases.yml', 'retired: [EC2.19]\nstandards:\n  pci-dss/v/3.2.1:\n    PCI.X.1: X.1\n');
    expect(() => loadCatalogue(config)).toThrow('aliases.yml:1:11 EC2.19 is in the catalogue');
    expect(() => loadCatalogue(config)).toThrow('aliases.yml:4:14 X.1 is not in the catalogue');
  });
});
