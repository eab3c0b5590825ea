import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { STSClient } from '@aws-sdk/client-sts';
import { compose, loadConfig, realPorts } from '../handlers/composition';
import { type AwsControl, awsControl, startAwsStandIn } from '../local/aws';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../local/embedded';
import type { AccountId } from '../src/accounts';
import { type AwsClients, awsClients } from '../src/aws';
import type { ChangeMessage, Queues } from '../src/queues';
import { type ReconcileRun, reconcileNext, startReconcile } from '../src/reconcile';
import { readSettings } from '../src/settings';
import { configWith } from './config-with';
import { type Document, document } from './documents';
import { type Measured, rounded } from './figures';
import { memoryTable } from './memory-table';
import { say } from './say';
import { trackedControls } from './tracked-controls';

const ACCOUNTS = 500;
const FINDINGS = 1_000_000;
const FAILING = FINDINGS * 0.02;
/** So many that have passed lie beside them, as a proof that they are not read; the rest is not stored. */
const PASSED = 1_000;
const CONTROLS = 20;
const BATCH = 500;

/**
 * The nightly comparison of 500 accounts with a million findings, 2 % of them failing: all GetFindings calls, over HTTP
 * to the stand-in, and how long they take at three a second. The first run takes everything in; the second, which
 * finds nothing to mend, is the one that is measured. Simulated: findings that have passed are not stored but for a
 * sample, the table is in memory, and the pauses between calls are counted instead of waited for.
 */
export async function reconcile(): Promise<Measured> {
  const aws = await startAwsStandIn({ rateLimits: false });
  const standIn = { endpoint: aws.url, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
  const securityHub = new SecurityHubClient(standIn);
  const sts = new STSClient(standIn);
  try {
    const { bot, clock, waiting } = nightBot({ securityHub, sts });
    const hub = awsControl(aws.url);
    await store(hub, bot.config, new Date(clock.now().getTime() - 3_600_000));

    const night = async (): Promise<{ run: ReconcileRun; seconds: number }> => {
      const from = clock.now().getTime();
      const began = performance.now();
      await startReconcile(bot.reconcile);
      for (let message = waiting.shift(); message; message = waiting.shift()) {
        await reconcileNext(message.version, bot.reconcile);
      }
      const run = await bot.reconcile.runs.load('run');
      if (run?.status !== 'resting') throw new Error('the run has not come to its end');
      const seconds = (clock.now().getTime() - from) / 1_000;
      say(
        `  ${run.counts.findings} findings in ${run.counts.calls} calls: ${rounded(seconds)} s at three a second, beside ${rounded((performance.now() - began) / 1_000, 1)} s of work`,
      );
      if (run.counts.findings !== FAILING)
        throw new Error('not all failing findings were read, or others were');
      return { run, seconds };
    };
    await night();
    clock.advance(1_000);
    const { run, seconds } = await night();
    return { reconcileCalls: run.counts.calls, reconcileSeconds: rounded(seconds) };
  } finally {
    securityHub.destroy();
    sts.destroy();
    await aws.close();
  }
}

/** The bot with everything that a night needs; what it would do beyond is dropped. */
function nightBot(standIns: Pick<AwsClients, 'securityHub' | 'sts'>) {
  let time = Date.now();
  const clock = {
    now: () => new Date(time),
    advance: (ms: number) => {
      time += ms;
    },
  };
  const settings = readSettings({
    TABLE_NAME: 'bench',
    FINDINGS_QUEUE_URL: 'bench',
    WORKFLOW_QUEUE_URL: 'bench',
    CARDS_QUEUE_URL: 'bench',
    CHANGES_QUEUE_URL: 'bench',
    DATA_BUCKET: 'bench',
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_TEAM_ID: 'T0BENCH',
    SLACK_BOT_ID: 'B0BENCH',
    SLACK_BOT_USER_ID: 'U0BENCH',
    DEFAULT_CHANNEL_ID: 'C0BENCH',
    SECURITY_CHANNEL_ID: 'C0BENCH',
    UNKNOWN_ACCOUNT_MODE: 'enforce',
    CONFIG_DIR: configWith(
      BENCH_ACCOUNTS.map((id) => ({ id, name: `bench-${id}`, kind: 'production' })),
      'alone',
    ),
  });
  const config = loadConfig(settings);
  const problem = (message: string, details?: unknown) =>
    say(`  ${message} ${JSON.stringify(details ?? {})}`);
  const log = { info: () => undefined, warn: problem, error: problem };
  const waiting: ChangeMessage[] = [];
  const queues: Queues = {
    card: async () => undefined,
    workflow: async () => undefined,
    change: async (message) => void waiting.push(message),
  };
  const ports = {
    ...realPorts(settings, config.catalogue, log, { ...awsClients(), ...standIns }),
    table: memoryTable(),
    queues,
    now: clock.now,
    pause: async (ms: number) => clock.advance(ms),
  };
  return { bot: compose(settings, ports, config), clock, waiting };
}

const BENCH_ACCOUNTS = Array.from(
  { length: ACCOUNTS },
  (_, number) => String(100_000_000_000 + number) as AccountId,
);

async function store(hub: AwsControl, config: Parameters<typeof trackedControls>[0], updatedAt: Date) {
  const controls = trackedControls(config, BENCH_ACCOUNTS[0] ?? '').slice(0, CONTROLS);
  const one = (number: number, status: 'FAILED' | 'PASSED'): Document => {
    const { id, severity } = controls[number % CONTROLS] ?? {};
    if (id === undefined || severity === undefined) throw new Error('the policy tracks too few controls');
    return document({
      account: BENCH_ACCOUNTS[Math.floor(number / CONTROLS) % ACCOUNTS] ?? '',
      control: id,
      severity,
      resource: Math.floor(number / CONTROLS / ACCOUNTS),
      status,
      updatedAt,
      rules: 0,
    });
  };
  const documents = [
    ...Array.from({ length: FAILING }, (_, number) => one(number, 'FAILED')),
    ...Array.from({ length: PASSED }, (_, number) => one(FAILING + number, 'PASSED')),
  ];
  for (let from = 0; from < documents.length; from += BATCH) {
    await hub.putFindings(documents.slice(from, from + BATCH));
  }
  say(`  Security Hub holds ${FAILING} failing findings of ${ACCOUNTS} accounts`);
}
