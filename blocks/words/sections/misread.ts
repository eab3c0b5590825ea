import { mrk, type SafeMrkdwn } from '../../kit';

/** Commands whose words mean nothing that there is, or several things: what may have been meant. */
export const ja = {
  score: {
    nobody: mrk`どなたのことか分かりませんでした。\`@\` に続けて名前を入力し、候補から選んでください。自分のアカウントは \`/secops score\` だけで見られます。`,
    unknown: (typed: SafeMrkdwn): SafeMrkdwn =>
      mrk`${typed} というアカウントもプロジェクトも見つかりませんでした。`,
    several: (typed: SafeMrkdwn): SafeMrkdwn =>
      mrk`${typed} に当てはまるアカウントは複数あります。どれでしょうか。`,
    near: mrk`もしかして:`,
    example: (usage: SafeMrkdwn): SafeMrkdwn =>
      mrk`${usage} のように、アカウントの名前か 12 桁の ID、またはプロジェクト名で指定してください。`,
  },
  ranking: {
    unknown: (typed: SafeMrkdwn): SafeMrkdwn => mrk`${typed} という種別もプロジェクトもありません。`,
    near: mrk`もしかして:`,
    choices: mrk`ランキングは、次のどれかで絞り込めます。`,
    one: (usage: SafeMrkdwn, what: SafeMrkdwn): SafeMrkdwn => mrk`• ${usage} — ${what}`,
    ofProject: (name: SafeMrkdwn): SafeMrkdwn => mrk`プロジェクト ${name}`,
    more: (n: number): SafeMrkdwn => mrk`ほかに ${n} プロジェクトあります。`,
  },
  history: {
    usage: mrk`どの履歴を表示するかを、続けて入力してください。`,
    usageAccount: (usage: SafeMrkdwn): SafeMrkdwn => mrk`• アカウント: ${usage}`,
    usageRequest: (usage: SafeMrkdwn): SafeMrkdwn => mrk`• 依頼 (アカウントとコントロール): ${usage}`,
    usagePerson: (usage: SafeMrkdwn): SafeMrkdwn => mrk`• 人 (一覧から選んだ @ユーザー): ${usage}`,
  },
};

export const en: typeof ja = {
  score: {
    nobody: mrk`I could not tell who that is. Please type \`@\` and a name, and pick it from the list. \`/secops score\` alone shows your own accounts.`,
    unknown: (typed) => mrk`There is no account, and no project, ${typed}.`,
    several: (typed) => mrk`Several accounts match ${typed}. Which one do you mean?`,
    near: mrk`Did you mean:`,
    example: (usage) =>
      mrk`Please give an account’s name or 12-digit id, or the name of a project, as in ${usage}.`,
  },
  ranking: {
    unknown: (typed) => mrk`There is no kind of account, and no project, ${typed}.`,
    near: mrk`Did you mean:`,
    choices: mrk`A ranking can be narrowed down to one of these:`,
    one: (usage, what) => mrk`• ${usage} — ${what}`,
    ofProject: (name) => mrk`project ${name}`,
    more: (n) => mrk`There ${n === 1 ? 'is 1 more project' : `are ${n} more projects`}.`,
  },
  history: {
    usage: mrk`Please say whose history you would like to see.`,
    usageAccount: (usage) => mrk`• An account: ${usage}`,
    usageRequest: (usage) => mrk`• A request (account and control): ${usage}`,
    usagePerson: (usage) => mrk`• A person (an @user chosen from the list): ${usage}`,
  },
};
