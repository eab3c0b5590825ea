import { mrk, type SafeMrkdwn } from '../../kit';

/** What GuardDuty says somebody did, by the kind of the action; one that is not here is shown as it is. */
const actions: Record<string, string> = {
  NETWORK_CONNECTION: 'ネットワーク接続',
  AWS_API_CALL: 'AWS の API 呼び出し',
  DNS_REQUEST: 'DNS の問い合わせ',
  PORT_PROBE: '公開ポートへの探索',
  KUBERNETES_API_CALL: 'Kubernetes の API 呼び出し',
  RDS_LOGIN_ATTEMPT: 'データベースへのログイン',
  PROCESS: 'プロセスの実行',
};

/**
 * What a threat may mean, by the purpose that the finding type begins with.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-format.html
 */
const purposes: Record<string, string> = {
  AttackSequence: '一連の攻撃と見られる動き',
  Backdoor: '攻撃者に操作されている疑い',
  Behavior: 'ふだんと違う動き',
  CredentialAccess: '認証情報が狙われている疑い',
  Cryptocurrency: '暗号資産のマイニングの疑い',
  CryptoCurrency: '暗号資産のマイニングの疑い',
  DefenseEvasion: '検知を避けようとする動き',
  DefenseImpairment: '防御を弱める操作',
  Discovery: '内部を調べ回る動き',
  Execution: '不審なプログラムの実行',
  Exfiltration: 'データが持ち出された疑い',
  Impact: 'データやシステムに害を及ぼす動き',
  InitialAccess: '侵入の試み',
  Object: '悪意のあるファイル',
  PenTest: '侵入テスト用ツールからの操作',
  Persistence: '侵入の足場を作る動き',
  Policy: '推奨されない使い方',
  PrivilegeEscalation: '権限を広げようとする動き',
  Recon: '攻撃の下調べ',
  Stealth: '痕跡を隠そうとする動き',
  Trojan: 'マルウェアに感染した疑い',
  UnauthorizedAccess: '不正アクセスの疑い',
};

/** The Japanese words of a threat's card. */
export const ja = {
  actions,
  purposes,
  /** A purpose with what it is about, e.g. EC2. */
  named: (purpose: string, about: string): string => `${purpose} (${about})`,
  ask: (who: SafeMrkdwn): SafeMrkdwn =>
    mrk`${who}、Amazon GuardDuty が脅威を検出しました。心当たりのある操作かどうか、すぐにご確認をお願いします。`,
  askOwnerless: (who: SafeMrkdwn): SafeMrkdwn =>
    mrk`${who}、Amazon GuardDuty が脅威を検出しました。このアカウントには責任者が登録されていません。代わりに、すぐにご確認をお願いします。`,
  askNobody: mrk`Amazon GuardDuty が脅威を検出しました。お心当たりの方は、すぐにご確認をお願いします。`,
  sample: mrk`GuardDuty のサンプル検出です。実際に起きたことではありません。`,
  firstSeen: '最初の検出',
  lastSeen: '最後の検出',
  count: '検出の回数',
  times: (n: number): string => `${n} 回`,
  who: '誰が、どこから',
  action: '検知した動作',
  principal: 'プリンシパル',
  ip: 'IP アドレス',
  place: '場所',
  network: 'ネットワークの所有者',
  resource: '対象のリソース',
  steps: 'まず行うこと',
  step: [
    mrk`1. 自分たちの操作や、予定された作業かどうかを確かめます。`,
    mrk`2. 心当たりがなければ、このスレッドですぐにセキュリティチームへ知らせてください。`,
    mrk`3. 調査の手がかりが消えるため、リソースは削除も停止もせず、そのまま残してください。`,
  ],
  console: 'GuardDuty で開く',
  pressSuppress: mrk`問題のない操作だった場合は、「抑制する…」を押して、理由を残してください。`,
  fixed: '対処しました',
  fixedClaim: (who: SafeMrkdwn, when: SafeMrkdwn): SafeMrkdwn =>
    mrk`${who}から対処の連絡がありました (${when})。`,
  told: (who: SafeMrkdwn): SafeMrkdwn => mrk`${who}から対処の連絡がありました。ありがとうございます。`,
  waiting: mrk`GuardDuty でアーカイブされると、この依頼も終了します。`,
  closed: mrk`GuardDuty でこの検出がアーカイブされたため、この依頼を終了しました。`,
};

/** The English ones. */
export const en: typeof ja = {
  actions: {
    NETWORK_CONNECTION: 'network connection',
    AWS_API_CALL: 'AWS API call',
    DNS_REQUEST: 'DNS request',
    PORT_PROBE: 'probe of an open port',
    KUBERNETES_API_CALL: 'Kubernetes API call',
    RDS_LOGIN_ATTEMPT: 'login to a database',
    PROCESS: 'process',
  },
  purposes: {
    AttackSequence: 'What looks like a whole attack',
    Backdoor: 'Possible control by an attacker',
    Behavior: 'Unusual behaviour',
    CredentialAccess: 'Possible theft of credentials',
    Cryptocurrency: 'Possible cryptocurrency mining',
    CryptoCurrency: 'Possible cryptocurrency mining',
    DefenseEvasion: 'An attempt to avoid detection',
    DefenseImpairment: 'An attempt to weaken defences',
    Discovery: 'Somebody exploring the environment',
    Execution: 'A suspicious program was run',
    Exfiltration: 'Data may have been taken out',
    Impact: 'Possible harm to data or systems',
    InitialAccess: 'An attempt to get in',
    Object: 'A malicious file',
    PenTest: 'Use of a penetration testing tool',
    Persistence: 'An attempt to keep access',
    Policy: 'Use against recommended practice',
    PrivilegeEscalation: 'An attempt to gain more rights',
    Recon: 'Somebody looking for a way in',
    Stealth: 'An attempt to hide traces',
    Trojan: 'A possible malware infection',
    UnauthorizedAccess: 'Possible unauthorized access',
  },
  named: (purpose, about) => `${purpose} (${about})`,
  ask: (who) =>
    mrk`${who}, Amazon GuardDuty has detected a threat. Please check right away whether this is something you know about.`,
  askOwnerless: (who) =>
    mrk`${who}, Amazon GuardDuty has detected a threat, and this account has no owner yet. Please check right away in their place.`,
  askNobody: mrk`Amazon GuardDuty has detected a threat. If this account is yours, please check right away.`,
  sample: mrk`This is a sample finding of GuardDuty. Nothing has really happened.`,
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
  count: 'How often',
  times: (n) => (n === 1 ? 'once' : `${n} times`),
  who: 'Who, and from where',
  action: 'Action',
  principal: 'Principal',
  ip: 'IP address',
  place: 'Place',
  network: 'Network owner',
  resource: 'Resource',
  steps: 'What to do first',
  step: [
    mrk`1. Check whether it was one of you, or planned work.`,
    mrk`2. If nobody knows it, tell the security team in this thread right away.`,
    mrk`3. Please do not stop or delete the resource: it holds the evidence.`,
  ],
  console: 'Open in GuardDuty',
  pressSuppress: mrk`If it turns out to be fine, press “Suppress…” and leave the reason.`,
  fixed: 'I dealt with it',
  fixedClaim: (who, when) => mrk`${who} says that it has been dealt with (${when}).`,
  told: (who) => mrk`${who} says that it has been dealt with. Thank you.`,
  waiting: mrk`Once it is archived in GuardDuty, this request is closed as well.`,
  closed: mrk`This finding has been archived in GuardDuty, so the request is closed.`,
};
