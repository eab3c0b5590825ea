import { drawCelebrationPicture } from '../../../blocks/pictures';
import { decode } from './pixels';
import { celebrationOf } from './views';

it('lets confetti fall in its own way for each name', async () => {
  const [one, other] = [
    decode(await drawCelebrationPicture(celebrationOf('one'), 'en')),
    decode(await drawCelebrationPicture(celebrationOf('two'), 'en')),
  ];
  // Beside and above all texts.
  expect(one.rows(20, 60).equals(other.rows(20, 60))).toBe(false);
});

it.each([
  [1, '100 % for the first time.'],
  [2, '100 % for the 2nd time.'],
  [3, '100 % for the 3rd time.'],
  [11, '100 % for the 11th time.'],
  [21, '100 % for the 21st time.'],
])('counts the %i. time', async (times, words) => {
  const { alt } = await drawCelebrationPicture({ ...celebrationOf('checkout'), times, points: [] }, 'en');
  expect(alt).toBe(
    `A festive picture with confetti. Congratulations: checkout has reached 100 %, 128 controls passed and none left. ${words}`,
  );
});

it('tells the climb where there was one', async () => {
  const climbed = await drawCelebrationPicture(celebrationOf('決済基盤'), 'ja');
  const short = await drawCelebrationPicture({ ...celebrationOf('決済基盤'), points: [] }, 'ja');

  expect(climbed.alt).toBe(
    '紙吹雪のお祝いの絵。おめでとうございます。決済基盤 が 100 % に届き、128 件のコントロールすべてに合格しました。はじめての 100 % です。2026/11/14 の 91 % からここまで上がってきました。',
  );
  expect(short.alt).not.toContain('上がって');
  expect(climbed.height).toBeGreaterThan(short.height);
});
