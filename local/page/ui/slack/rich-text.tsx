import type { ComponentChildren } from 'preact';
import { isJson, type Json, jsonList, textIn } from '../../../slack/json';
import { Emoji, Link, Mention, SlackDate } from './text';

/** A rich_text block, or a rich_text object in another block. */
export function RichText({ block }: { block: Json }) {
  return <div class="rich-text">{jsonList(block['elements']).map((part, index) => partOf(part, index))}</div>;
}

/** What is written in it, for names of things. */
export function richTextWords(block: Json): string {
  const words = ({ elements, text }: Json): string =>
    Array.isArray(elements) ? jsonList(elements).map(words).join('') : textIn(text);
  return words(block);
}

function partOf(part: Json, key: number) {
  const elements = jsonList(part['elements']);
  const type = textIn(part['type']);
  if (type === 'rich_text_list') return <RichList key={key} list={part} />;
  const leaves = <Leaves leaves={elements} />;
  if (type === 'rich_text_quote') return <blockquote key={key}>{leaves}</blockquote>;
  if (type === 'rich_text_preformatted') return <pre key={key}>{leaves}</pre>;
  return <p key={key}>{leaves}</p>;
}

function RichList({ list }: { list: Json }) {
  const items = jsonList(list['elements']).map((item, index) => (
    <li key={index}>
      <Leaves leaves={jsonList(item['elements'])} />
    </li>
  ));
  const border = list['border'] === 1 ? ' bordered' : '';
  const indent = `rich-list indent-${Math.min(Number(list['indent'] ?? 0), 8)}${border}`;
  return list['style'] === 'ordered' ? (
    <ol class={indent} start={Number(list['offset'] ?? 0) + 1}>
      {items}
    </ol>
  ) : (
    <ul class={indent}>{items}</ul>
  );
}

function Leaves({ leaves }: { leaves: readonly Json[] }) {
  return (
    <>
      {leaves.map((leaf, index) => (
        <Styled key={index} style={leaf['style']}>
          <Leaf leaf={leaf} />
        </Styled>
      ))}
    </>
  );
}

function Styled({ style, children }: { style: unknown; children: ComponentChildren }) {
  const has = (name: string) => isJson(style) && style[name] === true;
  let shown = <>{children}</>;
  if (has('code')) shown = <code>{shown}</code>;
  if (has('highlight') || has('client_highlight')) shown = <mark>{shown}</mark>;
  if (has('underline')) shown = <u>{shown}</u>;
  if (has('strike')) shown = <s>{shown}</s>;
  if (has('italic')) shown = <em>{shown}</em>;
  return has('bold') ? <strong>{shown}</strong> : shown;
}

function Leaf({ leaf }: { leaf: Json }) {
  const field = (name: string) => textIn(leaf[name]);
  switch (field('type')) {
    case 'text':
      return <span class="leaf">{field('text')}</span>;
    case 'link':
      return <Link url={field('url')}>{field('text') || field('url')}</Link>;
    case 'user':
      return <Mention kind="user" id={field('user_id')} />;
    case 'usergroup':
      return <Mention kind="group" id={field('usergroup_id')} />;
    case 'channel':
      return <Mention kind="channel" id={field('channel_id')} />;
    case 'broadcast':
      return <Mention kind="broadcast" id={field('range')} />;
    case 'emoji':
      return <Emoji name={field('name')} unicode={field('unicode')} />;
    case 'date':
      return <DateLeaf leaf={leaf} />;
    case 'color':
      return <code>{field('value')}</code>;
    default:
      return <span class="unknown">{field('type')}</span>;
  }
}

function DateLeaf({ leaf }: { leaf: Json }) {
  const url = textIn(leaf['url']);
  return (
    <SlackDate
      part={{
        kind: 'date',
        seconds: Number(leaf['timestamp']),
        format: textIn(leaf['format']),
        fallback: textIn(leaf['fallback']),
        ...(url === '' ? {} : { url }),
      }}
    />
  );
}
