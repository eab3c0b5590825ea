import { createHash } from 'node:crypto';
import type { Severity } from '../controls';

/** What of a finding says how its resource is set up, and who may reach it. Everything here is untrusted. */
export interface Portrait {
  readonly severity: Severity;
  /** `Resources[0].Details` of ASFF, `resources[0].data` of OCSF. */
  readonly details: unknown;
  /** `Compliance.StatusReasons` of ASFF. */
  readonly reasons?: unknown;
}

/** Deeper than anything AWS describes; below it only the text as a whole is looked at. */
const MAX_DEPTH = 24;
const NO_DETAILS = '-';

/** Names of what is a moment, in ASFF's spelling and in OCSF's. `Runtime` is none, nor is `Update`. */
const MOMENT =
  /(?:[a-z0-9](?:Time|Date|Timestamp|At)|^(?:Time|Date|Timestamp)|(?:^|_)(?:time|date|timestamp|dt|at))$/;
const LAST = /^(?:Last[A-Z]|last_)/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
/** Names of what is counted as it goes; how many are wished for is a setting. */
const COUNTER = /(?:Count|Bytes|Progress|Usage|RevisionNumber|_(?:count|bytes|progress|usage))$/;
const WISHED = /^(?:Desired|Min|Max|desired_|min_|max_)/;
const STATUS = /(?:Status|State|_status|_state)$|^(?:status|state)$/;
/** Of all that a status may say, what somebody has set; the others come and go by themselves. */
const SET = /^(?:enabled|disabled|suspended)$/i;
const SET_PLAINLY = /^(?:active|inactive)$/i;

/**
 * Identity of what a finding says of its resource: severity and reasons, and the resource's details without what
 * changes by itself, such as times and counters. Two parts, because AWS leaves details out of large findings.
 */
export function fingerprintOf({ severity, details, reasons }: Portrait): string {
  const described = typeof details === 'object' && details !== null && Object.keys(details).length > 0;
  return `${digest(JSON.stringify([severity, reasonCodes(reasons)]))}.${described ? digest(canonical(details, 0)) : NO_DETAILS}`;
}

/** True when two fingerprints of one finding are of the same content. Details that are left out say nothing. */
export function sameContent(one: string, other: string): boolean {
  const [judgedOne, detailsOne] = one.split('.');
  const [judgedOther, detailsOther] = other.split('.');
  if (judgedOne !== judgedOther) return false;
  return detailsOne === detailsOther || detailsOne === NO_DETAILS || detailsOther === NO_DETAILS;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function reasonCodes(reasons: unknown): readonly string[] {
  if (!Array.isArray(reasons)) return [];
  const codes = reasons.flatMap((reason: unknown) => {
    const code =
      typeof reason === 'object' && reason !== null && 'ReasonCode' in reason ? reason.ReasonCode : undefined;
    return typeof code === 'string' ? [code] : [];
  });
  return [...new Set(codes)].sort();
}

/** One text for all that means the same: members sorted by name, lists by their content, because AWS shuffles both. */
function canonical(value: unknown, depth: number, settings = false): string {
  if (typeof value === 'string') return document(value, depth);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) {
    return `[${value
      .map((item) => canonical(item, depth + 1, settings))
      .sort()
      .join(',')}]`;
  }
  return `{${Object.entries(value)
    .filter(([name, member]) => member !== null && (settings || !isVolatile(name, member)))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member, depth + 1, settings)}`)
    .sort()
    .join(',')}}`;
}

/** Policies come as JSON within a text. All that they say is meant, a date in a condition too. */
function document(text: string, depth: number): string {
  if (!/^\s*[[{]/.test(text)) return JSON.stringify(text);
  try {
    return canonical(JSON.parse(text), depth + 1, true);
  } catch {
    return JSON.stringify(text);
  }
}

function isVolatile(name: string, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = String(value);
  if (MOMENT.test(name) || LAST.test(name) || INSTANT.test(text)) return true;
  if (COUNTER.test(name) && !WISHED.test(name)) return /^-?[\d.]+$/.test(text);
  if (!STATUS.test(name)) return false;
  return !SET.test(text) && !(/^(?:status|state)$/i.test(name) && SET_PLAINLY.test(text));
}
