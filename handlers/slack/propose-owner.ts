import type { AccountId } from '../../src/accounts';
import type { Actor, Change } from '../../src/changes';
import type { FrontBot } from '../composition';

/** Queues a change of who answers for an account. */
export async function proposeOwner(
  change: {
    /** Follows from the dialog or the command: a retry is the same change. */
    readonly id: string;
    readonly kind: 'register-owner' | 'claim-account';
    readonly actor: Actor;
    readonly account: AccountId;
    readonly payload: object;
    readonly replyTo: Change['replyTo'];
  },
  bot: FrontBot,
): Promise<void> {
  const { account, ...proposal } = change;
  await bot.ports.queues.change({
    id: change.id,
    version: 0,
    group: account,
    body: { type: 'propose', ...proposal, target: account, at: bot.ports.now().toISOString() },
  });
}
