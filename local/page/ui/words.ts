import type { PageLanguage, Person } from '../api';

/** The words of the page's own frame; what the bot says comes from the bot. */
export interface Words {
  readonly title: string;
  readonly standIn: string;
  readonly loading: string;
  readonly reconnecting: string;
  readonly cannotStart: string;
  readonly you: string;
  readonly role: Readonly<Record<Person['role'], string>>;
  readonly languageLabel: string;
  readonly languageHint: string;
  readonly languageChosen: string;
  readonly menu: string;
  readonly channels: string;
  readonly apps: string;
  readonly unread: string;
  readonly mentions: (count: number) => string;
  readonly panel: string;
  readonly showPanel: string;
  readonly tabAws: string;
  readonly tabBehind: string;
  readonly behindEmpty: string;
  readonly close: string;
  readonly back: string;
  readonly dismiss: string;
  readonly app: string;
  readonly guest: string;
  readonly messagesIn: (channel: string) => string;
  readonly noMessages: string;
  readonly earlier: (count: number) => string;
  readonly newMessages: string;
  readonly toNewest: string;
  readonly edited: string;
  readonly onlyYou: string;
  readonly hideEphemeral: string;
  readonly deleted: string;
  readonly replyInThread: string;
  readonly copyLink: string;
  readonly copied: string;
  readonly behind: string;
  readonly actionsOf: string;
  readonly replies: (count: number) => string;
  readonly lastReply: (when: string) => string;
  readonly newReplies: string;
  readonly reactions: string;
  readonly reaction: (name: string, count: number) => string;
  readonly enlarge: string;
  readonly thread: string;
  readonly noSuchMessage: string;
  readonly unknownBlock: (type: string) => string;
  readonly unknownElement: (type: string) => string;
  readonly more: string;
  readonly remove: (what: string) => string;
  readonly choose: string;
  readonly noOptions: string;
  readonly typeMore: (count: number) => string;
  readonly searching: string;
  readonly optional: string;
  readonly confirmTitle: string;
  readonly yes: string;
  readonly cancel: string;
  readonly opensTab: string;
  readonly send: string;
  readonly writeTo: (where: string) => string;
  readonly writeReply: string;
  readonly composerHint: string;
  readonly suggestions: string;
  readonly home: (app: string) => string;
  readonly noHome: string;
  readonly openingHome: string;
  readonly noCommandInThread: (command: string) => string;
  readonly noSuchCommand: (command: string) => string;
  readonly commandFailed: (command: string, code: string) => string;
  readonly appFailed: (app: string) => string;
  readonly modalFailed: string;
  readonly slackRefuses: (why: string) => string;
  readonly notReached: (why: string) => string;
  readonly notInChannel: string;
  /** What Slack's client says of a form before it is sent; `#` stands for a number. */
  readonly required: Readonly<Record<string, string>>;
  readonly members: (count: number) => string;
}

const ja: Words = {
  title: '手元の Slack と AWS',
  standIn: 'これは手元で動く Slack の代役です。本物の Slack や AWS には接続していません。',
  loading: '読み込んでいます…',
  reconnecting: '接続が切れました。つなぎ直しています…',
  cannotStart: 'ページを開けませんでした。',
  you: 'あなた',
  role: { owner: 'アカウントの責任者', analyst: 'セキュリティ担当者', lead: 'セキュリティ責任者' },
  languageLabel: 'あなたの言語',
  languageHint:
    'ボットは、あなたへの返事とダイアログをこの言語で表示します。チャンネルのカードの言語は、チャンネルごとに決まっています。',
  languageChosen: 'あなたの言語を日本語にしました。ボットには 15 秒ほどで伝わります。',
  menu: 'メニュー',
  channels: 'チャンネル',
  apps: 'アプリ',
  unread: '未読',
  mentions: (count) => `メンション ${count} 件`,
  panel: 'AWS と舞台裏',
  showPanel: 'AWS と舞台裏を表示',
  tabAws: 'AWS',
  tabBehind: '舞台裏',
  behindEmpty:
    'メッセージの「舞台裏」を選ぶと、元の検出結果、判断とその根拠、記録と履歴、Block Kit の JSON、Slack と AWS の呼び出しをここに表示します。',
  close: '閉じる',
  back: '戻る',
  dismiss: '閉じる',
  app: 'アプリ',
  guest: 'ゲスト',
  messagesIn: (channel) => `${channel} のメッセージ`,
  noMessages: 'まだメッセージはありません。',
  earlier: (count) => `前のメッセージを表示 (残り ${count} 件)`,
  newMessages: '新しいメッセージ',
  toNewest: '最新のメッセージへ移動',
  edited: '(編集済み)',
  onlyYou: 'あなただけに表示されています',
  hideEphemeral: '非表示にする',
  deleted: 'このメッセージは削除されました。',
  replyInThread: 'スレッドで返信する',
  copyLink: 'リンクをコピー',
  copied: 'リンクをコピーしました。',
  behind: '舞台裏',
  actionsOf: 'メッセージの操作',
  replies: (count) => `${count} 件の返信`,
  lastReply: (when) => `最終返信: ${when}`,
  newReplies: '新しい返信があります',
  reactions: 'リアクション',
  reaction: (name, count) => `リアクション ${name}: ${count} 件`,
  enlarge: '画像を大きく表示',
  thread: 'スレッド',
  noSuchMessage: 'このメッセージはありません。',
  unknownBlock: (type) => `この画面ではブロック「${type}」を表示できません。`,
  unknownElement: (type) => `この画面では部品「${type}」を表示できません。`,
  more: 'その他のアクション',
  remove: (what) => `${what} を外す`,
  choose: '選択してください',
  noOptions: '一致する項目はありません',
  typeMore: (count) => `${count} 文字以上入力してください`,
  searching: '探しています…',
  optional: '(任意)',
  confirmTitle: '確認',
  yes: 'はい',
  cancel: 'キャンセル',
  opensTab: '(新しいタブで開きます)',
  send: '送信する',
  writeTo: (where) => `${where} へのメッセージ`,
  writeReply: '返信する…',
  composerHint: 'Enter で送信、Shift + Enter で改行。「/」でコマンド、「@」でメンション。',
  suggestions: '入力の候補',
  home: (app) => `${app} のホーム`,
  noHome: 'このアプリには、まだホーム画面がありません。',
  openingHome: 'ホームを開いています…',
  noCommandInThread: (command) => `${command} はスレッドでは使えません。`,
  noSuchCommand: (command) =>
    `${command} は有効なコマンドではありません。この Slack にあるのは /secops だけです。`,
  commandFailed: (command, code) => `${command} はエラー「${code}」で失敗しました。`,
  appFailed: (app) => `${app} の処理に失敗しました。`,
  modalFailed: '接続中に問題が発生しました。もう一度お試しください。',
  slackRefuses: (why) => `Slack ではできない操作です: ${why}`,
  notReached: (why) => `ページのサーバーに接続できませんでした: ${why}`,
  notInChannel: 'このチャンネルには参加していません。',
  required: {
    'Please complete this required field.': 'この項目は必須です。',
    'Must be at least # characters.': '# 文字以上で入力してください。',
    'Must be at most # characters.': '# 文字以内で入力してください。',
    'Please enter a valid email.': '有効なメールアドレスを入力してください。',
    'Please enter a valid URL.': '有効な URL を入力してください。',
    'Please enter a number.': '数値を入力してください。',
    'Please enter a whole number.': '整数を入力してください。',
    'Must be at least #.': '# 以上の値を入力してください。',
    'Must be at most #.': '# 以下の値を入力してください。',
  },
  members: (count) => `メンバー ${count} 人`,
};

const en: Words = {
  title: 'Slack and AWS on this machine',
  standIn: 'This is a stand-in for Slack on your machine. It is not connected to the real Slack or AWS.',
  loading: 'Loading…',
  reconnecting: 'Connection lost. Reconnecting…',
  cannotStart: 'The page could not be opened.',
  you: 'You are',
  role: { owner: 'Account owner', analyst: 'Security analyst', lead: 'Security lead' },
  languageLabel: 'Your language',
  languageHint:
    'The bot answers you and opens dialogs in this language. The language of a channel’s cards is the channel’s own.',
  languageChosen: 'Your language is English now. The bot notices within some 15 seconds.',
  menu: 'Menu',
  channels: 'Channels',
  apps: 'Apps',
  unread: 'unread',
  mentions: (count) => (count === 1 ? '1 mention' : `${count} mentions`),
  panel: 'AWS and behind the glass',
  showPanel: 'Show AWS and behind the glass',
  tabAws: 'AWS',
  tabBehind: 'Behind',
  behindEmpty:
    'Choose “Behind” on a message to see its finding, the decision and the policy line that made it, the record and its history, the Block Kit JSON, and the calls to Slack and AWS.',
  close: 'Close',
  back: 'Back',
  dismiss: 'Dismiss',
  app: 'APP',
  guest: 'Guest',
  messagesIn: (channel) => `Messages in ${channel}`,
  noMessages: 'No messages yet.',
  earlier: (count) => `Show earlier messages (${count} more)`,
  newMessages: 'New messages',
  toNewest: 'Jump to the latest',
  edited: '(edited)',
  onlyYou: 'Only visible to you',
  hideEphemeral: 'Hide',
  deleted: 'This message was deleted.',
  replyInThread: 'Reply in thread',
  copyLink: 'Copy link',
  copied: 'Link copied.',
  behind: 'Behind',
  actionsOf: 'Message actions',
  replies: (count) => (count === 1 ? '1 reply' : `${count} replies`),
  lastReply: (when) => `Last reply ${when}`,
  newReplies: 'New replies',
  reactions: 'Reactions',
  reaction: (name, count) => `Reaction ${name}: ${count}`,
  enlarge: 'Show the picture large',
  thread: 'Thread',
  noSuchMessage: 'There is no such message.',
  unknownBlock: (type) => `This page cannot show the block “${type}”.`,
  unknownElement: (type) => `This page cannot show the element “${type}”.`,
  more: 'More actions',
  remove: (what) => `Remove ${what}`,
  choose: 'Select an option',
  noOptions: 'No matches',
  typeMore: (count) => `Type at least ${count} ${count === 1 ? 'character' : 'characters'}`,
  searching: 'Searching…',
  optional: '(optional)',
  confirmTitle: 'Are you sure?',
  yes: 'Yes',
  cancel: 'Cancel',
  opensTab: '(opens in a new tab)',
  send: 'Send',
  writeTo: (where) => `Message ${where}`,
  writeReply: 'Reply…',
  composerHint: 'Enter sends, Shift + Enter starts a new line. “/” for commands, “@” to mention.',
  suggestions: 'Suggestions',
  home: (app) => `${app} Home`,
  noHome: 'This app has no Home yet.',
  openingHome: 'Opening Home…',
  noCommandInThread: (command) => `${command} is not supported in threads. Sorry!`,
  noSuchCommand: (command) => `${command} is not a valid command. This Slack has /secops only.`,
  commandFailed: (command, code) => `${command} failed with the error “${code}”.`,
  appFailed: (app) => `${app} could not process this.`,
  modalFailed: 'We had some trouble connecting. Try again?',
  slackRefuses: (why) => `Slack would not allow this: ${why}`,
  notReached: (why) => `The page’s server could not be reached: ${why}`,
  notInChannel: 'You are not in this channel.',
  required: {},
  members: (count) => (count === 1 ? '1 member' : `${count} members`),
};

const WORDS: Readonly<Record<PageLanguage, Words>> = { ja, en };

export function wordsOf(language: PageLanguage): Words {
  return WORDS[language];
}
