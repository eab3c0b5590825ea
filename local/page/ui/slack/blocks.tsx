import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { isJson, type Json, jsonList, textIn } from '../../../slack/json';
import { wordsOf } from '../words';
import { Element, ImageElement } from './elements';
import { Picture } from './picture';
import { RichText, richTextWords } from './rich-text';
import { useSurface } from './surface';
import { Plain, Text, useReading, wordsIn } from './text';

/** The blocks of a message or view, one beneath the other. */
export function Blocks({ blocks }: { blocks: readonly Json[] }) {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        <Block key={textIn(block['block_id']) || index} block={block} />
      ))}
    </div>
  );
}

type BlockView = (props: { block: Json }) => ComponentChildren;

/** A block that the page does not know is said to be there: something unseen would not be honest. */
function Block({ block }: { block: Json }) {
  const { language } = useReading();
  const type = textIn(block['type']);
  const Known = Object.hasOwn(BLOCKS, type) ? BLOCKS[type] : undefined;
  if (Known) return <Known block={block} />;
  return (
    <p class="unknown" role="note">
      {wordsOf(language).unknownBlock(type)}
    </p>
  );
}

const Header: BlockView = ({ block }) => (
  <h3 class="block-header">
    <Text object={block['text']} />
  </h3>
);

const Section: BlockView = ({ block }) => {
  const fields = jsonList(block['fields']);
  const { accessory } = block;
  return (
    <div class="block-section">
      <div class="block-main">
        {block['text'] !== undefined && <Text object={block['text']} />}
        {fields.length > 0 && (
          <div class="block-fields">
            {fields.map((field, index) => (
              <div key={index}>
                <Text object={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {isJson(accessory) && (
        <div class="block-accessory">
          <Element element={accessory} blockId={textIn(block['block_id'])} dispatches />
        </div>
      )}
    </div>
  );
};

const Context: BlockView = ({ block }) => (
  <div class="block-context">
    {jsonList(block['elements']).map((element, index) =>
      element['type'] === 'image' ? (
        <ImageElement key={index} element={element} />
      ) : (
        <div key={index}>
          <Text object={element} />
        </div>
      ),
    )}
  </div>
);

const Actions: BlockView = ({ block }) => (
  <div class="block-actions">
    {jsonList(block['elements']).map((element, index) => (
      <Element
        key={textIn(element['action_id']) || index}
        element={element}
        blockId={textIn(block['block_id'])}
        dispatches
      />
    ))}
  </div>
);

const Image: BlockView = ({ block }) => (
  <figure class="block-image">
    {block['title'] !== undefined && <figcaption>{wordsIn(block['title'])}</figcaption>}
    <Picture image={block} />
  </figure>
);

// --- Tables ----------------------------------------------------------------------------------------------

const Table: BlockView = ({ block }) => {
  const [head = [], ...rows] = rowsIn(block);
  const naming = block['row_header_column_index'];
  const columns = jsonList(block['column_settings']);
  const look = (index: number) => {
    const align = textIn(columns[index]?.['align']);
    return `${align === '' ? '' : `align-${align}`}${columns[index]?.['is_wrapped'] === true ? '' : ' one-line'}`;
  };
  const caption = textIn(block['caption']);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable with the keyboard
    <figure class="block-table" tabIndex={0} aria-label={caption || head.map(cellWords).join(', ')}>
      <table>
        {caption !== '' && <caption>{caption}</caption>}
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col" class={look(index)}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, index) =>
                index === naming ? (
                  <th key={index} scope="row" class={look(index)}>
                    <Cell cell={cell} />
                  </th>
                ) : (
                  <td key={index} class={look(index)}>
                    <Cell cell={cell} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
};

function rowsIn(block: Json): Json[][] {
  const { rows } = block;
  return Array.isArray(rows) ? rows.map((row) => jsonList(row)) : [];
}

function cellWords(cell: Json): string {
  return cell['type'] === 'rich_text' ? richTextWords(cell) : textIn(cell['text']);
}

function Cell({ cell }: { cell: Json }) {
  return cell['type'] === 'rich_text' ? <RichText block={cell} /> : <Plain text={cellWords(cell)} />;
}

// --- Inputs ----------------------------------------------------------------------------------------------

const Input: BlockView = ({ block }) => {
  const id = useId();
  const { errors } = useSurface();
  const w = wordsOf(useReading().language);
  const blockId = textIn(block['block_id']);
  const error = errors[blockId];
  const isOptional = block['optional'] === true;
  const described = [
    ...(error === undefined ? [] : [`${id}-error`]),
    ...(block['hint'] === undefined ? [] : [`${id}-hint`]),
  ];
  return (
    <div class={error === undefined ? 'block-input' : 'block-input wrong'}>
      <div class="label" id={`${id}-label`}>
        <Text object={block['label']} />
        {isOptional && <span class="quiet"> {w.optional}</span>}
      </div>
      {isJson(block['element']) && (
        <Element
          element={block['element']}
          blockId={blockId}
          dispatches={block['dispatch_action'] === true}
          labelId={`${id}-label`}
          isInvalid={error !== undefined}
          isRequired={!isOptional}
          {...(described.length > 0 && { describedBy: described.join(' ') })}
        />
      )}
      {error !== undefined && (
        <p class="error" id={`${id}-error`}>
          <span aria-hidden="true">⚠ </span>
          {clientWords(error, w.required)}
        </p>
      )}
      {block['hint'] !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          <Text object={block['hint']} />
        </p>
      )}
    </div>
  );
};

/** What Slack's own client says, in the reader's language; what the app says stays as it is. */
function clientWords(error: string, required: Readonly<Record<string, string>>): string {
  const count = /\d+/.exec(error)?.[0] ?? '';
  return required[error.replace(/\d+/, '#')]?.replace('#', count) ?? error;
}

const Alert: BlockView = ({ block }) => (
  <div class={`block-alert ${textIn(block['level'])}`} role="note">
    <Text object={block['text']} />
  </div>
);

const BLOCKS: Readonly<Record<string, BlockView>> = {
  header: Header,
  section: Section,
  context: Context,
  actions: Actions,
  divider: () => <hr />,
  image: Image,
  rich_text: ({ block }) => <RichText block={block} />,
  table: Table,
  data_table: Table,
  input: Input,
  alert: Alert,
};
