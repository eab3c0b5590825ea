/**
 * What the page and its server say to each other, as JSON. Types only: the browser's side imports this file as well.
 * Every POST needs `content-type: application/json`; an answer that is not 2xx carries a `Problem`.
 */

/** What went wrong, in words for the person at the page. */
export interface Problem {
  readonly error: string;
}

export type PageLanguage = 'ja' | 'en';
export type Severity = 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

// --- GET /api/start --------------------------------------------------------------------------------------

/** One of the three people whom the page can be. Their language is the stand-in's to tell: they may change it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly role: 'owner' | 'analyst' | 'lead';
}

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly isBot: boolean;
  readonly isGuest: boolean;
  readonly isStranger: boolean;
  readonly deleted: boolean;
}

export interface SlackGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly locale: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isShared: boolean;
}

/** An account as the bot knows it. */
export interface PageAccount {
  readonly id: string;
  readonly name: string;
  readonly kind: 'production' | 'non-production';
  readonly mode: 'observe' | 'notify' | 'enforce';
  readonly channel?: string;
  readonly owner?: string;
}

/** One line of the command's help: what to type, and what it does. */
export interface CommandHelp {
  /** With the command itself: `/secops list overdue`. What is in angle or square brackets is to be filled in. */
  readonly usage: string;
  readonly about: Readonly<Record<PageLanguage, string>>;
}

export interface Start {
  readonly people: readonly Person[];
  readonly users: readonly SlackUser[];
  readonly groups: readonly SlackGroup[];
  readonly channels: readonly SlackChannel[];
  readonly botUserId: string;
  readonly teamName: string;
  /** The bot's clock, ISO 8601. */
  readonly now: string;
  /** IANA name; dates of the page's own words are in it. */
  readonly timeZone: string;
  /** The security team's channel, and the one for accounts without their own. */
  readonly securityChannel: string;
  readonly defaultChannel: string;
  readonly accounts: readonly PageAccount[];
  readonly commands: readonly CommandHelp[];
}

// --- /api/aws --------------------------------------------------------------------------------------------

/** The format in which events are sent: Security Hub CSPM's own, or OCSF as the new Security Hub sends it. */
export type FindingFormat = 'asff' | 'ocsf';

/** One check of a control on one resource. */
export interface WorldControl {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly broken: boolean;
  /** What breaking it does, in plain words: `Open the bucket to everybody`. */
  readonly breaking: Readonly<Record<PageLanguage, string>>;
}

export interface WorldResource {
  /** The ARN. */
  readonly id: string;
  /** Short, for people: `orders-db`. */
  readonly name: string;
  /** As in ASFF: `AwsS3Bucket`. */
  readonly type: string;
  readonly region: string;
  /** What it is there for, in plain words. */
  readonly about: Readonly<Record<PageLanguage, string>>;
  /** False after it has been deleted. */
  readonly exists: boolean;
  readonly controls: readonly WorldControl[];
}

export type ThreatKind = 'brute-force' | 'crypto-miner';

export interface WorldThreat {
  readonly kind: ThreatKind;
  /** GuardDuty's own title. */
  readonly title: string;
  /** What happens, in plain words. */
  readonly about: Readonly<Record<PageLanguage, string>>;
  readonly severity: Severity;
  readonly resource: string;
  /** How often GuardDuty has seen it; 0 before the first time and after it was archived. */
  readonly seen: number;
}

export interface WorldAccount {
  readonly id: string;
  readonly name: string;
  readonly kind: 'production' | 'non-production';
  readonly resources: readonly WorldResource[];
  readonly threats: readonly WorldThreat[];
}

/** GET /api/aws; every POST below /api/aws answers with it as it is afterwards. */
export interface World {
  readonly format: FindingFormat;
  readonly accounts: readonly WorldAccount[];
  /** Ids of accounts that have been enabled here, oldest first. */
  readonly newAccounts: readonly string[];
  /** True while the believable past is being played at the first start. */
  readonly seeding: boolean;
}

/** POST /api/aws/act */
export interface WorldAct {
  readonly account: string;
  /** The resource's id. */
  readonly resource: string;
  readonly act: 'break' | 'fix' | 'delete' | 'restore';
  /** For `break` and `fix`: the control; all of the resource's when left out. */
  readonly control?: string;
}

/** POST /api/aws/threat */
export interface ThreatAct {
  readonly account: string;
  readonly kind: ThreatKind;
  readonly act: 'see' | 'again' | 'archive';
}

/** POST /api/aws/format */
export interface FormatChoice {
  readonly format: FindingFormat;
}

// --- GET /api/hub ----------------------------------------------------------------------------------------

/** One finding as Security Hub's stand-in holds it. */
export interface HubRow {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** Empty for products without controls; GuardDuty's is the finding's type. */
  readonly control: string;
  readonly title: string;
  readonly resource: string;
  readonly severity: string;
  readonly compliance: string;
  readonly workflow: string;
  readonly recordState: string;
  readonly note: string;
  readonly updatedAt: string;
}

export interface Hub {
  /** The newest first, at most 500. */
  readonly rows: readonly HubRow[];
  /** How many it holds in all. */
  readonly total: number;
}

// --- /api/clock ------------------------------------------------------------------------------------------

/** GET /api/clock; POST answers it once the clock has arrived. */
export interface ClockState {
  /** ISO 8601. */
  readonly now: string;
  /** Milliseconds by which the bot's clock differs from this machine's. */
  readonly offsetMs: number;
  /** True while somebody is moving it; a POST then gets 409. */
  readonly moving: boolean;
}

/** POST /api/clock: at most 31 days, never back. */
export interface ClockMove {
  /** Milliseconds. */
  readonly by: number;
}

// --- GET /api/behind?channel=…&ts=… ----------------------------------------------------------------------

/** A JSON object to be shown as it is. */
export type Document = Readonly<Record<string, unknown>>;

/** What policy says today about what the message is about. */
export interface Decision {
  readonly treatment: 'track' | 'notify' | 'ignore' | 'leave';
  /** The id of the deciding line of the policy, or `answer` where it was answered in Slack. */
  readonly line: string;
  /** Where that line stands in the policy's text, counted from 1. */
  readonly lineNumber?: number;
  /** The line as it is written. */
  readonly text?: string;
  readonly why?: string;
  readonly version: string;
  readonly severity: Severity;
  /** Hours from opening to the deadline, as the policy says. */
  readonly deadlineHours: number;
  /** ISO 8601: the nearest deadline of what is open. */
  readonly due?: string;
}

export interface BehindEntry {
  readonly seq: number;
  readonly at: string;
  readonly what: string;
  readonly by?: string;
  readonly detail?: string;
  /** The resource, where it happened to one issue and not to the whole record. */
  readonly resource?: string;
}

/** A call of the bot to Slack about this message, oldest first. */
export interface SlackCall {
  readonly method: string;
  readonly at: string;
  readonly ok: boolean;
  /** Slack's error code where it refused. */
  readonly error?: string;
  readonly args: Document;
}

/** A call of the bot to AWS about the message's findings, oldest first. */
export interface AwsCall {
  readonly operation: string;
  readonly at: string;
  readonly outcome: 'done' | 'lost' | 'refused';
  readonly error?: string;
  readonly input: unknown;
}

export interface Behind {
  readonly kind: 'request' | 'bulletin' | 'notice' | 'question' | 'change' | 'account-request' | 'none';
  /** Short, for the drawer's heading. */
  readonly title: string;
  /** Null for a message that belongs to no record. */
  readonly record: Document | null;
  readonly issues: readonly Document[];
  /** As Security Hub's stand-in holds them now. */
  readonly findings: readonly Document[];
  readonly decision?: Decision;
  readonly history: readonly BehindEntry[];
  /** The message's Block Kit. */
  readonly message: readonly Document[];
  readonly slackCalls: readonly SlackCall[];
  readonly awsCalls: readonly AwsCall[];
}

// --- POST /api/findings ----------------------------------------------------------------------------------

/** What became of a JSON file; the request's body is the file's text as it is, at most 1 MB. */
export interface FindingsOutcome {
  /** `dropped`: an event that holds no finding. */
  readonly outcome: 'accepted' | 'refused' | 'dropped';
  /** Why it was refused (the fields at fault) or dropped. */
  readonly reason?: string;
}

// --- /api/slack/… ----------------------------------------------------------------------------------------
// The Slack stand-in's control API unchanged (`curl $SLACK/` prints its guide), its event stream included:
// `new EventSource('/api/slack/events?since=0')` gives one JSON message a change.
