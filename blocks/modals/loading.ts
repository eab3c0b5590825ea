import type { ModalView } from '@slack/types';
import type { Language } from '../../src/playbooks';
import { CALLBACKS } from '../ids';
import { modal, section } from '../kit';
import { words } from '../words';

/** Opened at once, before anything is read, because a trigger lives three seconds; then updated. */
export function drawLoading(language: Language): ModalView {
  const w = words(language);
  return modal({
    callback: CALLBACKS.loading,
    title: w.loading.title,
    close: w.close,
    blocks: [section(w.loading.text)],
  });
}
