import { mrk, type SafeMrkdwn } from '../../kit';

/** Several ways to say one thing. */
type Ways<T> = readonly [T, ...T[]];

/** Of an account and its controls, all of which passed. */
type News = Ways<(account: SafeMrkdwn, controls: number) => SafeMrkdwn>;
type Thanks = Ways<(who: SafeMrkdwn) => SafeMrkdwn>;
type Said = Ways<SafeMrkdwn>;

/** What differs between the account's own channel and everybody's. */
interface Voice {
  readonly news: News;
  readonly thanks: Thanks;
  /** Where nobody is known to have helped. */
  readonly thanksAll: Said;
  readonly invite: Said;
}

const ownJa: Voice = {
  news: [
    (account, n) =>
      mrk`やりました。*${account}* のスコアが *100 %* になりました。${n} 件のコントロールすべてに合格です。`,
    (account, n) =>
      mrk`うれしいお知らせです。*${account}* が ${n} 件のコントロールすべてに合格し、*100 %* に届きました。`,
    (account, n) =>
      mrk`このチャンネルのみなさん、おめでとうございます。*${account}* は ${n} 件のコントロールすべてに合格し、スコアが *100 %* になりました。`,
    (account, n) =>
      mrk`*${account}* から、不合格のコントロールがなくなりました。${n} 件すべてに合格、スコアは *100 %* です。`,
    (account, n) =>
      mrk`ついにここまで来ました。*${account}* は ${n} 件のコントロールすべてに合格、満点の *100 %* です。`,
    (account, n) =>
      mrk`今日はいい日です。*${account}* の ${n} 件のコントロールがすべて合格でそろい、スコアが *100 %* になりました。`,
    (account, n) =>
      mrk`お見事です。*${account}* の ${n} 件のコントロールが、ひとつ残らず合格しました。スコアは *100 %* です。`,
    (account, n) =>
      mrk`*100 %* 達成、おめでとうございます。*${account}* は ${n} 件のコントロールすべてに合格しました。`,
  ],
  thanks: [
    (who) => mrk`${who}、最後の仕上げをありがとうございました。`,
    (who) => mrk`${who}のおかげです。ありがとうございました。`,
    (who) => mrk`最後の依頼を引き受けてくださった ${who}、ありがとうございました。`,
    (who) => mrk`${who}、ていねいなご対応をありがとうございました。`,
  ],
  thanksAll: [
    mrk`チームのみなさん、ここまでの積み重ねをありがとうございました。`,
    mrk`関わってくださったみなさん、本当にありがとうございました。`,
    mrk`ひとつずつ直してくださったチームのみなさんのおかげです。ありがとうございました。`,
    mrk`チームのみなさん、ていねいなご対応をありがとうございました。`,
  ],
  invite: [
    mrk`よかったら、リアクションでお互いをねぎらってください。`,
    mrk`ぜひリアクションを付けて、喜びを分かち合ってください。`,
    mrk`リアクションで、拍手を送り合いませんか。`,
    mrk`ひと息ついて、リアクションで乾杯しましょう。`,
  ],
};

const everybodyJa: Voice = {
  news: [
    (account, n) =>
      mrk`みなさんにお知らせです。*${account}* のスコアが *100 %* になりました。${n} 件のコントロールすべてに合格です。`,
    (account, n) =>
      mrk`拍手をお願いします。*${account}* が ${n} 件のコントロールすべてに合格し、*100 %* に届きました。`,
    (account, n) =>
      mrk`うれしいニュースが届きました。*${account}* のスコアが *100 %* です。${n} 件のコントロールすべてに合格しました。`,
    (account, n) =>
      mrk`*${account}* が *100 %* を達成しました。${n} 件のコントロールすべてに合格です。おめでとうございます。`,
    (account, n) =>
      mrk`*${account}* のみなさん、おめでとうございます。${n} 件のコントロールすべてに合格し、スコアが *100 %* になりました。`,
    (account, n) =>
      mrk`今日の主役は *${account}* です。${n} 件のコントロールすべてに合格し、スコアが *100 %* になりました。`,
    (account, n) =>
      mrk`お見事。*${account}* の ${n} 件のコントロールが、ひとつ残らず合格しました。スコアは *100 %* です。`,
    (account, n) =>
      mrk`ここで、お祝いをひとつ。*${account}* のスコアが *100 %* に届きました。${n} 件のコントロールすべてに合格です。`,
  ],
  thanks: [
    (who) => mrk`最後の依頼に応えたのは ${who}です。ありがとうございました。`,
    (who) => mrk`${who}、ご対応ありがとうございました。`,
    (who) => mrk`立役者は ${who}です。ありがとうございました。`,
    (who) => mrk`最後の仕上げは ${who}です。お疲れさまでした。`,
  ],
  thanksAll: [
    mrk`関わってくださったみなさん、ありがとうございました。`,
    mrk`チームのみなさんの積み重ねのたまものです。お疲れさまでした。`,
    mrk`ひとつずつ直してくださったチームのみなさん、ありがとうございました。`,
    mrk`チームのみなさん、お見事でした。ありがとうございました。`,
  ],
  invite: [
    mrk`ぜひ、リアクションでお祝いしてください。`,
    mrk`よかったら、リアクションで拍手を送ってください。`,
    mrk`お祝いのリアクションをお待ちしています。`,
    mrk`お祝いに、リアクションをひとつ送ってください。`,
  ],
};

/** What is said when an account has reached 100 %. */
export const ja = {
  /** Also the notification: it says all that matters. */
  title: (account: string, controls: number, times: number): string =>
    times <= 1
      ? `🎉 ${account} が 100 %: ${controls} 件のコントロールすべてに合格`
      : `🎉 ${account} が ${times} 回目の 100 %: ${controls} 件のコントロールすべてに合格`,
  own: ownJa,
  everybody: everybodyJa,
  first: mrk`このアカウントでは、はじめての 100 % です。`,
  /** It has been at 100 % before anybody celebrated. */
  firstCelebrated: mrk`このアカウントのお祝いは、これがはじめてです。`,
  second: mrk`2 回目の 100 % です。一度下がったところから、また戻ってきました。`,
  again: (times: number): SafeMrkdwn => mrk`${times} 回目の 100 % です。もう、100 % の常連です。`,
  longest: {
    own: (days: number): SafeMrkdwn =>
      mrk`これまでの最長は ${days} 日でした。今回はどこまで伸びるか、楽しみですね。`,
    everybody: (days: number): SafeMrkdwn => mrk`これまでの最長は ${days} 日でした。`,
  },
  together: (one: SafeMrkdwn, other: SafeMrkdwn): SafeMrkdwn => mrk`${one}${other}`,
  reached: (day: string): string => `${day} に到達`,
  counted: 'データのないコントロールと無効なコントロールは、数に含みません。',
};

const ownEn: Voice = {
  news: [
    (account, n) => mrk`You did it. *${account}* is at *100 %*: all ${n} controls passed.`,
    (account, n) =>
      mrk`Good news for this channel: *${account}* has reached *100 %*, with all ${n} controls passed.`,
    (account, n) =>
      mrk`Congratulations, everyone here. *${account}* passed all ${n} controls, and its score is *100 %*.`,
    (account, n) =>
      mrk`No control fails in *${account}* any more: all ${n} passed, and the score is *100 %*.`,
    (account, n) => mrk`Here it is: *${account}* passed all ${n} controls. A full *100 %*.`,
    (account, n) =>
      mrk`Today is a good day. All ${n} controls of *${account}* passed, and its score is *100 %*.`,
    (account, n) =>
      mrk`Beautifully done. All ${n} controls of *${account}* passed, down to the very last one: *100 %*.`,
    (account, n) => mrk`A full score: *${account}* passed all ${n} controls and stands at *100 %*.`,
  ],
  thanks: [
    (who) => mrk`${who}, thank you for the finishing touches.`,
    (who) => mrk`This is thanks to ${who}. Well done.`,
    (who) => mrk`Thank you, ${who}, for taking on the last requests.`,
    (who) => mrk`${who}, thank you for all the care you put into this.`,
  ],
  thanksAll: [
    mrk`Thank you to the whole team for getting here step by step.`,
    mrk`Thank you so much, everyone who had a hand in this.`,
    mrk`This is thanks to the whole team, who fixed one thing after another. Well done.`,
    mrk`Thank you, whole team, for all the care you put into this.`,
  ],
  invite: [
    mrk`How about a reaction, to thank one another?`,
    mrk`Add a reaction and share the joy.`,
    mrk`Shall we give one another a round of applause? A reaction will do.`,
    mrk`Take a breather, and raise a glass with a reaction.`,
  ],
};

const everybodyEn: Voice = {
  news: [
    (account, n) => mrk`News for everyone: *${account}* is at *100 %*. All ${n} controls passed.`,
    (account, n) =>
      mrk`A round of applause, please: *${account}* has reached *100 %*, with all ${n} controls passed.`,
    (account, n) =>
      mrk`Happy news has come in: the score of *${account}* is *100 %*, all ${n} controls passed.`,
    (account, n) => mrk`*${account}* has made it to *100 %*: all ${n} controls passed. Congratulations.`,
    (account, n) =>
      mrk`Congratulations to the team of *${account}*: all ${n} controls passed, and the score is *100 %*.`,
    (account, n) => mrk`Today belongs to *${account}*: all ${n} controls passed, and the score is *100 %*.`,
    (account, n) =>
      mrk`Splendid. All ${n} controls of *${account}* passed, down to the very last one: *100 %*.`,
    (account, n) =>
      mrk`Time for a little celebration: *${account}* passed all ${n} controls and has reached *100 %*.`,
  ],
  thanks: [
    (who) => mrk`The last requests were taken on by ${who}. Thank you.`,
    (who) => mrk`${who}, thank you for taking care of it.`,
    (who) => mrk`The finishing touches came from ${who}. Thank you.`,
    (who) => mrk`A big thank-you to ${who}.`,
  ],
  thanksAll: [
    mrk`Thank you, everyone who had a hand in this.`,
    mrk`This is the work of a whole team, step by step. Well done.`,
    mrk`Thank you to the whole team, who fixed one thing after another.`,
    mrk`A big thank-you to the whole team.`,
  ],
  invite: [
    mrk`Join in with a reaction.`,
    mrk`Do send them a round of applause: a reaction will do.`,
    mrk`Reactions are most welcome.`,
    mrk`Leave a reaction to celebrate with them.`,
  ],
};

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinal = (n: number): string => `${n}${ENDINGS[ORDINALS.select(n)] ?? 'th'}`;
const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`);

export const en: typeof ja = {
  title: (account, controls, times) =>
    times <= 1
      ? `🎉 ${account} is at 100 %: all ${controls} controls passed`
      : `🎉 ${account} is at 100 % for the ${ordinal(times)} time: all ${controls} controls passed`,
  own: ownEn,
  everybody: everybodyEn,
  first: mrk`It is the first 100 % of this account.`,
  firstCelebrated: mrk`It is the first time that this account is celebrated.`,
  second: mrk`It is the second 100 % of this account: it slipped once, and came back.`,
  again: (times) => mrk`It is the ${ordinal(times)} 100 % of this account, by now a regular guest up here.`,
  longest: {
    own: (longest) => mrk`The longest so far: ${days(longest)}. Let us see how far it goes this time.`,
    everybody: (longest) => mrk`The longest so far: ${days(longest)}.`,
  },
  together: (one, other) => mrk`${one} ${other}`,
  reached: (day) => `Reached on ${day}`,
  counted: 'Controls without data and disabled ones are not counted.',
};
