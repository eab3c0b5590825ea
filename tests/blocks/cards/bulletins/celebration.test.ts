import * as fc from 'fast-check';
import { drawBulletin, drawBulletinPicture, plainBulletin } from '../../../../blocks/cards/bulletin';
import { LIMITS } from '../../../../blocks/kit';
import { checkMessage } from '../../../../blocks/kit/check';
import { shownWords } from '../../../../blocks/words/shown';
import type { AccountId, Principal } from '../../../../src/accounts';
import type { BulletinView } from '../../../../src/bulletins';
import { LANGUAGES, type Language } from '../../../../src/playbooks';
import { celebration } from '../../bulletin-records';
import { hostile, intruders } from '../../hostile';
import { parsedTexts, readAloud } from '../../read-aloud';
import { account, HELPER, OWNER, TEAM } from '../../records';

const PICTURE = { file: 'F0PICTURE', alt: 'A festive picture.' };

function read(view: BulletinView, language: Language): string {
  for (const drawn of [drawBulletin(view, language), plainBulletin(view, language)]) {
    expect(checkMessage(drawn)).toEqual([]);
    expect(intruders(drawn)).toEqual([]);
  }
  return readAloud(drawBulletin(view, language).blocks);
}

const mentions = (view: BulletinView): string[] =>
  parsedTexts(drawBulletin(view, 'ja')).flatMap((text) => text.match(/<[@!][^>]*>/g) ?? []);

test('in the account’s channel: what was reached, by whom, and come and be happy', () => {
  expect(read(celebration(), 'ja').split('\n')).toEqual([
    '🎉 payments-prod (111122223333) が 100 %: 74 件のコントロールすべてに合格',
    '*100 %* 達成、おめでとうございます。*payments-prod (111122223333)* は 74 件のコントロールすべてに合格しました。',
    '🙌 @U0HELPER1 さん、@U0OWNER01 さん、ていねいなご対応をありがとうございました。',
    '🏅 このアカウントでは、はじめての 100 % です。',
    'リアクションで、拍手を送り合いませんか。',
    '11月24日(火) に到達 · データのないコントロールと無効なコントロールは、数に含みません。',
  ]);
  expect(read(celebration(), 'en').split('\n')).toEqual([
    '🎉 payments-prod (111122223333) is at 100 %: all 74 controls passed',
    'A full score: *payments-prod (111122223333)* passed all 74 controls and stands at *100 %*.',
    '🙌 @U0HELPER1 and @U0OWNER01, thank you for all the care you put into this.',
    '🏅 It is the first 100 % of this account.',
    'Shall we give one another a round of applause? A reaction will do.',
    'Reached on Tue 24 November · Controls without data and disabled ones are not counted.',
  ]);
});

test('in everybody’s channel it speaks of the team, not to it', () => {
  expect(read(celebration({ own: false }), 'ja').split('\n')).toEqual([
    '🎉 payments-prod (111122223333) が 100 %: 74 件のコントロールすべてに合格',
    'ここで、お祝いをひとつ。*payments-prod (111122223333)* のスコアが *100 %* に届きました。74 件のコントロールすべてに合格です。',
    '🙌 最後の仕上げは @U0HELPER1 さん、@U0OWNER01 さんです。お疲れさまでした。',
    '🏅 このアカウントでは、はじめての 100 % です。',
    'お祝いのリアクションをお待ちしています。',
    '11月24日(火) に到達 · データのないコントロールと無効なコントロールは、数に含みません。',
  ]);
});

test('the notification alone says what has happened', () => {
  expect(drawBulletin(celebration(), 'ja').text).toBe(
    '🎉 payments-prod (111122223333) が 100 %: 74 件のコントロールすべてに合格',
  );
  expect(drawBulletin(celebration({ times: 3 }), 'en').text).toBe(
    '🎉 payments-prod (111122223333) is at 100 % for the 3rd time: all 74 controls passed',
  );
});

test('calls those who took the last requests; where nobody is known it thanks the whole team and calls nobody', () => {
  expect(mentions(celebration())).toEqual([`<@${HELPER}>`, `<@${OWNER}>`]);
  expect(mentions(celebration({ own: false, people: [TEAM] }))).toEqual([`<!subteam^${TEAM}>`]);
  for (const own of [true, false]) {
    const nobody = celebration({ own, people: [] });
    expect(mentions(nobody)).toEqual([]);
    expect(read(nobody, 'ja')).toMatch(/チームのみなさん|関わってくださったみなさん/);
    expect(read(nobody, 'en')).toMatch(/team|everyone/);
  }
  const crowd = Array.from({ length: 60 }, (_, n) => `U0HELPER${n}` as Principal);
  expect(mentions(celebration({ people: crowd }))).toHaveLength(10);
});

test('the first time, the second and many times differ; the longest time so far is told', () => {
  const said = (times: number, longestDays: number, own = true) =>
    LANGUAGES.map((language) => {
      const lines = read(celebration({ times, longestDays, own }), language).split('\n');
      return lines.find((line) => line.startsWith('🏅'));
    });
  expect(said(1, 0)).toEqual([
    '🏅 このアカウントでは、はじめての 100 % です。',
    '🏅 It is the first 100 % of this account.',
  ]);
  expect(said(2, 42)).toEqual([
    '🏅 2 回目の 100 % です。一度下がったところから、また戻ってきました。これまでの最長は 42 日でした。今回はどこまで伸びるか、楽しみですね。',
    '🏅 It is the second 100 % of this account: it slipped once, and came back. The longest so far: 42 days. Let us see how far it goes this time.',
  ]);
  expect(said(13, 1, false)).toEqual([
    '🏅 13 回目の 100 % です。もう、100 % の常連です。これまでの最長は 1 日でした。',
    '🏅 It is the 13th 100 % of this account, by now a regular guest up here. The longest so far: 1 day.',
  ]);
  // It was at 100 % when it was first counted, fell, and came back: nobody has celebrated it yet.
  expect(said(1, 30, false)).toEqual([
    '🏅 このアカウントのお祝いは、これがはじめてです。これまでの最長は 30 日でした。',
    '🏅 It is the first time that this account is celebrated. The longest so far: 30 days.',
  ]);
});

test('eight times in a row are said in eight ways, and each always in the same one', () => {
  for (const language of LANGUAGES) {
    for (const own of [true, false]) {
      const voice = own ? shownWords(language).celebration.own : shownWords(language).celebration.everybody;
      expect(new Set(voice.news.map((say) => say(voice.invite[0], 1).markup)).size).toBe(8);
      const news = Array.from(
        { length: 8 },
        (_, n) => read(celebration({ own, times: n + 1, people: [] }), language).split('\n')[1],
      );
      expect(new Set(news).size).toBe(8);
      for (const line of news) {
        expect(line).toContain('*payments-prod (111122223333)*');
        expect(line).toContain('74');
        expect(line).toContain('*100 %*');
      }
    }
    expect(read(celebration({ times: 5 }), language)).toBe(read(celebration({ times: 5 }), language));
  }
  // Another account, another beginning.
  const firsts = Array.from({ length: 20 }, (_, n) => {
    const other = account({ id: String(100_000_000_000 + n) as AccountId, name: 'same' });
    return read(celebration({ account: other }), 'en')
      .split('\n')[1]
      ?.replace(/\d{12}/, '');
  });
  expect(new Set(firsts).size).toBeGreaterThan(3);
});

test('shows its picture, with words for those who do not see it; plainly it goes without', () => {
  const view = celebration({ picture: PICTURE });
  expect(drawBulletin(view, 'ja').blocks).toContainEqual({
    type: 'image',
    slack_file: { id: 'F0PICTURE' },
    alt_text: 'A festive picture.',
  });
  const plain = plainBulletin(view, 'ja');
  expect(new Set(plain.blocks.map(({ type }) => type))).toEqual(new Set(['section']));
  expect(readAloud(plain.blocks)).toBe(readAloud(drawBulletin(celebration(), 'ja').blocks));
});

test('the picture is of this account, whatever its name', async () => {
  const drawn = await drawBulletinPicture(celebration(), 'ja');
  expect(
    Buffer.from(drawn?.png ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  expect(drawn?.alt).toContain('payments-prod');
  const { name: _, ...nameless } = account();
  const unnamed = await drawBulletinPicture(celebration({ account: nameless, points: [] }), 'en');
  expect(unnamed?.alt).toContain('111122223333');
  const hostileName = celebration({ account: account({ name: '<!channel> & "x"\u202E' }) });
  expect((await drawBulletinPicture(hostileName, 'en'))?.alt.length).toBeLessThanOrEqual(1_000);
});

test('names are untrusted, and nothing makes it too long', () => {
  fc.assert(
    fc.property(
      hostile(600),
      hostile(200),
      fc.nat(),
      fc.boolean(),
      fc.constantFrom(...LANGUAGES),
      (name, alt, n, own, language) => {
        const view = celebration({
          account: account({ name }),
          own,
          times: n,
          longestDays: n,
          passed: n,
          people: [name as Principal, HELPER],
          picture: { file: 'F0PICTURE', alt },
        });
        for (const drawn of [drawBulletin(view, language), plainBulletin(view, language)]) {
          expect(checkMessage(drawn)).toEqual([]);
          expect(intruders(drawn)).toEqual([]);
          expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(LIMITS.messageJson);
        }
      },
    ),
    { numRuns: 100 },
  );
});
