import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeFindings } from '../../handlers/findings';
import { type Poller, pollQueue } from '../../local/poller';
import { writeRunFile } from '../../local/run-file';
import {
  asff,
  controlOcsf,
  event,
  guardDuty,
  guardDutyAsff,
  guardDutyEvent,
  imported,
  importedV2,
} from '../fixtures/findings';
import { type StandIn, startStandIn } from '../local/aws/stand-in';
import { openSpine, type Spine } from '../setup/spine';
import { runCommand } from './run-command';

// Starts a process of its own; on a busy machine that takes its time.
jest.setTimeout(30_000);

let folder: string;
let spine: Spine;
let standIn: StandIn;
let poller: Poller;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'send-'));
  spine = await openSpine();
  standIn = await startStandIn();
  const { world, bot } = spine;
  poller = pollQueue(
    {
      name: 'findings',
      url: world.queueUrls.findings,
      client: world.sqs,
      handle: (event) => takeFindings(event, bot),
      batch: 10,
      workers: 1,
    },
    'ap-northeast-1',
    () => undefined,
  );
});
afterEach(async () => {
  await poller.stop();
  await Promise.all([spine.close(), standIn.stop()]);
  rmSync(folder, { recursive: true });
});

it('sends files and folders, says what was refused and why, and lets Security Hub know them', async () => {
  writeRunFile({ pid: process.pid, environment: { ...spine.world.environment }, aws: standIn.url }, folder);
  const files = join(folder, 'findings');
  mkdirSync(join(files, 'deep'), { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(files, name), text);
  write('1-event.json', imported(asff({ title: 'a title with 😀 in it' })));
  write('deep/2-finding.json', JSON.stringify(guardDutyAsff()));
  write('3-broken.json', '{"detail": ');
  write('4-empty.json', ' \n');
  write('5-huge.json', JSON.stringify({ text: 'x'.repeat(1_048_576) }));
  write('6-other.json', JSON.stringify({ ...asff(), Resources: [] }));
  write('7-v2.json', importedV2(controlOcsf({ control: 'IAM.3' })));
  write('8-direct.json', guardDutyEvent(guardDuty()));
  write('9-insight.json', event('Security Hub Insight Results', {}));
  write('notes.txt', 'not sent');
  const single = join(folder, 'single.json');
  writeFileSync(single, imported(asff({ control: 'S3.8' })));

  const { status, stdout, stderr } = await runCommand('send', [files, single], folder);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ sent: 10, accepted: 6, quarantined: 4 });
  const refusal = (name: string) => lines.find((line) => line.includes(name));
  expect(refusal('3-broken.json')).toMatch(/^refused .*3-broken\.json: body: /);
  expect(refusal('4-empty.json')).toMatch(/: body: the file is empty$/);
  expect(refusal('5-huge.json')).toMatch(/: body: \d+ bytes; a message may have 1048576$/);
  expect(refusal('6-other.json')).toMatch(/Resources/);
  expect(stdout).toMatch(/^dropped .*9-insight\.json: detail-type Security Hub Insight Results$/m);
  expect(stdout).not.toContain('notes.txt');
  const held = await standIn.control.findings();
  expect(held.map(({ Title }) => Title)).toEqual(expect.arrayContaining(['a title with 😀 in it']));
  const requests = await spine.bot.intake.requests.ofAccount('111122223333');
  expect(requests.map(({ kind }) => kind).sort()).toEqual(['control', 'control', 'control', 'threat']);
});

it('says what to do where no bot is running', async () => {
  const { status, stderr } = await runCommand('send', [folder], folder);
  expect(status).toBe(1);
  expect(stderr).toBe(
    'No bot is running on this machine: start one with npm start, or name a deployed one with --settings FILE, or in TABLE_NAME, FINDINGS_QUEUE_URL, DATA_BUCKET.\n',
  );
});
