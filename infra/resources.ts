/**
 * The one description of the table and the queues, as plain data: the CDK stack makes them in AWS from it,
 * and `local/embedded` makes the same ones on one machine.
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

export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[];

/** How long queues and dead-letter queues keep a message: the longest that SQS allows. */
export const MESSAGE_RETENTION_DAYS = 14;
