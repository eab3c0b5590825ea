import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ControlId, loadCatalogue } from '../../src/controls';
import { LANGUAGES, loadPlaybooks } from '../../src/playbooks';

const CONFIG = join(__dirname, '..', '..', 'config');
const FOLDER = join(CONFIG, 'playbooks');
const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

describe('the playbooks in config/', () => {
  const playbooks = loadPlaybooks(FOLDER);
  const catalogue = loadCatalogue(CONFIG);

  it('cover at least the three that set the standard', () => {
    expect(playbooks.all().map(({ control }) => control)).toEqual(
      expect.arrayContaining(['EC2.19', 'IAM.4', 'S3.2']),
    );
  });

  it('are found whatever the case', () => {
    expect(playbooks.lookup('ec2.19' as ControlId)?.control).toBe('EC2.19');
    expect(playbooks.lookup('EC2.9999' as ControlId)).toBeUndefined();
  });

  it('link to AWS’s page in both languages', () => {
    expect(playbooks.lookup('EC2.19' as ControlId)?.links).toEqual({
      en: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19',
      ja: 'https://docs.aws.amazon.com/ja_jp/securityhub/latest/userguide/ec2-controls.html#ec2-19',
    });
  });

  it.each(playbooks.all())('$control is about a control of the catalogue, in its spelling', ({ control }) => {
    expect(catalogue.find(control)?.id).toBe(control);
  });

  it.each(playbooks.all())('$control says the same in both languages', ({ text: { ja, en } }) => {
    expect(ja.check).toHaveLength(en.check.length);
    expect(ja.fix).toHaveLength(en.fix.length);
    expect(ja.alternative === undefined).toBe(en.alternative === undefined);
    const commands = (steps: readonly string[]) =>
      steps.flatMap((step) => step.match(/aws [a-z0-9]+ [a-z-]+/g) ?? []);
    expect(commands([...ja.check, ...ja.fix])).toEqual(commands([...en.check, ...en.fix]));
  });

  it.each(playbooks.all())('$control is Japanese in Japanese only', ({ text: { ja, en } }) => {
    for (const part of [ja.title, ja.why, ja.intended, ...ja.check, ...ja.fix])
      expect(part).toMatch(JAPANESE);
    for (const part of [en.title, en.why, en.intended, ...en.check, ...en.fix])
      expect(part).not.toMatch(JAPANESE);
  });

  it.each(playbooks.all())(
    '$control has no blanks inside Japanese text, which folded YAML puts in',
    ({ text: { ja } }) => {
      const inside =
        /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。」] [\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。「(]/u;
      for (const part of [ja.why, ja.intended, ja.alternative ?? '', ...ja.check, ...ja.fix])
        expect(part).not.toMatch(inside);
    },
  );

  it.each(playbooks.all())(
    '$control leaves the resource’s name to the reader, without angle brackets',
    ({ text }) => {
      for (const language of LANGUAGES) {
        for (const step of [...text[language].check, ...text[language].fix])
          expect(step).not.toMatch(/<[^>]*>/);
      }
    },
  );
});

describe('refuses', () => {
  const good = readFileSync(join(FOLDER, 'EC2.19.yml'), 'utf8');
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'playbooks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    [
      'a title too long for a card',
      good.replace(/(?<=en:\n {2}title: ).*/, 'x'.repeat(61)),
      '4:10 "title": write at most 60 characters',
    ],
    [
      'a Japanese title too long for a card',
      good.replace(/(?<=ja:\n {2}title: ).*/, '危'.repeat(41)),
      '"title": write at most 40 characters',
    ],
    [
      'a step too long to read',
      good
        .replace(/- If Terraform.*/, `- If ${'x'.repeat(300)}`)
        .replace('>-\n      If Terraform', `If ${'x'.repeat(300)}`),
      '"fix": write at most 300 characters',
    ],
    [
      'six steps',
      good.replace('  fix:\n', `  fix:\n${'    - Do it.\n'.repeat(3)}`),
      '"fix": write at most 5 steps',
    ],
    [
      'no step',
      good.replace(/(?<=en:[\s\S]*?)check:\n( {4}.*\n)+/, 'check: []\n'),
      '"check": write at least one step',
    ],
    [
      'markup',
      good.replace('Ask who', 'Ask `who`'),
      '"check": write one line of plain text, without line breaks and backticks',
    ],
    ['a missing language', good.replace(/\nja:[\s\S]*/, '\n'), '1:1 "ja" is missing; write a group of keys'],
    ['an unknown key', `${good}links: x\n`, 'unknown key "links"; the keys here are control, ja, en'],
    [
      'another control than the file is named after',
      good.replace('EC2.19', 'EC2.18'),
      '1:10 "EC2.18" is not what the file is named after; write control: EC2.19, or rename the file',
    ],
  ])('%s', (_, text, message) => {
    writeFileSync(join(folder, 'EC2.19.yml'), text);
    expect(() => loadPlaybooks(folder)).toThrow(message);
  });
});
