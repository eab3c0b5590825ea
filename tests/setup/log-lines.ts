import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { type Log, type LogDetails, redacted } from '../../src/log';

/** A line of a log, or a secret that no log may hold; `log-scan.cjs` reads them when all tests have run. */
type Kept = { readonly text: string; readonly answer?: true } | { readonly secret: string };

const folder = process.env['TEST_LOGS'];
const test = expect.getState().testPath ?? '';
let file: number | undefined;

function keep(kept: Kept): void {
  if (folder === undefined) return;
  file ??= openSync(join(folder, `${process.pid}.log`), 'a');
  writeSync(file, `${JSON.stringify({ test, ...kept })}\n`);
}

/** What has been logged, or printed, is read for secrets when all tests have run. */
export function keepLogLine(text: string): void {
  keep({ text });
}

/** What a command answers to whoever has typed it, or what the local run shows of Slack; that may name mail addresses. */
export function keepAnswer(text: string): void {
  keep({ text, answer: true });
}

/** No log of the whole run may hold this. */
export function keepSecret(secret: string | undefined): void {
  if (secret !== undefined) keep({ secret });
}

/** The file is opened again for what is logged later. */
export function closeLogLines(): void {
  if (file !== undefined) closeSync(file);
  file = undefined;
}

/** A log that is kept, as the bot's own would have written it, before a test sees it. */
export function keptLog(seen: Partial<Log> = {}): Log {
  const line = (level: keyof Log) => (message: string, details?: LogDetails) => {
    keepLogLine(JSON.stringify({ level, message, ...redacted(details) }));
    seen[level]?.(message, details);
  };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/** Errors that a test provokes are not printed, but kept. */
export function quietConsole(): jest.SpyInstance {
  return jest
    .spyOn(console, 'error')
    .mockImplementation((...said: unknown[]) => keepLogLine(format(...said)));
}
