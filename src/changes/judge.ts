import { enough, type Ruling } from '../access';
import { approvalHash, gotWorse } from './approval';
import type { Approval, ApprovalTarget, Change } from './change';
import type { Engine } from './engine-ports';
import type { ChangeKind } from './kind';

type NeedsApproval = Extract<Ruling, { effect: 'needs approval' }>;

/** Where a change stands with the rules, with fresh rights of everybody concerned. */
export type Judgement =
  | { readonly go: 'yes'; readonly ruling: Ruling; readonly detail: string }
  | { readonly go: 'no'; readonly ruling: Extract<Ruling, { effect: 'deny' }> }
  /** Nobody has been asked yet, or what was approved has become worse since. */
  | { readonly go: 'ask'; readonly ruling: NeedsApproval; readonly target: ApprovalTarget }
  /** `valid`: approvals that still count; those of people who have lost their role do not. */
  | { readonly go: 'wait'; readonly ruling: NeedsApproval; readonly valid: readonly Approval[] };

const NOTHING: ApprovalTarget = { severity: 'INFORMATIONAL', parts: [] };

/** May it be done now? */
export async function judge(
  change: Change,
  kind: ChangeKind<unknown>,
  engine: Pick<Engine, 'askerFor'>,
): Promise<Judgement> {
  const ruling = await kind.rule(change, change.payload);
  if (ruling.effect === 'allow') {
    const { as, under } = ruling;
    return { go: 'yes', ruling, detail: under === undefined ? `allowed as ${as}` : `approved with ${under}` };
  }
  if (ruling.effect === 'deny') return { go: 'no', ruling };
  const target = (await kind.target?.(change, change.payload)) ?? NOTHING;
  if (change.asked === undefined || gotWorse(change.asked.target, target)) {
    return { go: 'ask', ruling, target };
  }
  const hash = approvalHash(change);
  const approvers = await Promise.all(
    (change.approvals ?? [])
      .filter((approval) => approval.hash === hash)
      .map(async (approval) => ({
        approval,
        asker: await engine.askerFor(approval.by.id, change.about.account),
      })),
  );
  // Who has left, or lost the role, has not approved.
  const valid = approvers.filter(
    ({ asker }) =>
      asker.standing === 'member' && asker.roles.some((role) => role === 'analyst' || role === 'lead'),
  );
  const people = valid.map(({ approval, asker }) => ({ id: approval.by.id, roles: asker.roles }));
  return enough(ruling.needs, people, change.actor.id)
    ? { go: 'yes', ruling, detail: `approved by ${people.map(({ id }) => id).join(', ')}` }
    : { go: 'wait', ruling, valid: valid.map(({ approval }) => approval) };
}
