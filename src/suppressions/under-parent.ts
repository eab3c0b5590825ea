import type * as z from 'zod';
import { type Directory, enough, type Ruling } from '../access';
import type { Account, Principal } from '../accounts';
import { approvalHash, type Change, type Changes } from '../changes';
import { derivedId } from '../store';
import { SuppressManyPayload } from './suppress-many-payload';
import type { SuppressTerms } from './suppress-terms';

/** What it takes to see whether a suppression belongs to one of several requests. */
export interface ParentSources {
  readonly changes: Pick<Changes, 'load'>;
  readonly directory: Directory;
}

/** As much of a suppression as tells whether it is one of several. */
interface One extends z.infer<typeof SuppressTerms> {
  readonly scope: string;
  readonly extends?: string | undefined;
  readonly parent?: string | undefined;
}

/** The id of the change that suppresses one request of several. */
export function childId(parent: string, request: string): string {
  return derivedId(parent, request);
}

/**
 * The change that asked for this one among others; undefined unless it is being done or has been, by the same person,
 * and its frozen payload names this request and these very terms. There is one such change a request.
 */
export async function parentOf(
  change: Change,
  payload: One,
  { changes }: Pick<ParentSources, 'changes'>,
): Promise<Change | undefined> {
  const parent = payload.parent === undefined ? undefined : await changes.load(payload.parent);
  if (parent?.kind !== 'suppress-many' || change.kind !== 'suppress') return undefined;
  if (parent.status !== 'applying' && parent.status !== 'applied') return undefined;
  const { success, data: asked } = SuppressManyPayload.safeParse(parent.payload);
  const same =
    success &&
    change.id === childId(parent.id, change.target) &&
    change.actor.id === parent.actor.id &&
    asked.requests.includes(change.target) &&
    payload.scope === 'all' &&
    payload.extends === undefined &&
    (['reason', 'days', 'ticket', 'asOf', 'until'] as const).every((term) => payload[term] === asked[term]);
  return same ? parent : undefined;
}

/** A suppression, and what the rules say to it by itself. */
interface Ruled {
  readonly change: Change;
  /** See `parentOf`. */
  readonly parent: Change | undefined;
  readonly account: Account;
  readonly ruling: Ruling;
  /** See `approvalParts`. */
  readonly parts: readonly string[];
}

/**
 * What was approved for several requests is approved for each of them: as far as those approvals would be enough here,
 * by people who still have the role, and nothing is worse than what they saw. Else the answer stays the request's own.
 */
export async function underParent(
  { change, parent, account, ruling, parts }: Ruled,
  { directory }: Pick<ParentSources, 'directory'>,
): Promise<Ruling> {
  if (ruling.effect !== 'needs approval' || parent?.asked === undefined) return ruling;
  const approved = new Set(parent.asked.target.parts);
  if (!parts.every((part) => approved.has(part))) return ruling;
  const hash = approvalHash(parent);
  const approvers = await Promise.all(
    (parent.approvals ?? [])
      .filter((approval) => approval.hash === hash)
      .map(({ by }) => directory.askerFor(by.id, account, false)),
  );
  const standing = approvers.filter((asker) => asker.standing === 'member');
  return enough(ruling.needs, standing, change.actor.id)
    ? { effect: 'allow', as: 'member', under: parent.id }
    : ruling;
}

/** Who has approved it: this change itself, or the one for several requests that it belongs to. */
export async function approversUnder(
  change: Change,
  payload: One,
  sources: Pick<ParentSources, 'changes'>,
): Promise<readonly Principal[]> {
  const own = change.approvals ?? [];
  const parent = own.length > 0 ? undefined : await parentOf(change, payload, sources);
  return (parent?.approvals ?? own).map(({ by }) => by.id);
}
