import { mrk, type SafeMrkdwn } from '../../kit';

/** What a playbook's parts are called, and what is said where one is looked up. */
export const ja = {
  why: 'なぜ大切か',
  happened: '何が起きたか',
  check: '変更する前に確認すること',
  fix: '直し方',
  alternative: 'より安全な方法',
  breaks: '影響と戻し方',
  intended: '意図した設定の場合',
  first: '最初の 5 分',
  falseAlarm: '誤検知の見分け方',
  contain: '封じ込め',
  expected: '想定どおりの動きだった場合',
  effort: '作業時間の目安',
  minutes: (n: number): string => (n % 60 === 0 ? `${n / 60} 時間` : `${n} 分`),
  commandsInDetails: mrk`コマンドは「詳細…」に載せています。`,
  page: 'AWS のドキュメント',
  unknown: (typed: SafeMrkdwn): SafeMrkdwn => mrk`${typed} に当てはまるプレイブックは見つかりませんでした。`,
  found: (n: number, typed: SafeMrkdwn): SafeMrkdwn =>
    mrk`${typed} に当てはまるプレイブックは ${n} 件あります。`,
  more: (n: number): SafeMrkdwn => mrk`ほかに ${n} 件あります。言葉を足して絞り込んでください。`,
  usage: (control: SafeMrkdwn, word: SafeMrkdwn): SafeMrkdwn =>
    mrk`コントロールの ID か言葉を続けて入力してください。例: ${control}、${word}`,
};

export const en: typeof ja = {
  why: 'Why it matters',
  happened: 'What happened',
  check: 'What to check before changing anything',
  fix: 'How to fix it',
  alternative: 'A safer way',
  breaks: 'What may break, and how to go back',
  intended: 'If this is intended',
  first: 'The first five minutes',
  falseAlarm: 'How to tell a false alarm',
  contain: 'How to contain it',
  expected: 'If it was expected',
  effort: 'Takes about',
  minutes: (n) => (n % 60 === 0 ? `${n / 60} ${n === 60 ? 'hour' : 'hours'}` : `${n} minutes`),
  commandsInDetails: mrk`The commands are in “Details…”.`,
  page: 'AWS documentation',
  unknown: (typed) => mrk`There is no playbook for ${typed}.`,
  found: (n, typed) => mrk`${n} playbooks match ${typed}.`,
  more: (n) => mrk`There are ${n} more; please add a word to narrow them down.`,
  usage: (control, word) => mrk`Please give the id of a control, or a word, as in ${control} or ${word}.`,
};
