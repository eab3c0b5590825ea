import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { jsonList, textIn } from '../../../slack/json';
import { wordsOf } from '../words';
import { usePopover } from './popover';
import { type Placed, useElement } from './surface';
import { Text, useReading } from './text';

const ITEM = '[role=menuitem]';

/** The ⋯ menu of a message or block. */
export function Overflow(placed: Placed) {
  const w = wordsOf(useReading().language);
  const { choose, isBusy } = useElement(placed);
  const [opened, setOpened] = useState<'first' | 'last'>();
  const isOpen = opened !== undefined;
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  usePopover(isOpen, button, menu, 'end');
  const options = jsonList(placed.element['options']);

  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>(ITEM) ?? [])];
  useLayoutEffect(() => {
    if (opened === undefined) return;
    const all = [...(menu.current?.querySelectorAll<HTMLElement>(ITEM) ?? [])];
    all.at(opened === 'first' ? 0 : -1)?.focus();
  }, [opened]);
  const close = () => {
    setOpened(undefined);
    button.current?.focus();
  };
  const onMenuKey = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') {
      close();
    }
  };

  return (
    <div class="overflow">
      <button
        ref={button}
        type="button"
        class={`button icon${isBusy ? ' busy' : ''}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={w.more}
        aria-busy={isBusy}
        title={w.more}
        onClick={() => (isOpen ? close() : setOpened('first'))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpened(event.key === 'ArrowUp' ? 'last' : 'first');
        }}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      <div
        ref={menu}
        class="menu"
        popover="manual"
        role="menu"
        tabIndex={-1}
        aria-label={w.more}
        onKeyDown={onMenuKey}
        onBlur={({ relatedTarget }) => {
          const isInside = relatedTarget instanceof Node && menu.current?.contains(relatedTarget) === true;
          if (!isInside && relatedTarget !== button.current) setOpened(undefined);
        }}
      >
        {isOpen &&
          options.map((option) => (
            <button
              key={textIn(option['value'])}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class="option"
              onClick={() => {
                close();
                const url = textIn(option['url']);
                if (/^https?:\/\//.test(url)) openBeside(url);
                void choose([textIn(option['value'])]);
              }}
            >
              <Text object={option['text']} />
            </button>
          ))}
      </div>
    </div>
  );
}

function openBeside(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer');
}
