import { instant } from './instant';
import { cleanText } from './text';
import type { Threat, ThreatActor } from './threat';

/** Longest text of each detail, in characters. */
const MAX_ACTION = 64;
const MAX_ABOUT = 256;
const MAX_PRINCIPAL = 128;
const MAX_PLACE = 64;
const MAX_NETWORK = 128;

/** A threat's details as received: any of them may be missing, or of another type than it should be. */
export interface RawThreat {
  readonly action?: unknown;
  readonly about?: unknown;
  readonly actor?: { readonly [detail in keyof ThreatActor]?: unknown };
  /** A number, or its digits. */
  readonly count?: unknown;
  readonly firstSeen?: unknown;
  readonly lastSeen?: unknown;
  readonly sample?: unknown;
}

/**
 * A threat's details, cleaned and cut; undefined when there are none. What is not of its type is left out and refuses
 * nothing: a threat must reach people even where one of its details is odd.
 */
export function composeThreat(raw: RawThreat): Threat | undefined {
  const text = (value: unknown, max: number): string | undefined => {
    const clean = typeof value === 'string' ? cleanText(value, max) : '';
    return clean === '' ? undefined : clean;
  };
  const actor = present<ThreatActor>({
    principal: text(raw.actor?.principal, MAX_PRINCIPAL),
    ip: text(raw.actor?.ip, MAX_PLACE),
    city: text(raw.actor?.city, MAX_PLACE),
    country: text(raw.actor?.country, MAX_PLACE),
    network: text(raw.actor?.network, MAX_NETWORK),
  });
  return present<Threat>({
    action: text(raw.action, MAX_ACTION),
    about: text(raw.about, MAX_ABOUT),
    actor,
    count: counted(raw.count),
    firstSeen: typeof raw.firstSeen === 'string' ? instant(raw.firstSeen) : undefined,
    lastSeen: typeof raw.lastSeen === 'string' ? instant(raw.lastSeen) : undefined,
    sample: raw.sample === true || raw.sample === 'true' ? true : undefined,
  });
}

/** The details that are there; undefined when none is. */
function present<T extends object>(
  details: { readonly [key in keyof T]: T[key] | undefined },
): T | undefined {
  const entries = Object.entries(details).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as T);
}

function counted(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}
