import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Measured, rounded } from './figures';

/** How long the CDK app takes, functions bundled and rules checked. */
export async function synth(): Promise<Measured> {
  const from = performance.now();
  await promisify(execFile)('npm', ['run', '--silent', 'synth'], { maxBuffer: 2 ** 26 });
  return { synthSeconds: rounded((performance.now() - from) / 1000, 1) };
}
