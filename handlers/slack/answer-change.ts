import type { Actor } from '../../src/changes';
import { derivedId } from '../../src/store';
import type { FrontBot } from '../composition';
import type { Answerable } from './check-approval';
import type { replyTo } from './press';

/** What is answered: yes, or no and why. */
type ChangeAnswer = { readonly type: 'approve' } | { readonly type: 'deny'; readonly reason: string };

/** Queues the answer to a change that waits. Its id follows from who answered what: a double click is one answer. */
export async function answerChange(
  answer: ChangeAnswer,
  { change, hash }: Answerable,
  actor: Actor,
  reply: ReturnType<typeof replyTo>,
  bot: FrontBot,
): Promise<void> {
  await bot.ports.queues.change({
    id: derivedId(answer.type, change.id, actor.id, hash),
    version: 0,
    group: change.target,
    body: {
      ...answer,
      id: change.id,
      actor,
      ...(answer.type === 'approve' && { hash }),
      ...(reply && { replyTo: reply }),
    },
  });
}
