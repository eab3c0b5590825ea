import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHandlers, codeOf, HANDLERS, READS_NO_CONFIG } from '../../infra/bundle-handlers';
import { layPictures } from '../../infra/pictures-layer';
import { DEPLOYMENT_SETTINGS } from '../../infra/resources';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'handlers-'));
  await bundleHandlers(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const ENVIRONMENT = {
  ...Object.fromEntries(
    Object.entries(DEPLOYMENT_SETTINGS).map(([name, { default: given }]) => [name, given ?? '']),
  ),
  AWS_REGION: 'ap-northeast-1',
  TABLE_NAME: 'table',
  FINDINGS_QUEUE_URL: 'https://sqs.example/findings',
  WORKFLOW_QUEUE_URL: 'https://sqs.example/workflow',
  CARDS_QUEUE_URL: 'https://sqs.example/cards.fifo',
  CHANGES_QUEUE_URL: 'https://sqs.example/changes.fifo',
  DATA_BUCKET: 'data',
  SLACK_BOT_TOKEN: 'xoxb-example',
  SLACK_SIGNING_SECRET: 'example',
  SLACK_TEAM_ID: 'T0EXAMPLE',
  SLACK_BOT_ID: 'B0EXAMPLE',
  SLACK_BOT_USER_ID: 'U0EXAMPLE',
  DEFAULT_CHANNEL_ID: 'C0REQUESTS',
  SECURITY_CHANNEL_ID: 'C0SECURITY',
  CONFIG_DIR: 'config',
};

/** Runs a script where Lambda would: beside the code, with no package of this project to be found. */
const run = (name: (typeof HANDLERS)[number], script: string, nodePath = ''): string =>
  execFileSync(process.execPath, ['-e', script], {
    cwd: codeOf(folder, name),
    env: { ...ENVIRONMENT, NODE_PATH: nodePath },
    encoding: 'utf8',
  }).trim();

test.each(HANDLERS)(
  '%s is whole: it loads by itself, and has the files of config beside it if it reads any',
  (name) => {
    expect(run(name, "console.log(typeof require('./index').handler)")).toBe('function');
    const there = readdirSync(codeOf(folder, name), { recursive: true, encoding: 'utf8' }).sort();
    if (READS_NO_CONFIG.includes(name)) {
      expect(there).toEqual(['index.js']);
      return;
    }
    const files = readdirSync('config', { recursive: true, encoding: 'utf8' });
    const compiled = files.filter((file) => file.endsWith('.yml')).map((file) => `${file}.compiled`);
    const config = [...files, ...compiled].map((file) => join('config', file));
    expect(there).toEqual(['config', 'index.js', ...config].sort());
  },
);

test('the archive brings nothing of the bot along: neither Slack, nor Security Hub, nor its settings', () => {
  const code = readFileSync(join(codeOf(folder, 'archive'), 'index.js'), 'utf8');
  expect(code).toContain('ARCHIVE_BUCKET');
  expect(code).not.toMatch(/SLACK_|chat\.postMessage|securityhub|TABLE_NAME/i);
});

test('Slack without a signature is refused, by Bolt and all that stands before it', () => {
  const script = `require('./index').handler({ headers: {}, body: 'x' }).then((answer) => console.log(JSON.stringify(answer)))`;
  expect(JSON.parse(run('slack', script))).toEqual({ statusCode: 401, body: '' });
});

test('on Lambda what was counted is a line from which CloudWatch makes metrics', () => {
  const script = `process.env.AWS_LAMBDA_FUNCTION_NAME = 'slack';
    require('./index').handler({ headers: {}, body: 'x' }).then(({ statusCode }) => console.log(statusCode))`;
  const [line = '', status] = run('slack', script).split('\n');
  expect(status).toBe('401');
  expect(JSON.parse(line)).toMatchObject({ service: 'secops-bot', SignatureFailures: 1 });
});

test('what tells alarms loads nothing of what they may be about', () => {
  const code = readFileSync(join(codeOf(folder, 'alarms'), 'index.js'), 'utf8');
  expect(code).toContain('chat.postMessage');
  // The protocols of DynamoDB, SQS and Security Hub by the names that only their clients have.
  for (const name of ['DynamoDB_20120810', 'AmazonSQS', 'SecurityHubAPIService', 'AWSSecurityTokenService']) {
    expect([name, code.includes(name)]).toEqual([name, false]);
  }
});

test('Slack with one is answered', () => {
  const script = `
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const at = String(Math.floor(Date.now() / 1000));
    const signature = 'v0=' + require('node:crypto').createHmac('sha256', 'example').update('v0:' + at + ':' + body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-slack-request-timestamp': at, 'x-slack-signature': signature };
    require('./index').handler({ headers, body }).then(({ statusCode, body }) => console.log(statusCode, body));`;
  expect(run('slack', script)).toBe('200 {"challenge":"abc"}');
});

test('the layer holds the fonts, and says whether it holds the part for its processor', () => {
  const layer = join(folder, 'pictures');
  const packages = join(layer, 'nodejs', 'node_modules');
  const complete = layPictures(layer);
  expect(existsSync(join(packages, '@resvg/resvg-js-linux-arm64-gnu'))).toBe(complete);
  const fonts = [
    '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
    '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
    '@resvg/resvg-js',
  ];
  const script = `console.log(${JSON.stringify(fonts)}.map((file) => require.resolve(file)).join(','))`;
  const found = run('cards', script, packages).split(',');
  expect(found.every((file) => file.startsWith(packages))).toBe(true);
});
