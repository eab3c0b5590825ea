import type { SNSEvent, SNSEventRecord } from 'aws-lambda';
import * as z from 'zod';
import { drawAlarm, type ShownAlarm } from '../blocks/cards/alarm';
import { type SlackSecretSource, secretsManager, slackSecretSource } from '../src/aws';
import { type Log, structuredLog } from '../src/log';
import { readSettings, type Settings } from '../src/settings';
import { type Slack, slackGateway, webClient } from '../src/slack';

/**
 * All that telling an alarm takes: Slack, and nothing of what the alarm may be about. Neither the queues nor the table
 * nor the data files are touched on the way.
 */
export interface AlarmTeller {
  readonly slack: Pick<Slack, 'channel' | 'findPost' | 'post'>;
  readonly settings: Pick<Settings, 'SECURITY_CHANNEL_ID' | 'DEFAULT_LANG'>;
  /** Name of the dashboard that messages lead to. */
  readonly dashboard: string;
  readonly log: Log;
}

/**
 * What CloudWatch sends to SNS about an alarm, as far as it is read.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
const AlarmChange = z.object({
  AlarmName: z.string().min(1),
  AlarmDescription: z.string().nullish(),
  AlarmArn: z.string(),
  NewStateValue: z.enum(['ALARM', 'OK']),
  NewStateReason: z.string().default(''),
  StateChangeTime: z.string().refine((at) => !Number.isNaN(Date.parse(at)), 'is no time'),
});

/** An alarm that is over is told in the thread of its beginning, if that is not older than this. */
const THREAD_DAYS = 14;
const DAY_MS = 24 * 3_600_000;

function readAlarm({ Sns }: SNSEventRecord, { dashboard, log }: AlarmTeller): ShownAlarm | undefined {
  try {
    const change = AlarmChange.parse(JSON.parse(Sns.Message));
    return {
      name: change.AlarmName,
      state: change.NewStateValue,
      at: new Date(change.StateChangeTime).toISOString(),
      region: change.AlarmArn.split(':')[3] ?? '',
      description: change.AlarmDescription ?? '',
      reason: change.NewStateReason,
      dashboard,
    };
  } catch (error) {
    log.error('no alarm of CloudWatch; dropped', { messageId: Sns.MessageId, error });
    return undefined;
  }
}

/**
 * Tells the security team's channel of alarms as they begin and end. Each is told once, however often SNS or Lambda
 * deliver it: the message itself carries what it tells, and is looked for first.
 * @throws SlackRateLimited, SlackUnreachable, SlackRefused: Lambda tries twice more, then it goes to the dead-letter queue
 */
export async function tellAlarms(event: SNSEvent, teller: AlarmTeller): Promise<void> {
  for (const record of event.Records) {
    const alarm = readAlarm(record, teller);
    if (alarm) await tellAlarm(alarm, teller);
  }
}

async function tellAlarm(alarm: ShownAlarm, { slack, settings, log }: AlarmTeller): Promise<void> {
  const channel = settings.SECURITY_CHANNEL_ID;
  const told = { alarm: alarm.name, status: alarm.state, channel };
  try {
    // Whoever reads along from another company must not learn where the bot is weak.
    if ((await slack.channel(channel)).externallyShared) {
      log.error('alarm not told: other companies read the channel of the security team', told);
      return;
    }
    const record = `alarm/${alarm.name}`;
    const at = new Date(alarm.at);
    const beginning =
      alarm.state === 'OK'
        ? await slack.findPost(
            channel,
            { record, key: 'ALARM' },
            new Date(at.getTime() - THREAD_DAYS * DAY_MS),
          )
        : undefined;
    const key = { record, key: alarm.state };
    const before = await slack.findPost(channel, key, at, beginning?.ts);
    const { ts } =
      before ?? (await slack.post(channel, drawAlarm(alarm, settings.DEFAULT_LANG), key, beginning?.ts));
    log.info('alarm told', { ...told, ts });
  } catch (error) {
    log.error('alarm not told; it will be tried again', { ...told, error });
    throw error;
  }
}

let source: SlackSecretSource | undefined;

/** Made anew for every alarm: there are few, and the token may have changed since the last one. */
async function teller(environment: Readonly<Record<string, string | undefined>>): Promise<AlarmTeller> {
  const log = structuredLog();
  source ??= slackSecretSource(
    secretsManager(),
    environment['SLACK_SECRET_ARN'] ?? '',
    () => new Date(),
    (message, details) => log.warn(message, details),
  );
  const settings = readSettings({ ...environment, SLACK_BOT_TOKEN: (await source.read()).botToken });
  const {
    SLACK_BOT_TOKEN: token,
    SLACK_API_URL: apiUrl,
    SLACK_TEAM_ID: teamId,
    SLACK_BOT_ID: botId,
  } = settings;
  return {
    slack: slackGateway(webClient({ token, ...(apiUrl !== undefined && { apiUrl }) }), { teamId, botId }),
    settings,
    dashboard: environment['DASHBOARD_NAME'] ?? '',
    log,
  };
}

export const handler = async (event: SNSEvent): Promise<void> => tellAlarms(event, await teller(process.env));
