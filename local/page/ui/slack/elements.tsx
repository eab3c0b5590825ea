import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { isJson, type Json, jsonList, textIn } from '../../../slack/json';
import { permalinkHash } from '../route';
import { wordsOf } from '../words';
import { momentByWallClock, momentOf, type Reader, wallClock } from './dates';
import { type Choice, choiceOf, choicesHeld, choicesOffered, takesSeveral } from './element-value';
import { Overflow } from './overflow';
import { Picker } from './picker';
import { sourceOf } from './picture';
import { type Placed, useElement } from './surface';
import { Text, useReading, wordsIn } from './text';

/** An interactive element of Block Kit; one that the page does not know is said to be there. */
export function Element(placed: Placed) {
  const { language } = useReading();
  const type = textIn(placed.element['type']);
  const Known = Object.hasOwn(ELEMENTS, type) ? ELEMENTS[type] : undefined;
  if (Known) return <Known {...placed} />;
  return (
    <p class="unknown" role="note">
      {wordsOf(language).unknownElement(type)}
    </p>
  );
}

export function ImageElement({ element }: { element: Json }) {
  return <img class="block-thumb" src={sourceOf(element)} alt={textIn(element['alt_text'])} />;
}

function Button(placed: Placed) {
  const { element } = placed;
  const { press, isBusy } = useElement(placed);
  const { language } = useReading();
  const url = textIn(element['url']);
  const style = textIn(element['style']);
  const label = textIn(element['accessibility_label']) || undefined;
  const look = `button ${style}${isBusy ? ' busy' : ''}`;
  if (/^(?:https?:\/\/|mailto:)/i.test(url)) {
    const here = permalinkHash(url);
    // A button with an address opens it and tells the app as well.
    return (
      <a
        class={look}
        aria-label={label}
        href={here ?? url}
        {...(here === undefined && { target: '_blank', rel: 'noopener noreferrer' })}
        onClick={() => void press()}
      >
        <Text object={element['text']} />
        {here === undefined && (
          <>
            <span aria-hidden="true"> ↗</span>
            <span class="hidden"> {wordsOf(language).opensTab}</span>
          </>
        )}
      </a>
    );
  }
  // Not `disabled` while it works: the focus would be lost.
  return (
    <button type="button" class={look} aria-label={label} aria-busy={isBusy} onClick={() => void press()}>
      <Text object={element['text']} />
    </button>
  );
}

// --- Menus -----------------------------------------------------------------------------------------------

function Select(placed: Placed & { readonly choices: readonly Choice[]; readonly isExternal?: boolean }) {
  const { element } = placed;
  const used = useElement(placed);
  const w = wordsOf(useReading().language);
  const placeholder = wordsIn(element['placeholder']) || w.choose;
  const least = Number(element['min_query_length'] ?? 3);
  return (
    <Picker
      choices={placed.choices}
      held={used.held}
      heldLabels={choicesHeld(element, used.state)}
      isMulti={takesSeveral(textIn(element['type']))}
      most={Number(element['max_selected_items'] ?? Number.POSITIVE_INFINITY)}
      placeholder={placeholder}
      {...(placed.labelId === undefined ? { label: placeholder } : { labelId: placed.labelId })}
      describedBy={placed.describedBy}
      isInvalid={placed.isInvalid === true}
      isRequired={placed.isRequired === true}
      isBusy={used.isBusy}
      autoFocus={element['focus_on_load'] === true}
      onChoose={(held) => void used.choose(held)}
      {...(placed.isExternal === true && { load: { least, ask: used.suggest } })}
    />
  );
}

function StaticSelect(placed: Placed) {
  return <Select {...placed} choices={choicesOffered(placed.element)} />;
}

function ExternalSelect(placed: Placed) {
  return <Select {...placed} choices={[]} isExternal />;
}

function UsersSelect(placed: Placed) {
  const { start } = useReading();
  const choices = start.users
    .filter(({ deleted }) => !deleted)
    .map(({ id, realName, name }) => ({ value: id, label: realName, description: `@${name}` }));
  return <Select {...placed} choices={choices} />;
}

/** What Slack offers: public channels, or in a menu of conversations those that its filter leaves over. */
function ChannelsSelect(placed: Placed) {
  const { start, me } = useReading();
  const { element } = placed;
  const isOfAll = textIn(element['type']).endsWith('conversations_select');
  const filter = isOfAll && isJson(element['filter']) ? element['filter'] : {};
  const kinds = isOfAll ? (filter['include'] ?? ['public', 'private']) : ['public'];
  const includes = (kind: 'public' | 'private') => Array.isArray(kinds) && kinds.includes(kind);
  const choices = start.channels
    .filter(
      ({ isArchived, isPrivate, isShared, members }) =>
        !isArchived &&
        (isPrivate ? includes('private') && members.includes(me) : includes('public')) &&
        !(isShared && filter['exclude_external_shared_channels'] === true),
    )
    .map(({ id, name }) => ({ value: id, label: `#${name}` }));
  return <Select {...placed} choices={choices} />;
}

// --- Radio buttons and checkboxes ------------------------------------------------------------------------

function Options(placed: Placed) {
  const { element, labelId, describedBy } = placed;
  const { held, choose, isBusy } = useElement(placed);
  const w = wordsOf(useReading().language);
  const name = useId();
  const isMulti = takesSeveral(textIn(element['type']));
  const pick = (value: string, isChecked: boolean) => {
    if (!isMulti) void choose([value]);
    else void choose(isChecked ? [...held, value] : held.filter((each) => each !== value));
  };
  return (
    <div
      role={isMulti ? 'group' : 'radiogroup'}
      class={`options${isBusy ? ' busy' : ''}`}
      aria-describedby={describedBy}
      {...(labelId === undefined ? { 'aria-label': w.choose } : { 'aria-labelledby': labelId })}
    >
      {jsonList(element['options']).map((option) => {
        const { value } = choiceOf(option);
        return (
          <label key={value} class="option-row">
            <input
              type={isMulti ? 'checkbox' : 'radio'}
              name={name}
              value={value}
              checked={held.includes(value)}
              onChange={({ currentTarget }) => pick(value, currentTarget.checked)}
            />
            <span>
              <Text object={option['text']} />
              {option['description'] !== undefined && (
                <small>
                  <Text object={option['description']} />
                </small>
              )}
            </span>
          </label>
        );
      })}
    </div>
  );
}

// --- Fields ----------------------------------------------------------------------------------------------

/**
 * What every field says of itself.
 * @param unnamed its name where it has neither a label nor a placeholder
 */
function about({ element, labelId, describedBy, isInvalid, isRequired }: Placed, unnamed: string) {
  const placeholder = wordsIn(element['placeholder']);
  return {
    'data-autofocus': element['focus_on_load'] === true,
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid === true,
    'aria-required': isRequired === true,
    ...(labelId === undefined ? { 'aria-label': placeholder || unnamed } : { 'aria-labelledby': labelId }),
    ...(placeholder === '' ? {} : { placeholder }),
  };
}

function TextField(placed: Placed) {
  const { element, dispatches } = placed;
  const { held, hold, choose } = useElement(placed);
  const w = wordsOf(useReading().language);
  const [text = ''] = held;
  const most = Number(element['max_length'] ?? 0);
  const shared = { ...about(placed, w.choose), value: text, class: 'field-input' };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing || !dispatches) return;
    event.preventDefault();
    void choose([text]);
  };
  return (
    <>
      {element['multiline'] === true ? (
        <Growing {...shared} onInput={(value) => hold([value])} />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={KEYBOARDS[textIn(element['type'])] ?? 'text'}
          onInput={({ currentTarget }) => hold([currentTarget.value])}
          onKeyDown={onKeyDown}
        />
      )}
      {most > 0 && (
        <span class={text.length > most ? 'count too-many' : 'count'} aria-hidden="true">
          {text.length} / {most}
        </span>
      )}
    </>
  );
}

/** Slack checks addresses and numbers itself when the form is sent: only the keyboard of a phone differs. */
const KEYBOARDS: Readonly<Record<string, 'email' | 'url' | 'decimal'>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'decimal',
};

/** A text field that grows with its text. */
function Growing({ onInput, ...shared }: { onInput: (value: string) => void; value: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${Math.min(field.current.scrollHeight + 2, 240)}px`;
  });
  return (
    <textarea
      ref={field}
      rows={3}
      {...shared}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  );
}

function MomentField(placed: Placed & { readonly kind: 'date' | 'time' | 'datetime-local' }) {
  const { held, choose, isBusy } = useElement(placed);
  const { start, language } = useReading();
  const reader: Reader = { language, timeZone: start.timeZone };
  const [value = ''] = held;
  const isMoment = placed.kind === 'datetime-local';
  return (
    <input
      {...about(placed, wordsOf(language).choose)}
      type={placed.kind}
      class={`field-input short${isBusy ? ' busy' : ''}`}
      value={isMoment && value !== '' ? wallClock(momentOf(value), reader) : value}
      onChange={({ currentTarget }) => {
        const entered = currentTarget.value;
        const seconds = () => String(momentByWallClock(entered, reader).getTime() / 1000);
        void choose([isMoment && entered !== '' ? seconds() : entered]);
      }}
    />
  );
}

const ELEMENTS: Readonly<Record<string, (placed: Placed) => ComponentChildren>> = {
  button: Button,
  overflow: Overflow,
  image: ImageElement,
  static_select: StaticSelect,
  multi_static_select: StaticSelect,
  external_select: ExternalSelect,
  multi_external_select: ExternalSelect,
  users_select: UsersSelect,
  multi_users_select: UsersSelect,
  channels_select: ChannelsSelect,
  multi_channels_select: ChannelsSelect,
  conversations_select: ChannelsSelect,
  multi_conversations_select: ChannelsSelect,
  radio_buttons: Options,
  checkboxes: Options,
  plain_text_input: TextField,
  email_text_input: TextField,
  url_text_input: TextField,
  number_input: TextField,
  datepicker: (placed) => <MomentField {...placed} kind="date" />,
  timepicker: (placed) => <MomentField {...placed} kind="time" />,
  datetimepicker: (placed) => <MomentField {...placed} kind="datetime-local" />,
};
