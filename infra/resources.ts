/**
 * The one description of the table, the queues and the settings of a deployment, as plain data: the CDK stack makes them
 * in AWS from it, `local/embedded` makes the same table and queues on one machine, and `npm run deploy` asks for the
 * same settings.
 */

/** Every key is a string. */
export interface KeyPair {
  readonly partition: string;
  readonly sort: string;
}

/** The one table: its own key and its sparse indexes, each of which carries whole items. */
export const TABLE: { readonly key: KeyPair; readonly indexes: Readonly<Record<string, KeyPair>> } = {
  key: { partition: 'pk', sort: 'sk' },
  indexes: {
    clock: { partition: 'clockPk', sort: 'nextAt' },
    byOwner: { partition: 'ownerPk', sort: 'urgency' },
    byUrgency: { partition: 'urgencyPk', sort: 'urgency' },
    byChange: { partition: 'openPk', sort: 'openSk' },
  },
};

/** Items that nobody needs any more carry the second (epoch) at which the table may drop them. */
export const EXPIRES_AT = 'expiresAt';

export type QueueName = 'findings' | 'workflow' | 'cards' | 'changes';

export interface QueueDescription {
  /** In order and one at a time within a message group. */
  readonly fifo: boolean;
  /** How long a received message stays hidden from others, in seconds: longer than its handler may run. */
  readonly visibilitySeconds: number;
  /** Receives after which a message goes to the dead-letter queue. */
  readonly maxReceives: number;
}

export const QUEUES: Readonly<Record<QueueName, QueueDescription>> = {
  findings: { fifo: false, visibilitySeconds: 180, maxReceives: 5 },
  workflow: { fifo: false, visibilitySeconds: 180, maxReceives: 5 },
  // A card that Slack refuses comes back every few seconds: an hour's outage must not use up its receives.
  cards: { fifo: true, visibilitySeconds: 60, maxReceives: 1000 },
  changes: { fifo: true, visibilitySeconds: 180, maxReceives: 5 },
};

/** How a function is fed from its queue. */
interface Polling {
  readonly batch: number;
  /** How long a batch may wait to become full. */
  readonly windowSeconds?: number;
  /** Batches of a queue under way at a time; FIFO queues keep to one in a group by themselves. */
  readonly atOnce: number;
}

/**
 * Limits are set here and not by reserving concurrency: a reserved function throttles, and every throttle would count as a
 * receive; and new accounts have nothing to reserve from.
 */
export const POLLING: Readonly<Record<QueueName, Polling>> = {
  findings: { batch: 10, atOnce: 10 },
  // A batch is few calls to Security Hub; two is the least that SQS allows.
  workflow: { batch: 100, windowSeconds: 5, atOnce: 2 },
  cards: { batch: 1, atOnce: 10 },
  changes: { batch: 1, atOnce: 10 },
};

export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[];

/** How long queues and dead-letter queues keep a message: the longest that SQS allows. */
export const MESSAGE_RETENTION_DAYS = 14;

export const STACK_NAME = 'SecopsBot';

/** A setting that a deployment may choose, and the template's parameter that carries it. */
export interface DeploymentSetting {
  readonly parameter: string;
  readonly what: string;
  /** What CloudFormation lets in; `src/settings` looks at it once more. */
  readonly pattern: string;
  /** Empty means none; without a default it must be given. */
  readonly default?: string;
  /** The stack needs it itself, and gives it to no function. */
  readonly forStack?: true;
}

const CHANNEL = '[CG][A-Z0-9]{2,}';
const PRINCIPALS = '([SUW][A-Z0-9]+([ ,]+[SUW][A-Z0-9]+)*)?';
/** A role or user of IAM, or many of them with `*` and `?`. */
const IAM_PRINCIPAL = 'arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[\\w+=.@/*?-]+';

/** By the environment variable that `src/settings` reads, where the functions need it. A fresh deployment only observes. */
export const DEPLOYMENT_SETTINGS: Readonly<Record<string, DeploymentSetting>> = {
  SLACK_TEAM_ID: { parameter: 'SlackTeamId', what: 'Slack workspace (T…)', pattern: '[TE][A-Z0-9]+' },
  SLACK_BOT_ID: { parameter: 'SlackBotId', what: 'the bot in Slack (B…)', pattern: 'B[A-Z0-9]+' },
  SLACK_BOT_USER_ID: {
    parameter: 'SlackBotUserId',
    what: "the bot's user in Slack (U…)",
    pattern: '[UW][A-Z0-9]+',
  },
  DEFAULT_CHANNEL_ID: {
    parameter: 'DefaultChannelId',
    what: 'channel for accounts that name none (C…)',
    pattern: CHANNEL,
  },
  SECURITY_CHANNEL_ID: {
    parameter: 'SecurityChannelId',
    what: 'channel of the security team (C…)',
    pattern: CHANNEL,
  },
  RANKING_CHANNEL_ID: {
    parameter: 'RankingChannelId',
    what: 'channel of the weekly ranking (C…)',
    pattern: `(${CHANNEL})?`,
    default: '',
  },
  SECURITY_ANALYSTS: {
    parameter: 'SecurityAnalysts',
    what: 'analysts: user groups (S…) or users (U…), with commas',
    pattern: PRINCIPALS,
    default: '',
  },
  SECURITY_LEADS: {
    parameter: 'SecurityLeads',
    what: 'leads, likewise',
    pattern: PRINCIPALS,
    default: '',
  },
  UNKNOWN_ACCOUNT_MODE: {
    parameter: 'UnknownAccountMode',
    what: 'observe, notify or enforce, for registered accounts that state no mode',
    pattern: 'observe|notify|enforce',
    default: 'observe',
  },
  DEFAULT_LANG: { parameter: 'DefaultLanguage', what: 'ja or en', pattern: 'ja|en', default: 'ja' },
  TIME_ZONE: {
    parameter: 'TimeZone',
    what: 'time zone, such as Asia/Tokyo',
    pattern: '[A-Za-z0-9+/_-]+',
    default: 'Asia/Tokyo',
  },
  QUIET: {
    parameter: 'Quiet',
    what: 'on or off: MEDIUM and LOW wait for the morning',
    pattern: 'on|off',
    default: 'on',
  },
  RECONCILE: {
    parameter: 'Reconcile',
    what: 'on or off: compare with Security Hub every night',
    pattern: 'on|off',
    default: 'on',
  },
  ARCHIVE_LOCK: {
    parameter: 'ArchiveLock',
    what: 'compliance: nobody, the root user included, can delete from the archive before its time; governance, for a trial: who has the right to bypass it can',
    pattern: 'compliance|governance',
    default: 'compliance',
    forStack: true,
  },
  ARCHIVE_YEARS: {
    parameter: 'ArchiveYears',
    what: 'years for which history and audit log are kept in the archive',
    pattern: '[1-9]\\d?',
    default: '7',
    forStack: true,
  },
  PLAYBOOK_OVERRIDES: {
    parameter: 'PlaybookOverrides',
    what: 'folder within config/ with playbooks of your own',
    pattern: '[\\w/.-]*',
    default: '',
  },
  MEMBER_ROLE_NAME: {
    parameter: 'MemberRoleName',
    what: 'role that the bot assumes in member accounts',
    pattern: '[\\w+=,.@-]{1,64}',
    default: 'SecOpsBotMember',
  },
  MEMBER_EXTERNAL_ID: {
    parameter: 'MemberExternalId',
    what: 'external id that this role asks for',
    pattern: '([\\w+=,.@:/-]{2,1224})?',
    default: '',
  },
  OPERATOR_PRINCIPALS: {
    parameter: 'OperatorPrincipals',
    what: 'ARNs of roles and users (* allowed) that may use commands, with commas and no spaces; none: all of the account that IAM lets',
    pattern: `(${IAM_PRINCIPAL}(,${IAM_PRINCIPAL})*)?`,
    default: '',
    forStack: true,
  },
};

/** What commands at the terminal are told of a deployed stack: its outputs, by name. */
export const STACK_OUTPUTS = {
  table: 'TableName',
  bucket: 'DataBucket',
  findings: 'FindingsQueueUrl',
  workflow: 'WorkflowQueueUrl',
  cards: 'CardsQueueUrl',
  changes: 'ChangesQueueUrl',
  /** Roles for commands that read, and for those that change something. */
  reader: 'ReaderRoleArn',
  operator: 'OperatorRoleArn',
  slack: 'SlackUrl',
} as const;

/**
 * What draws pictures on Lambda's processor and not on this machine's: `npm run deploy` fetches it into the folder, which
 * lies outside of what `npm ci` makes.
 */
export const NATIVE_PICTURES = {
  package: '@resvg/resvg-js-linux-arm64-gnu',
  folder: '.cache/lambda-arm64',
} as const;
