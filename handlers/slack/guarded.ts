import { randomUUID } from 'node:crypto';
import type { Principal } from '../../src/accounts';
import type { FrontBot } from '../composition';

/**
 * Runs a listener so that its failure has a face: the person hears that nothing was changed, with a reference that
 * the log knows too. Never throws: an error after the ack would lose the ack itself.
 * @param tell shows the failure where the person is looking
 */
export async function guarded(
  bot: FrontBot,
  user: Principal | undefined,
  listener: () => Promise<void>,
  tell: (reference: string) => Promise<unknown>,
): Promise<void> {
  try {
    await bot.accounts.refresh();
    await listener();
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    bot.ports.log.error('a person could not be served', { reference, user, error });
    try {
      await tell(reference);
    } catch (second) {
      bot.ports.log.error('and could not be told either', { reference, error: second });
    }
  }
}
