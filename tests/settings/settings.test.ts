import { readSettings, SettingsError } from '../../src/settings';

const GOOD = {
  TABLE_NAME: 'secops',
  FINDINGS_QUEUE_URL: 'https://sqs.example/findings',
  WORKFLOW_QUEUE_URL: 'https://sqs.example/workflow',
  CARDS_QUEUE_URL: 'https://sqs.example/cards.fifo',
  CHANGES_QUEUE_URL: 'https://sqs.example/changes.fifo',
  DATA_BUCKET: 'secops',
  SLACK_BOT_TOKEN: 'xoxb-secret-1',
  SLACK_TEAM_ID: 'T0EXAMPLE',
  SLACK_BOT_ID: 'B0EXAMPLE',
  SLACK_BOT_USER_ID: 'U0EXAMPLE',
  SLACK_SIGNING_SECRET: 'secret-2',
  SLACK_APP_TOKEN: 'xapp-secret-3',
  DEFAULT_CHANNEL_ID: 'C0REQUESTS',
  SECURITY_CHANNEL_ID: 'C0SECURITY',
};

function problemsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readSettings(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).problems;
  }
  return [];
}

it('reads them, with defaults for what may be left out', () => {
  expect(readSettings({ ...GOOD, UNKNOWN: 'x' })).toEqual({
    ...GOOD,
    MEMBER_ROLE_NAME: 'SecOpsBotMember',
    SECURITY_ANALYSTS: [],
    SECURITY_LEADS: [],
    DEFAULT_LANG: 'ja',
    TIME_ZONE: 'Asia/Tokyo',
    UNKNOWN_ACCOUNT_MODE: 'observe',
    QUIET: 'on',
    RECONCILE: 'on',
    CONFIG_DIR: 'config',
  });
});

it('reads groups and people of the security team, however they are divided', () => {
  const { SECURITY_ANALYSTS } = readSettings({ ...GOOD, SECURITY_ANALYSTS: ' S0ANALYSTS,U0LEAD\n W0OTHER ' });
  expect(SECURITY_ANALYSTS).toEqual(['S0ANALYSTS', 'U0LEAD', 'W0OTHER']);
});

it('an empty variable is none', () => {
  expect(readSettings({ ...GOOD, SLACK_APP_TOKEN: '', DEFAULT_LANG: '' })).toMatchObject({
    DEFAULT_LANG: 'ja',
  });
  expect(problemsOf({ ...GOOD, TABLE_NAME: '' })).toEqual([
    'TABLE_NAME is missing: the DynamoDB table that the stack made',
  ]);
});

it('names everything that is missing at once, each with what it is', () => {
  const problems = problemsOf({});
  const optional = ['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'];
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(
    Object.keys(GOOD).filter((name) => !optional.includes(name)),
  );
  for (const problem of problems) expect(problem).toMatch(/^[A-Z_]+ is missing: .{10,}/);
});

test.each([
  ['SLACK_BOT_TOKEN', 'xoxp-secret', 'it begins with xoxb-'],
  ['SLACK_APP_TOKEN', 'xoxb-secret', 'it begins with xapp-'],
  ['SLACK_SECRET_ARN', 'slack', 'not the ARN of a secret'],
  ['SLACK_TEAM_ID', 'example', 'not a workspace id'],
  ['SLACK_API_URL', 'https://slack.example/api', 'must end with a slash'],
  ['SLACK_API_URL', 'slack', 'SLACK_API_URL'],
  ['DEFAULT_CHANNEL_ID', '#requests', "copy it from the channel's details"],
  ['SECURITY_CHANNEL_ID', 'D0DIRECT', 'not a Slack channel id'],
  ['SECURITY_LEADS', 'S0LEADS, boss', '"boss" is not a Slack user'],
  ['DEFAULT_LANG', 'de', 'must be ja or en'],
  ['TIME_ZONE', 'Tokyo', 'not a time zone'],
  ['UNKNOWN_ACCOUNT_MODE', 'on', 'observe, notify or enforce'],
])('%s %j: %s', (name, value, advice) => {
  const problems = problemsOf({ ...GOOD, [name]: value });
  expect(problems.every((problem) => problem.startsWith(name))).toBe(true);
  expect(problems.join('\n')).toContain(advice);
});

it('never repeats a secret', () => {
  const problems = problemsOf({
    SLACK_BOT_TOKEN: 'topsecret-1',
    SLACK_APP_TOKEN: 'topsecret-2',
    SLACK_SIGNING_SECRET: 'topsecret-3',
    TIME_ZONE: 'nowhere',
  });
  expect(problems.length).toBeGreaterThan(10);
  expect(problems.join('\n')).not.toContain('topsecret');
  expect(new SettingsError(problems).message).toBe(problems.join('\n'));
});
