import type { TargetedMouseEvent } from 'preact';
import { wordsOf } from '../words';
import { act } from './act';
import { emoji } from './emoji';
import type { Message, Reaction } from './message';
import { useReading } from './text';

/** The reactions to a message; a click adds one's own or takes it back. */
export function Reactions({ message }: { message: Message }) {
  const { me, start, language } = useReading();
  const w = wordsOf(language);
  if (message.reactions.length === 0) return null;
  const toggle = (event: TargetedMouseEvent<HTMLElement>, { name, users }: Reaction) => {
    const isMine = users.includes(me);
    // The button goes with the last one who reacted; the focus stays with the message.
    if (isMine && users.length === 1) event.currentTarget.closest<HTMLElement>('.message')?.focus();
    const { channel, ts } = message;
    void act(me, isMine ? 'unreact' : 'react', { channel, ts, name });
  };
  const nameOf = (id: string) => start.users.find((user) => user.id === id)?.realName ?? id;
  return (
    <ul class="reactions" aria-label={w.reactions}>
      {message.reactions.map((reaction) => (
        <li key={reaction.name}>
          <button
            type="button"
            aria-pressed={reaction.users.includes(me)}
            title={`${reaction.users.map(nameOf).join(', ')} :${reaction.name}:`}
            onClick={(event) => toggle(event, reaction)}
          >
            <span aria-hidden="true">
              {emoji(reaction.name)} {reaction.users.length}
            </span>
            <span class="hidden">{w.reaction(reaction.name, reaction.users.length)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
