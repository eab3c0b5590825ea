import { isJson, type Json } from './json';
import { ImpossibleAct } from './refusal';

export type FaultKind = 'ratelimited' | 'http500' | 'lost_answer' | 'slow' | 'error' | 'refuse';

/** A way in which Slack shall fail. */
export interface Fault {
  /** A method name, `response_url`, `upload`, or `*`. */
  method: string;
  channel?: string;
  kind: FaultKind;
  /** Every nth matching call. */
  every?: number;
  /** Only the next n matching calls. Without `every` and `next`: always. */
  next?: number;
  /** Seconds, for `ratelimited`. */
  retryAfter: number;
  /** Milliseconds, for `slow`. */
  ms: number;
  /** Slack's error code, for `error`. */
  error: string;
}

interface Rule extends Fault {
  matched: number;
  played: number;
}

const KINDS: readonly string[] = ['ratelimited', 'http500', 'lost_answer', 'slow', 'error', 'refuse'];

function positive(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new ImpossibleAct(`${name} must be a number above 0`);
}

/** Reads one rule of `POST /control/faults`. @throws ImpossibleAct when it cannot be meant */
export function readFault(input: unknown): Fault {
  if (!isJson(input)) throw new ImpossibleAct('a fault is an object with method and kind');
  const { method, channel, kind, error } = input;
  if (typeof method !== 'string' || method === '') throw new ImpossibleAct('a fault needs a method, or *');
  if (typeof kind !== 'string' || !KINDS.includes(kind)) {
    throw new ImpossibleAct(`kind must be one of ${KINDS.join(', ')}`);
  }
  if (kind === 'error' && typeof error !== 'string')
    throw new ImpossibleAct('kind error needs an error code');
  const every = positive(input['every'], 'every');
  const next = positive(input['next'], 'next');
  return {
    method,
    kind: kind as FaultKind,
    retryAfter: positive(input['retryAfter'], 'retryAfter') ?? 1,
    ms: positive(input['ms'], 'ms') ?? 1000,
    error: typeof error === 'string' ? error : 'internal_error',
    ...(typeof channel === 'string' ? { channel } : {}),
    ...(every === undefined ? {} : { every }),
    ...(next === undefined ? {} : { next }),
  };
}

/** The rules in force; the first one that is due is played. */
export class Faults {
  private rules: Rule[] = [];

  add(fault: Fault): void {
    this.rules.push({ ...fault, matched: 0, played: 0 });
  }

  clear(): void {
    this.rules = [];
  }

  list(): Json[] {
    return this.rules.map((rule) => ({ ...rule }));
  }

  /** The fault to play on this call, if any. Counts the call. */
  take(method: string, channel: unknown): Fault | undefined {
    for (const rule of this.rules) {
      if (rule.method !== '*' && rule.method !== method) continue;
      if (rule.channel !== undefined && rule.channel !== channel) continue;
      rule.matched += 1;
      const spent = rule.next !== undefined && rule.played >= rule.next;
      const due = rule.every === undefined || rule.matched % rule.every === 0;
      if (spent || !due) continue;
      rule.played += 1;
      return rule;
    }
    return undefined;
  }
}
