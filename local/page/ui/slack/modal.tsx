import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isJson, type Json, textIn } from '../../../slack/json';
import { Notes } from '../notes';
import type { Note } from '../store';
import { wordsOf } from '../words';
import { act } from './act';
import { Blocks } from './blocks';
import { sentFor } from './element-value';
import { type Fields, fieldKey, SurfaceProvider, useFields } from './surface';
import { Plain, useReading } from './text';
import type { View } from './view';

const FIRST_FIELD = '[data-autofocus=true], .modal-body :is(input, textarea, select)';

/** The topmost of the person's modals. The dialog stays while views in it are updated, pushed and taken away. */
export function Modal({ stack, notes }: { stack: readonly View[]; notes: readonly Note[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const { me } = useReading();
  const view = stack.at(-1);

  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing gives the focus back to whatever opened it.
    return () => shown?.close();
  }, []);

  if (!view) return null;
  return (
    <dialog
      ref={dialog}
      class="modal"
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        void act(me, 'close', {});
      }}
    >
      <ViewForm key={view.id} view={view} depth={stack.length} titleId={title} />
      <Notes notes={notes} />
    </dialog>
  );
}

function ViewForm({ view, depth, titleId }: { view: View; depth: number; titleId: string }) {
  const { me, language } = useReading();
  const w = wordsOf(language);
  const filled = useFields();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFocus(form, view);

  const close = (all: boolean) => void act(me, 'close', { all });
  const submit = async () => {
    if (isBusy) return;
    setBusy(true);
    const seen = await act(me, 'submit', { values: valuesOf(view, filled.fields) });
    setBusy(false);
    const [wrong] = Object.keys(isJson(seen?.['errors']) ? seen['errors'] : {});
    if (wrong !== undefined) setTimeout(() => focusWrong(form.current), 60);
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (view.submit !== '') void submit();
      }}
    >
      <header class="modal-head">
        {depth > 1 && (
          <button type="button" class="button icon" aria-label={w.back} onClick={() => close(false)}>
            <span aria-hidden="true">‹</span>
          </button>
        )}
        <h2 id={titleId} tabIndex={-1}>
          <Plain text={view.title} />
        </h2>
        <button type="button" class="button icon" aria-label={w.close} onClick={() => close(depth > 1)}>
          <span aria-hidden="true">×</span>
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <section class="modal-body" tabIndex={0} aria-labelledby={titleId}>
        <SurfaceProvider
          value={{
            spot: { surface: 'modal' },
            blocks: view.blocks,
            values: view.values,
            errors: view.errors,
            ...filled,
          }}
        >
          <Blocks blocks={view.blocks} />
        </SurfaceProvider>
      </section>
      <footer class="modal-foot">
        <button type="button" class="button" onClick={() => close(false)}>
          <Plain text={view.close || w.cancel} />
        </button>
        {view.submit !== '' && (
          <button type="submit" class={`button primary${isBusy ? ' busy' : ''}`} aria-busy={isBusy}>
            <Plain text={view.submit} />
          </button>
        )}
      </footer>
    </form>
  );
}

/** The first field has the focus as soon as there is one: views often open with nothing but a notice that they load. */
function useFocus(form: { readonly current: HTMLFormElement | null }, { hash }: View): void {
  const isPlaced = useRef(false);
  useEffect(() => {
    if (isPlaced.current) return;
    const first = form.current?.querySelector<HTMLElement>(FIRST_FIELD);
    const opening = first ?? form.current?.querySelector<HTMLElement>('h2');
    isPlaced.current = first !== null && first !== undefined;
    opening?.focus();
  }, [form, hash]);
}

function focusWrong(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('.wrong :is(input, textarea, button)')?.focus();
}

/** What was filled in here, by input block. What opened with the view is known to the stand-in. */
function valuesOf(view: View, fields: Fields): Json {
  const values: Json = {};
  for (const block of view.blocks) {
    const { element } = block;
    if (block['type'] !== 'input' || !isJson(element)) continue;
    const blockId = textIn(block['block_id']);
    const held = fields[fieldKey(blockId, textIn(element['action_id']))];
    if (held) values[blockId] = sentFor(textIn(element['type']), held);
  }
  return values;
}
