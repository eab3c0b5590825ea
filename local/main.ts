import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { showCards } from '../handlers/cards';
import { applyChanges } from '../handlers/changes';
import { tick } from '../handlers/clock';
import { type Bot, compose, loadConfig, type Ports, realPorts } from '../handlers/composition';
import { takeFindings } from '../handlers/findings';
import { followWorkflow } from '../handlers/workflow';
import type { Account } from '../src/accounts';
import { type AwsClients, awsClients, callerIdentity } from '../src/aws';
import { ConfigError } from '../src/config';
import { readSettings, SettingsError } from '../src/settings';
import { accountsHint } from './accounts-hint';
import { awsControl } from './aws';
import { type Embedded, type Endpoints, type ServiceName, startEmbedded } from './embedded';
import { runEnvironment } from './environment';
import { lookAtPlaybooks } from './look-at-playbooks';
import { type MovedClock, openMovedClock } from './moved-clock';
import { bundlePage, type PageFiles } from './page/bundle';
import { type OpenPage, openPage } from './page/open-page';
import { policyHint } from './policy-hint';
import { type PolledQueue, type Poller, pollQueue } from './poller';
import { printCards } from './print-cards';
import { dataFolder, removeRunFile, writeRunFile } from './run-file';
import { describePlan, planRun, type RunPlan } from './run-plan';
import { SlackPeople } from './slack';
import { socketApp } from './socket-app';
import { terminalLog } from './terminal-log';
import { exampleWorld } from './world';

const CLOCK_EVERY_MS = 60_000;
const PORT = 8377;
/** While the clock is moved, what waits for its turn waits so much less. */
const HURRY = 20;

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
  'WORKFLOW_QUEUE_URL',
  'CARDS_QUEUE_URL',
  'CHANGES_QUEUE_URL',
  'DATA_BUCKET',
  'UNKNOWN_ACCOUNT_MODE',
  'CONFIG_DIR',
  'PLAYBOOK_OVERRIDES',
];

/** The whole bot on this machine: the same handlers as in Lambda, fed by a poller and a socket. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const plan = planRun(process.env);
  const starting =
    plan.services.length > 0
      ? startEmbedded<ServiceName>({ services: plan.services, dataDir: dataDir() })
      : undefined;
  // Built while the embedded servers start.
  const page = plan.slack === 'embedded' && plan.findings === 'embedded' ? bundlePage() : undefined;
  page?.catch((error: unknown) => complain(`The page could not be built: ${String(error)}`));
  const embedded = await starting;
  try {
    await run(plan, embedded, page);
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

async function run(
  plan: RunPlan,
  embedded: Embedded<ServiceName> | undefined,
  files: Promise<PageFiles> | undefined,
): Promise<void> {
  const endpoints: Partial<Endpoints> = embedded?.endpoints ?? {};
  const environment = await runEnvironment(process.env, plan, endpoints);
  const settings = readSettings(environment);
  const config = loadConfig(settings);
  Object.assign(process.env, environment);

  const clients = awsClients();
  const log = terminalLog(complain);
  const clock = files && (await standInClock(endpoints));
  let page: OpenPage | undefined;
  const ports: Ports = {
    ...realPorts(settings, config.catalogue, log, clients),
    ...(clock && {
      now: () => clock.now(),
      pause: (ms) => delay(page?.hurried ? ms / HURRY : ms).then(() => undefined),
    }),
  };
  const bot = compose(settings, ports, config);
  const hub = plan.findings === 'real' ? await callerIdentity(clients.sts)() : undefined;

  const app = socketApp(bot, settings.SLACK_APP_TOKEN ?? '');
  await app.start();
  const printer = endpoints.slack
    ? printCards(endpoints.slack.url, say, complain, settings.TIME_ZONE)
    : undefined;
  const queues = botQueues(bot, clients);
  const pollers = startPollers(queues, bot, environment['AWS_REGION'] ?? '');
  const ticking = setInterval(() => {
    // A clock that is moved has its records woken at every stop.
    if (page?.hurried) return;
    tick(bot).catch((error: unknown) => log.error('the clock failed; it will try again', { error }));
  }, CLOCK_EVERY_MS);
  await tick(bot);
  if (plan.slack === 'real') warnOfExamples(bot.accounts.list());
  if (files && clock && endpoints.slack && endpoints.aws !== undefined) {
    page = await openPage({
      bot,
      clock,
      slack: endpoints.slack.url,
      aws: endpoints.aws,
      queues,
      dataDir: dataDir(),
      port: Number(process.env['SECOPS_PORT'] ?? PORT),
      bundle: () => files,
      startWorld: exampleWorld,
    });
  }

  writeRunFile({
    pid: process.pid,
    environment: Object.fromEntries(
      SHARED.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
    ),
    ...(endpoints.aws !== undefined && { aws: endpoints.aws }),
    ...(endpoints.slack && { slack: endpoints.slack.url }),
    ...(page && { page: page.url }),
  });
  banner(plan, { page: page?.url, slack: endpoints.slack?.url }, hub?.account, settings.SLACK_TEAM_ID);
  const hints = [
    await policyHint(config.policy, bot.policies),
    await accountsHint(config.accounts, bot.registry),
  ];
  for (const hint of hints) if (hint !== undefined) complain(hint);

  lookAtPlaybooks(config.playbooks, complain).catch((error: unknown) =>
    log.error('the playbooks could not be read', { error }),
  );
  let stopping = false;
  if (page && playsPast()) {
    page.playPast().catch((error: unknown) => {
      // What a stop has cut off goes on at the next start.
      if (!stopping) log.error('the example past could not be played', { error });
    });
  }
  const stop = once(async () => {
    stopping = true;
    say('Stopping: finishing what is in hand …');
    clearInterval(ticking);
    await page?.close();
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
    `! The example accounts ${examples.map(({ id }) => id).join(', ')} are still registered: write your own, with owners and channels of your workspace, into config/accounts.yml and import it with npm run accounts`,
  );
}

const dataDir = () => join(dataFolder(), 'data');

/** Whether an empty data folder gets an example past. */
const playsPast = () => process.env['SECOPS_SEED'] !== 'off';

/** The clock that the page moves; the stand-ins go by it too. */
async function standInClock({ slack, aws }: Partial<Endpoints>): Promise<MovedClock> {
  const people = slack && new SlackPeople(slack.url);
  const hub = aws === undefined ? undefined : awsControl(aws);
  const clock = await openMovedClock(join(dataDir(), 'clock.json'), [
    async (ms) => people?.moveClock(ms),
    async (ms) => hub?.moveClock(ms),
  ]);
  // A past that was cut off, and is not to be played on: nothing would bring the clock back.
  if (clock.offsetMs < 0 && !playsPast()) await clock.set(new Date());
  return clock;
}

type BotQueue = Omit<PolledQueue, 'handle'> & {
  readonly handle: (event: SQSEvent, bot: Bot) => Promise<SQSBatchResponse>;
};

function botQueues({ settings }: Bot, { sqs: client }: AwsClients): readonly BotQueue[] {
  // The findings queue may be in AWS while the others are embedded: its own address decides where it is asked.
  const findings = new SQSClient({ endpoint: new URL(settings.FINDINGS_QUEUE_URL).origin });
  const { FINDINGS_QUEUE_URL, WORKFLOW_QUEUE_URL, CARDS_QUEUE_URL, CHANGES_QUEUE_URL } = settings;
  return [
    {
      name: 'findings',
      url: FINDINGS_QUEUE_URL,
      client: findings,
      handle: takeFindings,
      batch: 10,
      workers: 2,
    },
    { name: 'workflow', url: WORKFLOW_QUEUE_URL, client, handle: followWorkflow, batch: 100, workers: 1 },
    { name: 'cards', url: CARDS_QUEUE_URL, client, handle: showCards, batch: 1, workers: 4 },
    { name: 'changes', url: CHANGES_QUEUE_URL, client, handle: applyChanges, batch: 1, workers: 2 },
  ];
}

function startPollers(queues: readonly BotQueue[], bot: Bot, region: string): readonly Poller[] {
  const warn = (message: string, error: unknown) => bot.ports.log.error(message, { error });
  return queues.map(({ handle, ...queue }) =>
    pollQueue({ ...queue, handle: (event) => handle(event, bot) }, region, warn),
  );
}

/** Where people and programs find what stands in for Slack here. */
interface Addresses {
  readonly page: string | undefined;
  readonly slack: string | undefined;
}

function banner(plan: RunPlan, { page, slack }: Addresses, account: string | undefined, team: string): void {
  say('secops-bot is running.');
  for (const line of describePlan(plan, {
    slack: `workspace ${team}, Socket Mode`,
    ...(account !== undefined && { hub: `administrator account ${account}` }),
  })) {
    say(`  ${line}`);
  }
  if (page !== undefined) {
    say(`Page: ${page}  (in the browser: a stand-in for Slack, an AWS to break, and what lies behind)`);
  }
  if (slack !== undefined) say(`Slack stand-in: ${slack}  (how to drive it by hand is written there)`);
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
