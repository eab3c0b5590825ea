import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Where the local run keeps its data, and tells other commands how to reach it. Ignored by git. */
export function dataFolder(): string {
  return process.env['SECOPS_DATA_DIR'] ?? '.secops';
}

const RunFile = z.object({
  pid: z.number(),
  /** Environment in which another command reaches the same table, queues and bucket; holds no secrets. */
  environment: z.record(z.string(), z.string()),
  /** Addresses of the stand-ins, where they are used. */
  aws: z.string().optional(),
  slack: z.string().optional(),
  /** Address of the page in the browser, where it is served. */
  page: z.string().optional(),
});
/** What a running bot tells the commands beside it. */
export type RunFile = z.infer<typeof RunFile>;

const path = (dataDir: string) => join(dataDir, 'run.json');

export function writeRunFile(run: RunFile, dataDir: string = dataFolder()): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path(dataDir), `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
}

export function removeRunFile(dataDir: string = dataFolder()): void {
  rmSync(path(dataDir), { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The bot running on this machine; undefined when there is none. */
export function readRunFile(dataDir: string = dataFolder()): RunFile | undefined {
  if (!existsSync(path(dataDir))) return undefined;
  const run = RunFile.parse(JSON.parse(readFileSync(path(dataDir), 'utf8')));
  return isRunning(run.pid) ? run : undefined;
}
