import type { ComponentChildren } from 'preact';

/** Deeper parts wait to be opened. */
const OPEN_DEPTH = 2;

interface JsonViewProps {
  readonly value: unknown;
  /** How a closed part names its size. */
  readonly items: (count: number) => string;
}

/** JSON as text that can be selected, whose objects and lists fold. */
export function JsonView({ value, items }: JsonViewProps) {
  return (
    <div class="side-json side-mono">
      <Value name={undefined} value={value} depth={0} last items={items} />
    </div>
  );
}

interface ValueProps extends JsonViewProps {
  readonly name: string | undefined;
  readonly depth: number;
  readonly last: boolean;
}

function Value({ name, value, depth, last, items }: ValueProps) {
  const key = name === undefined ? null : <span class="side-json-key">{`${JSON.stringify(name)}: `}</span>;
  const comma = last ? '' : ',';
  if (typeof value !== 'object' || value === null) {
    return (
      <div>
        {key}
        <span class={`side-json-${value === null ? 'null' : typeof value}`}>{JSON.stringify(value)}</span>
        {comma}
      </div>
    );
  }
  const list = Array.isArray(value);
  const parts: [string, unknown][] = Object.entries(value).filter(([, part]) => part !== undefined);
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return <div>{[key, open, close, comma]}</div>;
  const inner: ComponentChildren = parts.map(([part, each], index) => (
    <Value
      key={part}
      name={list ? undefined : part}
      value={each}
      depth={depth + 1}
      last={index === parts.length - 1}
      items={items}
    />
  ));
  return (
    <details open={depth < OPEN_DEPTH}>
      <summary>
        {key}
        {open}
        <span class="side-json-size">{` … ${items(parts.length)} ${close}${comma}`}</span>
      </summary>
      <div class="side-json-inner">{inner}</div>
      <div>{`${close}${comma}`}</div>
    </details>
  );
}
