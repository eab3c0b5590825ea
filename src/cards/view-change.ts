import type { DenyReason, Need } from '../access';
import type { Account, AccountLookup, Principal } from '../accounts';
import {
  type Actor,
  approvalHash,
  type Change,
  type ChangeCard,
  type ChangeFacts,
  ChangeFailed,
  changeRef,
  type DescribeChange,
  isWaiting,
} from '../changes';
import type { ControlId, Severity } from '../controls';
import type { Playbook, PlaybookLookup } from '../playbooks';
import { parseRequestRef, type Requests } from '../requests';

/**
 * Where a change stands, as its card says it. `denied` is the rules' word, `refused` a person's; `expired` was never
 * answered, `ended` had been applied.
 */
export type ChangeState =
  | 'waiting'
  | 'applying'
  | 'applied'
  | 'failed'
  | 'unknown'
  | 'refused'
  | 'withdrawn'
  | 'denied'
  | 'expired'
  | 'ended'
  | 'undone';

/** The request that a change is about. */
export interface ChangeRequestView {
  readonly control: ControlId;
  readonly playbook: Playbook | undefined;
  /** Untrusted. */
  readonly title: string;
  readonly severity?: Severity;
  /** Where its card stands, if it has one. */
  readonly card?: { readonly channel: string; readonly ts: string };
}

/** Everything an approval card shows, read at one moment. Pure data: two equal views draw equal cards. */
export interface ChangeView {
  readonly ref: string;
  readonly id: string;
  /** What an approval approves; see `approvalHash`. */
  readonly hash: string;
  readonly kind: string;
  readonly asker: Actor;
  readonly askedAt: string;
  readonly account?: Pick<Account, 'id' | 'name'>;
  readonly request?: ChangeRequestView;
  readonly facts: ChangeFacts;
  readonly state: ChangeState;
  /** Who has to approve, and who has. */
  readonly needs: readonly Need[];
  readonly approvals: readonly { readonly by: Actor; readonly at: string }[];
  /** Whom the card calls while it waits. */
  readonly approvers: readonly Principal[];
  /** Until when it waits, or waited. */
  readonly until?: string;
  readonly round: number;
  readonly denial?: { readonly by: Actor; readonly reason: string };
  /** Why the rules refused it after all. */
  readonly ruledOut?: DenyReason;
  /** Why it could not be done; see `ChangeFailed`. */
  readonly failure?: string;
  readonly insteadOf?: ChangeCard['insteadOf'];
  /** For days in plain text. */
  readonly timeZone: string;
}

/** What is read to see what a change's card has to say. */
export interface ChangeSources {
  readonly accounts: AccountLookup;
  readonly requests: Pick<Requests, 'load'>;
  readonly playbooks: PlaybookLookup;
  /** By kind of change; one that is missing has nothing to say beyond its name. */
  readonly describe: ReadonlyMap<string, DescribeChange>;
  readonly approvers: { readonly analysts: readonly Principal[]; readonly leads: readonly Principal[] };
  readonly timeZone: string;
}

/** Where a change stands. Pure. */
export function changeState(change: Change): ChangeState {
  switch (change.status) {
    case 'proposed':
      return isWaiting(change) ? 'waiting' : 'applying';
    case 'approved':
    case 'applying':
      return 'applying';
    case 'denied':
      if (change.denial === undefined) return 'denied';
      return change.denial.by.id === change.actor.id ? 'withdrawn' : 'refused';
    case 'expired':
      return change.before === undefined ? 'expired' : 'ended';
    default:
      return change.status;
  }
}

/** The groups that are called for these needs: leads where it takes one, analysts for the rest. */
export function approversOf(
  needs: readonly Need[],
  { analysts, leads }: ChangeSources['approvers'],
): readonly Principal[] {
  const wanted = (role: Need['of']) => needs.some(({ of, count }) => of === role && count > 0);
  return [...new Set([...(wanted('lead') ? leads : []), ...(wanted('analyst') ? analysts : [])])];
}

async function factsOf(change: Change, { describe }: ChangeSources): Promise<ChangeFacts> {
  try {
    return (await describe.get(change.kind)?.(change)) ?? [];
  } catch (error) {
    if (error instanceof ChangeFailed) return [];
    throw error;
  }
}

async function requestOf(
  change: Change,
  { requests, playbooks }: ChangeSources,
): Promise<ChangeRequestView | undefined> {
  const key = parseRequestRef(change.about.request ?? '');
  const request = key && (await requests.load(key));
  if (request === undefined) return undefined;
  const { channel, ts } = request.card;
  // What was judged when it was asked, not what has become of it since: that asks anew.
  const severity = change.asked?.target.severity ?? request.summary?.severity;
  return {
    control: request.control,
    playbook: playbooks(request.control),
    title: request.summary?.title ?? request.control,
    ...(severity !== undefined && { severity }),
    ...(channel !== undefined && ts !== undefined && { card: { channel, ts } }),
  };
}

/** What a change's card shows. */
export async function viewChange(change: Change, sources: ChangeSources): Promise<ChangeView> {
  const [request, facts] = await Promise.all([requestOf(change, sources), factsOf(change, sources)]);
  const { ruling, asked, about, denial, card, failure } = change;
  const needs = ruling?.effect === 'needs approval' ? ruling.needs : [];
  const state = changeState(change);
  return {
    ref: changeRef(change.id),
    id: change.id,
    hash: approvalHash(change),
    kind: change.kind,
    asker: change.actor,
    askedAt: change.proposedAt,
    ...(about.account !== undefined && { account: sources.accounts(about.account) }),
    ...(request && { request }),
    facts,
    state,
    needs,
    approvals: (change.approvals ?? []).map(({ by, at }) => ({ by, at })),
    approvers: approversOf(needs, sources.approvers),
    ...(asked && { until: asked.until }),
    round: asked?.round ?? 1,
    ...(denial && { denial: { by: denial.by, reason: denial.reason } }),
    ...(state === 'denied' && ruling?.effect === 'deny' && { ruledOut: ruling.reason }),
    ...(failure !== undefined && { failure }),
    ...(card?.insteadOf && { insteadOf: card.insteadOf }),
    timeZone: sources.timeZone,
  };
}
