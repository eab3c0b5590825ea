import type { ModalView } from '@slack/types';
import type { Change } from '../../src/changes';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { input, LIMITS, modal, plain, section } from '../kit';
import { addressed, kindName } from '../phrases';
import { words } from '../words';

/** Characters that the reason of a denial must and may have. */
export const DENIAL_LENGTH = { min: 5, max: 500 } as const;

/** Asks why a change is denied; the view keeps its id as its metadata. */
export function drawDeny(change: Pick<Change, 'id' | 'kind' | 'actor'>, language: Language): ModalView {
  const w = words(language);
  const { approval: said } = w;
  return modal({
    callback: CALLBACKS.deny,
    title: said.denyTitle,
    close: w.suppress.cancel,
    submit: said.denySubmit,
    metadata: change.id,
    blocks: [
      section(said.denyAbout(kindName(change.kind, w), addressed(change.actor.id, w))),
      input(
        BLOCKS.denyReason,
        said.denyReason,
        {
          type: 'plain_text_input',
          action_id: ACTIONS.denyReason,
          multiline: true,
          min_length: DENIAL_LENGTH.min,
          max_length: DENIAL_LENGTH.max,
          placeholder: plain(said.denyPlaceholder, LIMITS.placeholder),
        },
        { hint: said.denyHint },
      ),
    ],
  });
}
