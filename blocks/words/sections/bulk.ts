import { mrk, type SafeMrkdwn } from '../../kit';

/** Several requests that are suppressed at once. */
export const ja = {
  open: 'まとめて抑制…',
  title: 'まとめて抑制する',
  next: '次へ',
  intro: (most: number): SafeMrkdwn =>
    mrk`同じ理由と期限で抑制する依頼を選んでください (${most} 件まで)。必要な承認は、次の画面に表示されます。`,
  noThreats: mrk`脅威 (GuardDuty) は、まとめて抑制できません。`,
  first: (shown: number, all: number): SafeMrkdwn =>
    mrk`急ぎの ${shown} 件から選べます (全 ${all} 件)。ほかの依頼は、\`/secops requests\` でアカウントを選ぶと表示されます。`,
  nothing: mrk`まとめて抑制できる未対応の依頼はありません。`,
  requests: '抑制する依頼',
  placeholder: '依頼を選ぶ',
  chosen: (n: number, issues: number): string => `抑制する依頼: ${n} 件 (いま未対応の項目 ${issues} 件)`,
  worst: (severity: SafeMrkdwn): SafeMrkdwn =>
    mrk`最も高い重要度は ${severity} です。権限と期間は、選んだ依頼のうち最も厳しいものに合わせます。`,
  alone: mrk`承認は要りません。送信すると、すぐに抑制されます。`,
  each: mrk`抑制は依頼ごとに行われ、取り消しや延長も依頼ごとに行えます。今後見つかるものには適用されません。`,
  refused: mrk`*選んだ依頼は、いまの権限ではまとめて抑制できません。*`,
  about: (which: SafeMrkdwn): SafeMrkdwn => mrk`対象: ${which}`,
  done: (n: number): SafeMrkdwn =>
    mrk`${n} 件の依頼の抑制を始めました。結果は、それぞれのカードに表示されます。`,
  skipped: (n: number): SafeMrkdwn => mrk`次の ${n} 件は、その間に片付いていたため、抑制しませんでした。`,
  most: (n: number): string => `一度に選べるのは ${n} 件までです。`,
  errors: {
    none: '依頼を 1 件以上選んでください。',
    stale: 'この画面は古くなりました。閉じて、もう一度開いてください。',
    done: '選んだ依頼は、すべて片付いています。閉じて、もう一度開いてください。',
    tooMuch: (n: number): string => `項目が多すぎます (合わせて ${n} 件まで)。依頼の数を減らしてください。`,
  },
};

const requests = (n: number): string => (n === 1 ? '1 request' : `${n} requests`);

export const en: typeof ja = {
  open: 'Suppress several…',
  title: 'Suppress several',
  next: 'Next',
  intro: (most) =>
    mrk`Choose the requests that are to be suppressed for the same reason and time (at most ${most}). Who has to approve is said on the next page.`,
  noThreats: mrk`Threats (GuardDuty) are never suppressed together.`,
  first: (shown, all) =>
    mrk`The ${shown} most urgent of ${all} can be chosen. For others, choose their account in \`/secops requests\`.`,
  nothing: mrk`There are no open requests that could be suppressed together.`,
  requests: 'Requests',
  placeholder: 'Choose requests',
  chosen: (n, issues) =>
    `${requests(n)} to be suppressed (${issues === 1 ? '1 open issue' : `${issues} open issues`})`,
  worst: (severity) =>
    mrk`The worst of them is ${severity}. Who may do it, and for how long, follows from the strictest of them.`,
  alone: mrk`Nobody has to approve: they are suppressed as soon as you send this.`,
  each: mrk`Each request is suppressed by itself, and can be taken back or extended by itself. What is found later is not included.`,
  refused: mrk`*You may not suppress these requests together.*`,
  about: (which) => mrk`This is about ${which}.`,
  done: (n) =>
    mrk`${requests(n)} ${n === 1 ? 'is' : 'are'} being suppressed. How it went is seen on each card.`,
  skipped: (n) => mrk`${requests(n)} ${n === 1 ? 'was' : 'were'} not suppressed, being done meanwhile:`,
  most: (n) => `At most ${n} can be chosen at once.`,
  errors: {
    none: 'Please choose at least one request.',
    stale: 'This dialog is out of date. Please close it and open it again.',
    done: 'All of these are done. Please close this dialog and open it again.',
    tooMuch: (n) => `These hold too many issues (at most ${n} together). Please choose fewer requests.`,
  },
};
