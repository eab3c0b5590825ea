import * as z from 'zod';
import type { Language } from '../../src/playbooks';
import { parseRequestRef } from '../../src/requests';
import { MOST_REQUESTS } from '../../src/suppressions';
import { ACTIONS, BLOCKS } from '../ids';
import { words } from '../words';
import { readTerms, type SubmittedView, type SuppressWish } from './read-suppress';

/** What the first page of the dialog keeps: where whoever asks is answered. */
export interface BulkPlace {
  readonly channel?: string | undefined;
}

/** What the second page keeps: the requests that were chosen on the first. */
export interface BulkTarget extends BulkPlace {
  readonly requests: readonly string[];
}

/** What the person wants; whether they may is for the access rules to say. */
export interface BulkWish extends BulkTarget, Pick<SuppressWish, 'reason' | 'days' | 'ticket'> {}

type Read<T> =
  | ({ readonly ok: true } & T)
  /** Messages by block id, as `response_action: errors` wants them. */
  | { readonly ok: false; readonly errors: Record<string, string> };

export function writeBulk(target: BulkPlace | BulkTarget): string {
  return JSON.stringify(target);
}

const Place = z.object({ channel: z.string().max(40).optional() });
const Target = Place.extend({ requests: z.array(z.string().max(300)).min(1).max(MOST_REQUESTS) });
const Chosen = z.object({ selected_options: z.array(z.object({ value: z.string() })).max(100) });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A threat is never suppressed with others. */
function isControl(ref: string): boolean {
  return parseRequestRef(ref)?.kind === 'control';
}

/**
 * Reads which requests were chosen.
 * @param language the person's, for the messages
 */
export function readBulkChoice(view: SubmittedView, language: Language): Read<BulkTarget> {
  const { errors: w, most } = words(language).bulk;
  const refuse = (message: string): Read<BulkTarget> => ({
    ok: false,
    errors: { [BLOCKS.bulkRequests]: message },
  });
  const place = Place.safeParse(json(view.private_metadata));
  const chosen = Chosen.safeParse(view.state.values[BLOCKS.bulkRequests]?.[ACTIONS.bulkRequests]);
  if (!place.success || !chosen.success) return refuse(w.stale);
  const requests = [...new Set(chosen.data.selected_options.map(({ value }) => value))];
  if (requests.length === 0) return refuse(w.none);
  if (requests.length > MOST_REQUESTS) return refuse(most(MOST_REQUESTS));
  if (!requests.every(isControl)) return refuse(w.stale);
  return { ok: true, ...place.data, requests };
}

/** Reads why and for how long. */
export function readBulkTerms(view: SubmittedView, language: Language): Read<{ readonly wish: BulkWish }> {
  const errors: Record<string, string> = {};
  const target = Target.safeParse(json(view.private_metadata));
  const { byDesign, ...terms } = readTerms(view, errors, language);
  if (!target.success || byDesign || !target.data.requests.every(isControl)) {
    return { ok: false, errors: { [BLOCKS.reason]: words(language).suppress.errors.stale } };
  }
  return Object.keys(errors).length > 0
    ? { ok: false, errors }
    : { ok: true, wish: { ...target.data, ...terms } };
}
