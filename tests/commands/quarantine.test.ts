import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { writeRunFile } from '../../local/run-file';
import { s3Objects } from '../../src/aws';
import { type Quarantine, tableQuarantine } from '../../src/quarantine';
import { dynamoTable } from '../../src/store';
import { openWorld, type World } from '../setup/world';
import { runCommand } from './run-command';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(30_000);

let folder: string;
let world: World;
let quarantine: Quarantine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarantine-'));
  world = await openWorld();
  quarantine = tableQuarantine(
    dynamoTable(world.dynamodb, world.tableName),
    s3Objects(world.s3, world.bucket),
    () => new Date('2026-11-24T01:00:00.000Z'),
  );
  writeRunFile({ pid: process.pid, environment: { ...world.environment } }, folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

it('lists, shows and sends again what could not be read', async () => {
  const refusals = [
    { field: 'Resources', problem: 'is missing' },
    { field: 'Id', problem: 'is empty' },
  ];
  await quarantine.keep('message-1', '{"text":"😀"}', refusals);
  const run = (...args: string[]) => runCommand('quarantine', args, folder);
  const [list, show, unknown, resend, usage] = await Promise.all([
    run('list'),
    run('show', 'message-1'),
    run('show', 'message-2'),
    run('resend', 'message-1', 'message-2'),
    run('burn'),
  ]);
  expect(list.status).toBe(0);
  expect(list.stdout).toContain('message-1  2026-11-24T01:00:00.000Z  15 bytes');
  expect(list.stdout).toContain('  Resources: is missing (and 1 more)');
  expect(show).toEqual({
    status: 0,
    stdout: 'Resources: is missing\nId: is empty\n{"text":"😀"}\n',
    stderr: '',
  });
  expect(unknown).toMatchObject({ status: 1, stdout: '' });
  expect(unknown.stderr).toContain('Nothing in quarantine is called message-2');
  expect(resend).toEqual({
    status: 1,
    stdout: 'sent again: message-1\n',
    stderr: 'Nothing in quarantine is called message-2.\n',
  });
  expect(usage).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: npm run quarantine') });
  const { Messages = [] } = await world.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: world.queueUrls.findings }),
  );
  expect(Messages.map(({ Body }) => JSON.parse(Body ?? '') as unknown)).toEqual([{ text: '😀' }]);
  expect(await quarantine.find('message-1')).toMatchObject({ resentAt: expect.any(String) });
});
