import { useMemo } from 'preact/hooks';
import { Avatar } from '../avatar';
import { hashOf } from '../route';
import { hide, lookBehind, say } from '../store';
import { wordsOf } from '../words';
import { Blocks } from './blocks';
import { dayOf, fullMoment, momentOf, type Reader, slackDate, timeOfDay } from './dates';
import type { Message } from './message';
import { Reactions } from './reactions';
import { SurfaceProvider, useFields } from './surface';
import { Mrkdwn, type Reading, useReading } from './text';

export interface MessageViewProps {
  readonly message: Message;
  /** Of the thread beneath it; empty where the thread itself is shown. */
  readonly replies: readonly Message[];
  readonly hasNewReplies: boolean;
  readonly isInThread: boolean;
  /** The one before is by the same person and hardly older. */
  readonly isFollowUp: boolean;
  readonly isPointedOut: boolean;
  readonly isBehindOpen: boolean;
}

/** One message with who, when and what can be done with it. */
export function MessageView(props: MessageViewProps) {
  const { message, isFollowUp } = props;
  const reading = useReading();
  const w = wordsOf(reading.language);
  const { start, language } = reading;
  const reader: Reader = { language, timeZone: start.timeZone };
  const author = start.users.find(({ id }) => id === message.user);
  const name = author?.realName ?? message.user;
  const at = momentOf(message.ts);
  const time = timeOfDay(at, reader);
  // What is inside is drawn again only when the message is another.
  const body = useMemo(() => <Body message={message} />, [message]);
  const look = [
    'message',
    ...(isFollowUp ? ['follow-up'] : []),
    ...(message.isEphemeral ? ['ephemeral'] : []),
    ...(props.isPointedOut ? ['pointed-out'] : []),
    ...(props.isBehindOpen ? ['behind-open'] : []),
  ];
  return (
    <article
      id={anchorOf(message, props.isInThread)}
      class={look.join(' ')}
      aria-label={`${name} ${time}`}
      tabIndex={-1}
    >
      <div class="message-side">
        {isFollowUp ? null : <Avatar id={message.user} name={name} isApp={message.fromApp} />}
      </div>
      <div class="message-main">
        {message.isEphemeral && (
          <p class="only-you">
            <span aria-hidden="true">👁 </span>
            {w.onlyYou}
            <button type="button" class="link" onClick={() => hide(message)}>
              {w.hideEphemeral}
            </button>
          </p>
        )}
        <p class={isFollowUp ? 'message-head hidden' : 'message-head'}>
          <strong class="author">{name}</strong>
          {message.fromApp && <span class="badge">{w.app}</span>}
          {author?.isGuest === true && <span class="badge">{w.guest}</span>}
          <a class="time" href={linkTo(message)} title={fullMoment(at, reader)}>
            <time dateTime={at.toISOString()}>{time}</time>
          </a>
          {message.isEdited && !message.isDeleted && <span class="quiet edited">{w.edited}</span>}
        </p>
        {body}
        <Reactions message={message} />
        <Replies {...props} reading={reading} />
      </div>
      {!message.isEphemeral && !message.isDeleted && <Tools {...props} />}
    </article>
  );
}

/** The id of a message's element: it may be shown in the channel and in its thread. */
export function anchorOf({ ts }: Pick<Message, 'ts'>, isInThread: boolean): string {
  return `${isInThread ? 't' : 'm'}${ts}`;
}

function linkTo({ channel, ts }: Message): string {
  return hashOf({ kind: 'channel', channel, message: ts });
}

function Body({ message }: { message: Message }) {
  const fields = useFields();
  const w = wordsOf(useReading().language);
  const { channel, ts, text, blocks } = message;
  if (message.isDeleted) return <p class="quiet">{w.deleted}</p>;
  if (blocks.length === 0) return <Mrkdwn text={text} />;
  return (
    <SurfaceProvider value={{ spot: { channel, ts }, blocks, values: {}, errors: {}, ...fields }}>
      <Blocks blocks={blocks} />
    </SurfaceProvider>
  );
}

function Replies({ message, replies, hasNewReplies, reading }: MessageViewProps & { reading: Reading }) {
  const last = replies.at(-1);
  if (!last) return null;
  const w = wordsOf(reading.language);
  const users = [...new Set(replies.map(({ user }) => user))].slice(0, 4);
  return (
    <a
      id={`replies-${message.ts}`}
      class={hasNewReplies ? 'replies new' : 'replies'}
      href={hashOf({ kind: 'channel', channel: message.channel, thread: message.ts })}
    >
      {users.map((id) => {
        const user = reading.start.users.find((each) => each.id === id);
        return <Avatar key={id} id={id} name={user?.realName ?? id} isApp={id === reading.start.botUserId} />;
      })}
      <strong>{w.replies(replies.length)}</strong>
      {hasNewReplies && <span class="badge hot">{w.newReplies}</span>}
      <span class="quiet">{w.lastReply(whenOf(last, reading))}</span>
    </a>
  );
}

function whenOf({ ts }: Message, { start, language, now }: Reading): string {
  const reader: Reader = { language, timeZone: start.timeZone };
  const at = momentOf(ts);
  const isToday = dayOf(at, reader) === dayOf(new Date(now), reader);
  const format = isToday ? '{time}' : '{date_short_pretty} {time}';
  return slackDate(format, Number(ts), new Date(now), reader) ?? '';
}

function Tools({ message, isInThread, isBehindOpen }: MessageViewProps) {
  const w = wordsOf(useReading().language);
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(linkTo(message), location.href).href);
    say('done', w.copied);
  };
  const thread = hashOf({ kind: 'channel', channel: message.channel, thread: message.ts });
  return (
    <fieldset class="tools">
      <legend class="hidden">{w.actionsOf}</legend>
      {!isInThread && (
        <a class="tool icon" href={thread} title={w.replyInThread}>
          <span aria-hidden="true">💬</span>
          <span class="hidden">{w.replyInThread}</span>
        </a>
      )}
      <button
        type="button"
        class="tool icon"
        aria-label={w.copyLink}
        title={w.copyLink}
        onClick={() => void copy()}
      >
        <span aria-hidden="true">🔗</span>
      </button>
      <button
        type="button"
        class="tool behind"
        aria-pressed={isBehindOpen}
        onClick={() => lookBehind(message)}
      >
        {w.behind}
      </button>
    </fieldset>
  );
}
