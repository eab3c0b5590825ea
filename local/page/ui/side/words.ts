import type { Behind, FindingsOutcome, PageLanguage, ThreatKind, WorldAct } from '../../api';

/** What this side of the page says. Field names and values of AWS stay as AWS writes them. */
export interface SideWords {
  readonly loading: string;
  readonly none: string;
  readonly close: string;
  readonly clock: {
    readonly label: string;
    readonly day: string;
    readonly week: string;
    readonly hint: string;
    readonly moving: string;
    readonly arrived: (now: string) => string;
    readonly refused: (why: string) => string;
  };
  readonly aws: {
    readonly label: string;
    readonly about: string;
    readonly seeding: string;
    readonly account: string;
    readonly kind: Readonly<Record<'production' | 'non-production', string>>;
    readonly newAccount: string;
    readonly newAccountAbout: string;
    readonly newAccountSent: (id: string) => string;
    readonly newAccounts: (ids: string) => string;
    readonly format: string;
    readonly formatSaved: (format: string) => string;
    readonly resources: string;
    readonly failing: (count: number) => string;
    readonly passing: string;
    readonly deleted: string;
    readonly broken: string;
    readonly fine: string;
    readonly acts: Readonly<Record<WorldAct['act'], string>>;
    /** All controls of one resource. */
    readonly all: Readonly<Record<'break' | 'fix', string>>;
    /** What a press does, for its tooltip and for screen readers. */
    readonly does: Readonly<Record<'fix' | 'delete' | 'restore', string>>;
    readonly breaks: (how: string) => string;
    readonly sent: (what: string, act: WorldAct['act']) => string;
    readonly refused: (why: string) => string;
    readonly threats: string;
    readonly threatsAbout: string;
    readonly threat: Readonly<Record<ThreatKind, string>>;
    readonly see: string;
    readonly again: string;
    readonly archive: string;
    readonly notSeen: string;
    readonly seen: (times: number) => string;
    readonly threatSent: Readonly<Record<'see' | 'again' | 'archive', (what: string) => string>>;
    readonly hub: string;
    readonly hubAbout: string;
    readonly hubTable: string;
    readonly search: string;
    readonly any: string;
    readonly count: (shown: number, all: number) => string;
    readonly nothingFits: string;
    readonly columns: Readonly<
      Record<'control' | 'severity' | 'compliance' | 'workflow' | 'recordState' | 'note', string>
    >;
  };
  readonly drop: {
    readonly label: string;
    readonly about: string;
    readonly choose: string;
    readonly here: string;
    readonly results: string;
    readonly sending: string;
    readonly tooBig: string;
    readonly outcome: Readonly<Record<FindingsOutcome['outcome'], string>>;
  };
  readonly behind: {
    readonly label: string;
    readonly kind: Readonly<Record<Behind['kind'], string>>;
    readonly finding: string;
    readonly decision: string;
    readonly record: string;
    readonly issues: string;
    readonly history: string;
    readonly blocks: string;
    readonly slackCalls: string;
    readonly awsCalls: string;
    readonly copy: string;
    readonly copied: string;
    readonly notCopied: string;
    readonly treatment: string;
    readonly treatments: Readonly<Record<'track' | 'notify' | 'ignore' | 'leave', string>>;
    readonly line: string;
    readonly lineAt: (line: string, number: number) => string;
    readonly answered: string;
    readonly why: string;
    readonly version: string;
    readonly severity: string;
    readonly deadline: string;
    readonly hours: (hours: number) => string;
    readonly due: string;
    readonly ok: string;
    readonly failed: (code: string) => string;
    readonly outcome: Readonly<Record<'done' | 'lost' | 'refused', string>>;
    readonly items: (count: number) => string;
  };
}

const ja: SideWords = {
  loading: '読み込んでいます…',
  none: 'ありません',
  close: '閉じる',
  clock: {
    label: 'ボットの時刻',
    day: '1 日進める',
    week: '1 週間進める',
    hint: '途中の朝も 1 日ずつ通るので、リマインドや期限切れがそのとおりに届きます。',
    moving: '時計を進めています…',
    arrived: (now) => `時計を ${now} まで進めました。`,
    refused: (why) => `時計を進められませんでした: ${why}`,
  },
  aws: {
    label: 'AWS',
    about: '手元の AWS です。操作すると、AWS と同じイベントがキューに送られ、ボットに届きます。',
    seeding: '最初の画面を準備しています…',
    account: 'アカウント',
    kind: { production: '本番', 'non-production': '本番以外' },
    newAccount: '新しいアカウントを有効化する',
    newAccountAbout:
      '有効化の直後には、検出結果が大量に届きます。CRITICAL はすぐに、残りは 1〜2 分後か時計を進めたときに、1 つにまとめて届きます。',
    newAccountSent: (id) => `アカウント ${id} を有効化し、イベントを送りました。`,
    newAccounts: (ids) => `有効化したアカウント: ${ids}`,
    format: 'イベントの形式',
    formatSaved: (format) => `これからのイベントは ${format} で送ります。`,
    resources: 'リソース',
    failing: (count) => `失敗 ${count} 件`,
    passing: '問題なし',
    deleted: '削除済み',
    broken: '失敗',
    fine: '合格',
    acts: { break: '壊す', fix: '直す', delete: '削除', restore: '戻す' },
    all: { break: 'すべて壊す', fix: 'すべて直す' },
    does: {
      fix: '設定を直す → PASSED の検出結果を送ります',
      delete: 'このリソースの検出結果を ARCHIVED にして送ります',
      restore: 'リソースを作り直し、検出結果を送ります',
    },
    breaks: (how) => `${how} → FAILED の検出結果を送ります`,
    sent: (what, act) => {
      const done = { break: '壊し', fix: '直し', delete: '削除し', restore: '元に戻し' }[act];
      return `${what} を${done}、イベントを送りました。`;
    },
    refused: (why) => `送れませんでした: ${why}`,
    threats: '脅威 (GuardDuty)',
    threatsAbout: '脅威は曜日や時刻を問わず、すぐに届きます。',
    threat: { 'brute-force': 'ブルートフォース攻撃', 'crypto-miner': '暗号資産のマイニング' },
    see: '検知させる',
    again: 'もう一度検知させる',
    archive: 'アーカイブする',
    notSeen: '検知していません',
    seen: (times) => `${times} 回検知`,
    threatSent: {
      see: (what) => `「${what}」の検知を送りました。`,
      again: (what) => `「${what}」の再検知を送りました。`,
      archive: (what) => `「${what}」をアーカイブし、イベントを送りました。`,
    },
    hub: 'いまの Security Hub',
    hubAbout: 'ボットが書き込むと、ここに反映されます。',
    hubTable: '検出結果の表',
    search: '絞り込み (コントロール、リソース、メモなど)',
    any: 'すべて',
    count: (shown, all) => (shown === all ? `${all} 件` : `${all} 件中 ${shown} 件`),
    nothingFits: '当てはまる検出結果はありません。',
    columns: {
      control: 'コントロールとリソース',
      severity: '重要度',
      compliance: 'コンプライアンス',
      workflow: 'ワークフロー',
      recordState: 'レコード',
      note: 'メモ',
    },
  },
  drop: {
    label: 'JSON ファイルを送る',
    about: '検出結果の JSON ファイルは、ページのどこにドロップしても送れます。',
    choose: 'ファイルを選ぶ…',
    here: 'ここで離すと、検出結果として送ります。',
    results: '送ったファイル',
    sending: '送信中…',
    tooBig: '1 MB を超えています。分けて送ってください。',
    outcome: { accepted: '受け付けました', refused: '拒否されました', dropped: '対象外です' },
  },
  behind: {
    label: '舞台裏',
    kind: {
      request: '依頼',
      bulletin: 'まとめ',
      notice: 'お知らせ',
      question: '質問',
      change: '申請',
      'account-request': 'アカウントの申請',
      none: '記録のないメッセージ',
    },
    finding: '検出結果 (Security Hub)',
    decision: '判断',
    record: '記録',
    issues: '記録の中の問題',
    history: '履歴',
    blocks: 'Block Kit JSON',
    slackCalls: 'Slack の呼び出し',
    awsCalls: 'AWS の呼び出し',
    copy: 'コピー',
    copied: 'コピーしました。',
    notCopied: 'コピーできませんでした。本文を選択してコピーしてください。',
    treatment: '扱い',
    treatments: {
      track: '直るまで追う',
      notify: '知らせてから抑制する',
      ignore: 'すぐに抑制する',
      leave: '何もしない',
    },
    line: '決めたポリシー行',
    lineAt: (line, number) => `${line} (${number} 行目)`,
    answered: 'Slack での回答',
    why: '理由',
    version: 'ポリシーの版',
    severity: '重要度',
    deadline: '期限の長さ',
    hours: (hours) => (hours % 24 === 0 ? `${hours / 24} 日` : `${hours} 時間`),
    due: '期限',
    ok: '成功',
    failed: (code) => `失敗: ${code}`,
    outcome: { done: '成功', lost: '実行済み (応答は届かず)', refused: '拒否' },
    items: (count) => `${count} 件`,
  },
};

const en: SideWords = {
  loading: 'Loading…',
  none: 'None',
  close: 'Close',
  clock: {
    label: 'The bot’s time',
    day: '+ 1 day',
    week: '+ 1 week',
    hint: 'Passes through every morning on the way, so reminders and expiries come as they would.',
    moving: 'Moving the clock…',
    arrived: (now) => `The clock is now at ${now}.`,
    refused: (why) => `The clock did not move: ${why}`,
  },
  aws: {
    label: 'AWS',
    about:
      'An AWS on this machine. What you do here sends the events AWS would send, through the real queue.',
    seeding: 'Preparing the first screen…',
    account: 'Account',
    kind: { production: 'production', 'non-production': 'non-production' },
    newAccount: 'Enable a new account',
    newAccountAbout:
      'A flood of findings arrives. CRITICAL ones are posted at once; the rest comes as one message after a minute or two, or when you move the clock.',
    newAccountSent: (id) => `Account ${id} is enabled; its events are sent.`,
    newAccounts: (ids) => `Enabled here: ${ids}`,
    format: 'Event format',
    formatSaved: (format) => `Events are sent as ${format} from now on.`,
    resources: 'Resources',
    failing: (count) => `${count} failing`,
    passing: 'all passed',
    deleted: 'deleted',
    broken: 'failed',
    fine: 'passed',
    acts: { break: 'Break', fix: 'Fix', delete: 'Delete', restore: 'Restore' },
    all: { break: 'Break all', fix: 'Fix all' },
    does: {
      fix: 'Set it right → sends a PASSED finding',
      delete: 'archives this resource’s findings and sends them',
      restore: 'makes the resource again and sends its findings',
    },
    breaks: (how) => `${how} → sends a FAILED finding`,
    sent: (what, act) => {
      const done = { break: 'broken', fix: 'fixed', delete: 'deleted', restore: 'restored' }[act];
      return `${what} is ${done}; the events are sent.`;
    },
    refused: (why) => `Not sent: ${why}`,
    threats: 'Threats (GuardDuty)',
    threatsAbout: 'Threats arrive at once, whatever the day or hour.',
    threat: { 'brute-force': 'Brute force', 'crypto-miner': 'Crypto miner' },
    see: 'See it',
    again: 'See it again',
    archive: 'Archive',
    notSeen: 'not seen',
    seen: (times) => (times === 1 ? 'seen once' : `seen ${times} times`),
    threatSent: {
      see: (what) => `GuardDuty has seen “${what}”; the event is sent.`,
      again: (what) => `GuardDuty has seen “${what}” again; the event is sent.`,
      archive: (what) => `“${what}” is archived; the event is sent.`,
    },
    hub: 'Security Hub now holds',
    hubAbout: 'What the bot writes shows here.',
    hubTable: 'Table of findings',
    search: 'Filter (control, resource, note …)',
    any: 'Any',
    count: (shown, all) => {
      const findings = all === 1 ? 'finding' : 'findings';
      return shown === all ? `${all} ${findings}` : `${shown} of ${all} ${findings}`;
    },
    nothingFits: 'No finding fits.',
    columns: {
      control: 'Control and resource',
      severity: 'Severity',
      compliance: 'Compliance',
      workflow: 'Workflow',
      recordState: 'Record',
      note: 'Note',
    },
  },
  drop: {
    label: 'Send JSON files',
    about: 'Drop JSON files of findings anywhere on the page to send them.',
    choose: 'Choose files…',
    here: 'Drop here to send as findings.',
    results: 'Files sent',
    sending: 'Sending…',
    tooBig: 'It is larger than 1 MB. Send it in parts.',
    outcome: { accepted: 'Accepted', refused: 'Refused', dropped: 'Dropped' },
  },
  behind: {
    label: 'Behind the glass',
    kind: {
      request: 'Request',
      bulletin: 'Bulletin',
      notice: 'Notice',
      question: 'Question',
      change: 'Change',
      'account-request': 'Account request',
      none: 'A message without a record',
    },
    finding: 'Finding (Security Hub)',
    decision: 'Decision',
    record: 'Record',
    issues: 'Issues of the record',
    history: 'History',
    blocks: 'Block Kit JSON',
    slackCalls: 'Slack calls',
    awsCalls: 'AWS calls',
    copy: 'Copy',
    copied: 'Copied.',
    notCopied: 'Could not copy. Select the text and copy it by hand.',
    treatment: 'Treatment',
    treatments: {
      track: 'chase until fixed',
      notify: 'tell, then suppress',
      ignore: 'suppress at once',
      leave: 'leave alone',
    },
    line: 'Deciding policy line',
    lineAt: (line, number) => `${line} (line ${number})`,
    answered: 'an answer given in Slack',
    why: 'Why',
    version: 'Policy version',
    severity: 'Severity',
    deadline: 'Time to fix',
    hours: (hours) => {
      if (hours % 24 !== 0) return `${hours} hours`;
      return hours === 24 ? '1 day' : `${hours / 24} days`;
    },
    due: 'Due',
    ok: 'ok',
    failed: (code) => `failed: ${code}`,
    outcome: { done: 'done', lost: 'done (answer lost)', refused: 'refused' },
    items: (count) => (count === 1 ? '1 item' : `${count} items`),
  },
};

const WORDS: Readonly<Record<PageLanguage, SideWords>> = { ja, en };

export function sideWords(language: PageLanguage): SideWords {
  return WORDS[language];
}
