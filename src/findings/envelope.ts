import type { Refusal } from './finding';
import { cleanText } from './text';

/** What a message was: an event of Security Hub, findings without an envelope, or nothing that can be read. */
export type MessageKind = 'imported' | 'custom-action' | 'document' | 'unknown';

/** A message taken out of its envelopes: the documents in it that ought to be findings, and where they stood. */
export interface Opened {
  readonly kind: MessageKind;
  readonly documents: readonly { readonly field: string; readonly value: unknown }[];
  readonly refusals: readonly Refusal[];
}

type Json = Record<string, unknown>;

/** More than a message of 1 MB can hold of real findings: a longer list is not worth a look at each. */
const MAX_FINDINGS = 5_000;

const EVENTS: ReadonlyMap<unknown, MessageKind> = new Map([
  ['Security Hub Findings - Imported', 'imported'],
  ['Security Hub Findings - Custom Action', 'custom-action'],
]);

/**
 * Opens a queue message: an EventBridge event of Security Hub, an ASFF document, a list of them or the answer of
 * GetFindings, each also inside one SNS notification. Never throws; what cannot be opened is refused.
 */
export function openEnvelope(body: string): Opened {
  const message = parse(body);
  if (message === undefined) return refused('body', 'The message is not JSON.');
  if (!isNotification(message)) return open(message, '');
  if (typeof message.Message !== 'string') {
    return refused('Message', 'The SNS notification holds no text.');
  }
  const inner = parse(message.Message);
  if (inner === undefined) return refused('Message', 'The text of the SNS notification is not JSON.');
  return open(inner, 'Message.');
}

function open(message: unknown, at: string): Opened {
  if (Array.isArray(message)) return list('document', message, at);
  if (!isObject(message)) {
    return refused(at === '' ? 'body' : 'Message', 'Expected a JSON object or a list of findings.');
  }
  if ('detail-type' in message) return openEvent(message, at);
  if ('Findings' in message) return listAt('document', message.Findings, `${at}Findings`);
  if ('Id' in message || 'ProductArn' in message || 'AwsAccountId' in message || 'Resources' in message) {
    return { kind: 'document', documents: [{ field: at, value: message }], refusals: [] };
  }
  return refused(
    at === '' ? 'body' : 'Message',
    'The message is neither an EventBridge event of Security Hub nor an ASFF finding.',
  );
}

function openEvent(event: Json, at: string): Opened {
  const kind = EVENTS.get(event['detail-type']);
  if (kind === undefined) {
    const type = event['detail-type'];
    const name = typeof type === 'string' ? `"${cleanText(type, 64)}"` : 'This detail-type';
    return refused(
      `${at}detail-type`,
      `${name} is not read; only "Security Hub Findings - Imported" and "Security Hub Findings - Custom Action" are.`,
    );
  }
  // Only AWS may name itself as a source, so any other source is somebody imitating Security Hub.
  if (event.source !== undefined && event.source !== 'aws.securityhub') {
    return refused(`${at}source`, 'The event does not come from aws.securityhub.', kind);
  }
  if (!isObject(event.detail)) return refused(`${at}detail`, 'The event holds no detail object.', kind);
  const opened = listAt(kind, event.detail.findings, `${at}detail.findings`);
  if (opened.documents.length === 0 && opened.refusals.length === 0) {
    return refused(`${at}detail.findings`, 'The list of findings is empty.', kind);
  }
  return opened;
}

function listAt(kind: MessageKind, values: unknown, field: string): Opened {
  if (!Array.isArray(values)) return refused(field, 'Expected a list of findings.', kind);
  return list(kind, values, `${field}.`);
}

function list(kind: MessageKind, values: readonly unknown[], at: string): Opened {
  if (values.length > MAX_FINDINGS) {
    const field = at === '' ? 'body' : at.slice(0, -1);
    return refused(field, `The list holds ${values.length} entries; at most ${MAX_FINDINGS} are read.`, kind);
  }
  return { kind, documents: values.map((value, i) => ({ field: `${at}${i}.`, value })), refusals: [] };
}

function refused(field: string, problem: string, kind: MessageKind = 'unknown'): Opened {
  return { kind, documents: [], refusals: [{ field, problem }] };
}

function isNotification(message: unknown): message is Json {
  return isObject(message) && message.Type === 'Notification' && 'Message' in message;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined, which is no JSON value, stands for text that is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
