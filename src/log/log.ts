import { Logger } from '@aws-lambda-powertools/logger';

/** The one logger: one structured line an event that matters. */
export interface Log {
  info(message: string, details?: LogDetails): void;
  warn(message: string, details?: LogDetails): void;
  error(message: string, details?: LogDetails): void;
}

export type LogDetails = Readonly<Record<string, unknown>>;

/** Only these keys reach a log: tokens, response URLs, reasons and mail addresses have none. */
const KEYS: readonly string[] = [
  'account',
  'alarm',
  'because',
  'bulletin',
  'channel',
  'change',
  'code',
  'control',
  'count',
  'detailType',
  'details',
  'did',
  'entry',
  'error',
  'field',
  'finding',
  'from',
  'function',
  'instead',
  'issue',
  'issues',
  'job',
  'kind',
  'listener',
  'messageId',
  'mode',
  'outcome',
  'outcomes',
  'plainly',
  'problem',
  'queue',
  'receives',
  'record',
  'reference',
  'revision',
  'seconds',
  'status',
  'swept',
  'to',
  'ts',
  'type',
  'user',
];

const SECRET = /xox[a-z]-[\w-]+|xapp-[\w-]+|(?:AKIA|ASIA)[A-Z0-9]{16}|https:\/\/hooks\.slack\.com\/\S+/g;

/** A text without tokens, access keys and response URLs. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(SECRET, '[removed]');
}

/** Details are flat or nearly so; what lies deeper is no detail. */
const DEPTH = 4;

function safe(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return safe(`${value.name}: ${value.message}`);
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEPTH) return '[…]';
  if (Array.isArray(value)) return value.map((inner) => safe(inner, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, safe(inner, depth + 1)]));
}

/** Only what may be logged of these details, without secrets. */
export function redacted(details: LogDetails = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).flatMap(([key, value]) => (KEYS.includes(key) ? [[key, safe(value)]] : [])),
  );
}

export function structuredLog(): Log {
  const logger = new Logger({ serviceName: 'secops-bot' });
  return {
    info: (message, details) => logger.info(message, redacted(details)),
    warn: (message, details) => logger.warn(message, redacted(details)),
    error: (message, details) => logger.error(message, redacted(details)),
  };
}
