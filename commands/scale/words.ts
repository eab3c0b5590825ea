import type { CostLine } from './cost';
import type { LimitName } from './limits';
import type { Load } from './load';

export type ScaleLanguage = 'en' | 'ja';

interface LimitWords {
  readonly what: string;
  readonly unit: string;
  /** Where the limit stands, or what it was measured by. */
  readonly source: string;
  /** What to do when it comes near. */
  readonly remedy: string;
}

interface ScaleWords {
  readonly accounts: string;
  readonly cost: string;
  readonly total: string;
  readonly perAccount: string;
  readonly never: string;
  readonly columns: {
    readonly what: string;
    readonly limit: string;
    readonly from: string;
    readonly remedy: string;
    readonly source: string;
  };
  readonly loadTitle: readonly [string, string, string];
  /** What may be said about a load. */
  readonly load: Readonly<Record<Exclude<keyof Load, 'accounts'>, string>>;
  readonly lines: Readonly<Record<CostLine, string>>;
  readonly limits: Readonly<Record<LimitName, LimitWords>>;
}

const SLACK = 'https://docs.slack.dev/apis/web-api/rate-limits/';
const PARTITION =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html';
const ITEM = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html';
const WARM =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html';
const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';

const en: ScaleWords = {
  accounts: 'accounts',
  cost: 'US dollars a month',
  total: 'together',
  perAccount: 'an account',
  never: 'never',
  columns: {
    what: 'limit',
    limit: 'there is',
    from: 'reached at accounts',
    remedy: 'what to do',
    source: 'where it stands',
  },
  loadTitle: ['option', 'what it says', 'taken for usual'],
  load: {
    checks: 'findings of controls in an account and Region, whatever they say',
    controls: 'controls that the findings of an account belong to',
    failing: 'share of findings that fail, 0 to 1',
    regions: 'Regions of an account with so many findings',
    refreshHours: 'hours after which AWS updates an unchanged finding (12 to 24)',
    requests: 'new requests an account and week',
    joins: 'failing findings an account and week that join an open request',
    ignored: 'findings an account and week that policy suppresses at once',
    firstSeen: 'new findings an account and week that pass',
    suppressions: 'suppressions by people, an account and week',
    accountsPerChannel: 'accounts that share a channel',
    accountsPerOwner: 'accounts that share an owner',
    registerChanges: 'changes of the register a day and thousand accounts',
    findingsInBatch: 'findings that a function gets at once; 0: as they come',
    metrics: 'custom metrics of the stack',
    alarms: 'alarms of the stack',
  },
  lines: {
    lambda: 'Lambda',
    dynamodbReads: 'DynamoDB reads',
    dynamodbWrites: 'DynamoDB writes, indexes included',
    dynamodbStorage: 'DynamoDB storage and point-in-time recovery',
    sqs: 'SQS',
    logs: 'CloudWatch Logs',
    alarms: 'CloudWatch metrics and alarms',
    kms: 'KMS',
    s3: 'S3: archive and quarantine',
    httpApi: 'API Gateway (HTTP API)',
    secrets: 'Secrets Manager',
    schedule: 'EventBridge Scheduler',
  },
  limits: {
    concurrency: {
      what: 'Lambda functions at once',
      unit: 'invocations',
      source: LAMBDA,
      remedy:
        'a new AWS account may have only 10: ask for 1,000 in Service Quotas before the first deployment',
    },
    registerImport: {
      what: 'reads of the register a second while a list of accounts is imported',
      unit: 'read units/s',
      source: PARTITION,
      remedy:
        'import before EventBridge sends findings, or at a quiet hour; findings that are throttled come back',
    },
    registerReads: {
      what: 'reads of the register in the ten seconds after one change of it',
      unit: 'read units',
      source: PARTITION,
      remedy: 'change owners with one import instead of many changes',
    },
    reconcileRecord: {
      what: 'record of the nightly comparison, when something was mended in every account',
      unit: 'bytes',
      source: ITEM,
      remedy: 'none is needed: an administrator of Security Hub has ten thousand members or little more',
    },
    listedRecord: {
      what: 'record of the accounts that nobody has registered, when none is',
      unit: 'bytes',
      source: ITEM,
      remedy: 'register accounts (`npm run accounts -- import`) before EventBridge sends findings',
    },
    reconcileNight: {
      what: 'the nightly comparison, from 03:00 until work begins',
      unit: 's',
      source: 'GetFindings: 3 calls a second; measured per account and check',
      remedy: 'it goes on by day and harms nothing; more memory for the function `changes` shortens it',
    },
    reconcilePiece: {
      what: 'one message of the comparison: twenty accounts',
      unit: 's',
      source: 'time limit of the function `changes`; measured',
      remedy: 'more memory for the function `changes`, which is more processor too',
    },
    reconcileMemory: {
      what: 'memory of one message of the comparison',
      unit: 'MB',
      source: 'memory of the function `changes`; measured',
      remedy: 'more memory for the function `changes`',
    },
    ownersLooked: {
      what: 'owners looked up in Slack before the morning',
      unit: 'min',
      source: '50 people a minute, below Slack’s 100 (users.info)',
      remedy: 'user groups as owners instead of people; who is late is looked up before a card calls them',
    },
    channelsAsked: {
      what: 'channels that get a card at 09:00 and are asked about first',
      unit: 'min',
      source: `conversations.info: 50 a minute, ${SLACK}`,
      remedy: 'fewer channels; cards come later, in order, and none is lost',
    },
    findingsBusy: {
      what: 'findings function, in busy hours',
      unit: 'at once',
      source: 'POLLING in infra/resources.ts; measured',
      remedy: 'raise `atOnce` of `findings`',
    },
    findingsFirstDay: {
      what: 'findings a second on the first day, when all are new',
      unit: 'findings/s',
      source: 'POLLING in infra/resources.ts; measured',
      remedy: 'raise `atOnce` of `findings`; what waits stays in the queue for 14 days',
    },
    enforcedFirst: {
      what: 'Security Hub follows when all accounts are enforced on one day',
      unit: 'h',
      source: 'POLLING in infra/resources.ts; BatchUpdateFindings: 10 calls a second',
      remedy: 'enforce account by account; or raise `atOnce` of `workflow`',
    },
    changesBusy: {
      what: 'changes function (counts of scores, presses), in busy hours',
      unit: 'at once',
      source: 'POLLING in infra/resources.ts; measured',
      remedy: 'raise `atOnce` of `changes`',
    },
    firstDigests: {
      what: 'digests of the first day, if all accounts share one channel',
      unit: 'min',
      source: `about one message a second and channel, ${SLACK}`,
      remedy: 'register accounts with their channels before they are enforced',
    },
    cardsMorning: {
      what: 'posting the morning’s cards, one a channel',
      unit: 'min',
      source: 'POLLING in infra/resources.ts; one second a post',
      remedy: 'raise `atOnce` of `cards`, as far as Slack’s limit for the workspace allows',
    },
    dayEnds: {
      what: 'counting all accounts in the hour after midnight',
      unit: 'at once',
      source: 'POLLING in infra/resources.ts; measured',
      remedy: 'raise `atOnce` of `changes`',
    },
    reminders: {
      what: 'reminders of one morning, written by one run of the clock',
      unit: 's',
      source: 'time limit of the function `clock`; measured',
      remedy: 'nothing is lost: the next minute goes on where it stopped',
    },
    observedLines: {
      what: 'reading what was observed on the first day, for one message',
      unit: 's',
      source: `3,000 read units a second and partition, ${PARTITION}; 40 s until a worker gives up`,
      remedy: 'send findings of some accounts first (rule of EventBridge), or register them as notify',
    },
    scoresRead: {
      what: 'all scores, asked for twice a second',
      unit: 'read units/s',
      source: PARTITION,
      remedy: 'rankings of a project or kind read as much: ask less often',
    },
    knownRead: {
      what: 'accounts heard of, read every minute',
      unit: 'read units',
      source: PARTITION,
      remedy: 'far away',
    },
    tableWrites: {
      what: 'writes a second on the first day',
      unit: 'write units/s',
      source: `a new on-demand table begins with 4,000, ${WARM}`,
      remedy: 'set the table’s warm throughput before the first day; what is throttled comes back',
    },
  },
};

const ja: ScaleWords = {
  accounts: 'アカウント',
  cost: '米ドル/月',
  total: '合計',
  perAccount: '1 アカウントあたり',
  never: '達しません',
  columns: { what: '上限', limit: '上限値', from: '達するアカウント数', remedy: '対処', source: '根拠' },
  loadTitle: ['オプション', '意味', '標準とした値'],
  load: {
    checks: 'アカウントの 1 リージョンにあるコントロールの検出結果の数（成功も含む）',
    controls: 'アカウントの検出結果が属するコントロールの数',
    failing: '失敗している検出結果の割合（0 から 1）',
    regions: '同じだけの検出結果があるリージョンの数',
    refreshHours: '変化のない検出結果を AWS が更新する間隔（12 から 24 時間）',
    requests: '新しい依頼の数（アカウントごと、週ごと）',
    joins: 'すでにある依頼に加わる検出結果の数（アカウントごと、週ごと）',
    ignored: 'ポリシーがすぐに抑制する検出結果の数（アカウントごと、週ごと）',
    firstSeen: '新しく現れ、成功している検出結果の数（アカウントごと、週ごと）',
    suppressions: '人が行う抑制の数（アカウントごと、週ごと）',
    accountsPerChannel: '同じチャンネルを使うアカウントの数',
    accountsPerOwner: '同じ責任者のアカウントの数',
    registerChanges: 'アカウント登録の変更の数（1,000 アカウントごと、日ごと）',
    findingsInBatch: '関数が一度に受け取る検出結果の数。0 は届いたまま',
    metrics: 'スタックのカスタムメトリクスの数',
    alarms: 'スタックのアラームの数',
  },
  lines: {
    lambda: 'Lambda',
    dynamodbReads: 'DynamoDB の読み込み',
    dynamodbWrites: 'DynamoDB の書き込み（インデックスを含む）',
    dynamodbStorage: 'DynamoDB のストレージとポイントインタイムリカバリ',
    sqs: 'SQS',
    logs: 'CloudWatch Logs',
    alarms: 'CloudWatch のメトリクスとアラーム',
    kms: 'KMS',
    s3: 'S3（アーカイブと隔離）',
    httpApi: 'API Gateway（HTTP API）',
    secrets: 'Secrets Manager',
    schedule: 'EventBridge Scheduler',
  },
  limits: {
    concurrency: {
      what: 'Lambda の同時実行数',
      unit: '実行',
      source: LAMBDA,
      remedy:
        '新しい AWS アカウントでは 10 しかないことがあります。最初のデプロイの前に Service Quotas で 1,000 を申請します',
    },
    registerImport: {
      what: 'アカウント一覧の取り込み中に、アカウント一覧を読む量（毎秒）',
      unit: '読み込みユニット/秒',
      source: PARTITION,
      remedy:
        'EventBridge が検出結果を送り始める前か、静かな時間に取り込みます。スロットリングされた検出結果は再配信されます',
    },
    registerReads: {
      what: 'アカウント登録の変更 1 件の後 10 秒間に、アカウント一覧を読む量',
      unit: '読み込みユニット',
      source: PARTITION,
      remedy: '責任者の変更は、1 件ずつではなくまとめて取り込みます',
    },
    reconcileRecord: {
      what: '毎晩の突き合わせのレコード（すべてのアカウントで差分があった場合）',
      unit: 'バイト',
      source: ITEM,
      remedy: '対処は不要です。Security Hub の管理者が持てるメンバーは 1 万ほどです',
    },
    listedRecord: {
      what: '未登録アカウントのレコード（1 つも登録していない場合）',
      unit: 'バイト',
      source: ITEM,
      remedy:
        'EventBridge が検出結果を送り始める前に、アカウントを登録します（`npm run accounts -- import`）',
    },
    reconcileNight: {
      what: '毎晩の突き合わせ（03:00 から始業まで）',
      unit: '秒',
      source: 'GetFindings は毎秒 3 回。アカウントとチェックごとの実測値',
      remedy: '昼まで続いても害はありません。関数 `changes` のメモリを増やすと短くなります',
    },
    reconcilePiece: {
      what: '突き合わせのメッセージ 1 件（20 アカウント）',
      unit: '秒',
      source: '関数 `changes` の制限時間。実測値',
      remedy: '関数 `changes` のメモリを増やします（プロセッサも増えます）',
    },
    reconcileMemory: {
      what: '突き合わせのメッセージ 1 件のメモリ',
      unit: 'MB',
      source: '関数 `changes` のメモリ。実測値',
      remedy: '関数 `changes` のメモリを増やします',
    },
    ownersLooked: {
      what: '朝までに Slack で責任者を確認する時間',
      unit: '分',
      source: '毎分 50 人（Slack の users.info は毎分 100 回）',
      remedy: '個人ではなくユーザーグループを責任者にします。間に合わなくても、カードで呼ぶ前に確認します',
    },
    channelsAsked: {
      what: '09:00 にカードを受け取り、事前に確認されるチャンネル',
      unit: '分',
      source: `conversations.info は毎分 50 回、${SLACK}`,
      remedy: 'チャンネルを減らします。カードは順に遅れて届き、失われません',
    },
    findingsBusy: {
      what: '関数 findings（混む時間帯）',
      unit: '並列',
      source: 'infra/resources.ts の POLLING。実測値',
      remedy: '`findings` の `atOnce` を上げます',
    },
    findingsFirstDay: {
      what: '初日の検出結果（すべて新規の場合、毎秒）',
      unit: '件/秒',
      source: 'infra/resources.ts の POLLING。実測値',
      remedy: '`findings` の `atOnce` を上げます。待っている検出結果は 14 日間キューに残ります',
    },
    enforcedFirst: {
      what: '全アカウントを同じ日に enforce にしたとき、Security Hub への反映にかかる時間',
      unit: '時間',
      source: 'infra/resources.ts の POLLING。BatchUpdateFindings は毎秒 10 回',
      remedy: 'アカウントごとに enforce にするか、`workflow` の `atOnce` を上げます',
    },
    changesBusy: {
      what: '関数 changes（スコアの集計とボタン操作、混む時間帯）',
      unit: '並列',
      source: 'infra/resources.ts の POLLING。実測値',
      remedy: '`changes` の `atOnce` を上げます',
    },
    firstDigests: {
      what: '初日のまとめのメッセージ（全アカウントが 1 つのチャンネルを使う場合）',
      unit: '分',
      source: `チャンネルごとに毎秒およそ 1 件、${SLACK}`,
      remedy: 'enforce にする前に、アカウントをチャンネルとともに登録します',
    },
    cardsMorning: {
      what: '朝のカードの投稿（チャンネルごとに 1 件）',
      unit: '分',
      source: 'infra/resources.ts の POLLING。投稿 1 件に 1 秒',
      remedy: 'Slack のワークスペース全体の上限の範囲で、`cards` の `atOnce` を上げます',
    },
    dayEnds: {
      what: '日付が変わってから 1 時間で全アカウントを集計',
      unit: '並列',
      source: 'infra/resources.ts の POLLING。実測値',
      remedy: '`changes` の `atOnce` を上げます',
    },
    reminders: {
      what: '1 回の clock の実行で書く、朝のリマインダー',
      unit: '秒',
      source: '関数 `clock` の制限時間。実測値',
      remedy: '失われるものはありません。次の 1 分が続きから行います',
    },
    observedLines: {
      what: '初日の観察結果をメッセージ 1 件のために読む時間',
      unit: '秒',
      source: `パーティションごとに毎秒 3,000 読み込みユニット、${PARTITION}。40 秒で投稿を諦めます`,
      remedy: 'まず一部のアカウントの検出結果だけを送るか（EventBridge のルール）、notify で登録します',
    },
    scoresRead: {
      what: '全スコアを毎秒 2 回読む量',
      unit: '読み込みユニット/秒',
      source: PARTITION,
      remedy: 'プロジェクトや種類で絞っても読む量は同じです。頻度を下げます',
    },
    knownRead: {
      what: '既知のアカウントを毎分読む量',
      unit: '読み込みユニット',
      source: PARTITION,
      remedy: '当面は心配ありません',
    },
    tableWrites: {
      what: '初日の書き込み（毎秒）',
      unit: '書き込みユニット/秒',
      source: `新しいオンデマンドテーブルは 4,000 から始まります、${WARM}`,
      remedy:
        '初日の前にテーブルのウォームスループットを設定します。スロットリングされたものは再配信されます',
    },
  },
};

export const SCALE_WORDS: Readonly<Record<ScaleLanguage, ScaleWords>> = { en, ja };
