import type { AccessRules, Directory } from '../access';
import { type Account, type AccountId, accountId, isUserGroup, type Principal } from '../accounts';
import { type About, type Change, ChangeFailed } from '../changes';
import { giveNotice, type Notices } from '../notices';
import { type Slack, SlackRefused } from '../slack';
import type { RegistryEffects } from './registry-effects';
import type { AccountWish } from './save-account';

/** What changes of the registry need. */
export interface RegistryChanges extends RegistryEffects {
  readonly directory: Directory;
  readonly rules: AccessRules;
  readonly slack: Pick<Slack, 'channel' | 'groupMembers'>;
  readonly notices: Notices;
  /** Where the requests of accounts go that name no channel. */
  readonly defaultChannel: string;
  readonly now: () => Date;
}

/** The account that a change is about. A target that is none touches nothing: applying it fails. */
export function aboutAccount(target: string): About {
  const account = accountId(target);
  return account === undefined ? {} : { account };
}

/** @throws ChangeFailed `gone` when the target is no account */
export function targetAccount({ target }: Change): AccountId {
  const account = accountId(target);
  if (account === undefined) throw new ChangeFailed('gone');
  return account;
}

/** Why what was said of an account cannot be: a code that is said in words. */
export type WishProblem = 'owner-left' | 'no-such-group' | 'channel-shared' | 'channel-gone';

async function personProblem(
  who: Principal,
  deps: Pick<RegistryChanges, 'directory' | 'slack'>,
): Promise<WishProblem | undefined> {
  if (!isUserGroup(who)) {
    // A guest may answer for an account; what they may do beyond that is for the access rules.
    const { standing } = await deps.directory.visitor(who);
    return standing === 'member' || standing === 'guest' ? undefined : 'owner-left';
  }
  try {
    await deps.slack.groupMembers(who);
    return undefined;
  } catch (error) {
    if (error instanceof SlackRefused) return 'no-such-group';
    throw error;
  }
}

async function channelProblem(
  channel: string,
  { slack }: Pick<RegistryChanges, 'slack'>,
): Promise<WishProblem | undefined> {
  try {
    const { externallyShared, archived } = await slack.channel(channel);
    if (externallyShared) return 'channel-shared';
    return archived ? 'channel-gone' : undefined;
  } catch (error) {
    if (error instanceof SlackRefused) return 'channel-gone';
    throw error;
  }
}

/** The first thing that is wrong with what is to be said of an account, with its field; undefined when nothing is. */
export async function wishProblem(
  wish: AccountWish,
  deps: Pick<RegistryChanges, 'directory' | 'slack'>,
): Promise<{ readonly field: 'owner' | 'deputy' | 'channel'; readonly problem: WishProblem } | undefined> {
  for (const field of ['owner', 'deputy'] as const) {
    const who = wish[field];
    const problem = who ? await personProblem(who, deps) : undefined;
    if (problem) return { field, problem };
  }
  const problem = wish.channel ? await channelProblem(wish.channel, deps) : undefined;
  return problem && { field: 'channel', problem };
}

/** Tells both, where the account's requests go, that it has another owner. Once a change. */
export async function tellOwners(
  change: Change,
  before: Principal | undefined,
  account: Account,
  deps: RegistryChanges,
): Promise<void> {
  const { owner: after } = account;
  if (before === after) return;
  const approvedBy = (change.approvals ?? []).map(({ by }) => by.id);
  await giveNotice(
    {
      kind: 'owner',
      subject: change.id,
      account: account.id,
      at: deps.now().toISOString(),
      channel: account.channel ?? deps.defaultChannel,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      by: change.actor.id,
      ...(approvedBy.length > 0 && { approvedBy }),
    },
    deps.notices,
    deps.queues,
  );
}
