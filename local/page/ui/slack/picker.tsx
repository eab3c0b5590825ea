import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { wordsOf } from '../words';
import type { Choice } from './element-value';
import { usePopover } from './popover';
import { Plain, useReading } from './text';

export interface PickerProps {
  readonly choices: readonly Choice[];
  readonly held: readonly string[];
  /** Labels of what is held, where the choices do not tell them. */
  readonly heldLabels: readonly Choice[];
  readonly isMulti: boolean;
  /** The most that may be chosen. */
  readonly most: number;
  readonly placeholder: string;
  readonly label?: string;
  readonly labelId?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
  readonly isBusy: boolean;
  readonly autoFocus: boolean;
  readonly onChoose: (held: readonly string[]) => void;
  /** Asks for the choices instead of filtering those given, after so many characters. */
  readonly load?: { readonly least: number; readonly ask: (query: string) => Promise<Choice[]> };
}

const TYPING_MS = 200;

/** A menu to choose one or several from, with typing to find: Slack's selects. */
export function Picker(props: PickerProps) {
  const { held, isMulti, onChoose, load } = props;
  const w = wordsOf(useReading().language);
  const id = useId();
  const anchor = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState<string>();
  const [active, setActive] = useState(0);
  const loaded = useLoaded(load, isOpen, query ?? '');
  usePopover(isOpen, anchor, list);

  // Labels of what was loaded once stay known when something else is loaded.
  const labels = useRef(new Map<string, string>());
  for (const { value, label } of [...props.heldLabels, ...props.choices, ...(loaded?.choices ?? [])]) {
    if (label !== '') labels.current.set(value, label);
  }
  const labelOf = (value: string) => labels.current.get(value) ?? value;

  const wanted = (query ?? '').trim().toLowerCase();
  const shown = (loaded?.choices ?? props.choices).filter(
    ({ label, description, value }) =>
      (load !== undefined ||
        wanted === '' ||
        `${label} ${description ?? ''}`.toLowerCase().includes(wanted)) &&
      !(isMulti && held.includes(value)),
  );
  const current = shown[Math.min(active, shown.length - 1)];

  const open = () => {
    if (isOpen) return;
    const at = shown.findIndex(({ value }) => value === held[0]);
    setActive(Math.max(0, at));
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setQuery(undefined);
  };
  const choose = (value: string) => {
    if (isMulti && held.length >= props.most) return;
    onChoose(isMulti ? [...held, value] : [value]);
    setQuery(undefined);
    setActive(0);
    if (!isMulti) setOpen(false);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      if (isOpen)
        setActive((at) => (Math.min(at, shown.length - 1) + move + shown.length) % (shown.length || 1));
      else open();
    } else if (event.key === 'Enter') {
      // Else the form around it would be sent.
      event.preventDefault();
      if (!isOpen) open();
      else if (current) choose(current.value);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Backspace' && isMulti && (query ?? '') === '' && held.length > 0) {
      onChoose(held.slice(0, -1));
    }
  };

  const inputText = query ?? (isMulti || held[0] === undefined ? '' : labelOf(held[0]));
  const notice = loaded?.notice ?? (shown.length === 0 ? w.noOptions : undefined);
  return (
    <div class={`picker${props.isBusy ? ' busy' : ''}`} ref={anchor}>
      {isMulti &&
        held.map((value) => (
          <span class="chip" key={value}>
            <Plain text={labelOf(value)} />
            <button
              type="button"
              aria-label={w.remove(labelOf(value))}
              onClick={() => {
                onChoose(held.filter((each) => each !== value));
                input.current?.focus();
              }}
            >
              ×
            </button>
          </span>
        ))}
      <input
        ref={input}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        data-autofocus={props.autoFocus}
        aria-label={props.label}
        aria-labelledby={props.labelId}
        aria-describedby={props.describedBy}
        aria-invalid={props.isInvalid}
        aria-required={props.isRequired}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-busy={props.isBusy}
        aria-activedescendant={isOpen && current ? `${id}-${shown.indexOf(current)}` : undefined}
        placeholder={isMulti && held.length > 0 ? '' : props.placeholder}
        value={inputText}
        onInput={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={(event) => {
          event.currentTarget.select();
          open();
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <div
        ref={list}
        id={`${id}-list`}
        class="menu listbox"
        popover="manual"
        role="listbox"
        aria-label={props.label ?? props.placeholder}
        aria-multiselectable={isMulti}
      >
        {isOpen &&
          shown.map((choice, index) => (
            <Option
              key={choice.value}
              id={`${id}-${index}`}
              choice={choice}
              heading={choice.group === shown[index - 1]?.group ? undefined : choice.group}
              isActive={choice === current}
              isChosen={held.includes(choice.value)}
              onChoose={() => choose(choice.value)}
            />
          ))}
        {isOpen && notice !== undefined && (
          <div role="option" aria-disabled="true" aria-selected="false" class="option quiet" tabIndex={-1}>
            {notice}
          </div>
        )}
      </div>
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly choice: Choice;
  readonly heading: string | undefined;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Option({ id, choice, heading, isActive, isChosen, onChoose }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <>
      {heading !== undefined && (
        <div class="option-group" aria-hidden="true">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the input that has the focus takes the keys */}
      <div
        ref={row}
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isChosen}
        class={`option${isActive ? ' active' : ''}`}
        // The focus stays where it is: leaving the input closes the list.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onChoose}
      >
        <span>
          <Plain text={choice.label} />
        </span>
        {choice.description !== undefined && <small>{choice.description}</small>}
      </div>
    </>
  );
}

/** What the app offers for what has been typed so far. */
function useLoaded(
  load: PickerProps['load'],
  isOpen: boolean,
  query: string,
): { choices: readonly Choice[]; notice?: string } | undefined {
  const w = wordsOf(useReading().language);
  const [answer, setAnswer] = useState<{ query: string; choices: readonly Choice[] }>();
  const ask = useRef(load?.ask);
  ask.current = load?.ask;
  const least = load?.least ?? 0;
  const isAsked = load !== undefined && isOpen && query.length >= least;
  useEffect(() => {
    if (!isAsked) return undefined;
    let isStale = false;
    const timer = setTimeout(
      () => {
        const read = async () => {
          const choices = (await ask.current?.(query)) ?? [];
          if (!isStale) setAnswer({ query, choices });
        };
        void read();
      },
      query === '' ? 0 : TYPING_MS,
    );
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [isAsked, query]);
  if (!load) return undefined;
  if (query.length < least) return { choices: [], notice: w.typeMore(least) };
  if (answer?.query !== query) return { choices: answer?.choices ?? [], notice: w.searching };
  return { choices: answer.choices };
}
