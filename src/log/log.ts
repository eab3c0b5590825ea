import { Logger } from '@aws-lambda-powertools/logger';

/** The one logger: one structured line an event that matters. */
export interface Log {
  info(message: string, details?: LogDetails): void;
  warn(message: string, details?: LogDetails): void;
  error(message: string, details?: LogDetails): void;
}

/**
 * Only these keys reach a log: tokens, response URLs, reasons and mail addresses have none. The compiler lets no other be
 * named, and what comes from elsewhere is left out.
 */
const KEYS = [
  'about',
  'account',
  'accounts',
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
  'number',
  'outcome',
  'outcomes',
  'plainly',
  'problem',
  'queue',
  'receives',
  'record',
  'reference',
  'region',
  'revision',
  'seconds',
  'status',
  'swept',
  'to',
  'ts',
  'type',
  'user',
  'why',
] as const;

export type LogDetails = Readonly<Partial<Record<(typeof KEYS)[number], unknown>>>;

const isAllowed = (key: string): boolean => KEYS.some((known) => known === key);

const SECRET = /xox[a-z]-[\w-]+|xapp-[\w-]+|(?:AKIA|ASIA)[A-Z0-9]{16}|https:\/\/hooks\.slack\.com\/\S+/g;
/** Looked for where a word begins, so that long words cost no more than short ones. */
const MAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** A text without tokens, access keys and response URLs. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(SECRET, '[removed]');
}

/** Details are flat or nearly so; what lies deeper is no detail. */
const DEPTH = 4;

function safe(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return safe(`${value.name}: ${value.message}`);
  if (typeof value === 'string') return withoutSecrets(value).replaceAll(MAIL, '[removed]');
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEPTH) return '[…]';
  if (Array.isArray(value)) return value.map((inner) => safe(inner, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, safe(inner, depth + 1)]));
}

/** Only what may be logged of these details, without secrets. */
export function redacted(details: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).flatMap(([key, value]) => (isAllowed(key) ? [[key, safe(value)]] : [])),
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
