import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { AccountId } from '../../src/accounts';
import {
  type AwsClients,
  awsClients,
  type ControlSwitches,
  callerIdentity,
  controlSwitches,
  dynamoDbClient,
  type FindingSource,
  type FindingWriter,
  type MemberAccounts,
  memberAccounts,
  type Objects,
  type RoleRefused,
  s3Client,
  s3Objects,
  secretsManager,
  securityHub,
  securityHubClient,
  slackSecretChangedAt,
  sqsClient,
  stsClient,
} from '../../src/aws';
import type { Catalogue } from '../../src/controls';
import type { Log } from '../../src/log';
import { emfMetrics, type Metrics, noMetrics } from '../../src/metrics';
import { delayMessage, type Queues, sqsQueues } from '../../src/queues';
import { NOTE_AUTHOR } from '../../src/requests';
import type { Settings } from '../../src/settings';
import { type Respond, responder, type Slack, slackGateway, webClient } from '../../src/slack';
import { dynamoTable, type Table } from '../../src/store';

/** What every handler reaches of the outside. */
export interface CorePorts {
  readonly table: Table;
  readonly queues: Queues;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Lambda's log becomes metrics; elsewhere nobody collects them. There is one for the process, as there is one output. */
const METRICS = process.env['AWS_LAMBDA_FUNCTION_NAME'] === undefined ? noMetrics : emfMetrics();

export interface FrontPorts extends CorePorts {
  readonly slack: Slack;
  readonly respond: Respond;
}

export interface MirrorPorts extends CorePorts {
  readonly hub: FindingSource & FindingWriter;
}

export interface IntakePorts extends MirrorPorts {
  readonly objects: Objects;
}

/** The outside, one small gateway each. Tests put faults around them; nothing else replaces them. */
export interface Ports extends FrontPorts, IntakePorts {
  readonly members: MemberAccounts;
  readonly switches: ControlSwitches;
  /** Lets a message that is being handled come back after so many seconds. */
  readonly delay: (queueUrl: string, receiptHandle: string, seconds: number) => Promise<void>;
  /** When somebody put a new value into Slack's secret; undefined where Slack's token comes from the environment. */
  readonly secretChangedAt: () => Promise<Date | undefined>;
}

/** The real outside of every handler, as the settings and the environment name it; likewise those that follow. */
function corePorts(
  settings: Settings,
  log: Log,
  { dynamodb, sqs }: Pick<AwsClients, 'dynamodb' | 'sqs'>,
): CorePorts {
  return {
    table: dynamoTable(dynamodb, settings.TABLE_NAME),
    queues: sqsQueues(sqs, {
      cards: settings.CARDS_QUEUE_URL,
      workflow: settings.WORKFLOW_QUEUE_URL,
      changes: settings.CHANGES_QUEUE_URL,
    }),
    now: () => new Date(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log,
    metrics: METRICS,
  };
}

const coreClients = () => ({ dynamodb: dynamoDbClient(), sqs: sqsClient() });

function slackPorts(settings: Settings): Pick<FrontPorts, 'slack' | 'respond'> {
  return {
    slack: slackGateway(
      webClient({
        token: settings.SLACK_BOT_TOKEN,
        ...(settings.SLACK_API_URL !== undefined && { apiUrl: settings.SLACK_API_URL }),
      }),
      { teamId: settings.SLACK_TEAM_ID, botId: settings.SLACK_BOT_ID, metrics: METRICS },
    ),
    respond: responder(
      settings.SLACK_API_URL === undefined ? 'hooks.slack.com' : new URL(settings.SLACK_API_URL).host,
    ),
  };
}

function hubPort(
  catalogue: Catalogue,
  log: Log,
  client: SecurityHubClient,
  identity: ReturnType<typeof callerIdentity>,
): MirrorPorts['hub'] {
  return securityHub(
    client,
    catalogue,
    NOTE_AUTHOR,
    async () => (await identity()).arn,
    (message, details) => log.warn(message, details),
  );
}

export function frontPorts(settings: Settings, log: Log): FrontPorts {
  return { ...corePorts(settings, log, coreClients()), ...slackPorts(settings) };
}

export function mirrorPorts(settings: Settings, catalogue: Catalogue, log: Log): MirrorPorts {
  return {
    ...corePorts(settings, log, coreClients()),
    hub: hubPort(catalogue, log, securityHubClient(), callerIdentity(stsClient())),
  };
}

export function intakePorts(settings: Settings, catalogue: Catalogue, log: Log): IntakePorts {
  return {
    ...mirrorPorts(settings, catalogue, log),
    objects: s3Objects(s3Client(), settings.DATA_BUCKET),
  };
}

export function realPorts(
  settings: Settings,
  catalogue: Catalogue,
  log: Log,
  clients: AwsClients = awsClients(),
): Ports {
  const identity = callerIdentity(clients.sts);
  const memberRole = {
    roleName: settings.MEMBER_ROLE_NAME,
    externalId: settings.MEMBER_EXTERNAL_ID,
    identity,
    onDenied: (account: AccountId, { why, code }: RoleRefused) =>
      log.warn('the role in a member account cannot be assumed', { account, why, code }),
  };
  /** Counted, and so watched, only where nobody waits for the answer: a person who asks is told at once. */
  const unattended: typeof memberRole = {
    ...memberRole,
    onDenied(account, refused) {
      METRICS.count('AssumeRoleDenied');
      memberRole.onDenied(account, refused);
    },
  };
  const core = corePorts(settings, log, clients);
  const { SLACK_SECRET_ARN: secret } = settings;
  return {
    ...core,
    ...slackPorts(settings),
    hub: hubPort(catalogue, log, clients.securityHub, identity),
    objects: s3Objects(clients.s3, settings.DATA_BUCKET),
    members: memberAccounts(clients.sts, clients.securityHub, memberRole),
    switches: controlSwitches(clients.sts, clients.securityHub, unattended, core.now),
    secretChangedAt: async () =>
      secret === undefined ? undefined : slackSecretChangedAt(secretsManager(), secret),
    delay: (queueUrl, receiptHandle, seconds) => delayMessage(clients.sqs, queueUrl, receiptHandle, seconds),
  };
}
