import { type Log, type LogDetails, redacted } from '../src/log';

function line(mark: string, message: string, details: LogDetails | undefined): string {
  const shown = Object.entries(redacted(details))
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  return `${mark} ${message}${shown === '' ? '' : ` (${shown})`}`;
}

/** A log for a person at a terminal: what went wrong, and nothing else; cards are printed by themselves. */
export function terminalLog(write: (text: string) => void): Log {
  return {
    info: () => undefined,
    warn: (message, details) => write(line('!', message, details)),
    error: (message, details) => write(line('✗', message, details)),
  };
}
