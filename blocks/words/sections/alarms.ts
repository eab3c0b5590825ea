import { mrk, type SafeMrkdwn } from '../../kit';

/** What an alarm means, and what to do about it. */
interface Told {
  readonly what: SafeMrkdwn;
  readonly todo: SafeMrkdwn;
}

/** By the alarm's id, see `infra/alarms.ts`: what a queue is for, or what a function does. */
type Of = Readonly<Record<string, string>>;

const capital = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** The same sentence for each of several queues or functions. */
function each(of: Of, id: (name: string) => string, tell: (name: string, work: string) => Told) {
  return Object.entries(of).map(([name, work]) => [id(capital(name)), tell(name, work)] as const);
}

const queuesJa: Of = {
  findings: '検出結果の取り込み',
  workflow: 'Security Hub への反映',
  cards: 'Slack への表示',
  changes: 'Slack での操作の実行',
};

const functionsJa: Of = {
  ...queuesJa,
  clock: '期限やリマインドの処理',
  slack: 'Slack への応答',
  archive: '履歴と監査ログの保存',
  alarms: 'このチャンネルへのアラームの通知',
};

export const ja = {
  raised: (what: SafeMrkdwn) => mrk`アラーム: ${what}`,
  recovered: (what: SafeMrkdwn) => mrk`解消しました: ${what}`,
  since: (at: SafeMrkdwn) => mrk`発生: ${at}`,
  at: (at: SafeMrkdwn) => mrk`解消: ${at}`,
  reason: (reason: SafeMrkdwn) => mrk`CloudWatch の判定: ${reason}`,
  alarm: 'CloudWatch でアラームを開く',
  dashboard: 'ダッシュボードを開く',
  /** Of an alarm that has no words here. */
  unknown: mrk`CloudWatch でアラームを開き、内容を確認してください。`,
  known: Object.fromEntries<Told>([
    ...each(
      queuesJa,
      (name) => `${name}DeadLetters`,
      (name, work) => ({
        what: mrk`${work}に失敗したメッセージが、デッドレターキューに残っています。`,
        todo: mrk`関数 ${name} のログで原因を確認してください。原因を取り除いたら、SQS のコンソールでデッドレターキューを再処理 (redrive) します。`,
      }),
    ),
    ...each(
      queuesJa,
      (name) => `${name}Oldest`,
      (name, work) => ({
        what: mrk`${work}が遅れています。`,
        todo: mrk`ダッシュボードで、待っているメッセージの数と関数 ${name} のエラーを確認してください。数が減っていれば、待つだけで追いつきます。`,
      }),
    ),
    ...each(
      functionsJa,
      (name) => `${name}Errors`,
      (name, work) => ({
        what: mrk`${work}に失敗し続けています。`,
        todo: mrk`関数 ${name} のログで原因を確認してください。デプロイの直後に始まった場合は、前の版に戻すことも検討してください。`,
      }),
    ),
    ...each(
      functionsJa,
      (name) => `${name}Throttles`,
      (name, work) => ({
        what: mrk`${work}が、同時実行数の上限に当たっています。`,
        todo: mrk`Lambda のコンソールで、アカウントの同時実行数と関数 ${name} の使用数を確認してください。足りなければ、Service Quotas で引き上げを申請します。`,
      }),
    ),
    [
      'UndeliveredDeadLetters',
      {
        what: mrk`EventBridge が検出結果をキューに渡せませんでした。`,
        todo: mrk`キュー findings と KMS キーのポリシーを確認してください。直したら、デッドレターキューのメッセージを findings に再処理 (redrive) します。`,
      },
    ],
    [
      'AlarmsDeadLetters',
      {
        what: mrk`Slack に届けられなかったアラームがあります。`,
        todo: mrk`関数 alarms のログと、セキュリティチームのチャンネルの設定を確認してください。内容は、デッドレターキューのメッセージと CloudWatch のアラーム一覧で分かります。`,
      },
    ],
    [
      'ArchiveBehind',
      {
        what: mrk`履歴と監査ログが、1 時間以上アーカイブに保存されていません。`,
        todo: mrk`関数 archive のログと、バケットの設定を確認してください。22 時間以内に直せば、何も失われません。`,
      },
    ],
    [
      'Uncopied',
      {
        what: mrk`アーカイブに保存できず、あきらめた書き込みがあります。`,
        todo: mrk`補い方は docs/archive.md にあります。どの書き込みかは、デッドレターキューのメッセージで分かります。`,
      },
    ],
    [
      'SlackApi5xx',
      {
        what: mrk`Slack にエラーを返しています。ボタンやコマンドが動きません。`,
        todo: mrk`関数 slack のログで原因を確認してください。ボタンを押した人には、しばらく待つよう伝えてください。`,
      },
    ],
    [
      'ClockStopped',
      {
        what: mrk`時計が 15 分以上動いていません。リマインドも、例外の終了も、再試行も止まっています。`,
        todo: mrk`EventBridge Scheduler のスケジュールと、関数 clock のログを確認してください。動き出せば、止まっていた間の分も処理されます。`,
      },
    ],
    [
      'NoFindings',
      {
        what: mrk`1 日以上、検出結果が届いていません。`,
        todo: mrk`Security Hub が有効か、集約リージョンが変わっていないか、EventBridge のルールが有効かを確認してください。\`npm run setup -- check\` でまとめて調べられます。`,
      },
    ],
    [
      'AssumeRoleDenied',
      {
        what: mrk`メンバーアカウントのロールを引き受けられませんでした。無効にしたコントロールが分からず、スコアが実際より低く出ることがあります。`,
        todo: mrk`関数 changes のログで、アカウントを確認してください。そのアカウントに infra/member/secops-bot-member.yml をデプロイし、信頼ポリシーと外部 ID が合っているかを確認します。`,
      },
    ],
    [
      'ChangesUnknown',
      {
        what: mrk`最後まで実行できたかどうか分からない操作があります。`,
        todo: mrk`関数 changes のログで、変更の ID を確認してください。Slack の依頼と Security Hub の状態を見比べ、必要ならもう一度操作するよう、本人に伝えてください。`,
      },
    ],
    [
      'RecordsUnsettled',
      {
        what: mrk`1 時間以上、処理の終わらない記録があります。`,
        todo: mrk`関数 clock と workflow のログで、繰り返し出ているエラーを確認してください。データは失われておらず、原因がなくなれば自動で続きが処理されます。`,
      },
    ],
    [
      'CardsBehind',
      {
        what: mrk`1 時間半以上、Slack のメッセージが最新になっていません。`,
        todo: mrk`Slack の障害情報と、関数 cards のログを確認してください。Slack が復旧すれば、自動で追いつきます。`,
      },
    ],
    [
      'SecretOld',
      {
        what: mrk`Slack のトークンと署名シークレットが、180 日以上変更されていません。`,
        todo: mrk`Slack アプリの設定で新しい値を発行し、Secrets Manager のシークレットに保存してください。古い署名シークレットは、その後も 1 日受け付けます。`,
      },
    ],
    [
      'SignatureFailures',
      {
        what: mrk`署名の正しくないリクエストが、続けて届いています。`,
        todo: mrk`ボタンやコマンドが動かないときは、シークレットの署名シークレットが Slack アプリの値と同じかを確認してください。動いているなら、第三者からのリクエストです。アクセスログで送信元を確認してください。`,
      },
    ],
    [
      'Quarantined',
      {
        what: mrk`読み取れない検出結果が届き、隔離しました。`,
        todo: mrk`\`npm run quarantine -- list\` で理由を確認してください。直したら、\`resend\` で取り込み直せます。`,
      },
    ],
  ]),
};

const queuesEn: Of = {
  findings: 'taking findings in',
  workflow: 'telling Security Hub',
  cards: 'showing records in Slack',
  changes: 'doing what people ask for in Slack',
};

const functionsEn: Of = {
  ...queuesEn,
  clock: 'looking after deadlines and reminders',
  slack: 'answering Slack',
  archive: 'copying history and audit log to the archive',
  alarms: 'telling alarms in this channel',
};

export const en: typeof ja = {
  raised: (what) => mrk`Alarm: ${what}`,
  recovered: (what) => mrk`Over: ${what}`,
  since: (at) => mrk`Since ${at}`,
  at: (at) => mrk`Over since ${at}`,
  reason: (reason) => mrk`CloudWatch says: ${reason}`,
  alarm: 'Open the alarm in CloudWatch',
  dashboard: 'Open the dashboard',
  unknown: mrk`Open the alarm in CloudWatch and look at what it says.`,
  known: Object.fromEntries<Told>([
    ...each(
      queuesEn,
      (name) => `${name}DeadLetters`,
      (name, work) => ({
        what: mrk`Messages that failed at ${work} lie in the dead-letter queue.`,
        todo: mrk`The log of the function ${name} says why. When that is mended, redrive the dead-letter queue in the SQS console.`,
      }),
    ),
    ...each(
      queuesEn,
      (name) => `${name}Oldest`,
      (name, work) => ({
        what: mrk`The bot is late at ${work}.`,
        todo: mrk`Look at the waiting messages and the errors of the function ${name} on the dashboard. If their number falls, the bot catches up by itself.`,
      }),
    ),
    ...each(
      functionsEn,
      (name) => `${name}Errors`,
      (name, work) => ({
        what: mrk`The bot fails again and again at ${work}.`,
        todo: mrk`The log of the function ${name} says why. If it began with a deployment, consider going back to the version before.`,
      }),
    ),
    ...each(
      functionsEn,
      (name) => `${name}Throttles`,
      (name, work) => ({
        what: mrk`The bot has reached the limit of concurrency at ${work}.`,
        todo: mrk`Compare the account’s concurrency with what the function ${name} uses in the Lambda console. If it is too little, ask for more in Service Quotas.`,
      }),
    ),
    [
      'UndeliveredDeadLetters',
      {
        what: mrk`EventBridge could not put findings into their queue.`,
        todo: mrk`Look at the policies of the queue findings and of the KMS key. When they are mended, redrive the dead-letter queue into findings.`,
      },
    ],
    [
      'AlarmsDeadLetters',
      {
        what: mrk`Some alarms could not be told in Slack.`,
        todo: mrk`Look at the log of the function alarms, and at the security team’s channel. What was not told stands in the dead-letter queue, and in CloudWatch’s list of alarms.`,
      },
    ],
    [
      'ArchiveBehind',
      {
        what: mrk`History and audit log have not been copied to the archive for an hour.`,
        todo: mrk`Look at the log of the function archive, and at the bucket. If it is mended within 22 hours, nothing is lost.`,
      },
    ],
    [
      'Uncopied',
      {
        what: mrk`Some writes were given up and are missing in the archive.`,
        todo: mrk`docs/archive.md says how to make up for them; the messages in the dead-letter queue say which they are.`,
      },
    ],
    [
      'SlackApi5xx',
      {
        what: mrk`Slack is answered with errors: buttons and commands do nothing.`,
        todo: mrk`The log of the function slack says why. Ask people who have pressed something to wait a while.`,
      },
    ],
    [
      'ClockStopped',
      {
        what: mrk`The clock has not run for 15 minutes: no reminders, no ends of exceptions, no second tries.`,
        todo: mrk`Look at the schedule in EventBridge Scheduler, and at the log of the function clock. Once it runs, it makes up for what it missed.`,
      },
    ],
    [
      'NoFindings',
      {
        what: mrk`No finding has come for a day.`,
        todo: mrk`Look whether Security Hub is on, its aggregation Region is still the same, and the EventBridge rule is enabled. \`npm run setup -- check\` looks at all of it.`,
      },
    ],
    [
      'AssumeRoleDenied',
      {
        what: mrk`The role in a member account could not be assumed. Controls that are off there are not known, and its score may be lower than it should be.`,
        todo: mrk`The log of the function changes names the account. Deploy infra/member/secops-bot-member.yml there, and compare its trust policy and external id.`,
      },
    ],
    [
      'ChangesUnknown',
      {
        what: mrk`Nobody knows whether a change that somebody asked for was done to its end.`,
        todo: mrk`The log of the function changes has its id. Compare the request in Slack with Security Hub, and ask the person to do it again where needed.`,
      },
    ],
    [
      'RecordsUnsettled',
      {
        what: mrk`Some records have been unfinished for more than an hour.`,
        todo: mrk`Look for errors that repeat in the logs of the functions clock and workflow. Nothing is lost: once the cause is gone, the bot goes on by itself.`,
      },
    ],
    [
      'CardsBehind',
      {
        what: mrk`Some messages in Slack have been out of date for an hour and a half.`,
        todo: mrk`Look at Slack’s status page, and at the log of the function cards. When Slack is back, the bot catches up by itself.`,
      },
    ],
    [
      'SecretOld',
      {
        what: mrk`Slack’s token and signing secret have not been changed for 180 days.`,
        todo: mrk`Get new ones in the settings of the Slack app and put them into the secret in Secrets Manager. The signing secret before is accepted for one more day.`,
      },
    ],
    [
      'SignatureFailures',
      {
        what: mrk`Requests with a wrong signature keep coming.`,
        todo: mrk`If buttons and commands do nothing, compare the signing secret in Secrets Manager with that of the Slack app. If they work, somebody else is calling: the access log has the sender’s address.`,
      },
    ],
    [
      'Quarantined',
      {
        what: mrk`Findings came that cannot be read; they are in quarantine.`,
        todo: mrk`\`npm run quarantine -- list\` says why. When that is mended, \`resend\` takes them in.`,
      },
    ],
  ]),
};
