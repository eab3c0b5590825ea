import { showCards } from '../handlers/cards';
import { applyChanges } from '../handlers/changes';
import { type Bot, type Config, loadConfig, type Ports, realPorts } from '../handlers/composition';
import { takeFindings } from '../handlers/findings';
import { followWorkflow } from '../handlers/workflow';
import { type AwsControl, awsControl } from '../local/aws';
import { LOCAL_REGION, startEmbedded } from '../local/embedded';
import { runEnvironment } from '../local/environment';
import { type Poller, pollQueue } from '../local/poller';
import { planRun } from '../local/run-plan';
import { SlackPeople } from '../local/slack';
import { type AwsClients, awsClients } from '../src/aws';
import { readSettings, type Settings } from '../src/settings';
import type { AtWork } from './come-to-rest';
import { say } from './say';

/** Everything that a bot in this process needs: embedded servers, stand-ins, and the gateways to them. */
export interface Outside extends AtWork {
  readonly settings: Settings;
  readonly config: Config;
  readonly ports: Ports;
  /** What the ports call AWS with. */
  readonly clients: AwsClients;
  readonly hub: AwsControl;
  readonly people: SlackPeople;
  close(): Promise<void>;
}

/**
 * @param given settings in which the bot differs from what `npm start` runs by itself
 * @param echoDelayMs from an update of Security Hub to its event
 */
export async function openOutside(
  given: Readonly<Record<string, string>> = {},
  echoDelayMs = 0,
): Promise<Outside> {
  const plan = planRun({});
  const embedded = await startEmbedded({ services: plan.services, echoDelayMs });
  const before = { ...process.env };
  const close = async () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    await embedded.close();
  };
  try {
    const environment = await runEnvironment(given, plan, embedded.endpoints);
    // The clients read their endpoints from the process's environment, as in the local run.
    Object.assign(process.env, environment);
    const settings = readSettings(environment);
    const config = loadConfig(settings);
    const clients = awsClients();
    const problem = (message: string, details?: unknown) =>
      say(`  ${message} ${JSON.stringify(details ?? {})}`);
    const log = { info: () => undefined, warn: problem, error: problem };
    return {
      environment,
      sqs: clients.sqs,
      settings,
      config,
      ports: realPorts(settings, config.catalogue, log, clients),
      clients,
      hub: awsControl(embedded.endpoints.aws ?? ''),
      people: new SlackPeople(embedded.endpoints.slack?.url ?? ''),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const SERVED = {
  findings: { url: 'FINDINGS_QUEUE_URL', handle: takeFindings, batch: 10 },
  workflow: { url: 'WORKFLOW_QUEUE_URL', handle: followWorkflow, batch: 100 },
  cards: { url: 'CARDS_QUEUE_URL', handle: showCards, batch: 1 },
  changes: { url: 'CHANGES_QUEUE_URL', handle: applyChanges, batch: 1 },
} as const;

/** Lets the bot serve these queues, as the local run does. */
export function serve(
  bot: Bot,
  { sqs: client }: Outside,
  queues: readonly (keyof typeof SERVED)[],
): readonly Poller[] {
  const warn = (message: string, error: unknown) => bot.ports.log.error(message, { error });
  return queues.map((name) => {
    const { url, handle, batch } = SERVED[name];
    const queue = { name, client, url: bot.settings[url], batch, workers: 1 };
    return pollQueue({ ...queue, handle: (event) => handle(event, bot) }, LOCAL_REGION, warn);
  });
}
