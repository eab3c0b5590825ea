import { setTimeout as pause } from 'node:timers/promises';
import { type Bot, compose, type Ports } from '../handlers/composition';
import { takeFindings } from '../handlers/findings';
import { LOCAL_REGION } from '../local/embedded';
import { lambdaRecord } from '../local/poller';
import { issueRegion, readFindings } from '../src/findings';
import { issueKeyOf } from '../src/requests';
import { type Document, document, eventOf } from './documents';
import type { Measured } from './figures';
import { type Outside, openOutside, serve } from './outside';
import { say } from './say';

const HOUR_MS = 3_600_000;
const REST_LIMIT_MS = 20_000;

/** What is counted: every call of a gateway's method, whether it succeeds or not. `all` reads page by page: one. */
const READS: ReadonlySet<string> = new Set(['get', 'query', 'all', 'index']);

interface Counts {
  reads: number;
  writes: number;
  slack: number;
}

const NOTHING: Counts = { reads: 0, writes: 0, slack: 0 };

/** The gateway itself, with every call of a method told to `called`. */
function counted<T extends object>(gateway: T, called: (method: string) => void): T {
  return new Proxy(gateway, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || typeof name !== 'string') return member;
      return (...args: unknown[]): unknown => {
        called(name);
        return Reflect.apply(member, target, args);
      };
    },
  });
}

/**
 * What a finding costs that comes again within 12 hours: table reads, table writes and Slack calls of the findings
 * handler, at the gateways. Its issue has been shown and Security Hub told; it comes once as the very same message
 * (SQS delivers some twice) and once as the refresh that AWS sends, with a new `UpdatedAt`. The worse of the two.
 */
export async function refresh(): Promise<Measured> {
  const outside = await openOutside();
  try {
    const { settings, ports, config, hub } = outside;
    const bot = compose(settings, ports, config);
    const finding = document({
      account: '111122223333',
      control: 'EC2.19',
      severity: 'CRITICAL',
      resource: 1,
      updatedAt: new Date(Date.now() - 6 * HOUR_MS),
    });
    await hub.putFindings([finding]);
    await deliver([eventOf(finding)], bot);
    await comeToRest(finding, bot, outside);

    const [held] = await hub.findings();
    if (held?.Workflow?.Status !== 'NOTIFIED')
      throw new Error('Security Hub has not been told of the finding');
    const counts = {
      again: await count(eventOf(finding), bot, ports),
      refreshed: await count(eventOf({ ...held, UpdatedAt: new Date().toISOString() }), bot, ports),
    };
    for (const [name, { reads, writes, slack }] of Object.entries(counts)) {
      say(`  ${name}: ${reads} reads, ${writes} writes, ${slack} Slack calls`);
    }
    const worst = (of: keyof Counts) => Math.max(counts.again[of], counts.refreshed[of]);
    return {
      refreshReads: worst('reads'),
      refreshWrites: worst('writes'),
      refreshSlackCalls: worst('slack'),
    };
  } finally {
    await outside.close();
  }
}

async function deliver(bodies: readonly string[], bot: Bot): Promise<void> {
  const records = bodies.map((body, number) => {
    const message = { MessageId: `bench-${number}`, ReceiptHandle: 'bench', Body: body };
    return lambdaRecord(message, bot.settings.FINDINGS_QUEUE_URL, LOCAL_REGION);
  });
  const { batchItemFailures } = await takeFindings({ Records: records }, bot);
  if (batchItemFailures.length > 0) throw new Error('the finding was not taken in');
}

/** What it adds to a batch: the register's stamp and the policy are read once for all of them. */
async function count(body: string, bot: Bot, ports: Ports): Promise<Counts> {
  const [one, two] = [await countBatch([body], bot, ports), await countBatch([body, body], bot, ports)];
  return { reads: two.reads - one.reads, writes: two.writes, slack: two.slack };
}

async function countBatch(bodies: readonly string[], bot: Bot, ports: Ports): Promise<Counts> {
  const counts: Counts = { ...NOTHING };
  const table = counted(ports.table, (method) => {
    if (READS.has(method)) counts.reads += 1;
    else counts.writes += 1;
  });
  const slack = counted(ports.slack, () => {
    counts.slack += 1;
  });
  const counting = compose(bot.settings, { ...ports, table, slack }, bot.config);
  // Read by a process that begins; later the policy every 30 seconds, the accounts when their stamp has moved.
  await Promise.all([counting.policies.refresh(), counting.accounts.refresh()]);
  Object.assign(counts, NOTHING);
  await deliver(bodies, counting);
  return counts;
}

/** Serves cards and workflow until the issue has nothing left to do, then stops serving. */
async function comeToRest(finding: Document, bot: Bot, outside: Outside): Promise<void> {
  const pollers = serve(bot, outside, ['cards', 'workflow']);
  try {
    const [read] = readFindings(eventOf(finding), bot.config.catalogue).findings;
    if (read === undefined) throw new Error('the finding cannot be read');
    const key = issueKeyOf({ ...read, region: issueRegion(read, bot.config.catalogue) });
    for (const from = Date.now(); Date.now() - from < REST_LIMIT_MS; await pause(50)) {
      const issue = await bot.intake.issues.load(key);
      if (issue !== undefined && issue.unsettled === undefined) return;
    }
    throw new Error('the issue does not settle');
  } finally {
    await Promise.all(pollers.map((poller) => poller.stop()));
  }
}
