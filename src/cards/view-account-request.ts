import {
  type AccountForm,
  type AccountRequest,
  type AccountStep,
  accountRequestRef,
  isComplete,
  nextStep,
  type StepReached,
  stepsOf,
} from '../account-requests';
import type { Principal } from '../accounts';

/** One step of a timeline. */
export interface TimelineStep {
  readonly step: AccountStep;
  readonly reached?: StepReached;
  /** The one that is waited for; until when, where that is limited. */
  readonly awaited?: { readonly until?: string; readonly late: boolean };
}

/** Everything that a timeline shows, read at one moment. Pure data: two equal views draw equal cards. */
export interface TimelineView {
  readonly ref: string;
  readonly request: Pick<
    AccountRequest,
    'origin' | 'wanted' | 'asker' | 'end' | 'account' | 'check' | 'dropped'
  >;
  readonly steps: readonly TimelineStep[];
  readonly next: AccountStep | undefined;
  /** The deployment's own fields. */
  readonly fields: AccountForm['fields'];
  readonly securityTeam: readonly Principal[];
  readonly insteadOf?: string;
}

/** What a timeline's view is made with besides the record. */
export interface TimelineSources {
  readonly form: AccountForm;
  readonly securityTeam: readonly Principal[];
}

/** What a request's card shows. Pure. */
export function viewAccountRequest(
  record: AccountRequest,
  { form, securityTeam }: TimelineSources,
): TimelineView {
  const { origin, wanted, asker, end, account, check, dropped, dueAt, late, card } = record;
  const next = nextStep(record);
  const isLate = next !== undefined && late.includes(next);
  return {
    ref: accountRequestRef(record.id),
    request: {
      origin,
      wanted,
      asker,
      ...(end && { end }),
      ...(account !== undefined && { account }),
      ...(check && { check }),
      ...(dropped && { dropped }),
    },
    steps: stepsOf(record).map((step) => {
      const reached = record.steps[step];
      return {
        step,
        ...(reached && { reached }),
        ...(step === next && { awaited: { late: isLate, ...(dueAt !== undefined && { until: dueAt }) } }),
      };
    }),
    next,
    fields: form.fields,
    securityTeam,
    ...(card.insteadOf !== undefined && { insteadOf: card.insteadOf }),
  };
}

/** What the thread of a timeline is told, each once. */
export type TimelineReply =
  /** Steps that were reached, one after the other, since it was told last. */
  | { readonly key: string; readonly kind: 'steps'; readonly steps: readonly AccountStep[] }
  /** A step takes longer than it should. */
  | { readonly key: string; readonly kind: 'late'; readonly step: AccountStep }
  /** Checks are missing: nobody need look at the card all the time. */
  | { readonly key: string; readonly kind: 'missing' }
  | { readonly key: string; readonly kind: 'end' };

/** That it was asked for is what the card itself tells. */
const UNTOLD: readonly AccountStep[] = ['requested'];

/** The next thing that the thread still has to be told; undefined when it knows everything. Pure. */
export function untoldReply(record: AccountRequest): TimelineReply | undefined {
  const { told = [], posting } = record.card;
  const [first, ...rest] = repliesOf(record).filter(({ key }) => !told.includes(key));
  if (first === undefined) return undefined;
  if (first.kind !== 'steps') return first;
  const run = [first];
  for (const reply of rest) {
    // A post that may have gone out already told the steps up to its own, and no more.
    if (reply.kind !== 'steps' || run.at(-1)?.key === posting?.key) break;
    run.push(reply);
  }
  return { key: run.at(-1)?.key ?? first.key, kind: 'steps', steps: run.flatMap(({ steps }) => steps) };
}

/** Keys of what a reply tells, for the record. */
export function toldBy(reply: TimelineReply): readonly string[] {
  return reply.kind === 'steps' ? reply.steps : [reply.key];
}

function repliesOf(record: AccountRequest): readonly TimelineReply[] {
  const { steps, late, check, end } = record;
  const missing =
    check !== undefined && !isComplete(check) && steps.baseline === undefined && end === undefined;
  return [
    ...stepsOf(record).flatMap((step): TimelineReply[] => [
      ...(late.includes(step) ? [{ key: `late-${step}`, kind: 'late', step } as const] : []),
      ...(steps[step] && !UNTOLD.includes(step) && !isOpening(record, step)
        ? [{ key: step, kind: 'steps', steps: [step] } as const]
        : []),
    ]),
    ...(missing ? [{ key: 'missing', kind: 'missing' } as const] : []),
    ...(end ? [{ key: 'end', kind: 'end' } as const] : []),
  ];
}

/** The card of an account that was there before opens with its first step. */
function isOpening({ origin }: AccountRequest, step: AccountStep): boolean {
  return origin === 'existing' && step === 'created';
}
