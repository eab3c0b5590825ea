import { mrk, type SafeMrkdwn } from '../../kit';

/** Why an account's owner, deputy or channel cannot be what was wanted. */
export const OWNER_PROBLEMS = [
  'owner-left',
  'no-such-group',
  'channel-shared',
  'channel-gone',
  'owned',
] as const;
export type OwnerProblem = (typeof OWNER_PROBLEMS)[number];

const problems: Readonly<Record<OwnerProblem, string>> = {
  'owner-left':
    'この方は Slack を退会しているか、このワークスペースの方ではありません。別の方かユーザーグループを選んでください。',
  'no-such-group': 'このユーザーグループは見つかりません。別のグループか、個人を選んでください。',
  'channel-shared':
    'このチャンネルは社外と共有されているため、セキュリティの依頼を届けられません。社内だけのチャンネルを選んでください。',
  'channel-gone':
    'このチャンネルは見つからないか、アーカイブされています。ボットを招待したチャンネルを選んでください。',
  owned: 'このアカウントには、先に責任者が登録されました。変更はありません。',
};

/** Who answers for which account: setting, claiming, listing. */
export const ja = {
  set: '責任者を登録…',
  register: 'アカウントを登録…',
  claim: '責任者になる…',
  problems,
  dialog: {
    title: '責任者の登録',
    registerTitle: 'アカウントの登録',
    submit: '保存する',
    about: (account: string): SafeMrkdwn => mrk`アカウント *${account}*`,
    unregistered: mrk`まだ登録されていないアカウントです。保存すると登録され、依頼が届くようになります。`,
    left: (who: SafeMrkdwn): SafeMrkdwn =>
      mrk`登録されている責任者の${who}は Slack を退会しています。新しい責任者を登録してください。`,
    owner: '責任者',
    ownerGroup: '責任者 (ユーザーグループ)',
    deputy: '代理',
    deputyGroup: '代理 (ユーザーグループ)',
    person: '人を選ぶ',
    group: 'グループを選ぶ',
    groupHint: '個人の代わりにチームで受け持つ場合は、こちらを選びます。変更したほうが登録されます。',
    channel: '依頼を届けるチャンネル',
    channelPlaceholder: 'チャンネルを選ぶ',
    channelHint:
      '選ばない場合は、既定のチャンネルに届きます。ボットを招待してください。社外と共有したチャンネルは選べません。',
    name: '名前',
    kind: '種類',
    project: 'プロジェクト',
    mail: '連絡先メールアドレス',
    both: '人とグループの両方を変更しています。どちらか一方にしてください。',
    unchanged: '変更がありません。',
    badMail: 'メールアドレスの形式で入力してください。例: team@example.com',
    nameMissing: '名前を入力してください。',
  },
  claiming: {
    title: '責任者になる',
    submit: '申し出る',
    about: (account: string): SafeMrkdwn =>
      mrk`アカウント *${account}* には責任者がいません。申し出ると、あなたが責任者になり、このアカウントの依頼が届くようになります。`,
  },
  command: {
    asked: (account: string, who: SafeMrkdwn): SafeMrkdwn =>
      mrk`受け付けました。アカウント ${account} の責任者を${who}にします。登録すると、依頼のチャンネルでお知らせします。`,
    claimed: (account: string): SafeMrkdwn =>
      mrk`受け付けました。アカウント ${account} の責任者になる申し出を、セキュリティチームに送ります。`,
    openDialog: (account: string): SafeMrkdwn => mrk`アカウント ${account} の責任者を登録、変更できます。`,
    usage: mrk`*使い方*`,
    nobody: mrk`責任者にする人を、@ をつけて指定してください。ユーザーグループも指定できます。`,
  },
  list: {
    title: (n: number): string => `アカウント: ${n} 件`,
    empty: mrk`登録されているアカウントはありません。`,
    page: (page: number, pages: number): SafeMrkdwn => mrk`${page} / ${pages} ページ`,
    unregistered: (n: number): SafeMrkdwn =>
      mrk`ほかに、検出結果は届いているが登録されていないアカウントが ${n} 件あります。`,
    show: '詳細',
    open: (n: number): string => (n === 0 ? '未対応の依頼なし' : `未対応の依頼 ${n} 件`),
    noOwner: mrk`⚠️ 責任者なし`,
    owner: (who: SafeMrkdwn): SafeMrkdwn => mrk`責任者: ${who}`,
    closed: '解約済み',
    modes: { observe: '観察のみ', notify: 'お知らせのみ', enforce: 'すべて行う' },
  },
  card: {
    unregistered: mrk`⚠️ 登録されていないアカウントです。観察だけを行い、依頼は届けません。`,
    left: (who: SafeMrkdwn): SafeMrkdwn => mrk`⚠️ 登録されている責任者の${who}は Slack を退会しています。`,
    owner: '責任者',
    deputy: '代理',
    none: '未登録',
    channel: 'チャンネル',
    defaultChannel: '既定のチャンネル',
    project: 'プロジェクト',
    mail: '連絡先',
    kind: '種類',
    mode: 'モード',
    status: '状態',
    active: '使用中',
    closed: '解約済み',
    source: '登録元',
    sources: {
      file: '設定ファイル',
      csv: 'CSV',
      slack: 'Slack',
      organizations: 'AWS Organizations',
      'security-hub': 'Security Hub',
    },
    open: '未対応の依頼',
    changed: (when: SafeMrkdwn, who: SafeMrkdwn): SafeMrkdwn => mrk`最後の変更: ${when} ${who}`,
    changedByBot: (when: SafeMrkdwn): SafeMrkdwn => mrk`最後の変更: ${when} (自動)`,
    history: '履歴',
  },
  bulletin: {
    title: (n: number): string => `責任者のいないアカウント: ${n} 件`,
    none: 'すべてのアカウントに責任者がいます',
    noneText: mrk`登録されていないアカウントもありません。ご協力ありがとうございました。`,
    ownerless: (n: number): SafeMrkdwn =>
      mrk`*責任者のいないアカウント: ${n} 件* (依頼はセキュリティチームに届きます)`,
    unregistered: (n: number): SafeMrkdwn =>
      mrk`*登録されていないアカウント: ${n} 件* (検出結果は届いています。登録されるまで観察だけを行います)`,
    since: (when: SafeMrkdwn): SafeMrkdwn => mrk`${when} から`,
    waiting: (n: number): string => (n === 0 ? '待っている検出結果なし' : `待っている検出結果 ${n} 件`),
    left: mrk`責任者が Slack を退会`,
    more: (n: number): SafeMrkdwn => mrk`ほか ${n} 件は、CSV と \`/secops account list\` で確認できます。`,
    csv: '記入用の CSV…',
  },
  csv: {
    title: '記入用の CSV',
    about: mrk`コピーして記入し、ファイルに保存してから \`npm run accounts -- import ファイル名.csv\` で取り込みます。責任者は Slack の ID かメールアドレスで書きます。`,
    cut: (n: number): SafeMrkdwn => mrk`長いため、ほか ${n} 件は省略しています。`,
    nothing: mrk`記入が必要なアカウントは、もうありません。`,
  },
};

export const en: typeof ja = {
  set: 'Set the owner…',
  register: 'Register…',
  claim: 'Claim: it is mine…',
  problems: {
    'owner-left':
      'This person has left Slack, or is not of this workspace. Please choose somebody else, or a user group.',
    'no-such-group': 'There is no such user group. Please choose another one, or a person.',
    'channel-shared':
      'This channel is shared with another company, so security requests cannot go there. Please choose an internal one.',
    'channel-gone':
      'This channel does not exist or is archived. Please choose one to which the bot is invited.',
    owned: 'Somebody else has become the owner of this account meanwhile. Nothing was changed.',
  },
  dialog: {
    title: 'Owner of the account',
    registerTitle: 'Register the account',
    submit: 'Save',
    about: (account) => mrk`Account *${account}*`,
    unregistered: mrk`Nobody has registered this account yet. Once it is saved, its requests are told.`,
    left: (who) => mrk`The registered owner, ${who}, has left Slack. Please register a new one.`,
    owner: 'Owner',
    ownerGroup: 'Owner (user group)',
    deputy: 'Deputy',
    deputyGroup: 'Deputy (user group)',
    person: 'Choose a person',
    group: 'Choose a group',
    groupHint: 'For a team instead of a person. Whichever of the two you change is registered.',
    channel: 'Channel for its requests',
    channelPlaceholder: 'Choose a channel',
    channelHint:
      'Without one they go to the default channel. Please invite the bot. Channels shared with other companies cannot be chosen.',
    name: 'Name',
    kind: 'Kind',
    project: 'Project',
    mail: 'Contact mail address',
    both: 'You have changed both the person and the group. Please change only one of them.',
    unchanged: 'Nothing has been changed.',
    badMail: 'Please write a mail address, such as team@example.com',
    nameMissing: 'Please write a name.',
  },
  claiming: {
    title: 'Claim the account',
    submit: 'It is mine',
    about: (account) =>
      mrk`Nobody owns account *${account}*. If you claim it, you become its owner and receive its requests.`,
  },
  command: {
    asked: (account, who) =>
      mrk`Received: ${who} becomes the owner of account ${account}. The channel of its requests is told once it is registered.`,
    claimed: (account) => mrk`Received: your claim to account ${account} goes to the security team.`,
    openDialog: (account) => mrk`Set or change the owner of account ${account}.`,
    usage: mrk`*How to type it*`,
    nobody: mrk`Please name the owner with an @. A user group will do as well.`,
  },
  list: {
    title: (n) => `Accounts: ${n}`,
    empty: mrk`No account is registered.`,
    page: (page, pages) => mrk`Page ${page} of ${pages}`,
    unregistered: (n) =>
      mrk`${n} more ${n === 1 ? 'account sends' : 'accounts send'} findings without being registered.`,
    show: 'Details',
    open: (n) => (n === 0 ? 'no open requests' : `${n} open ${n === 1 ? 'request' : 'requests'}`),
    noOwner: mrk`⚠️ no owner`,
    owner: (who) => mrk`Owner: ${who}`,
    closed: 'closed',
    modes: { observe: 'observe', notify: 'notify', enforce: 'enforce' },
  },
  card: {
    unregistered: mrk`⚠️ Nobody has registered this account. It is only observed; no requests are told.`,
    left: (who) => mrk`⚠️ The registered owner, ${who}, has left Slack.`,
    owner: 'Owner',
    deputy: 'Deputy',
    none: 'none',
    channel: 'Channel',
    defaultChannel: 'the default channel',
    project: 'Project',
    mail: 'Contact',
    kind: 'Kind',
    mode: 'Mode',
    status: 'Status',
    active: 'active',
    closed: 'closed',
    source: 'Registered by',
    sources: {
      file: 'configuration file',
      csv: 'CSV',
      slack: 'Slack',
      organizations: 'AWS Organizations',
      'security-hub': 'Security Hub',
    },
    open: 'Open requests',
    changed: (when, who) => mrk`Last changed ${when} by ${who}`,
    changedByBot: (when) => mrk`Last changed ${when}, automatically`,
    history: 'History',
  },
  bulletin: {
    title: (n) => `Accounts that nobody answers for: ${n}`,
    none: 'Every account has an owner',
    noneText: mrk`And none sends findings without being registered. Thank you.`,
    ownerless: (n) => mrk`*Accounts without owner: ${n}* (their requests go to the security team)`,
    unregistered: (n) =>
      mrk`*Accounts that nobody has registered: ${n}* (they send findings, and are only observed until then)`,
    since: (when) => mrk`since ${when}`,
    waiting: (n) => (n === 0 ? 'no findings waiting' : `${n} ${n === 1 ? 'finding' : 'findings'} waiting`),
    left: mrk`its owner has left Slack`,
    more: (n) => mrk`${n} more: see the CSV, and \`/secops account list\`.`,
    csv: 'CSV to fill in…',
  },
  csv: {
    title: 'CSV to fill in',
    about: mrk`Copy it, fill it in, save it as a file, then run \`npm run accounts -- import FILE.csv\`. Owners are written as Slack ids or mail addresses.`,
    cut: (n) => mrk`Too long to show: ${n} more are left out.`,
    nothing: mrk`No account needs to be filled in any more.`,
  },
};
