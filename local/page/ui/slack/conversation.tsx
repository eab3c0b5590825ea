import { Fragment } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isUnread, type State } from '../store';
import { wordsOf } from '../words';
import { dayHeading, dayOf, momentOf, type Reader } from './dates';
import type { Message } from './message';
import { anchorOf, MessageView } from './message-view';
import { useReading } from './text';

export interface ConversationProps {
  readonly label: string;
  readonly messages: readonly Message[];
  /** Replies by the message they answer; none in a thread. */
  readonly replies: ReadonlyMap<string, readonly Message[]>;
  readonly isThread: boolean;
  /** Newer ones are new to the reader; '' draws no line. */
  readonly lineAt: string;
  readonly pointedOut: string | undefined;
  readonly state: State;
}

/** Drawn at first, and with every wish for earlier ones. */
const PAGE = 50;
/** Messages of one person within these many seconds share a heading. */
const TOGETHER_S = 300;
/** Still counts as being at the end, in pixels. */
const NEAR_END = 60;

/** Messages, oldest first; stays at its end while new ones come, unless the reader has scrolled away. */
export function Conversation(props: ConversationProps) {
  const { messages, lineAt, pointedOut, isThread, state } = props;
  const { start, language, now, me } = useReading();
  const w = wordsOf(language);
  const reader: Reader = { language, timeZone: start.timeZone };
  const [count, setCount] = useState(PAGE);
  const scroller = useRef<HTMLDivElement>(null);
  const last = messages.at(-1);
  const ownLast = last && (last.user === me || last.isEphemeral) ? last.ts : undefined;
  const { isAtEnd, toEnd } = useEnd(scroller, ownLast);
  usePointedOut(pointedOut, isThread, messages.length);

  const pointedAt = messages.findIndex(({ ts }) => ts === pointedOut);
  const from = Math.max(0, Math.min(messages.length - count, pointedAt < 0 ? messages.length : pointedAt));
  const shown = messages.slice(from);
  const firstNew = lineAt === '' ? undefined : shown.find((each) => each.ts > lineAt && each.user !== me);
  return (
    <div class="conversation">
      <div
        ref={scroller}
        class="scroller"
        role="log"
        aria-live="polite"
        aria-label={props.label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
      >
        {from > 0 && (
          <button type="button" class="button earlier" onClick={() => setCount(count + PAGE)}>
            {w.earlier(from)}
          </button>
        )}
        {messages.length === 0 && <p class="empty quiet">{w.noMessages}</p>}
        {shown.map((message, index) => {
          const before = shown[index - 1];
          const at = momentOf(message.ts);
          const isNewDay = !before || dayOf(momentOf(before.ts), reader) !== dayOf(at, reader);
          const isFirstNew = message === firstNew;
          const replies = props.replies.get(message.ts) ?? [];
          return (
            <Fragment key={message.ts}>
              {isNewDay && !isThread && (
                <p class="day">
                  <span>{dayHeading(at, new Date(now), reader)}</span>
                </p>
              )}
              {isFirstNew && (
                <p class="new-line" id="new-line">
                  <span>{w.newMessages}</span>
                </p>
              )}
              <MessageView
                message={message}
                replies={replies}
                hasNewReplies={replies.some((reply) => isUnread(state, me, reply))}
                isInThread={isThread}
                isFollowUp={!isNewDay && !isFirstNew && follows(message, before)}
                isPointedOut={message.ts === pointedOut}
                isBehindOpen={
                  state.isPanelOpen && state.panel === 'behind' && state.chosen?.ts === message.ts
                }
              />
            </Fragment>
          );
        })}
      </div>
      {!isAtEnd && (
        <button type="button" class="button to-end" onClick={toEnd}>
          <span aria-hidden="true">↓ </span>
          {w.toNewest}
        </button>
      )}
    </div>
  );
}

/** Cards of an app each keep their heading: they are read one by one. */
function follows(message: Message, before: Message | undefined): boolean {
  return (
    before !== undefined &&
    before.user === message.user &&
    !message.fromApp &&
    !message.isEphemeral &&
    Number(message.ts) - Number(before.ts) < TOGETHER_S
  );
}

/** @param ownLast the last message, where the reader has caused it: whoever writes wants to see what comes of it */
function useEnd(scroller: { readonly current: HTMLDivElement | null }, ownLast: string | undefined) {
  const [isAtEnd, setAtEnd] = useState(true);
  const follow = useRef(true);
  const toEnd = () => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  };
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const line = box.querySelector<HTMLElement>('#new-line');
    if (line && line.offsetTop > 0) {
      box.scrollTop = line.offsetTop - 40;
      follow.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    } else toEnd();
    const look = () => {
      follow.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
      setAtEnd(follow.current);
    };
    look();
    box.addEventListener('scroll', look);
    const growing = new ResizeObserver(() => {
      if (follow.current) toEnd();
    });
    growing.observe(box);
    return () => {
      box.removeEventListener('scroll', look);
      growing.disconnect();
    };
  }, [scroller]);
  const before = useRef(ownLast);
  useLayoutEffect(() => {
    if (ownLast !== undefined && ownLast !== before.current) toEnd();
    before.current = ownLast;
  }, [ownLast]);
  // Cards grow when they are updated, and that changes no size that could be watched.
  useLayoutEffect(() => {
    if (follow.current) toEnd();
  });
  return { isAtEnd, toEnd };
}

function usePointedOut(ts: string | undefined, isThread: boolean, count: number): void {
  const done = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (ts === undefined || done.current === ts) return;
    const message = document.getElementById(anchorOf({ ts }, isThread));
    if (!message) return;
    done.current = ts;
    message.scrollIntoView({ block: 'center' });
    message.focus({ preventScroll: true });
  }, [ts, isThread, count]);
}
