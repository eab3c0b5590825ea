import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { closeLogLines, keepAnswer, keepLogLine } from './log-lines';

/*
 * What this process and the processes that it starts print is kept for the log scan, whoever prints it. What a test says on
 * its console jest keeps itself.
 */

const UNTOUCHED = 'secops.untouched';
type Output = NodeJS.WriteStream & { [UNTOUCHED]?: NodeJS.WriteStream['write'] };

/** One process runs many test files, each with these lines: the first one's original is everybody's. */
for (const output of [process.stdout, process.stderr] as Output[]) {
  output[UNTOUCHED] ??= output.write;
  output.write = function kept(this: Output, chunk: Uint8Array | string, ...rest: never[]): boolean {
    keepLogLine(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    return this[UNTOUCHED]?.call(this, chunk, ...rest) ?? true;
  };
}

/** The file of a command that people type. */
const COMMAND = /^commands\/[\w-]+\.ts$/;
/** The local run: it shows on standard output what stands in Slack, and complains on the other one. */
const LOCAL_RUN = /^local\/main\.ts$/;

/** Keeps what a stream brings, line by line, without reading it: how it flows is its reader's business. */
function keepLines(stream: Readable | null, keep: (text: string) => void): void {
  if (stream === null) return;
  const decoder = new StringDecoder('utf8');
  let begun = '';
  const push = stream.push.bind(stream);
  stream.push = (chunk: Uint8Array | string | null, encoding) => {
    begun +=
      chunk === null ? decoder.end() : typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk));
    const lines = begun.split('\n');
    begun = chunk === null ? '' : (lines.pop() ?? '');
    const whole = lines.join('\n');
    if (whole !== '') keep(whole);
    return push(chunk, encoding);
  };
}

const started = (message: unknown): void => {
  const { process: child } = message as { process: ChildProcess };
  child.once('spawn', () => {
    const runs = (file: RegExp) => child.spawnargs.some((argument) => file.test(argument));
    const answers = runs(COMMAND);
    keepLines(child.stdout, answers || runs(LOCAL_RUN) ? keepAnswer : keepLogLine);
    keepLines(child.stderr, answers ? keepAnswer : keepLogLine);
  });
};
subscribe('child_process', started);

afterAll(() => {
  unsubscribe('child_process', started);
  closeLogLines();
});
