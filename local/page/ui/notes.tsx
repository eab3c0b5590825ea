import { dismiss, type Note, words } from './store';

/** What the page has to say by itself: failures stay until they are dismissed. */
export function Notes({ notes }: { notes: readonly Note[] }) {
  const w = words();
  return (
    <div class="notes">
      {notes.map(({ key, kind, text, detail }) => (
        <div key={key} class={`note ${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
          <span aria-hidden="true">{kind === 'problem' ? '⚠' : '✓'}</span>
          <div>
            <p>{text}</p>
            {detail !== undefined && <p class="detail">{detail}</p>}
          </div>
          <button type="button" class="button icon" aria-label={w.dismiss} onClick={() => dismiss(key)}>
            <span aria-hidden="true">×</span>
          </button>
        </div>
      ))}
    </div>
  );
}
