import { createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { isJson, textIn } from '../../../slack/json';
import type { PageLanguage, Start } from '../../api';
import { permalinkHash } from '../route';
import { wordsOf } from '../words';
import { momentOf, slackDate } from './dates';
import { emoji } from './emoji';
import { emojiParts, type Inline, parseMrkdwn } from './mrkdwn';

/** Who reads: whose mentions stand out, and how names and dates are written. */
export interface Reading {
  readonly start: Start;
  readonly me: string;
  readonly language: PageLanguage;
  /** The stand-in's time, to the minute. */
  readonly now: number;
}

const Reading = createContext<Reading | undefined>(undefined);
export const ReadingProvider = Reading.Provider;

/** @throws outside of a `ReadingProvider` */
export function useReading(): Reading {
  const reading = useContext(Reading);
  if (!reading) throw new Error('Text is shown to somebody.');
  return reading;
}

/** A link that opens beside this page, or a message of this page where it leads to one. */
export function Link({ url, children }: { url: string; children: preact.ComponentChildren }) {
  const { language } = useReading();
  const here = permalinkHash(url);
  if (here !== undefined) return <a href={here}>{children}</a>;
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(url)) return <span>{children}</span>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
      <span class="hidden"> {wordsOf(language).opensTab}</span>
    </a>
  );
}

/** @param unicode its code points in hex, joined by `-`, where the message tells them */
export function Emoji({ name, unicode = '' }: { name: string; unicode?: string }) {
  const points = unicode === '' ? [] : unicode.split('-').map((point) => Number.parseInt(point, 16));
  return (
    <span class="emoji" title={`:${name}:`}>
      {points.length === 0 ? emoji(name) : String.fromCodePoint(...points)}
    </span>
  );
}

type Mentioned = { readonly kind: 'user' | 'group' | 'channel' | 'broadcast'; readonly id: string };

/** The name of somebody or something, standing out when it means the reader. */
export function Mention({ kind, id, label }: Mentioned & { label?: string | undefined }) {
  const { start, me } = useReading();
  if (kind === 'channel') {
    const channel = start.channels.find((each) => each.id === id);
    const name = `#${channel?.name ?? label ?? id}`;
    const isMine = channel?.members.includes(me) === true && !channel.isArchived;
    return isMine ? (
      <a class="mention" href={`#/${id}`}>
        {name}
      </a>
    ) : (
      <span class="mention">{name}</span>
    );
  }
  const group = start.groups.find((each) => each.id === id);
  const isMe = kind === 'user' ? id === me : kind === 'group' ? group?.users.includes(me) === true : true;
  const name =
    kind === 'user'
      ? (start.users.find((each) => each.id === id)?.realName ?? label ?? id)
      : (group?.handle ?? label ?? id);
  return <span class={isMe ? 'mention mention-me' : 'mention'}>@{name.replace(/^@/, '')}</span>;
}

export function SlackDate({ part }: { part: Extract<Inline, { kind: 'date' }> }) {
  const { start, language, now } = useReading();
  const at = momentOf(String(part.seconds));
  const written = slackDate(part.format, part.seconds, new Date(now), {
    language,
    timeZone: start.timeZone,
  });
  if (written === undefined) return <>{part.fallback}</>;
  const time = (
    <time dateTime={at.toISOString()} title={part.fallback}>
      {written}
    </time>
  );
  return part.url === undefined ? time : <Link url={part.url}>{time}</Link>;
}

/** Parsed mrkdwn as elements: text is only ever text. */
function Inlines({ parts }: { parts: readonly Inline[] }) {
  return (
    <>
      {parts.map((part, index) => (
        <InlinePart key={index} part={part} />
      ))}
    </>
  );
}

function InlinePart({ part }: { part: Inline }) {
  switch (part.kind) {
    case 'text':
      return <>{part.text}</>;
    case 'break':
      return <br />;
    case 'bold':
      return (
        <strong>
          <Inlines parts={part.children} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Inlines parts={part.children} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines parts={part.children} />
        </s>
      );
    case 'code':
      return (
        <code>
          <Inlines parts={part.children} />
        </code>
      );
    case 'link':
      return (
        <Link url={part.url}>
          <Inlines parts={part.children} />
        </Link>
      );
    case 'user':
    case 'group':
    case 'channel':
      return <Mention kind={part.kind} id={part.id} label={part.label} />;
    case 'broadcast':
      return <Mention kind="broadcast" id={part.range} />;
    case 'date':
      return <SlackDate part={part} />;
    case 'emoji':
      return <Emoji name={part.name} />;
  }
}

/** A text in Slack's mrkdwn. */
export function Mrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  const parts = useMemo(() => parseMrkdwn(text, verbatim), [text, verbatim]);
  return (
    <div class="mrkdwn">
      {parts.map(({ kind, children }, index) => {
        const inner = <Inlines parts={children} />;
        const key = `${kind}${index}`;
        if (kind === 'quote') return <blockquote key={key}>{inner}</blockquote>;
        return kind === 'pre' ? <pre key={key}>{inner}</pre> : <p key={key}>{inner}</p>;
      })}
    </div>
  );
}

/** Text as it is, with its emoji. */
export function Plain({ text }: { text: string }) {
  return <Inlines parts={emojiParts(text)} />;
}

/** A text object of Block Kit. */
export function Text({ object }: { object: unknown }) {
  if (!isJson(object)) return null;
  const text = textIn(object['text']);
  return object['type'] === 'mrkdwn' ? (
    <Mrkdwn text={text} verbatim={object['verbatim'] === true} />
  ) : (
    <Plain text={text} />
  );
}

/** A text object as words only, for names of controls. */
export function wordsIn(object: unknown): string {
  if (!isJson(object)) return '';
  return textIn(object['text'])
    .replace(/:([a-z0-9_+-]+):/g, (_whole, name: string) => emoji(name))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
