import * as z from 'zod';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS } from '../ids';
import { clean } from '../kit';
import { words } from '../words';

/** Characters (code points) that a reason must and may have. */
export const REASON_LENGTH = { min: 10, max: 500 } as const;

/** What the suppress dialog is about: kept in the view, opaque to everybody else, checked again when sent. */
export interface SuppressTarget {
  readonly request: string;
  /** Present when it is about one issue, so that no scope is asked for. */
  readonly issue?: string | undefined;
  /** Present when an exception is to go on: the change that made it. */
  readonly extends?: string;
}

/** The value of a term on offer. */
export function writeTerm({ days, byDesign }: Pick<SuppressWish, 'days' | 'byDesign'>): string {
  return byDesign ? `${DESIGN}${days}` : String(days);
}

export function writeTarget(target: SuppressTarget): string {
  return JSON.stringify(target);
}

/** What the person wants; whether they may is for the access rules to say. */
export interface SuppressWish {
  readonly request: string;
  readonly reason: string;
  /** `all`: every issue of the request that is open when it is sent. */
  readonly scope: 'all' | 'chosen';
  /** References of the chosen issues; present with scope `chosen`. */
  readonly issues?: readonly string[];
  readonly days: number;
  /** It is meant to be as it is. */
  readonly byDesign: boolean;
  readonly ticket?: string;
  /** The change whose exception is to go on. */
  readonly extends?: string;
}

export type SuppressInput =
  | { readonly ok: true; readonly wish: SuppressWish }
  /** Messages by block id, as `response_action: errors` wants them. */
  | { readonly ok: false; readonly errors: Record<string, string> };

/** The parts of a submitted view that are read. */
export interface SubmittedView {
  readonly private_metadata: string;
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

const DESIGN = 'design:';

const Target = z.object({
  request: z.string().min(1).max(500),
  issue: z.string().min(1).max(75).optional(),
  extends: z.string().min(1).max(64).optional(),
});
const Text = z.object({ value: z.string().nullish() });
const Selected = z.object({ selected_option: z.object({ value: z.string().max(75) }).nullish() });
const SelectedMany = z.object({
  selected_options: z.array(z.object({ value: z.string().min(1).max(75) })).max(100),
});
const Days = z.coerce.number().int().min(1).max(3650);
const Ticket = z
  .string()
  .max(2000)
  .refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:');

/**
 * Reads the submitted suppress dialog.
 * @param language the person's, for the messages
 */
export function readSuppress(view: SubmittedView, language: Language): SuppressInput {
  const w = words(language).suppress.errors;
  const errors: Record<string, string> = {};
  const target = readTarget(view.private_metadata);
  if (target === undefined) return { ok: false, errors: { [BLOCKS.reason]: w.stale } };

  const terms = readTerms(view, errors, language);
  const scope = readScope(view, target);
  if (scope === undefined) errors[BLOCKS.scope] = w.scope;
  else if (scope.issues?.length === 0) errors[BLOCKS.issues] = w.issues;

  if (Object.keys(errors).length > 0 || scope === undefined) return { ok: false, errors };
  return {
    ok: true,
    wish: {
      request: target.request,
      ...scope,
      ...terms,
      ...(target.extends !== undefined && { extends: target.extends }),
    },
  };
}

/** Reads why, for how long and where more is written; what is wrong with it is added to `errors`. */
export function readTerms(
  view: SubmittedView,
  errors: Record<string, string>,
  language: Language,
): Pick<SuppressWish, 'reason' | 'days' | 'byDesign' | 'ticket'> {
  const w = words(language).suppress.errors;
  const reason = clean(text(view, BLOCKS.reason, ACTIONS.reason)).trim();
  const length = [...reason].length;
  if (length < REASON_LENGTH.min) errors[BLOCKS.reason] = w.reasonShort;
  if (length > REASON_LENGTH.max) errors[BLOCKS.reason] = w.reasonLong;

  const term = selected(view, BLOCKS.days, ACTIONS.days);
  const byDesign = term?.startsWith(DESIGN) === true;
  const days = Days.safeParse(byDesign ? term.slice(DESIGN.length) : term);
  if (!days.success) errors[BLOCKS.days] = w.days;

  const address = text(view, BLOCKS.ticket, ACTIONS.ticket).trim();
  const ticket = address === '' ? undefined : Ticket.safeParse(address);
  if (ticket?.success === false) errors[BLOCKS.ticket] = w.ticket;
  return {
    reason,
    days: days.data ?? 0,
    byDesign,
    ...(ticket?.success === true && { ticket: ticket.data }),
  };
}

function readTarget(metadata: string): z.infer<typeof Target> | undefined {
  const parsed = Json.safeParse(metadata);
  return parsed.success ? parsed.data : undefined;
}

const Json = z
  .string()
  .transform((value, issue): unknown => {
    try {
      return JSON.parse(value);
    } catch {
      issue.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(Target);

function readScope(
  view: SubmittedView,
  target: z.infer<typeof Target>,
): Pick<SuppressWish, 'scope' | 'issues'> | undefined {
  if (target.extends !== undefined) return { scope: 'all' };
  if (target.issue !== undefined) return { scope: 'chosen', issues: [target.issue] };
  const scope = selected(view, BLOCKS.scope, ACTIONS.scope);
  if (scope === 'all') return { scope };
  if (scope !== 'chosen') return undefined;
  const many = SelectedMany.safeParse(view.state.values[BLOCKS.issues]?.[ACTIONS.issues]);
  const issues = many.success ? many.data.selected_options.map(({ value }) => value) : [];
  return { scope, issues: [...new Set(issues)] };
}

function text(view: SubmittedView, block: string, action: string): string {
  const parsed = Text.safeParse(view.state.values[block]?.[action]);
  return parsed.success ? (parsed.data.value ?? '') : '';
}

function selected(view: SubmittedView, block: string, action: string): string | undefined {
  const parsed = Selected.safeParse(view.state.values[block]?.[action]);
  return parsed.success ? parsed.data.selected_option?.value : undefined;
}
