import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Question } from '../store';
import { wordsOf } from '../words';
import { Plain, Text, useReading, wordsIn } from './text';

/** Asks whether the person is sure, before a button or menu of the app does anything. */
export function Confirm({ question: { confirm, answer } }: { question: Question }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const w = wordsOf(useReading().language);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  const style = confirm['style'] === 'danger' ? 'danger' : 'primary';
  return (
    <dialog
      ref={dialog}
      class="modal small"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        answer(false);
      }}
    >
      <header class="modal-head">
        <h2 id={`${id}-title`}>
          <Plain text={wordsIn(confirm['title']) || w.confirmTitle} />
        </h2>
      </header>
      <div class="modal-body" id={`${id}-text`}>
        <Text object={confirm['text']} />
      </div>
      <footer class="modal-foot">
        <button type="button" class="button" onClick={() => answer(false)}>
          <Plain text={wordsIn(confirm['deny']) || w.cancel} />
        </button>
        <button type="button" class={`button ${style}`} onClick={() => answer(true)}>
          <Plain text={wordsIn(confirm['confirm']) || w.yes} />
        </button>
      </footer>
    </dialog>
  );
}
