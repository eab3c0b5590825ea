import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { say } from '../store';
import { wordsOf } from '../words';
import { act } from './act';
import { type Completion, completionsFor } from './completions';
import { spoken, withoutBot } from './spoken';
import { useReading } from './text';

export interface ComposerProps {
  readonly channel: string;
  readonly channelName: string;
  readonly thread?: string;
}

/** What was typed and not sent, by person and place. */
const drafts = new Map<string, string>();
const TALLEST = 200;

/** Where people write: plain words, commands, mentions. */
export function Composer({ channel, channelName, thread }: ComposerProps) {
  const { start, me, language } = useReading();
  const w = wordsOf(language);
  const id = useId();
  const draftKey = `${me} ${channel} ${thread ?? ''}`;
  const [text, setText] = useState(drafts.get(draftKey) ?? '');
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(-1);
  const [isSilent, setSilent] = useState(false);
  const [sending, setSending] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  /** Safari ends a conversion before it tells of the Enter that ended it. */
  const hasComposed = useRef(false);

  const offered = isSilent ? [] : completionsFor(text, caret, start, language);
  const write = (next: string, at = next.length) => {
    setText(next);
    setCaret(at);
    setActive(-1);
    setSilent(false);
    drafts.set(draftKey, next);
  };
  const complete = ({ from, insert }: Completion) => {
    const next = text.slice(0, from) + insert + text.slice(caret);
    write(next, from + insert.length);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(from + insert.length, from + insert.length);
    });
  };
  useEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${Math.min(field.current.scrollHeight + 2, TALLEST)}px`;
  }, [text]);

  const send = async () => {
    const typed = text.trim();
    if (typed === '') return;
    const place = { channel, ...(thread === undefined ? {} : { thread_ts: thread }) };
    const command = /^\/[^\s/]+/.exec(typed)?.[0];
    // Slack keeps what it did not take.
    if (command !== undefined && thread !== undefined) {
      say('problem', w.noCommandInThread(command));
      return;
    }
    if (command !== undefined && command !== '/secops') {
      say('problem', w.noSuchCommand(command));
      return;
    }
    write('');
    setSending((count) => count + 1);
    const bot = start.users.find((user) => user.id === start.botUserId)?.name ?? '';
    const toBot = withoutBot(typed, bot);
    if (command !== undefined) {
      await act(me, 'command', { channel, command, text: typed.slice(command.length).trim() });
    } else if (toBot !== undefined) {
      await act(me, 'mention', { ...place, text: spoken(toBot, start) });
    } else {
      await act(me, 'say', { ...place, text: spoken(typed, start) });
    }
    setSending((count) => count - 1);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a conversion from kana is not meant to send.
    if (event.isComposing || hasComposed.current) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = offered[active];
    if (move !== undefined && offered.length > 0) {
      event.preventDefault();
      setActive((at) =>
        at < 0 && move < 0 ? offered.length - 1 : (at + move + offered.length) % offered.length,
      );
    } else if (event.key === 'Escape' && offered.length > 0) {
      event.preventDefault();
      setSilent(true);
    } else if (event.key === 'Tab' && !event.shiftKey && offered[0] && text !== '' && offered[0].isNew) {
      event.preventDefault();
      complete(chosen ?? offered[0]);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (chosen) complete(chosen);
      else void send();
    }
  };

  const label = thread === undefined ? w.writeTo(`#${channelName}`) : w.writeReply;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {offered.length > 0 && (
        <div class="completions" id={`${id}-list`} role="listbox" aria-label={w.suggestions}>
          {offered.map((each, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field that has the focus takes the keys
            <div
              key={each.label}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              class={`option${index === active ? ' active' : ''}`}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => complete(each)}
            >
              <code>{each.label}</code>
              <span class="about">{each.about}</span>
            </div>
          ))}
        </div>
      )}
      <div class="composer-box">
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={label}
          aria-describedby={`${id}-hint`}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={offered.length > 0 ? `${id}-list` : undefined}
          aria-activedescendant={offered[active] ? `${id}-${active}` : undefined}
          placeholder={label}
          onInput={({ currentTarget }) => write(currentTarget.value, currentTarget.selectionStart)}
          onClick={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onCompositionEnd={() => {
            hasComposed.current = true;
          }}
          onKeyUp={({ currentTarget }) => {
            hasComposed.current = false;
            setCaret(currentTarget.selectionStart);
          }}
          onBlur={() => setSilent(true)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          class={`button primary send${sending > 0 ? ' busy' : ''}`}
          aria-label={w.send}
          aria-disabled={text.trim() === ''}
          aria-busy={sending > 0}
        >
          <span aria-hidden="true">➤</span>
        </button>
      </div>
      <p class="hint" id={`${id}-hint`}>
        {w.composerHint}
      </p>
    </form>
  );
}
