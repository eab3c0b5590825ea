import type { RegisterPayload } from '../../src/account-requests';
import type { AccountId } from '../../src/accounts';
import type { Actor, Change } from '../../src/changes';
import type { FrontBot } from '../composition';

/** Queues the registration of an account; `id` follows from what was sent or pressed, so that a retry is the same. */
export async function proposeRegistration(
  proposal: {
    readonly id: string;
    readonly actor: Actor;
    readonly account: AccountId;
    readonly payload: RegisterPayload;
    readonly replyTo: Change['replyTo'];
  },
  { ports }: FrontBot,
): Promise<void> {
  const { id, actor, account, payload, replyTo } = proposal;
  await ports.queues.change({
    id,
    version: 0,
    group: account,
    body: {
      type: 'propose',
      id,
      kind: 'register-account',
      actor,
      target: account,
      payload,
      at: ports.now().toISOString(),
      replyTo,
    },
  });
}
