import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { FindingsOutcome, PageLanguage } from '../../api';
import { problemOf, send } from './ask';
import { somethingChanged } from './changes';
import { Mark } from './mark';
import { sideWords } from './words';

const LARGEST_BYTES = 1024 * 1024;
/** The list is for the last few; more would cover the page. */
const KEPT = 20;

interface Sent {
  readonly key: number;
  readonly name: string;
  /** Undefined while it is on its way. */
  readonly outcome?: FindingsOutcome;
}

type SendFiles = (files: readonly File[]) => void;

const Sender = createContext<SendFiles | undefined>(undefined);

let lastKey = 0;

/** Takes JSON files dropped anywhere on the page, sends them as findings and lists what became of them. */
export function DropZone({ language, children }: { language: PageLanguage; children: ComponentChildren }) {
  const w = sideWords(language);
  const [sent, setSent] = useState<readonly Sent[]>([]);

  const sendOne = async (file: File) => {
    lastKey += 1;
    const key = lastKey;
    setSent((before) => [{ key, name: file.name }, ...before].slice(0, KEPT));
    const outcome = await outcomeOf(file, w.drop.tooBig);
    setSent((before) => before.map((each) => (each.key === key ? { ...each, outcome } : each)));
    somethingChanged();
  };
  const sendFiles: SendFiles = (files) => {
    for (const file of files) void sendOne(file);
  };
  const over = useDrop(sendFiles);

  return (
    <Sender.Provider value={sendFiles}>
      {children}
      {over && (
        <div class="side-drop-over" aria-hidden="true">
          <p>{w.drop.here}</p>
        </div>
      )}
      <section class={sent.length > 0 ? 'side-drop-results' : 'side-hidden'} aria-label={w.drop.results}>
        {sent.length > 0 && (
          <div class="side-drop-head">
            <h2>{w.drop.results}</h2>
            <button type="button" class="side-button" onClick={() => setSent([])}>
              {w.close}
            </button>
          </div>
        )}
        <div aria-live="polite" class="side-drop-list" tabIndex={sent.length > 0 ? 0 : -1}>
          {sent.map(({ key, name, outcome }) => (
            <p key={key} class={`side-sent side-sent-${outcome?.outcome ?? 'waiting'}`}>
              <span class="side-mono">{name}</span>
              <strong>
                {outcome ? (
                  <>
                    <Mark kind={MARKS[outcome.outcome]} /> {w.drop.outcome[outcome.outcome]}
                  </>
                ) : (
                  w.drop.sending
                )}
              </strong>
              {outcome?.reason && <span>{outcome.reason}</span>}
            </p>
          ))}
        </div>
      </section>
    </Sender.Provider>
  );
}

const MARKS = { accepted: 'good', refused: 'bad', dropped: 'gone' } as const;

/** The way without a mouse: chooses files and sends them through the drop zone around it. */
export function FilePicker({ language }: { language: PageLanguage }) {
  const w = sideWords(language);
  const sendFiles = useContext(Sender);
  const input = useRef<HTMLInputElement>(null);
  if (!sendFiles) return null;
  return (
    <>
      <button type="button" class="side-button" onClick={() => input.current?.click()}>
        {w.drop.choose}
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        multiple
        hidden
        aria-label={w.drop.choose}
        onChange={({ currentTarget }) => {
          sendFiles([...(currentTarget.files ?? [])]);
          // The same file chosen again is sent again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

async function outcomeOf(file: File, tooBig: string): Promise<FindingsOutcome> {
  if (file.size > LARGEST_BYTES) return { outcome: 'refused', reason: tooBig };
  try {
    return await send<FindingsOutcome>('/api/findings', await file.text());
  } catch (error) {
    return { outcome: 'refused', reason: problemOf(error) };
  }
}

/** @returns whether files are being dragged over the page */
function useDrop(take: SendFiles): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    // Entering a child comes before leaving its parent: the depth tells when the page itself is left.
    let depth = 0;
    const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    };
    // Without these two the browser would leave the page and show the file.
    const hover = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('dragenter', enter, { signal });
    addEventListener('dragleave', leave, { signal });
    addEventListener('dragover', hover, { signal });
    addEventListener('drop', drop, { signal });
    return () => listening.abort();
  }, []);
  return over;
}
