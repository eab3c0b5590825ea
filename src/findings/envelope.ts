import type { FindingFormat, Refusal } from './finding';
import { instant } from './instant';
import { cleanText } from './text';
import { textAt } from './value-at';

/**
 * What a message was: an event with findings, an event of a custom action, findings without an envelope, an event of
 * AWS that is none of the bot's business, or nothing that can be read.
 */
export type MessageKind = 'imported' | 'custom-action' | 'document' | 'dropped' | 'unknown';

/** A person has sent findings by a custom action of the Security Hub console. */
export interface SentByHand {
  /** Name of the custom action. */
  readonly action: string;
  readonly description?: string;
  /** Time of the event, or its id where it names no time: the same one delivered twice is one wish. */
  readonly at: string;
}

/** A message taken out of its envelopes: the documents in it that ought to be findings, and where they stood. */
export interface Opened {
  readonly kind: MessageKind;
  readonly documents: readonly {
    readonly format: FindingFormat;
    readonly field: string;
    readonly value: unknown;
  }[];
  readonly refusals: readonly Refusal[];
  readonly sent?: SentByHand;
  /** The detail-type of an event that is none of the bot's business. */
  readonly dropped?: string;
}

type Json = Record<string, unknown>;

/** More than a message of 1 MB can hold of real findings: a longer list is not worth a look at each. */
const MAX_FINDINGS = 5_000;
const MAX_DETAIL_TYPE = 64;
const MAX_ACTION = 128;
const MAX_DESCRIPTION = 256;

interface EventType {
  readonly kind: MessageKind;
  readonly format: FindingFormat;
  readonly source: string;
}

const EVENTS: ReadonlyMap<unknown, EventType> = new Map<unknown, EventType>([
  ['Security Hub Findings - Imported', { kind: 'imported', format: 'asff', source: 'aws.securityhub' }],
  [
    'Security Hub Findings - Custom Action',
    { kind: 'custom-action', format: 'asff', source: 'aws.securityhub' },
  ],
  ['Findings Imported V2', { kind: 'imported', format: 'ocsf', source: 'aws.securityhub' }],
  ['GuardDuty Finding', { kind: 'imported', format: 'guardduty', source: 'aws.guardduty' }],
]);

/**
 * Opens a queue message: an EventBridge event of Security Hub or GuardDuty, a finding in any of their formats, a list of
 * them or the answer of GetFindings, each also inside one SNS notification. Never throws; what cannot be opened is
 * refused.
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
  if (Array.isArray(message)) return list('document', undefined, message, at);
  if (!isObject(message)) {
    return refused(at === '' ? 'body' : 'Message', 'Expected a JSON object or a list of findings.');
  }
  if ('detail-type' in message) return openEvent(message, at);
  if ('Findings' in message) return listAt('document', undefined, message.Findings, `${at}Findings`);
  const format = formatOf(message);
  if (format !== undefined) {
    return { kind: 'document', documents: [{ format, field: at, value: message }], refusals: [] };
  }
  return refused(
    at === '' ? 'body' : 'Message',
    'The message is neither an event of Security Hub or GuardDuty nor a finding in one of their formats.',
  );
}

function openEvent(event: Json, at: string): Opened {
  const type = event['detail-type'];
  const known = EVENTS.get(type);
  if (known === undefined) return openUnknownEvent(event, at);
  const { kind, format, source } = known;
  // Only AWS may name itself as a source, so any other source is somebody imitating it.
  if (event.source !== undefined && event.source !== source) {
    return refused(`${at}source`, `The event does not come from ${source}.`, kind);
  }
  if (!isObject(event.detail)) return refused(`${at}detail`, 'The event holds no detail object.', kind);
  if (format === 'guardduty') {
    return { kind, documents: [{ format, field: `${at}detail.`, value: event.detail }], refusals: [] };
  }
  const opened = listAt(kind, format, event.detail.findings, `${at}detail.findings`);
  if (opened.documents.length === 0 && opened.refusals.length === 0) {
    return refused(`${at}detail.findings`, 'The list of findings is empty.', kind);
  }
  return kind === 'custom-action' ? { ...opened, sent: sentBy(event) } : opened;
}

/** An event of AWS that holds no finding is let go; an event of anybody else has no business here. */
function openUnknownEvent(event: Json, at: string): Opened {
  const type = event['detail-type'];
  const name = typeof type === 'string' ? cleanText(type, MAX_DETAIL_TYPE) : '';
  if (name !== '' && typeof event.source === 'string' && /^aws\.[a-z0-9.-]{1,64}$/.test(event.source)) {
    return { kind: 'dropped', documents: [], refusals: [], dropped: name };
  }
  const read = [...EVENTS.keys()].map((key) => `"${String(key)}"`).join(', ');
  return refused(
    `${at}detail-type`,
    `${typeof type === 'string' ? `"${name}"` : 'This detail-type'} is not read; only ${read} are.`,
  );
}

function sentBy(event: Json): SentByHand {
  // The event names the action twice; the first of its resources is the action's ARN.
  const arn = textAt(event, 'resources', 0) ?? '';
  const action = textAt(event, 'detail', 'actionName') ?? arn.slice(arn.lastIndexOf('/') + 1);
  const description = cleanText(textAt(event, 'detail', 'actionDescription') ?? '', MAX_DESCRIPTION);
  const time = instant(textAt(event, 'time') ?? '');
  return {
    action: cleanText(action, MAX_ACTION) || 'Custom Action',
    ...(description !== '' && { description }),
    at: time ?? cleanText(textAt(event, 'id') ?? '', MAX_DETAIL_TYPE),
  };
}

/** The format of a finding without an envelope, by the fields that it alone has; undefined when it is no finding. */
function formatOf(document: Json): FindingFormat | undefined {
  if ('finding_info' in document || 'class_uid' in document) return 'ocsf';
  if ('ProductArn' in document || 'AwsAccountId' in document || 'Resources' in document) return 'asff';
  const native = ['accountId', 'service', 'schemaVersion', 'AccountId', 'Service'];
  if (native.some((field) => field in document)) return 'guardduty';
  return 'Id' in document ? 'asff' : undefined;
}

function listAt(
  kind: MessageKind,
  format: FindingFormat | undefined,
  values: unknown,
  field: string,
): Opened {
  if (!Array.isArray(values)) return refused(field, 'Expected a list of findings.', kind);
  return list(kind, format, values, `${field}.`);
}

/** @param format of all the values; undefined where each may have its own */
function list(
  kind: MessageKind,
  format: FindingFormat | undefined,
  values: readonly unknown[],
  at: string,
): Opened {
  if (values.length > MAX_FINDINGS) {
    const field = at === '' ? 'body' : at.slice(0, -1);
    return refused(field, `The list holds ${values.length} entries; at most ${MAX_FINDINGS} are read.`, kind);
  }
  const documents = values.map((value, i) => ({
    format: format ?? (isObject(value) ? formatOf(value) : undefined) ?? 'asff',
    field: `${at}${i}.`,
    value,
  }));
  return { kind, documents, refusals: [] };
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
