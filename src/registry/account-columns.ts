/** The columns of a list of accounts, in the order in which they are written. */
export const ACCOUNT_COLUMNS = [
  'id',
  'name',
  'kind',
  'owner',
  'deputy',
  'channel',
  'project',
  'mail',
  'mode',
  'status',
] as const;
export type AccountColumn = (typeof ACCOUNT_COLUMNS)[number];

/** What people call the columns, as `plainHeader` leaves it. */
const CALLED: Readonly<Record<AccountColumn, readonly string[]>> = {
  id: [
    'id',
    'account',
    'accountid',
    'accountnumber',
    'awsaccount',
    'awsaccountid',
    'アカウントid',
    'アカウント',
    'アカウント番号',
    'awsアカウント',
    'awsアカウントid',
  ],
  name: ['name', 'accountname', '名前', '名称', 'アカウント名'],
  kind: ['kind', 'type', 'env', 'environment', '種別', '環境'],
  owner: ['owner', 'accountowner', '担当者', '責任者', 'オーナー'],
  deputy: ['deputy', 'backup', '副担当', '副担当者', '副責任者', '代理'],
  channel: ['channel', 'channelid', 'slackchannel', 'チャンネル', 'チャンネルid', 'slackチャンネル'],
  project: ['project', 'product', 'costcenter', 'costcentre', 'プロジェクト', '案件', '製品'],
  mail: ['mail', 'email', 'mailaddress', 'emailaddress', 'メール', 'メールアドレス', '連絡先'],
  mode: ['mode', 'モード'],
  status: ['status', 'state', '状態', 'ステータス'],
};

/** A heading without regard to case, width, spaces and the marks that stand for them. */
function plainHeader(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.\-–—・]+/gu, '');
}

const BY_NAME = new Map(
  ACCOUNT_COLUMNS.flatMap((column) => CALLED[column].map((name) => [name, column] as const)),
);

/** The column that a heading means; undefined for one that is none of ours. */
export function accountColumn(heading: string): AccountColumn | undefined {
  return BY_NAME.get(plainHeader(heading));
}
