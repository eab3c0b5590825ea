import { setTimeout as pause } from 'node:timers/promises';
import { showCards } from '../handlers/cards';
import { type Bot, compose, loadConfig, type Ports, realPorts } from '../handlers/composition';
import { takeFindings } from '../handlers/findings';
import { followWorkflow } from '../handlers/workflow';
import { awsControl } from '../local/aws';
import { LOCAL_REGION, startEmbedded } from '../local/embedded';
import { runEnvironment } from '../local/environment';
import { lambdaRecord, pollQueue } from '../local/poller';
import { planRun } from '../local/run-plan';
import { awsClients } from '../src/aws';
import { issueRegion, readFindings } from '../src/findings';
import { issueKeyOf } from '../src/requests';
import { readSettings } from '../src/settings';
import { type Document, document, eventOf } from './documents';
import type { Measured } from './figures';
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
  const plan = planRun({});
  const embedded = await startEmbedded({ services: plan.services });
  const before = { ...process.env };
  try {
    const environment = await runEnvironment({}, plan, embedded.endpoints);
    // The clients read their endpoints from the process's environment, as in the local run.
    Object.assign(process.env, environment);
    const settings = readSettings(environment);
    const config = loadConfig(settings);
    const clients = awsClients();
    const problem = (message: string, details?: unknown) =>
      say(`  ${message} ${JSON.stringify(details ?? {})}`);
    const log = { info: () => undefined, warn: problem, error: problem };
    const ports = realPorts(settings, config.catalogue, log, clients);
    const bot = compose(settings, ports, config);
    const hub = awsControl(embedded.endpoints.aws ?? '');

    const finding = document({
      account: '111122223333',
      control: 'EC2.19',
      severity: 'CRITICAL',
      resource: 1,
      updatedAt: new Date(Date.now() - 6 * HOUR_MS),
    });
    await hub.putFindings([finding]);
    await deliver(eventOf(finding), bot);
    await comeToRest(finding, bot, clients.sqs);

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
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    await embedded.close();
  }
}

async function deliver(body: string, bot: Bot): Promise<void> {
  const message = { MessageId: 'bench', ReceiptHandle: 'bench', Body: body };
  const record = lambdaRecord(message, bot.settings.FINDINGS_QUEUE_URL, LOCAL_REGION);
  const { batchItemFailures } = await takeFindings({ Records: [record] }, bot);
  if (batchItemFailures.length > 0) throw new Error('the finding was not taken in');
}

async function count(body: string, bot: Bot, ports: Ports): Promise<Counts> {
  const counts: Counts = { reads: 0, writes: 0, slack: 0 };
  const table = counted(ports.table, (method) => {
    if (READS.has(method)) counts.reads += 1;
    else counts.writes += 1;
  });
  const slack = counted(ports.slack, () => {
    counts.slack += 1;
  });
  await deliver(body, compose(bot.settings, { ...ports, table, slack }, bot.config));
  return counts;
}

/** Serves cards and workflow until the issue has nothing left to do, then stops serving. */
async function comeToRest(
  finding: Document,
  bot: Bot,
  sqs: ReturnType<typeof awsClients>['sqs'],
): Promise<void> {
  const { settings, ports, config } = bot;
  const warn = (message: string, error: unknown) => ports.log.error(message, { error });
  const serve = { client: sqs, batch: 1, workers: 1 };
  const pollers = [
    { ...serve, name: 'cards', url: settings.CARDS_QUEUE_URL, handle: showCards },
    { ...serve, name: 'workflow', url: settings.WORKFLOW_QUEUE_URL, handle: followWorkflow },
  ].map(({ handle, ...queue }) =>
    pollQueue({ ...queue, handle: (event) => handle(event, bot) }, LOCAL_REGION, warn),
  );
  try {
    const [read] = readFindings(eventOf(finding), config.catalogue).findings;
    if (read === undefined) throw new Error('the finding cannot be read');
    const key = issueKeyOf({ ...read, region: issueRegion(read, config.catalogue) });
    for (const from = Date.now(); Date.now() - from < REST_LIMIT_MS; await pause(50)) {
      const issue = await bot.intake.issues.load(key);
      if (issue !== undefined && issue.unsettled === undefined) return;
    }
    throw new Error('the issue does not settle');
  } finally {
    await Promise.all(pollers.map((poller) => poller.stop()));
  }
}
