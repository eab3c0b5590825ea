import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { drawLoading } from '../../blocks/modals/loading';
import { drawProblem } from '../../blocks/modals/problem';
import type { Language } from '../../src/playbooks';
import type { FrontBot } from '../composition';
import { guarded } from './guarded';
import type { Press, Refused } from './press';

/**
 * Opens a modal at once, because its trigger lives three seconds, and fills it when its content has been read.
 * @param content undefined when what it is about is gone; what to say instead when it may not be shown
 */
export async function openModal(
  press: Press,
  bot: FrontBot,
  client: WebClient,
  content: (language: Language) => Promise<ModalView | Refused | undefined>,
): Promise<void> {
  const opened = await client.views.open({
    trigger_id: press.triggerId,
    view: drawLoading(bot.knownLanguageOf(press.user)),
  });
  const id = opened.view?.id ?? '';
  const fill = (view: ModalView) => client.views.update({ view_id: id, view });
  await guarded(
    bot,
    press.user,
    async () => {
      const language = await bot.languageOf(press.user);
      const shown = (await content(language)) ?? { refused: { kind: 'outcome', outcome: 'gone' } };
      await fill('refused' in shown ? drawProblem(shown.refused, language) : shown);
    },
    (reference) => fill(drawProblem({ kind: 'failure', reference }, bot.knownLanguageOf(press.user))),
  );
}
