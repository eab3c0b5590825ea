import { join } from 'node:path';
import { drawPlaybook, drawPlaybooksFound, PLAYBOOKS_LISTED } from '../../../blocks/cards/playbook';
import { checkMessage } from '../../../blocks/kit/check';
import { LANGUAGES, loadPlaybooks, type ThreatPlaybook } from '../../../src/playbooks';
import { CORPUS, intruders } from '../hostile';
import { readAloud } from '../read-aloud';
import { playbook } from '../records';

const written = loadPlaybooks(join(__dirname, '..', '..', '..', 'config', 'playbooks'));
const all = [...written.all(), ...written.allThreats()];

test.each(LANGUAGES)('every one can be sent, with all that it says (%s)', (language) => {
  for (const one of all) {
    const drawn = drawPlaybook(one, language);
    expect(checkMessage(drawn)).toEqual([]);
    expect(intruders(drawn)).toEqual([]);
    const text = readAloud(drawn);
    expect(text).not.toContain('…');
    const { check = [], fix = [] } =
      'control' in one ? one.text[language] : { fix: one.text[language].contain };
    for (const { run = [] } of [...check, ...fix]) for (const line of run) expect(text).toContain(line);
  }
});

const step = { say: 'Look at it.', run: ['aws ec2 describe-vpcs'] };
const threat: ThreatPlaybook = {
  threat: 'Backdoor:EC2/*',
  links: { ja: 'https://docs.aws.amazon.com/ja_jp/x', en: 'https://docs.aws.amazon.com/x' },
  text: {
    ja: { title: '疑い', happened: 'a', first: [step], falseAlarm: [step], contain: [step], intended: 'b' },
    en: { title: 'Doubt', happened: 'a', first: [step], falseAlarm: [step], contain: [step], intended: 'b' },
  },
};

test('a threat’s says what to do in the first five minutes, and how to contain it', () => {
  const text = readAloud(drawPlaybook(threat, 'en'));
  expect(text).toContain('*The first five minutes*\n1. Look at it.\n`aws ec2 describe-vpcs`');
  expect(text).toContain('*How to tell a false alarm*\n• Look at it.');
  expect(text).toContain('*How to contain it*');
  expect(text).toContain('`Backdoor:EC2/*` · AWS documentation');
});

test('several are listed by title, as many as can be read', () => {
  const many = Array.from({ length: PLAYBOOKS_LISTED + 3 }, () => playbook);
  const text = readAloud(drawPlaybooksFound('port', many, 'en'));
  expect(text).toContain(`${PLAYBOOKS_LISTED + 3} playbooks match`);
  expect(text.match(/A high-risk port/g)).toHaveLength(PLAYBOOKS_LISTED);
  expect(text).toContain('There are 3 more');
});

test.each(CORPUS)('what was typed, such as %j, mentions and links nothing', (typed) => {
  for (const language of LANGUAGES) {
    const drawn = drawPlaybooksFound(typed, [], language);
    expect(checkMessage(drawn)).toEqual([]);
    expect(intruders(drawn)).toEqual([]);
  }
});
