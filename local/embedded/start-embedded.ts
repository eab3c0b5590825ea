import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { type EmbeddedSettings, type Endpoints, embeddedReport, type ServiceName } from './services';

const STOP_MS = 10_000;

export interface Embedded<S extends ServiceName> {
  readonly endpoints: Pick<Endpoints, S>;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Finishes open requests and stops the process. */
  close(): Promise<void>;
}

/**
 * Starts the embedded servers in a child process and waits until they answer. The child stops by itself when
 * this process goes away.
 * @throws what keeps them from starting: a port is taken, the data folder is in use
 */
export async function startEmbedded<S extends ServiceName>(
  settings: Omit<EmbeddedSettings, 'services'> & { readonly services: readonly S[] },
): Promise<Embedded<S>> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      pathToFileURL(require.resolve('tsx')).href,
      join(__dirname, 'server.ts'),
      JSON.stringify(settings),
    ],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });

  const { stdout } = child;
  if (!stdout) throw new Error('The embedded servers have no output to read their addresses from.');
  const lines = createInterface({ input: stdout });
  const line = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    ended.then(() => undefined),
  ]);
  lines.close();
  stdout.resume();
  if (line === undefined)
    throw new Error('The embedded servers ended before they were ready; see their messages above.');
  const report = embeddedReport.parse(JSON.parse(line));
  if ('error' in report) throw new Error(report.error);

  const { endpoints } = report;
  if (!hasAll(endpoints, settings.services)) {
    throw new Error(
      `The embedded servers were to run ${settings.services.join(', ')} but run ${Object.keys(endpoints).join(', ')}.`,
    );
  }
  return {
    endpoints,
    ended,
    async close() {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(kill);
    },
  };
}

function hasAll<S extends ServiceName>(
  endpoints: Partial<Endpoints>,
  services: readonly S[],
): endpoints is Pick<Endpoints, S> & Partial<Endpoints> {
  return services.every((service) => endpoints[service] !== undefined);
}
