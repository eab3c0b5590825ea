import { useMemo } from 'preact/hooks';
import type { SlackChannel } from '../../api';
import { hashOf, type Route } from '../route';
import type { State } from '../store';
import { wordsOf } from '../words';
import { Composer } from './composer';
import { Conversation } from './conversation';
import { type Message, readMessage } from './message';
import { useReading } from './text';

type ChannelRoute = Extract<Route, { kind: 'channel' }>;

/** Everything of a channel that this person sees: with the messages that only this person sees. */
function messagesFor(state: State, channel: string): readonly Message[] {
  const own = (state.people[state.me]?.ephemerals ?? [])
    .filter((shown) => shown['channel'] === channel)
    .map((shown) => readMessage(channel, shown, true))
    .filter(({ ts }) => !state.hidden.has(`${channel}:${ts}`));
  const said = state.messages[channel] ?? [];
  return own.length === 0 ? said : [...said, ...own].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** A channel's messages and the place to write. */
export function ChannelPane({
  state,
  route,
  channel,
}: {
  state: State;
  route: ChannelRoute;
  channel: SlackChannel;
}) {
  const w = wordsOf(useReading().language);
  const { ephemerals } = state.people[state.me] ?? { ephemerals: [] };
  const said = state.messages[channel.id];
  const { roots, replies } = useMemo(
    () => inThreads(messagesFor(state, channel.id)),
    // Of the state only these count.
    [said, ephemerals, state.hidden, channel.id],
  );
  return (
    <main class="pane channel" aria-label={`#${channel.name}`}>
      <header class="pane-head">
        <h2>
          <span aria-hidden="true">{channel.isPrivate ? '🔒 ' : '# '}</span>
          {channel.name}
        </h2>
        <span class="quiet">{w.members(channel.members.length)}</span>
      </header>
      <Conversation
        key={`${state.me} ${channel.id}`}
        label={w.messagesIn(`#${channel.name}`)}
        messages={roots}
        replies={replies}
        isThread={false}
        lineAt={state.lineAt}
        pointedOut={route.thread === undefined ? route.message : undefined}
        state={state}
      />
      <Composer key={`${state.me} ${channel.id}`} channel={channel.id} channelName={channel.name} />
    </main>
  );
}

function inThreads(messages: readonly Message[]) {
  const roots: Message[] = [];
  const replies = new Map<string, Message[]>();
  for (const message of messages) {
    if (message.threadTs === undefined || message.isBroadcast) roots.push(message);
    if (message.threadTs === undefined || message.isEphemeral) continue;
    const thread = replies.get(message.threadTs);
    if (thread) thread.push(message);
    else replies.set(message.threadTs, [message]);
  }
  return { roots, replies };
}

const NONE: ReadonlyMap<string, readonly Message[]> = new Map();

/** One thread beside the channel: its message, the replies and the place to answer. */
export function ThreadPane({
  state,
  route,
  channel,
  thread,
}: {
  state: State;
  route: ChannelRoute;
  channel: SlackChannel;
  thread: string;
}) {
  const w = wordsOf(useReading().language);
  const messages = messagesFor(state, channel.id).filter(
    ({ ts, threadTs }) => ts === thread || threadTs === thread,
  );
  return (
    <aside class="pane thread" aria-label={w.thread}>
      <header class="pane-head">
        <h2 ref={focusOnce} tabIndex={-1}>
          {w.thread}
        </h2>
        <span class="quiet">#{channel.name}</span>
        <a
          class="button icon close"
          href={hashOf({ kind: 'channel', channel: channel.id })}
          title={w.close}
          onClick={() => setTimeout(() => document.getElementById(`replies-${thread}`)?.focus())}
        >
          <span aria-hidden="true">×</span>
          <span class="hidden">{w.close}</span>
        </a>
      </header>
      <Conversation
        key={`${state.me} ${thread}`}
        label={w.thread}
        messages={messages}
        replies={NONE}
        isThread
        lineAt=""
        pointedOut={route.message}
        state={state}
      />
      <Composer
        key={`${state.me} ${channel.id} ${thread}`}
        channel={channel.id}
        channelName={channel.name}
        thread={thread}
      />
    </aside>
  );
}

/** Whoever opens a thread is in it from then on. */
function focusOnce(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true });
}
