import { derivedId } from '../../src/store';
import type { FrontBot } from '../composition';
import { type Press, replyTo } from './press';

/**
 * Queues a change that a bare button asks for. Its id follows from who pressed what on which state of the card,
 * so that a double click is one change.
 */
export async function proposeByButton(
  press: Press,
  bot: FrontBot,
  kind: string,
  ref: string,
  payload: Readonly<Record<string, string>> = {},
): Promise<void> {
  const id = derivedId(press.user, kind, ref, press.shown, ...Object.values(payload));
  await bot.ports.queues.change({
    id,
    version: 0,
    group: ref,
    body: {
      type: 'propose',
      id,
      kind,
      actor: { id: press.user, name: press.name },
      target: ref,
      payload,
      at: bot.ports.now().toISOString(),
      replyTo: replyTo(press),
    },
  });
}
