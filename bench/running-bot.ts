import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../local/embedded';
import { type RunFile, readRunFile } from '../local/run-file';

/** The bot as people start it, on a data folder of its own, with everything outside it embedded. */
export interface RunningBot {
  /** From starting npm to the line that says it is running. */
  readonly readyMs: number;
  /** Where its stand-ins are. */
  readonly slack: string;
  readonly aws: string;
  readonly environment: RunFile['environment'];
  /** A client for its queues. */
  readonly sqs: SQSClient;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

const RUNNING = 'secops-bot is running.';
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

/** Without these the local run takes embedded servers; empty, because a file .env must not fill them in. */
const NOTHING_REAL = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'FINDINGS_QUEUE_URL',
  'WORKFLOW_QUEUE_URL',
  'CARDS_QUEUE_URL',
  'CHANGES_QUEUE_URL',
  'TABLE_NAME',
  'DATA_BUCKET',
  // And these would make it another bot than the one that is measured.
  'UNKNOWN_ACCOUNT_MODE',
  'DEFAULT_LANG',
  'TIME_ZONE',
  'QUIET',
  'RECONCILE',
  'CONFIG_DIR',
];

const alive = new Set<ChildProcess>();

/** The child leads a process group: npm, its shell and the bot end together. */
function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

process.on('exit', () => {
  for (const child of alive) kill(child);
});

/**
 * @param given settings in which it differs from what `npm start` runs by itself
 * @throws Error with the bot's own complaints when it does not come up within a minute
 */
export async function startBot(given: Readonly<Record<string, string>> = {}): Promise<RunningBot> {
  const dataDir = mkdtempSync(join(tmpdir(), 'secops-bench-'));
  const from = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: join(__dirname, '..'),
    detached: true,
    env: {
      ...process.env,
      ...Object.fromEntries(NOTHING_REAL.map((name) => [name, ''])),
      ...given,
      SECOPS_DATA_DIR: dataDir,
      // What is measured is the bot alone, not an example past.
      SECOPS_SEED: 'off',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  alive.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  void ended.then(() => alive.delete(child));

  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
  const lines = createInterface({ input: child.stdout });
  // The cards that it prints later are read on and dropped: a full pipe would stop it.
  const running = new Promise<number>((resolve) => {
    lines.on('line', (line) => {
      if (line === RUNNING) resolve(performance.now() - from);
    });
  });

  const stop = async () => {
    const pid = readRunFile(dataDir)?.pid;
    if (pid === undefined) kill(child);
    else process.kill(pid, 'SIGTERM');
    const late = setTimeout(() => kill(child), STOP_LIMIT_MS);
    await ended;
    clearTimeout(late);
    rmSync(dataDir, { recursive: true, force: true });
  };

  let timer: NodeJS.Timeout | undefined;
  const readyMs = await Promise.race([
    running,
    ended.then(() => undefined),
    new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), START_LIMIT_MS);
    }),
  ]);
  clearTimeout(timer);
  const run = readRunFile(dataDir);
  if (readyMs === undefined || run?.slack === undefined || run.aws === undefined) {
    await stop();
    throw new Error(`npm start did not come up.\n${complaints.join('\n')}`);
  }
  const { slack, aws, environment } = run;
  const endpoint = environment['AWS_ENDPOINT_URL_SQS'] ?? '';
  const sqs = new SQSClient({ region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, endpoint });
  return {
    readyMs,
    slack,
    aws,
    environment,
    sqs,
    async stop() {
      sqs.destroy();
      await stop();
    },
  };
}
