import type { SNSEvent } from 'aws-lambda';
import { type AlarmTeller, handler, tellAlarms } from '../../handlers/alarms';
import { SlackPeople, type SlackStandIn, startSlackStandIn } from '../../local/slack';
import { redacted } from '../../src/log';
import { SlackRateLimited, SlackRefused, SlackUnreachable, slackGateway, webClient } from '../../src/slack';
import { readAloud } from '../blocks/read-aloud';
import { startStandIn } from '../local/aws/stand-in';
import { keptLog } from '../setup/log-lines';

const RAISED = '2026-11-24T01:00:00.512+0000';
const OVER = '2026-11-24T01:20:00.512+0000';

let slack: SlackStandIn;
let people: SlackPeople;
let at: number;
let lines: Record<string, unknown>[];
let teller: AlarmTeller;

beforeEach(async () => {
  at = Date.parse('2026-11-24T01:00:05.000Z');
  slack = await startSlackStandIn({ now: () => at });
  people = new SlackPeople(slack.url);
  lines = [];
  const hear = (message: string, details?: Record<string, unknown>) =>
    void lines.push({ message, ...redacted(details) });
  teller = {
    slack: slackGateway(webClient({ token: 'xoxb-test', apiUrl: slack.apiUrl }), {
      teamId: 'T0LOCAL',
      botId: 'B0BOT',
    }),
    settings: { SECURITY_CHANNEL_ID: 'C0SECURITY', DEFAULT_LANG: 'ja' },
    dashboard: 'SecopsBot-ap-northeast-1',
    log: keptLog({ info: hear, warn: hear, error: hear }),
  };
});
afterEach(() => slack.close());

/** As CloudWatch tells SNS, and SNS tells Lambda, of an alarm. */
function alarmEvent(id: string, state: string, time: string, more: Record<string, unknown> = {}): SNSEvent {
  return snsEvent(
    JSON.stringify({
      AlarmName: `SecopsBot-${id}`,
      AlarmDescription: `secops-bot: what ${id} means`,
      AWSAccountId: '999999999999',
      AlarmConfigurationUpdatedTimestamp: '2026-11-01T00:00:00.000+0000',
      NewStateValue: state,
      NewStateReason:
        'Threshold Crossed: 1 datapoint [1.0 (24/11/26 00:55:00)] was greater than the threshold (0.0).',
      StateChangeTime: time,
      Region: 'Asia Pacific (Tokyo)',
      AlarmArn: `arn:aws:cloudwatch:ap-northeast-1:999999999999:alarm:SecopsBot-${id}`,
      OldStateValue: state === 'OK' ? 'ALARM' : 'OK',
      OKActions: ['arn:aws:sns:ap-northeast-1:999999999999:Alarms'],
      AlarmActions: ['arn:aws:sns:ap-northeast-1:999999999999:Alarms'],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Namespace: 'AWS/SQS',
        StatisticType: 'Statistic',
        Statistic: 'MAXIMUM',
        Dimensions: [{ value: 'Cards', name: 'QueueName' }],
        Period: 300,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 0,
        TreatMissingData: 'notBreaching',
      },
      ...more,
    }),
  );
}

function snsEvent(message: string): SNSEvent {
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: 'arn:aws:sns:ap-northeast-1:999999999999:Alarms:subscription',
        Sns: {
          Type: 'Notification',
          MessageId: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
          TopicArn: 'arn:aws:sns:ap-northeast-1:999999999999:Alarms',
          Subject: 'ALARM',
          Message: message,
          Timestamp: '2026-11-24T01:00:01.000Z',
          SignatureVersion: '1',
          Signature: '',
          SigningCertUrl: '',
          UnsubscribeUrl: '',
          MessageAttributes: {},
        },
      },
    ],
  };
}

const posts = async () => (await people.calls('chat.postMessage')).length;
const security = () => people.channel('C0SECURITY');

test('an alarm is a message in the security channel, and its end a reply in its thread', async () => {
  await tellAlarms(alarmEvent('CardsDeadLetters', 'ALARM', RAISED), teller);
  at += 20 * 60_000;
  await tellAlarms(alarmEvent('CardsDeadLetters', 'OK', OVER), teller);

  const [message, ...others] = await security();
  expect(others).toEqual([]);
  expect(readAloud(message?.blocks)).toContain('アラーム: Slack への表示に失敗したメッセージ');
  expect(readAloud(message?.blocks)).toContain('2026-11-24 01:00 UTC');
  expect(message?.replies).toHaveLength(1);
  expect(readAloud(message?.replies)).toContain('解消しました: ');
  expect(lines).toEqual([
    {
      message: 'alarm told',
      alarm: 'SecopsBot-CardsDeadLetters',
      status: 'ALARM',
      channel: 'C0SECURITY',
      ts: message?.ts,
    },
    expect.objectContaining({ message: 'alarm told', status: 'OK' }),
  ]);
});

test('an end whose beginning is not there is a message of its own', async () => {
  await tellAlarms(alarmEvent('ClockStopped', 'ALARM', RAISED), teller);
  await tellAlarms(alarmEvent('NoFindings', 'OK', RAISED), teller);
  const messages = await security();
  expect(messages.map(({ replies }) => replies.length)).toEqual([0, 0]);
  expect(readAloud(messages.at(-1)?.blocks)).toContain('解消しました: 1 日以上、検出結果が届いていません。');
});

test('a second alarm of the same kind is another message, and each end goes to the newest', async () => {
  await tellAlarms(alarmEvent('ClockStopped', 'ALARM', RAISED), teller);
  at += 20 * 60_000;
  await tellAlarms(alarmEvent('ClockStopped', 'ALARM', OVER), teller);
  at += 20 * 60_000;
  await tellAlarms(alarmEvent('ClockStopped', 'OK', '2026-11-24T01:40:00.000+0000'), teller);
  expect((await security()).map(({ replies }) => replies.length)).toEqual([0, 1]);
});

test('delivered twice it is told once', async () => {
  for (const [state, time] of [
    ['ALARM', RAISED],
    ['ALARM', RAISED],
    ['OK', OVER],
    ['OK', OVER],
  ] as const) {
    at = Date.parse(time) + 3_000;
    await tellAlarms(alarmEvent('SlackApi5xx', state, time), teller);
  }
  expect(await posts()).toBe(2);
});

test.each([
  ['asks to wait', { kind: 'ratelimited', retryAfter: 30 }, SlackRateLimited],
  ['does not answer', { kind: 'http500' }, SlackUnreachable],
  ['refuses', { kind: 'error', error: 'not_in_channel' }, SlackRefused],
])(
  'where Slack %s it fails, so that Lambda tries again, and the next try tells it',
  async (_, fault, error) => {
    await people.fail({ method: 'chat.postMessage', next: 1, ...fault });
    const event = alarmEvent('Quarantined', 'ALARM', RAISED);
    await expect(tellAlarms(event, teller)).rejects.toThrow(error);
    expect(lines).toMatchObject([
      { message: 'alarm not told; it will be tried again', alarm: 'SecopsBot-Quarantined' },
    ]);
    await tellAlarms(event, teller);
    expect(await security()).toHaveLength(1);
  },
);

test('a post whose answer was lost is not posted again', async () => {
  await people.fail({ method: 'chat.postMessage', kind: 'lost_answer', next: 1 });
  const event = alarmEvent('Quarantined', 'ALARM', RAISED);
  await expect(tellAlarms(event, teller)).rejects.toThrow(SlackUnreachable);
  await tellAlarms(event, teller);
  expect(await security()).toHaveLength(1);
});

test('in a channel that other companies read nothing is told', async () => {
  const shared = { ...teller, settings: { ...teller.settings, SECURITY_CHANNEL_ID: 'C0SHARED' } };
  await tellAlarms(alarmEvent('CardsBehind', 'ALARM', RAISED), shared);
  expect(await posts()).toBe(0);
  expect(lines).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('other companies read'),
      channel: 'C0SHARED',
    }),
  ]);
});

test.each([
  ['no JSON', 'hello'],
  ['something else', '{"Event":"subscribed"}'],
  ['an unknown state', JSON.stringify({ AlarmName: 'x', AlarmArn: 'y', NewStateValue: 'PERHAPS' })],
])('%s is no alarm: it is logged and let go', async (_, message) => {
  await tellAlarms(snsEvent(message), teller);
  expect(await people.calls()).toEqual([]);
  expect(lines).toMatchObject([{ message: 'no alarm of CloudWatch; dropped' }]);
});

test('an alarm that somebody else has made shows its own words, and nobody is called by them', async () => {
  const hostile = { AlarmName: 'Other', AlarmDescription: '<!channel> <https://evil.example|look>' };
  await tellAlarms(alarmEvent('x', 'ALARM', RAISED, hostile), teller);
  const text = JSON.stringify(await security());
  expect(text).toContain('&lt;!channel&gt;');
  expect(text).not.toContain('<!channel>');
  expect(text).not.toContain('<https://evil');
});

test('the function takes the token from the secret, and the rest from its environment', async () => {
  const aws = await startStandIn();
  const arn = 'arn:aws:secretsmanager:ap-northeast-1:999999999999:secret:Slack-AbCdEf';
  await aws.control.setSecrets([
    {
      arn,
      current: JSON.stringify({ botToken: 'xoxb-test', signingSecret: 'x' }),
      changedAt: '2026-11-20T00:00:00.000Z',
    },
  ]);
  const environment = {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    SLACK_SECRET_ARN: arn,
    SLACK_API_URL: slack.apiUrl,
    SLACK_TEAM_ID: 'T0LOCAL',
    SLACK_BOT_ID: 'B0BOT',
    SLACK_BOT_USER_ID: 'U0BOT',
    DEFAULT_CHANNEL_ID: 'C0REQUESTS',
    SECURITY_CHANNEL_ID: 'C0SECURITY',
    DEFAULT_LANG: 'en',
    DASHBOARD_NAME: 'SecopsBot-ap-northeast-1',
    // What the alarm is about may be gone: names are all that is there.
    TABLE_NAME: 'none',
    FINDINGS_QUEUE_URL: 'none',
    WORKFLOW_QUEUE_URL: 'none',
    CARDS_QUEUE_URL: 'none',
    CHANGES_QUEUE_URL: 'none',
    DATA_BUCKET: 'none',
  };
  const before = { ...process.env };
  const quiet = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  Object.assign(process.env, environment);
  try {
    await handler(alarmEvent('ChangesErrors', 'ALARM', RAISED));
  } finally {
    process.env = before;
    quiet.mockRestore();
    await aws.stop();
  }
  const [message] = await security();
  expect(readAloud(message?.blocks)).toContain('Alarm: The bot fails again and again');
  expect(JSON.stringify(message?.blocks)).toContain('dashboard/SecopsBot-ap-northeast-1');
});
