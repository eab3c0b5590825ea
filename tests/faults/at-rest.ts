import { ChangeMessageVisibilityCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Bot, Ports } from '../../handlers/composition';
import { QUEUE_NAMES, type QueueName } from '../../infra/resources';
import { redacted } from '../../src/log';
import { issueItems } from '../../src/requests';
import { SlackUnreachable } from '../../src/slack';
import type { Item } from '../../src/store';
import { brokenPromises, type Done, type Posted } from '../crash/promises';
import type { AsffDocument } from '../fixtures/findings';
import type { Spine } from '../setup/spine';

/** A bot on a spine's outside, all of whose posts, writes to Security Hub and log lines are written down. */
export interface Watched {
  readonly bot: Bot;
  /** What was done, in order; a post without an answer may have been. */
  readonly done: readonly Done[];
  /** Lines as they would be printed. */
  readonly lines: readonly string[];
  /** Those of them that warn of something, or tell of an error. */
  readonly complaints: readonly string[];
  /** Another bot on the same outside, watched by the same eyes. */
  composeWith(replaced: Partial<Ports>): Bot;
}

export function watched({ ports, composeWith }: Pick<Spine, 'ports' | 'composeWith'>): Watched {
  const done: Done[] = [];
  const lines: string[] = [];
  const complaints: string[] = [];
  const writeTo =
    (...kept: readonly string[][]): Ports['log']['info'] =>
    (message, details) => {
      for (const some of kept) some.push(`${message} ${JSON.stringify(redacted(details))}`);
    };
  const complain = writeTo(lines, complaints);
  const compose: Watched['composeWith'] = (replaced) => {
    const { slack, hub } = { ...ports, ...replaced };
    return composeWith({
      ...replaced,
      slack: {
        ...slack,
        async post(channel, message, key, thread) {
          const noted = () => void done.push({ what: 'post', record: key.record });
          try {
            const posted = await slack.post(channel, message, key, thread);
            noted();
            return posted;
          } catch (error) {
            if (error instanceof SlackUnreachable) noted();
            throw error;
          }
        },
      },
      hub: {
        ...hub,
        async update(update) {
          done.push({ what: 'workflow', status: update.status, ids: update.findings.map(({ id }) => id) });
          return hub.update(update);
        },
      },
      log: { info: writeTo(lines), warn: complain, error: complain },
    });
  };
  return { bot: compose({}), done, lines, complaints, composeWith: compose };
}

/** How things stand when all has come to rest. */
export interface Rest {
  /** Promises that are broken: see `brokenPromises`. */
  readonly broken: readonly string[];
  /** Findings that were sent and lie nowhere: in no issue, not in quarantine, not among the dead letters. */
  readonly lost: readonly string[];
  /** Messages that still wait, by queue; those without any are left out. */
  readonly waiting: Partial<Record<QueueName, number>>;
  readonly deadLetters: Partial<Record<QueueName, number>>;
  readonly quarantined: number;
  /** Log lines that hold what must not be printed. */
  readonly leaks: readonly string[];
}

/** Nothing lost, nothing left over, no promise broken. */
export const RESTING: Rest = {
  broken: [],
  lost: [],
  waiting: {},
  deadLetters: {},
  quarantined: 0,
  leaks: [],
};

const SECRETS =
  /xox[a-z]-|xapp-|test-signing-secret|\/response\/|hooks\.slack\.com|trigger_id|[\w.]+@example\.(com|net)/;

/**
 * Looks at everything there is, and at what was sent.
 * @param sent findings whose events were put on the queue
 */
export async function atRest(
  spine: Pick<Spine, 'world' | 'settings' | 'slack' | 'hub' | 'bot' | 'depth'>,
  { done, lines }: Pick<Watched, 'done' | 'lines'>,
  sent: readonly AsffDocument[] = [],
): Promise<Rest> {
  const [items, posts, findings, quarantine, dead, waiting] = await Promise.all([
    everyItem(spine),
    everyPost(spine),
    spine.hub.findings(),
    spine.bot.quarantine.list(),
    deadLetters(spine),
    depths(spine),
  ]);
  const originals = await Promise.all(quarantine.map((item) => spine.bot.quarantine.original(item)));
  const issues = items.filter(({ type }) => type === 'issue').map(issueItems.fromItem);
  const kept = new Set(issues.flatMap((issue) => Object.values(issue.findings).map(({ id }) => id)));
  const aside = [...originals, ...dead.map(({ body }) => body)].join('\n');
  return {
    broken: brokenPromises({
      items,
      posts,
      done,
      workflow: new Map(findings.map(({ Id, Workflow }) => [Id, Workflow?.Status ?? ''])),
      mode: 'enforce',
    }),
    lost: sent.map(({ Id }) => Id).filter((id) => !kept.has(id) && !aside.includes(id)),
    waiting,
    deadLetters: countsOf(dead.map(({ queue }) => queue)),
    quarantined: quarantine.length,
    leaks: lines.filter((line) => SECRETS.test(line)),
  };
}

async function everyItem({ world, settings }: Pick<Spine, 'world' | 'settings'>): Promise<Item[]> {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await world.dynamodb.send(
      new ScanCommand({ TableName: settings.TABLE_NAME, ...(from && { ExclusiveStartKey: from }) }),
    );
    items.push(...((page.Items ?? []) as Item[]));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

interface Told {
  readonly metadata?: { readonly event_payload?: { readonly record?: string; readonly key?: string } };
  readonly replies?: readonly Told[];
}

/** The bot's messages of all channels. */
async function everyPost({ slack }: Pick<Spine, 'slack'>): Promise<Posted[]> {
  const answer = await fetch(`${slack.url}/control/workspace`);
  const { channels } = (await answer.json()) as { channels: Record<string, readonly Told[]> };
  return Object.entries(channels).flatMap(([channel, threads]) =>
    threads
      .flatMap((thread) => [thread, ...(thread.replies ?? [])])
      .flatMap(({ metadata }) => metadata?.event_payload ?? [])
      .map(({ record = '', key = '' }) => ({ channel, record, key })),
  );
}

/** What lies among the dead letters; it is left there. */
export async function deadLetters({
  world,
}: Pick<Spine, 'world'>): Promise<{ queue: QueueName; body: string }[]> {
  const found = await Promise.all(
    QUEUE_NAMES.map(async (queue) => {
      const url = world.deadLetterUrls[queue];
      const messages: Message[] = [];
      for (let more = true; more; ) {
        const { Messages: some = [] } = await world.sqs.send(
          new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }),
        );
        messages.push(...some);
        more = some.length > 0;
      }
      for (const { ReceiptHandle } of messages) {
        await world.sqs.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }),
        );
      }
      return messages.map(({ Body = '' }) => ({ queue, body: Body }));
    }),
  );
  return found.flat();
}

async function depths({ depth }: Pick<Spine, 'depth'>): Promise<Partial<Record<QueueName, number>>> {
  const counts = await Promise.all(QUEUE_NAMES.map(async (queue) => [queue, await depth(queue)] as const));
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function countsOf(queues: readonly QueueName[]): Partial<Record<QueueName, number>> {
  const counts: Partial<Record<QueueName, number>> = {};
  for (const queue of queues) counts[queue] = (counts[queue] ?? 0) + 1;
  return counts;
}
