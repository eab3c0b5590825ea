import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const LONGEST_START_MS = 30_000;

/** `npm start`, on a data folder of its own. */
export interface StartedPage {
  readonly url: string;
  /** Address of the Slack stand-in. */
  readonly slack: string;
  /** From its start until it said where the page is, in milliseconds. */
  readonly startedMs: number;
  /** Ends it as Ctrl-C does, and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts the program as `npm start` does, and waits until it says where the page is.
 * @param settings environment of this run
 */
export async function startPage(settings: Readonly<Record<string, string>> = {}): Promise<StartedPage> {
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'secops-browser-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...settings, SECOPS_DATA_DIR: folder, SECOPS_PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let printed = '';
  const [url, slack] = await new Promise<[string, string]>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`npm start did not say where its page is:\n${printed}`)),
      LONGEST_START_MS,
    );
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const page = /^Page: (\S+)\s/m.exec(printed)?.[1];
      const standIn = /^Slack stand-in: (\S+)\s/m.exec(printed)?.[1];
      if (page === undefined || standIn === undefined) return;
      clearTimeout(timer);
      resolve([page, standIn]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${printed}`)));
  });
  return {
    url,
    slack,
    startedMs: Math.round(performance.now() - began),
    async stop() {
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
