import * as z from 'zod';

/** The functions of a deployment; each works on its own memory and processor. */
export const FUNCTIONS = ['findings', 'changes', 'cards', 'workflow', 'clock', 'slack'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

const amount = z.number().nonnegative();

/** What one item takes of one function, on average. */
const Work = z.strictObject({
  invocations: amount,
  /** Milliseconds of processor on the machine that measured. */
  cpuMs: amount,
  /** Milliseconds spent waiting for others: calls one after the other at `latencyMs`, and pauses that the bot makes. */
  waitMs: amount,
  /** Calls to DynamoDB. */
  tableCalls: amount,
  /** DynamoDB read units of table and indexes. */
  readUnits: amount,
  /** DynamoDB write units of the table itself. */
  writeUnits: amount,
  /** DynamoDB write units of its indexes. */
  indexWriteUnits: amount,
  /** Messages that it sends to queues. */
  sent: amount,
  /** Messages that it lets come back later. */
  delayed: amount,
  s3Puts: amount,
  hubCalls: amount,
  stsCalls: amount,
  slackCalls: amount,
  /** Of these, new messages and replies. */
  slackPosts: amount,
  /** Bytes of its own log lines. */
  logBytes: amount,
  /** Bytes of history and audit log, which stay in the table. */
  keptBytes: amount,
});
export type Work = z.infer<typeof Work>;

/** Nothing done at all. */
export const NO_WORK: Work = {
  invocations: 0,
  cpuMs: 0,
  waitMs: 0,
  tableCalls: 0,
  readUnits: 0,
  writeUnits: 0,
  indexWriteUnits: 0,
  sent: 0,
  delayed: 0,
  s3Puts: 0,
  hubCalls: 0,
  stsCalls: 0,
  slackCalls: 0,
  slackPosts: 0,
  logBytes: 0,
  keptBytes: 0,
};

/** What an account had when counts and comparisons were measured: more of it takes more. */
export const MEASURED = { controlsOfAccount: 40, checksOfControl: 10 } as const;

/** What each of them is, in the words of `docs/scale.md`. */
const ITEMS = {
  newCard: 'a new finding that makes a request with a card of its own',
  newInBulletin: 'a new finding that waits for the morning, and its part of the morning’s card',
  joins: 'a new finding that joins an open request',
  passes: 'the last failing finding of a request passes',
  ignored: 'a new finding that policy suppresses at once',
  firstPassed: 'a check that is seen for the first time, and passes',
  refreshAgain: 'a finding delivered again within 12 hours',
  refreshInBatch: 'the same, one of ten messages of a batch',
  refreshSeen: 'a finding delivered again after more than 12 hours',
  refreshMarks: 'the same after two days, when it has its control counted anew',
  suppressed: 'a suppression: press, dialog, change, card, Security Hub',
  reminded: 'a request of which people are reminded',
  reconcileAccount: 'an account in the nightly comparison',
  reconcileCheck: 'one check more in that account',
  countAccount: 'a count of an account’s score',
  countControl: 'one marked control more in that count',
  clockMinute: 'a minute in which nothing is due',
  clockMinuteAccount: 'one account more in the register during that minute',
  registerAccount: 'one account read again after somebody has changed the register',
  weekly: 'the weekly ranking',
  weeklyAccount: 'one account more in that ranking',
} as const;
export type ItemName = keyof typeof ITEMS;
export const ITEM_NAMES = Object.keys(ITEMS) as readonly ItemName[];

const ByFunction = z.partialRecord(z.enum(FUNCTIONS), Work);
export type ByFunction = z.infer<typeof ByFunction>;

/** How much room things take, in bytes as DynamoDB reckons them unless told otherwise. */
const Sizes = z.strictObject({
  issue: amount,
  request: amount,
  account: amount,
  knownAccount: amount,
  accountScore: amount,
  controlScore: amount,
  snapshot: amount,
  /** One line of the morning's summary of what was only observed. */
  observedLine: amount,
  /** An account in the record of a comparison in which something was mended in all of them. */
  reconciled: amount,
  /** An account in the record of those that nobody has registered. */
  listed: amount,
  /** Memory of this process that one issue takes while a reconcile holds it. */
  issueInMemory: amount,
  /** An event that brings a finding. */
  event: amount,
});
export type Sizes = z.infer<typeof Sizes>;

/** What was measured, where and when: written by `npm run bench -- --only perItem --keep`. */
export const PerItemFile = z.strictObject({
  measuredAt: z.iso.date(),
  machine: z.string().min(1),
  node: z.string().min(1),
  /** Milliseconds that a call to each takes, assumed for AWS: embedded servers say nothing about that. */
  latencyMs: z.strictObject({
    dynamodb: amount,
    sqs: amount,
    s3: amount,
    securityHub: amount,
    sts: amount,
    slack: amount,
  }),
  items: z.record(z.enum(ITEM_NAMES as [ItemName, ...ItemName[]]), ByFunction),
  sizes: Sizes,
});
export type PerItemFile = z.infer<typeof PerItemFile>;
