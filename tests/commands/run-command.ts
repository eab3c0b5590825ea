import { execFile } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one of `commands/` as people do, beside what this process serves meanwhile.
 * @param environment what it finds there beside the folder
 */
export function runCommand(
  name: string,
  args: readonly string[],
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', join('commands', `${name}.ts`), ...args],
      { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', SECOPS_DATA_DIR: dataDir, ...environment } },
      (error, stdout, stderr) => resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
