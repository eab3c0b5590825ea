import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { showCards } from '../handlers/cards';
import { applyChanges } from '../handlers/changes';
import { tick } from '../handlers/clock';
import { type Bot, compose, loadConfig, realPorts } from '../handlers/composition';
import { takeFindings } from '../handlers/findings';
import { followWorkflow } from '../handlers/workflow';
import type { Account } from '../src/accounts';
import { awsClients, callerIdentity } from '../src/aws';
import { ConfigError } from '../src/config';
import { readSettings, SettingsError } from '../src/settings';
import { type Embedded, type Endpoints, type ServiceName, startEmbedded } from './embedded';
import { runEnvironment } from './environment';
import { policyHint } from './policy-hint';
import { type Poller, pollQueue } from './poller';
import { printCards } from './print-cards';
import { dataFolder, removeRunFile, writeRunFile } from './run-file';
import { describePlan, planRun, type RunPlan } from './run-plan';
import { socketApp } from './socket-app';
import { terminalLog } from './terminal-log';

const CLOCK_EVERY_MS = 60_000;
const PORT = 8377;

const say = (text: string) => console.log(text);
const complain = (text: string) => console.error(text);

/** Names of the environment that another command needs to reach the same data; none of them is a secret. */
const SHARED = [
  'AWS_REGION',
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL_SQS',
  'AWS_ENDPOINT_URL_S3',
  'TABLE_NAME',
  'FINDINGS_QUEUE_URL',
  'DATA_BUCKET',
  'CONFIG_DIR',
];

/** The whole bot on this machine: the same handlers as in Lambda, fed by a poller and a socket. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const plan = planRun(process.env);
  const embedded =
    plan.services.length > 0
      ? await startEmbedded<ServiceName>({
          services: plan.services,
          dataDir: join(dataFolder(), 'data'),
          ports: await slackPort(),
        })
      : undefined;
  try {
    await run(plan, embedded);
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

async function run(plan: RunPlan, embedded: Embedded<ServiceName> | undefined): Promise<void> {
  const endpoints: Partial<Endpoints> = embedded?.endpoints ?? {};
  const environment = await runEnvironment(process.env, plan, endpoints);
  const settings = readSettings(environment);
  const config = loadConfig(settings);
  Object.assign(process.env, environment);

  const clients = awsClients();
  const log = terminalLog(complain);
  if (plan.slack === 'real') warnOfExamples(config.accounts.list());
  const bot = compose(settings, realPorts(settings, config.catalogue, log, clients), config);
  const hub = plan.findings === 'real' ? await callerIdentity(clients.sts)() : undefined;

  const app = socketApp(bot, settings.SLACK_APP_TOKEN ?? '');
  await app.start();
  const printer = endpoints.slack
    ? printCards(endpoints.slack.url, say, complain, settings.TIME_ZONE)
    : undefined;
  const pollers = startPollers(bot, clients.sqs, environment['AWS_REGION'] ?? '');
  const clock = setInterval(() => {
    tick(bot).catch((error: unknown) => log.error('the clock failed; it will try again', { error }));
  }, CLOCK_EVERY_MS);
  await tick(bot);

  writeRunFile({
    pid: process.pid,
    environment: Object.fromEntries(
      SHARED.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
    ),
    ...(endpoints.aws !== undefined && { aws: endpoints.aws }),
    ...(endpoints.slack && { slack: endpoints.slack.url }),
  });
  banner(plan, endpoints.slack?.url, hub?.account, settings.SLACK_TEAM_ID);
  const hint = await policyHint(config.policy, bot.policies);
  if (hint !== undefined) complain(hint);

  let stopping = false;
  const stop = once(async () => {
    stopping = true;
    say('Stopping: finishing what is in hand …');
    clearInterval(clock);
    await Promise.all([app.stop(), ...pollers.map((poller) => poller.stop())]);
    printer?.stop();
    removeRunFile();
    await embedded?.close();
    say('Stopped.');
    process.exit(0);
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  void embedded?.ended.then(() => {
    if (stopping) return;
    complain('The embedded servers have ended; the bot cannot go on. Start it again with npm start.');
    removeRunFile();
    process.exit(1);
  });
}

/** The accounts that come with the program belong to the stand-in's workspace: real Slack knows none of its people. */
function warnOfExamples(accounts: readonly Account[]): void {
  const examples = accounts.filter(
    ({ owner, channel }) => owner === 'U0OWNER1' || channel?.startsWith('C0SHOP'),
  );
  if (examples.length === 0) return;
  complain(
    `! accounts.yml still holds the example accounts ${examples.map(({ id }) => id).join(', ')}: write your own, with owners and channels of your workspace`,
  );
}

/** A fixed address is easier to come back to; where something else uses it, a free one is taken. */
async function slackPort(): Promise<{ slack?: number }> {
  const port = Number(process.env['SECOPS_PORT'] ?? PORT);
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve({}));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve({ slack: port })));
  });
}

function startPollers(bot: Bot, sqs: SQSClient, region: string): readonly Poller[] {
  const { settings } = bot;
  // The findings queue may be in AWS while the others are embedded: its own address decides where it is asked.
  const findings = new SQSClient({ endpoint: new URL(settings.FINDINGS_QUEUE_URL).origin });
  const warn = (message: string, error: unknown) => bot.ports.log.error(message, { error });
  const queues = [
    {
      name: 'findings',
      url: settings.FINDINGS_QUEUE_URL,
      client: findings,
      handle: takeFindings,
      batch: 10,
      workers: 2,
    },
    {
      name: 'workflow',
      url: settings.WORKFLOW_QUEUE_URL,
      client: sqs,
      handle: followWorkflow,
      batch: 100,
      workers: 1,
    },
    { name: 'cards', url: settings.CARDS_QUEUE_URL, client: sqs, handle: showCards, batch: 1, workers: 4 },
    {
      name: 'changes',
      url: settings.CHANGES_QUEUE_URL,
      client: sqs,
      handle: applyChanges,
      batch: 1,
      workers: 2,
    },
  ];
  return queues.map(({ handle, ...queue }) =>
    pollQueue({ ...queue, handle: (event) => handle(event, bot) }, region, warn),
  );
}

function banner(plan: RunPlan, page: string | undefined, account: string | undefined, team: string): void {
  say('secops-bot is running.');
  for (const line of describePlan(plan, {
    slack: `workspace ${team}, Socket Mode`,
    ...(account !== undefined && { hub: `administrator account ${account}` }),
  })) {
    say(`  ${line}`);
  }
  if (page !== undefined) {
    say(`Page: ${page}  (a stand-in for Slack on this machine; how to press its buttons is written there)`);
  }
  if (plan.findings === 'embedded') say('Send findings:  npm run send -- FILE|DIR …');
  say('');
}

/** Runs once, whatever it is called afterwards: a second Ctrl-C must not start a second stop. */
function once(action: () => Promise<void>): () => void {
  let started = false;
  return () => {
    if (started) return;
    started = true;
    action().catch((error: unknown) => {
      complain(`Could not stop in order: ${String(error)}`);
      process.exit(1);
    });
  };
}

main().catch((error: unknown) => {
  if (error instanceof SettingsError) {
    complain('secops-bot cannot start; these settings are wrong or missing:');
    for (const problem of error.problems) complain(`  - ${problem}`);
  } else if (error instanceof ConfigError) {
    complain('secops-bot cannot start; these files are wrong:');
    complain(error.message);
  } else complain(`secops-bot cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
