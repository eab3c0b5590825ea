import { execFile } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of `commands/` as people do, beside what this process serves meanwhile. */
export function runCommand(name: string, args: readonly string[], dataDir: string): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', join('commands', `${name}.ts`), ...args],
      { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', SECOPS_DATA_DIR: dataDir } },
      (error, stdout, stderr) => resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
