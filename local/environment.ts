import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { SettingsError } from '../src/settings';
import {
  createResources,
  type Endpoints,
  environment as embeddedEnvironment,
  LOCAL_CREDENTIALS,
  LOCAL_REGION,
} from './embedded';
import type { RunPlan } from './run-plan';
import { LOCAL_WORKSPACE } from './slack';

type Environment = Record<string, string | undefined>;

/** What the settings are where the local run uses the Slack stand-in; its tokens open nothing. */
function localSlack(apiUrl: string): Environment {
  return {
    SLACK_API_URL: apiUrl,
    SLACK_BOT_TOKEN: 'xoxb-local',
    SLACK_APP_TOKEN: 'xapp-local',
    SLACK_SIGNING_SECRET: 'local-signing-secret',
    SLACK_TEAM_ID: LOCAL_WORKSPACE.teamId,
    SLACK_BOT_ID: LOCAL_WORKSPACE.botId,
    SLACK_BOT_USER_ID: LOCAL_WORKSPACE.botUserId,
    SECURITY_ANALYSTS: 'S0ANALYSTS',
    SECURITY_LEADS: 'S0LEADS',
    DEFAULT_CHANNEL_ID: 'C0REQUESTS',
    SECURITY_CHANNEL_ID: 'C0SECURITY',
    RANKING_CHANNEL_ID: 'C0SCORES',
  };
}

/** Real Slack tells who the bot is, so that nobody has to look the ids up. */
async function realSlack(given: Environment): Promise<Environment> {
  if (given['SLACK_BOT_ID'] && given['SLACK_BOT_USER_ID'] && given['SLACK_TEAM_ID']) return {};
  const slackApiUrl = given['SLACK_API_URL'];
  const client = new WebClient(given['SLACK_BOT_TOKEN'], {
    ...(slackApiUrl && { slackApiUrl }),
    retryConfig: { retries: 1 },
    timeout: 10_000,
  });
  try {
    const answer = await client.auth.test();
    return {
      SLACK_BOT_ID: answer.bot_id,
      SLACK_BOT_USER_ID: answer.user_id,
      SLACK_TEAM_ID: answer.team_id,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError([
      error instanceof WebAPIPlatformError
        ? `SLACK_BOT_TOKEN is not accepted by Slack (${reason}): copy the bot token again from "OAuth & Permissions"`
        : `Slack cannot be reached (${reason}): look at the network, a proxy, and SLACK_API_URL if it is set`,
    ]);
  }
}

/**
 * The environment in which the bot runs: what was given, with the embedded servers where nothing real is named.
 * With a real Security Hub an account nobody has registered is only observed.
 */
export async function runEnvironment(
  given: Environment,
  plan: RunPlan,
  endpoints: Partial<Endpoints>,
): Promise<Environment> {
  const result: Environment = { UNKNOWN_ACCOUNT_MODE: plan.findings === 'real' ? 'observe' : 'enforce' };
  // Nobody updates the findings of the embedded Security Hub: after two days it would take them all for stale.
  if (plan.findings === 'embedded') result['RECONCILE'] = 'off';
  // Whoever tries the bot wants to see its cards now, not tomorrow at nine.
  if (plan.findings === 'embedded') result['QUIET'] = 'off';
  const { dynamodb, sqs, s3, aws, slack } = endpoints;
  if (dynamodb !== undefined && sqs !== undefined && s3 !== undefined) {
    const where = { dynamodb, sqs, s3 };
    const resources = await createResources(where);
    const embedded = embeddedEnvironment(where, resources);
    const use = (...names: string[]) => {
      for (const name of names) result[name] = embedded[name];
    };
    if (plan.queues === 'embedded') {
      use('AWS_ENDPOINT_URL_SQS', 'WORKFLOW_QUEUE_URL', 'CARDS_QUEUE_URL', 'CHANGES_QUEUE_URL');
    }
    if (plan.bucket === 'embedded') use('AWS_ENDPOINT_URL_S3', 'DATA_BUCKET');
    if (plan.table === 'embedded') use('AWS_ENDPOINT_URL_DYNAMODB', 'TABLE_NAME');
    if (plan.findings === 'embedded') use('FINDINGS_QUEUE_URL');
  }
  if (aws !== undefined) {
    result['AWS_ENDPOINT_URL_SECURITYHUB'] = aws;
    result['AWS_ENDPOINT_URL_STS'] = aws;
  }
  if (![plan.findings, plan.table, plan.queues, plan.bucket].includes('real')) {
    // Nothing of AWS is real: keys of a real account must not even be looked for.
    result['AWS_REGION'] = LOCAL_REGION;
    result['AWS_ACCESS_KEY_ID'] = LOCAL_CREDENTIALS.accessKeyId;
    result['AWS_SECRET_ACCESS_KEY'] = LOCAL_CREDENTIALS.secretAccessKey;
    result['AWS_SESSION_TOKEN'] = '';
    result['AWS_PROFILE'] = '';
  }
  if (slack !== undefined) Object.assign(result, localSlack(slack.apiUrl));
  else Object.assign(result, await realSlack(given));
  const own = [
    'UNKNOWN_ACCOUNT_MODE',
    'DEFAULT_LANG',
    'TIME_ZONE',
    'QUIET',
    'RECONCILE',
    'CONFIG_DIR',
    'PLAYBOOK_OVERRIDES',
  ];
  return {
    ...given,
    ...result,
    ...Object.fromEntries(own.filter((n) => given[n]).map((n) => [n, given[n]])),
  };
}
