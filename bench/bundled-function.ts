import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** A function as Lambda runs it: the bundle alone, in a process of its own. */
export interface BundledFunction {
  /** Calls its handler. */
  call(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  stop(): void;
}

/** What the process of a function does: what Lambda's runtime does. */
const RUNTIME = `
process.on('message', async ({ id, event }) => {
  try {
    process.send({ id, answer: await require('./index').handler(event) });
  } catch (error) {
    process.send({ id, problem: String(error) });
  }
});`;

type Reply = { readonly id: number } & (
  | { readonly answer: APIGatewayProxyStructuredResultV2 }
  | { readonly problem: string }
);

/**
 * Starts a function. It loads its bundle at its first event, as a cold one does while somebody waits.
 * @param folder its bundle, with its data files beside it
 */
export function startFunction(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): BundledFunction {
  const child: ChildProcess = spawn(process.execPath, ['-e', RUNTIME], {
    cwd: folder,
    env: { ...environment, PATH: process.env['PATH'], CONFIG_DIR: 'config' },
    // The log is Lambda's to keep.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  let calls = 0;
  child.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply));
  child.once('exit', () => {
    for (const [id, give] of waiting) give({ id, problem: 'the function has ended' });
  });
  return {
    async call(event) {
      calls += 1;
      const id = calls;
      const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve));
      child.send({ id, event });
      const reply = await replied;
      waiting.delete(id);
      if ('problem' in reply) throw new Error(reply.problem);
      return reply.answer;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

/** ms that a fresh process needs to load the bundle in a folder. */
export async function loadMs(folder: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const script = `const from = performance.now(); require('./index'); process.stdout.write(String(performance.now() - from))`;
  const child = spawn(process.execPath, ['-e', script], { cwd: folder, env: environment });
  const parts: string[] = [];
  child.stdout.on('data', (part) => parts.push(String(part)));
  const [code] = (await once(child, 'close')) as [number | null];
  const ms = Number(parts.join(''));
  if (code !== 0 || !(ms > 0)) throw new Error(`the bundle in ${folder} does not load`);
  return ms;
}
