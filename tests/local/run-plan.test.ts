import { describePlan, planRun } from '../../local/run-plan';
import { SettingsError } from '../../src/settings';

const SLACK = {
  SLACK_BOT_TOKEN: 'xoxb-secret',
  SLACK_APP_TOKEN: 'xapp-secret',
  DEFAULT_CHANNEL_ID: 'C0REQUESTS',
  SECURITY_CHANNEL_ID: 'C0SECURITY',
};
const QUEUES = { WORKFLOW_QUEUE_URL: 'w', CARDS_QUEUE_URL: 'c', CHANGES_QUEUE_URL: 'h' };
const REGION = { AWS_REGION: 'ap-northeast-1' };
const ALL = {
  ...SLACK,
  ...QUEUES,
  ...REGION,
  FINDINGS_QUEUE_URL: 'f',
  TABLE_NAME: 't',
  DATA_BUCKET: 'b',
};
const EMBEDDED = ['dynamodb', 'sqs', 's3'];

test.each<[string, Record<string, string>, object]>([
  [
    'nothing is named: everything is embedded',
    {},
    {
      slack: 'embedded',
      findings: 'embedded',
      table: 'embedded',
      queues: 'embedded',
      bucket: 'embedded',
      services: [...EMBEDDED, 'aws', 'slack'],
    },
  ],
  [
    'an empty value is no value',
    { SLACK_BOT_TOKEN: '', TABLE_NAME: '' },
    { services: [...EMBEDDED, 'aws', 'slack'] },
  ],
  ['real Slack alone', SLACK, { slack: 'real', findings: 'embedded', services: [...EMBEDDED, 'aws'] }],
  [
    'a real Security Hub alone',
    { ...REGION, FINDINGS_QUEUE_URL: 'f' },
    { slack: 'embedded', findings: 'real', table: 'embedded', services: [...EMBEDDED, 'slack'] },
  ],
  [
    'real Slack and a real Security Hub, with the rest embedded',
    { ...SLACK, ...REGION, FINDINGS_QUEUE_URL: 'f' },
    { slack: 'real', findings: 'real', queues: 'embedded', services: EMBEDDED },
  ],
  [
    'a real table alone',
    { ...REGION, TABLE_NAME: 't' },
    { table: 'real', services: [...EMBEDDED, 'aws', 'slack'] },
  ],
  [
    'everything is real',
    ALL,
    { slack: 'real', findings: 'real', table: 'real', queues: 'real', bucket: 'real', services: [] },
  ],
])('%s', (_, environment, plan) => {
  expect(planRun(environment)).toMatchObject(plan);
});

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    planRun(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).problems;
  }
  return [];
}

const without = (name: string) => Object.fromEntries(Object.entries(ALL).filter(([key]) => key !== name));

test.each([
  ['SLACK_BOT_TOKEN', 'both tokens'],
  ['SLACK_APP_TOKEN', 'connections:write'],
  ['WORKFLOW_QUEUE_URL', 'real together'],
  ['CARDS_QUEUE_URL', 'real together'],
  ['CHANGES_QUEUE_URL', 'real together'],
  ['AWS_REGION', 'name the region'],
  ['DEFAULT_CHANNEL_ID', 'the bot has been invited to'],
  ['SECURITY_CHANNEL_ID', 'the bot has been invited to'],
])('without %s it says what to do', (name, advice) => {
  const problems = problemsOf(without(name));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(new RegExp(`^${name} missing`));
  expect(problems[0]).toContain(advice);
});

it('names everything that is missing at once, and no secret', () => {
  const problems = problemsOf({ SLACK_BOT_TOKEN: 'xoxb-secret', CARDS_QUEUE_URL: 'c' });
  expect(problems.map((problem) => problem.split(' missing')[0])).toEqual([
    'SLACK_APP_TOKEN',
    'WORKFLOW_QUEUE_URL, CHANGES_QUEUE_URL',
    'AWS_REGION',
    'DEFAULT_CHANNEL_ID',
    'SECURITY_CHANNEL_ID',
  ]);
  expect(problems.join()).not.toContain('secret');
});

it('says of everything whether it is real', () => {
  const embedded = describePlan(planRun({}), {}).join('\n');
  expect(embedded).not.toContain('REAL');
  expect(embedded).toContain('archive       none');
  const lines = describePlan(planRun(ALL), { slack: 'workspace T1', hub: 'account 111122223333' });
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line).toContain('REAL');
  expect(lines[0]).toContain('workspace T1');
  expect(lines[1]).toContain('account 111122223333');
});
