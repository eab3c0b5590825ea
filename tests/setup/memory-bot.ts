import type { SQSRecord } from 'aws-lambda';
import { memoryTable } from '../../bench/memory-table';
import { compose, loadConfig, type Ports, realPorts } from '../../handlers/composition';
import { QUEUES } from '../../infra/resources';
import { awsClients, type FindingName, type WorkflowUpdate } from '../../src/aws';
import { sweep } from '../../src/clock';
import { type Finding, readFindings } from '../../src/findings';
import { NOTE_AUTHOR } from '../../src/requests';
import { readSettings } from '../../src/settings';
import type { Slack } from '../../src/slack';
import type { Item, Table } from '../../src/store';
import { type AsffDocument, imported } from '../fixtures/findings';
import { keptLog } from './log-lines';
import {
  callHandler,
  type DrainOptions,
  type ManualClock,
  manualClock,
  type QueueName,
  type Spine,
} from './spine';

/** Somebody who may do everything. */
export const LEAD = { id: 'U0LEAD', name: 'Lead' };

/** For so long a FIFO queue knows a message again. */
const DEDUPLICATED_FOR_MS = 5 * 60_000;
const MOST_ROUNDS = 3_000;

/** What Security Hub CSPM holds, as far as the intake and the workflow ask and write. */
export interface MemoryHub {
  readonly documents: Map<string, AsffDocument>;
  /** The identity that last moved a finding's workflow, unless that was the bot. */
  readonly movedBy: Map<string, string>;
}

/** The bot with a table and queues in memory: its own modules, and stand-ins for the outside alone. */
export interface MemoryBot extends Pick<Spine, 'bot' | 'ports' | 'clock' | 'composeWith'> {
  readonly table: Table;
  readonly hub: MemoryHub;
  /** Puts an event on the findings queue. */
  send(body: string): void;
  /** Puts a command on the changes queue. */
  command(body: unknown): void;
  /**
   * Serves the queues until they are empty; cards are drawn nowhere. What fails comes back if a `serve` is given, which
   * may have been meant to fail, else it is an error.
   */
  drain(options?: Pick<DrainOptions, 'bot' | 'serve'>): Promise<void>;
  /** Lets the clock wake what is due, and drains. */
  tick(): Promise<void>;
}

const settings = readSettings({
  TABLE_NAME: 'memory',
  FINDINGS_QUEUE_URL: 'memory',
  WORKFLOW_QUEUE_URL: 'memory',
  CARDS_QUEUE_URL: 'memory',
  CHANGES_QUEUE_URL: 'memory',
  DATA_BUCKET: 'memory',
  SLACK_BOT_TOKEN: 'xoxb-memory',
  SLACK_TEAM_ID: 'T0MEMORY',
  SLACK_BOT_ID: 'B0MEMORY',
  SLACK_BOT_USER_ID: 'U0MEMORY',
  DEFAULT_CHANNEL_ID: 'C0REQUESTS',
  SECURITY_CHANNEL_ID: 'C0SECURITY',
  SECURITY_LEADS: LEAD.id,
  UNKNOWN_ACCOUNT_MODE: 'enforce',
  RECONCILE: 'off',
});
const config = loadConfig(settings);
const silent = keptLog();
const clients = awsClients();
/** What no test of scores reaches. */
const outside = realPorts(settings, config.catalogue, silent, clients);
afterAll(() => {
  for (const client of Object.values(clients)) client.destroy();
});

/** As DynamoDB keeps it: without what is undefined, and nobody else's. */
const kept = (item: Item): Item => JSON.parse(JSON.stringify(item)) as Item;

/** @param around what is done around the table's calls, e.g. to count them or to act in between */
export function openMemoryBot(around: (table: Table) => Table = (table) => table): MemoryBot {
  const clock = manualClock('2026-11-24T01:00:00.000Z');
  const memory = memoryTable();
  const table = around({
    ...memory,
    create: (item) => memory.create(kept(item)),
    replace: (item, version) => memory.replace(kept(item), version),
    put: (item) => memory.put(kept(item)),
  });
  const hub: MemoryHub = { documents: new Map(), movedBy: new Map() };
  const waiting: Record<Exclude<QueueName, 'cards'>, string[]> = { findings: [], workflow: [], changes: [] };
  const problems: string[] = [];
  const sent = new Map<string, number>();

  const log = keptLog({
    error: (message, details) => void problems.push(`${message} ${String(details?.['error'])}`),
  });
  const ports: Ports = {
    ...outside,
    log,
    table,
    queues: {
      card: async () => undefined,
      workflow: async (message) => void waiting.workflow.push(JSON.stringify(message)),
      async change({ id, version, body }) {
        const message = `${id} ${version}`;
        const now = clock.now().getTime();
        if (now < (sent.get(message) ?? 0) + DEDUPLICATED_FOR_MS) return;
        sent.set(message, now);
        waiting.changes.push(JSON.stringify(body));
      },
    },
    slack: memorySlack(),
    hub: {
      finding: async ({ id }) => heldFinding(id, hub),
      findings: async (names) => names.flatMap(({ id }) => heldFinding(id, hub) ?? []),
      scan: () => Promise.reject(new Error('nobody scans')),
      async workflowHistory({ id }) {
        const changedBy = hub.movedBy.get(id);
        return { ...(changedBy !== undefined && { changedBy }) };
      },
      async update(update) {
        const missing = update.findings.filter(({ id }) => !hub.documents.has(id));
        for (const name of update.findings) writeWorkflow(name, update, hub, waiting.findings, clock);
        return missing.map(({ id, productArn }) => ({ id, productArn, code: 'FindingNotFound' }));
      },
    },
    now: clock.now,
    pause: async (ms) => clock.advance(ms),
  };
  const bot = compose(settings, ports, config);
  const serveOne = async (
    queue: Exclude<QueueName, 'cards'>,
    { bot: by = bot, serve }: Pick<DrainOptions, 'bot' | 'serve'>,
  ): Promise<boolean> => {
    const bodies = waiting[queue].splice(0, queue === 'changes' ? 1 : 10);
    if (bodies.length === 0) return false;
    const event = { Records: bodies.map(recordOf) };
    const { batchItemFailures } = await (serve ? serve(queue, event) : callHandler(queue, event, by));
    if (batchItemFailures.length === 0) return true;
    if (serve === undefined) throw new Error(`${queue} failed: ${problems.slice(-3).join('\n')}`);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    waiting[queue].unshift(
      ...event.Records.flatMap(({ messageId, body }) => (failed.has(messageId) ? [body] : [])),
    );
    clock.advance(QUEUES[queue].visibilitySeconds * 1_000);
    return true;
  };
  const drain: MemoryBot['drain'] = async (options = {}) => {
    let served = true;
    for (let rounds = 0; served; rounds += 1) {
      if (rounds > MOST_ROUNDS)
        throw new Error(`the queues do not come to rest: ${problems.slice(-3).join('\n')}`);
      served = await serveOne('findings', options);
      if (await serveOne('workflow', options)) served = true;
      if (await serveOne('changes', options)) served = true;
    }
  };
  return {
    bot,
    ports,
    clock,
    table,
    composeWith: (replaced) => compose(settings, { ...ports, ...replaced }, config),
    hub,
    send: (body) => void waiting.findings.push(body),
    command: (body) => void waiting.changes.push(JSON.stringify(body)),
    drain,
    async tick() {
      await sweep(bot.clock);
      await drain();
    },
  };
}

function heldFinding(id: string, hub: MemoryHub): Finding | undefined {
  const document = hub.documents.get(id);
  return document && readFindings(imported(document), config.catalogue).findings[0];
}

/** The bot's own write comes back as an event, with the old time of update. */
function writeWorkflow(
  { id }: FindingName,
  { status, note }: WorkflowUpdate,
  hub: MemoryHub,
  echoes: string[],
  clock: ManualClock,
): void {
  const before = hub.documents.get(id);
  if (before === undefined) return;
  const after = {
    ...before,
    Workflow: { Status: status },
    ...(note !== undefined && {
      Note: { Text: note, UpdatedBy: NOTE_AUTHOR, UpdatedAt: clock.now().toISOString() },
    }),
  };
  hub.documents.set(id, after);
  hub.movedBy.delete(id);
  echoes.push(imported(after));
}

function memorySlack(): Slack {
  const answers: Partial<Slack> = {
    person: async (id) => ({ id, locale: 'en-US', standing: 'member' }),
    groupMembers: async () => [],
    ephemeral: async () => undefined,
  };
  return new Proxy(answers as Slack, {
    get: (known, name) =>
      Reflect.get(known, name) ?? (() => Promise.reject(new Error(`nobody calls ${String(name)}`))),
  });
}

function recordOf(body: string, index: number): SQSRecord {
  return {
    messageId: `message-${index}`,
    receiptHandle: `receipt-${index}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'memory',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:ap-northeast-1:111122223333:memory',
    awsRegion: 'ap-northeast-1',
  };
}
