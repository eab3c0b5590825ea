import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ControlId, loadCatalogue } from '../../src/controls';
import { LANGUAGES, loadPlaybooks } from '../../src/playbooks';

const CONFIG = join(__dirname, '..', '..', 'config');
const FOLDER = join(CONFIG, 'playbooks');
const GOOD = readFileSync(join(FOLDER, 'EC2.19.yml'), 'utf8');
const STEP = { ja: '確認します。', en: 'Look at it.' };
const THREAT = {
  threat: 'Backdoor:EC2/*',
  title: { ja: '乗っ取りの疑い', en: 'A server may be controlled by somebody else' },
  happened: { ja: '外部と通信しています。', en: 'It talks to somebody else.' },
  first: [STEP],
  falseAlarm: [STEP],
  contain: [STEP],
  intended: { ja: 'ありません。', en: 'Never.' },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playbooks-'));
  mkdirSync(join(folder, 'threats'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: unknown) =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

describe('the playbooks in config/', () => {
  const playbooks = loadPlaybooks(FOLDER);
  const catalogue = loadCatalogue(CONFIG);

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

  it('are all about controls of the catalogue, in its spelling, and can all be read', () => {
    const controls = playbooks.all().map(({ control }) => control);
    expect(controls.length).toBeGreaterThan(2);
    expect(controls).toEqual(controls.map((control) => catalogue.find(control)?.id));
  });
});

describe('threats', () => {
  const type = 'Backdoor:EC2/C&CActivity.B!DNS';

  it('have the playbook of their type, else that of their family, the narrowest first', () => {
    write('threats/a.yml', { ...THREAT, threat: 'Backdoor:*' });
    expect(loadPlaybooks(folder).threat(type)?.threat).toBe('Backdoor:*');
    write('threats/b.yml', THREAT);
    expect(loadPlaybooks(folder).threat(type)?.threat).toBe('Backdoor:EC2/*');
    write('threats/c.yml', { ...THREAT, threat: type });
    expect(loadPlaybooks(folder).threat(type)?.threat).toBe(type);
    expect(loadPlaybooks(folder).threat('Backdoor:Lambda/C&CActivity.B')?.threat).toBe('Backdoor:*');
    expect(loadPlaybooks(folder).threat('Trojan:EC2/DropPoint')).toBeUndefined();
  });

  it('link to the page of what they are about', () => {
    write('threats/b.yml', THREAT);
    write('threats/c.yml', { ...THREAT, threat: type });
    const [family, one] = loadPlaybooks(folder).allThreats();
    const page = 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-ec2.html';
    expect(family?.links.en).toBe(page);
    expect(one?.links).toEqual({
      en: `${page}#backdoor-ec2-ccactivitybdns`,
      ja: `${page.replace('.com/', '.com/ja_jp/')}#backdoor-ec2-ccactivitybdns`,
    });
  });

  it('have one playbook each', () => {
    write('threats/a.yml', THREAT);
    write('threats/b.yml', THREAT);
    expect(() => loadPlaybooks(folder).allThreats()).toThrow(
      'Backdoor:EC2/* is what a.yml is about, too; keep one of the two',
    );
  });
});

describe('a team’s own words', () => {
  let own: string;
  beforeEach(() => {
    own = mkdtempSync(join(tmpdir(), 'own-'));
    write('EC2.19.yml', GOOD);
  });
  afterEach(() => rmSync(own, { recursive: true }));
  const override = (name: string, content: unknown) =>
    writeFileSync(join(own, name), JSON.stringify(content));

  it('replace single parts, each whole, and leave the others', () => {
    const before = loadPlaybooks(folder).lookup('EC2.19' as ControlId);
    override('EC2.19.yml', {
      control: 'EC2.19',
      effortMinutes: 5,
      fix: [{ ja: '申請します。', en: 'Ask the network team.', run: 'aws ec2 describe-vpcs' }],
    });
    const after = loadPlaybooks(folder, own).lookup('EC2.19' as ControlId);
    expect(after?.effortMinutes).toBe(5);
    for (const language of LANGUAGES) {
      const { fix, ...rest } = after?.text[language] ?? {};
      const { fix: _, ...restBefore } = before?.text[language] ?? {};
      expect(fix).toEqual([
        { say: language === 'ja' ? '申請します。' : 'Ask the network team.', run: ['aws ec2 describe-vpcs'] },
      ]);
      expect(rest).toEqual(restBefore);
    }
  });

  it('replace parts of threats as well', () => {
    write('threats/a.yml', THREAT);
    mkdirSync(join(own, 'threats'));
    override('threats/x.yml', {
      threat: THREAT.threat,
      intended: { ja: '社内の診断です。', en: 'Our own tests.' },
    });
    const [threat] = loadPlaybooks(folder, own).allThreats();
    expect(threat?.text.en.intended).toBe('Our own tests.');
    expect(threat?.text.en.title).toBe(THREAT.title.en);
  });

  it.each([
    ['EC2.18.yml', { control: 'EC2.18' }, 'there is no playbook EC2.18 to replace parts of'],
    ['EC2.19.yml', { control: 'EC2.1' }, 'write control: EC2.19, or rename the file'],
    ['EC2.19.yml', { control: 'EC2.19', why: { ja: '短い。' } }, '"en" is missing; write a text'],
    ['EC2.19.yml', { control: 'EC2.19', steps: [] }, 'unknown key "steps"'],
  ])('are checked the same way: %s %j', (name, content, message) => {
    override(name, content);
    expect(() => loadPlaybooks(folder, own).all()).toThrow(message);
  });

  it('about a threat that nothing is written of are refused', () => {
    write('threats/a.yml', THREAT);
    mkdirSync(join(own, 'threats'));
    override('threats/x.yml', { threat: 'Trojan:*' });
    expect(() => loadPlaybooks(folder, own).allThreats()).toThrow('there is no playbook of Trojan:*');
  });
});

describe('refuses', () => {
  it.each([
    [
      'a title too long for a card',
      GOOD.replace(/(?<= {2}en: )A high-risk.*/, 'x'.repeat(61)),
      'write at most 60 characters',
    ],
    [
      'a Japanese title too long',
      GOOD.replace(/(?<= {2}ja: )危険な.*/, '危'.repeat(41)),
      'write at most 40 characters',
    ],
    [
      'a step too long to read',
      GOOD.replace(/(?<= {4}en: )Remove the open rule\./, 'x'.repeat(261)),
      'write at most 260 characters',
    ],
    [
      'six steps',
      GOOD.replace('fix:\n', `fix:\n${'  - { ja: する。, en: Do it. }\n'.repeat(3)}`),
      'write at most 5 steps',
    ],
    ['no step', GOOD.replace(/check:\n( {2}.*\n)+/, 'check: []\n'), 'write at least one step'],
    ['markup', GOOD.replace('Ask who', 'Ask `who`'), 'without line breaks and backticks'],
    [
      'a command of something else',
      GOOD.replace('run: aws ssm', 'run: sudo ssm'),
      'write a line of the AWS CLI, from aws on',
    ],
    ['a missing language', GOOD.replace(/ {2}en: A high-risk.*\n/, ''), '"en" is missing; write a text'],
    ['an unknown key', `${GOOD}links: x\n`, 'unknown key "links"'],
    [
      'another control than the file is named after',
      GOOD.replace('EC2.19', 'EC2.18'),
      '"EC2.18" is not what the file is named after',
    ],
  ])('%s', (_, text, message) => {
    write('EC2.19.yml', text);
    expect(() => loadPlaybooks(folder).all()).toThrow(message);
  });
});
