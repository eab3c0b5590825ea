import { drawRankingProblem } from '../../../blocks/cards/misread';
import { drawRankingAnswer, pictureOrganisation } from '../../../blocks/cards/ranking';
import { checkMessage } from '../../../blocks/kit/check';
import { LANGUAGES } from '../../../src/playbooks';
import { ranking } from '../bulletin-records';
import { intruders, NAMED } from '../hostile';
import { readAloud } from '../read-aloud';

const { ranking: view, day } = ranking();

test('the answer to one person says what the post says, with two pictures', () => {
  const picture = { file: 'F0RANKING1', alt: 'the ranking' };
  const organisationPicture = { file: 'F0WEEKS001', alt: 'the weeks' };
  const drawn = drawRankingAnswer({ ranking: view, day, picture, organisationPicture }, 'ja');
  expect(checkMessage(drawn)).toEqual([]);
  expect(drawn.blocks.flatMap((block) => (block.type === 'image' ? [block.alt_text] : []))).toEqual([
    'the ranking',
    'the weeks',
  ]);
  expect(readAloud(drawn.blocks)).toContain('🥇 1 | payments-prod (111122223333) | 100 %');
});

test('the organisation’s picture needs two weeks for a line', async () => {
  expect(await pictureOrganisation({ ...view, weeks: [] }, 'ja')).toBeUndefined();
  const drawn = await pictureOrganisation(view, 'en');
  expect(drawn?.alt).toContain('86 %');
});

describe('neither a kind nor a project', () => {
  const choices = {
    near: [],
    all: [{ kind: 'production' }, { kind: 'non-production' }, { project: 'Shop' }],
    more: 3,
  } as const;
  const read = (...args: Parameters<typeof drawRankingProblem>) => {
    const drawn = drawRankingProblem(...args);
    expect(checkMessage(drawn)).toEqual([]);
    expect(intruders(drawn)).toEqual([]);
    return readAloud(drawn.blocks).split('\n');
  };

  test('says what there is', () => {
    expect(read('x', choices, 'ja')).toEqual([
      '`x` という種別もプロジェクトもありません。',
      'ランキングは、次のどれかで絞り込めます。',
      '• `/secops ranking production` — 本番',
      '• `/secops ranking non-production` — 本番以外',
      '• `/secops ranking Shop` — プロジェクト Shop',
      'ほかに 3 プロジェクトあります。',
    ]);
  });

  test('or what may have been meant', () => {
    expect(read('shpo', { ...choices, near: [{ project: 'Shop' }] }, 'en')).toEqual([
      'There is no kind of account, and no project, `shpo`.',
      'Did you mean:',
      '• `/secops ranking Shop` — project Shop',
    ]);
  });

  test.each(NAMED)('%s', (_label, name) => {
    for (const language of LANGUAGES) {
      expect(read(name, { near: [{ project: name }], all: [], more: 0 }, language)).toHaveLength(3);
    }
  });
});
