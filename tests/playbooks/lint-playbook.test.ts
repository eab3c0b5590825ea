import type { ControlId } from '../../src/controls';
import { lintPlaybook, lintThreat, type Playbook, type PlaybookText } from '../../src/playbooks';

const NOTHING = {};

const TEXT = {
  ja: {
    title: '公開されています',
    why: '見つかります。',
    check: [{ say: '確認します (1 なら存在します)。' }],
    fix: [{ say: '直してください。' }],
    breaks: { say: '止まります。戻せません。' },
    intended: 'まずありません。',
  },
  en: {
    title: 'It is open',
    why: 'It is found.',
    check: [{ say: 'Look (1 means yes).' }],
    fix: [{ say: 'Mend it.' }],
    breaks: { say: 'It stops.' },
    intended: 'Hardly ever.',
  },
} satisfies Record<string, PlaybookText>;

const playbook = (ja: Partial<PlaybookText>, en: Partial<PlaybookText> = {}): Playbook => ({
  control: 'EC2.1' as ControlId,
  effortMinutes: 5,
  links: { ja: '', en: '' },
  text: { ja: { ...TEXT.ja, ...ja }, en: { ...TEXT.en, ...en } },
});

test('finds nothing wrong with what is well written', () => {
  expect(lintPlaybook(playbook({}), NOTHING)).toEqual([]);
});

test.each<[Partial<PlaybookText>, Partial<PlaybookText>, string]>([
  [{ why: 'Found.' }, {}, 'why (ja) is not Japanese'],
  [{ why: 'すぐに見つかる。' }, {}, 'why (ja) ends a sentence without です or ます: すぐに見つかる'],
  [{ why: '見つかります' }, {}, 'why (ja) does not end with 。'],
  [{ why: '公開 された物が見つかります。' }, {}, 'why (ja) has a blank between Japanese letters'],
  [{ why: '１つ見つかります。' }, {}, 'why (ja) has full-width digits'],
  [
    { fix: [{ say: 'aws ec2 describe-vpcs を実行します。' }] },
    {},
    'fix 1 (ja) holds a command; write it under run',
  ],
  [{}, { title: 'It is open.' }, 'title (en) is a title; write it without a full stop'],
  [{}, { why: 'Found' }, 'why (en) does not end with a full stop'],
  [{}, { why: 'Found!' }, 'why (en) shouts'],
  [{}, { intended: 'まず。' }, 'intended (en) is not English'],
  [{}, { check: [{ say: 'See <this>.' }] }, 'check 1 (en) has angle brackets'],
  [{}, { fix: [{ say: 'Do.', run: ['aws ec2 do-it --x'] }] }, 'run ec2 has no operation do-it'],
  [
    {},
    { breaks: { say: 'Do.', run: ['aws s3 ls s3://<BUCKET>'] } },
    'run write what has to be filled in in CAPITALS',
  ],
])('%j %j', (ja, en, problem) => {
  expect(lintPlaybook(playbook(ja, en), NOTHING).join('\n')).toContain(`EC2.1: ${problem}`);
});

test('looks at threats in the same way', () => {
  const words = (say: string) => ({
    title: '疑い',
    happened: say,
    first: [{ say }],
    falseAlarm: [{ say }],
    contain: [{ say }],
    intended: say,
  });
  const threat = {
    threat: 'Trojan:*',
    links: { ja: '', en: '' },
    text: { ja: words('調べる。'), en: { ...words('Look.'), title: 'A trojan' } },
  };
  const found = lintThreat(threat, NOTHING);
  expect(found).toHaveLength(5);
  expect(found[0]).toBe('Trojan:*: happened (ja) ends a sentence without です or ます: 調べる');
});
