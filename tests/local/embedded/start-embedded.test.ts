import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { BatchUpdateFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsControl } from '../../../local/aws';
import { createResources, startEmbedded } from '../../../local/embedded';
import { findingOf } from '../aws/finding-of';

const client = { region: 'ap-northeast-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
const finding = findingOf('a');
const identifier = { Id: finding.Id, ProductArn: finding.ProductArn };

// Each test starts processes; on a busy machine that takes its time.
jest.setTimeout(30_000);

let folder: string;
const closing: (() => Promise<void>)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-'));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(folder, { recursive: true });
});

async function start<S extends 'dynamodb' | 'sqs' | 's3' | 'aws' | 'slack'>(
  services: readonly S[],
  dataDir?: string,
) {
  const embedded = await startEmbedded({ services, ...(dataDir === undefined ? {} : { dataDir }) });
  closing.push(embedded.close);
  return embedded;
}

it('keeps items and findings in its folder over a restart, and resources are made once', async () => {
  const item = { pk: { S: 'A#111122223333' }, sk: { S: 'ACCOUNT' } };
  const first = await start(['dynamodb', 'sqs', 's3', 'aws'], folder);
  const { tableName } = await createResources(first.endpoints);
  const before = new DynamoDBClient({ ...client, endpoint: first.endpoints.dynamodb });
  await before.send(new PutItemCommand({ TableName: tableName, Item: { ...item, name: { S: '本番' } } }));
  before.destroy();
  await awsControl(first.endpoints.aws).putFindings([finding]);
  await first.close();

  const second = await start(['dynamodb', 'sqs', 's3', 'aws'], folder);
  await createResources(second.endpoints);
  const after = new DynamoDBClient({ ...client, endpoint: second.endpoints.dynamodb });
  const { Item } = await after.send(new GetItemCommand({ TableName: tableName, Key: item }));
  after.destroy();
  expect(Item?.['name']).toEqual({ S: '本番' });
  expect(await awsControl(second.endpoints.aws).findings()).toMatchObject([{ Id: finding.Id }]);
});

it("puts Security Hub's events on the findings queue, as EventBridge does", async () => {
  const { endpoints } = await start(['dynamodb', 'sqs', 's3', 'aws']);
  const { queueUrls } = await createResources(endpoints);
  await awsControl(endpoints.aws).putFindings([finding]);
  const hub = new SecurityHubClient({ ...client, endpoint: endpoints.aws });
  const sqs = new SQSClient({ ...client, endpoint: endpoints.sqs });

  await hub.send(
    new BatchUpdateFindingsCommand({ FindingIdentifiers: [identifier], Workflow: { Status: 'NOTIFIED' } }),
  );

  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrls.findings, WaitTimeSeconds: 5 }),
  );
  expect(JSON.parse(Messages?.[0]?.Body ?? '')).toMatchObject({
    'detail-type': 'Security Hub Findings - Imported',
    detail: { findings: [{ Id: finding.Id, Workflow: { Status: 'NOTIFIED' } }] },
  });
  hub.destroy();
  sqs.destroy();
});

it('runs the Slack stand-in', async () => {
  const { endpoints } = await start(['slack']);
  expect((await fetch(endpoints.slack.url)).ok).toBe(true);
  expect(endpoints.slack.apiUrl).toContain(endpoints.slack.url);
});

it('ends long polls and stops without waiting for them', async () => {
  const { endpoints, close } = await start(['dynamodb', 'sqs', 's3']);
  const { queueUrls } = await createResources(endpoints);
  const sqs = new SQSClient({ ...client, endpoint: endpoints.sqs });
  const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrls.findings, WaitTimeSeconds: 20 }));
  // The next answer comes after the poll has arrived, on another connection.
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrls.workflow }));
  await close();
  expect((await poll).Messages).toBeUndefined();
  sqs.destroy();
});

it('says what keeps it from starting', async () => {
  const first = await start(['dynamodb', 'sqs'], folder);
  const port = Number(new URL(first.endpoints.sqs).port);
  await expect(start(['dynamodb'], folder)).rejects.toThrow(/cannot be opened: another run may be using it/);
  await expect(startEmbedded({ services: ['sqs'], ports: { sqs: port } })).rejects.toThrow(
    `Port ${port} is taken`,
  );
  await expect(startEmbedded({ services: [] })).rejects.toThrow(/services/);
});

it('stops when the process that started it goes away', async () => {
  const parent = spawnParent();
  const [line] = await once(parent);
  const { dynamodb } = JSON.parse(line ?? '') as { dynamodb: string };
  expect((await fetch(dynamodb)).ok).toBe(true);

  parent.kill('SIGKILL');

  await expect(gone(dynamodb)).resolves.toBe(true);
});

/** A process that starts the embedded servers, prints where they are, and waits to be killed. */
function spawnParent(): ChildProcess {
  const script = `
    const { startEmbedded } = require(${JSON.stringify(join(__dirname, '../../../local/embedded/index.ts'))});
    startEmbedded({ services: ['dynamodb'] }).then(({ endpoints }) => console.log(JSON.stringify(endpoints)));
  `;
  const tsx = pathToFileURL(require.resolve('tsx')).href;
  return spawn(process.execPath, ['--import', tsx, '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function once(child: ChildProcess): Promise<string[]> {
  for await (const line of createInterface({ input: child.stdout! })) return [line];
  return [];
}

/** True as soon as nothing answers there any more. */
async function gone(url: string): Promise<boolean> {
  for (;;) {
    const answered = await fetch(url).then(
      (response) => response.body?.cancel().then(() => true) ?? true,
      () => false,
    );
    if (!answered) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
