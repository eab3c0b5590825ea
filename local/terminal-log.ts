import { type Log, type LogDetails, redacted } from '../src/log';

function line(mark: string, message: string, details: LogDetails | undefined): string {
  const shown = Object.entries(redacted(details))
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  return `${mark} ${message}${shown === '' ? '' : ` (${shown})`}`;
}

/**
 * A log for a person at a terminal: what went wrong, and, once an account, that it is only observed. Cards are printed
 * by themselves; what an observed account sends would otherwise vanish without a word.
 */
export function terminalLog(write: (text: string) => void): Log {
  const observed = new Set<unknown>();
  return {
    info: (_, { mode, account } = {}) => {
      if (mode !== 'observe' || observed.has(account)) return;
      observed.add(account);
      write(
        `· account ${String(account)} is only observed: nothing is posted and nothing is written to AWS (register it, or set its mode: npm run accounts -- import FILE)`,
      );
    },
    warn: (message, details) => write(line('!', message, details)),
    error: (message, details) => write(line('✗', message, details)),
  };
}
