import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { drawBulkRefused } from '../../../blocks/modals/bulk';
import { drawProblem } from '../../../blocks/modals/problem';
import { readBulkTerms } from '../../../blocks/modals/read-bulk';
import { ruleSuppressMany } from '../../../src/access';
import { principal } from '../../../src/accounts';
import type { FrontBot } from '../../composition';
import { bulkItems } from '../bulk-choices';
import { bulkProposal } from '../bulk-proposal';
import { guarded } from '../guarded';
import { noteDenial } from '../note-denial';

/** Several requests are to be suppressed: checked, ruled on, and queued as one change. */
export const submitBulkTerms =
  (bot: FrontBot) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const user = principal(body.user.id);
    if (user === undefined) return ack();
    const { name } = body.user;
    const language = bot.knownLanguageOf(user);
    const show = (next: ModalView) => ack({ response_action: 'update', view: next });
    await guarded(
      bot,
      user,
      async () => {
        const read = readBulkTerms(view, language);
        if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
        const { wish } = read;
        const items = await bulkItems(wish.requests, user, language, bot);
        const ruling = ruleSuppressMany(items, wish.days, bot.config.access);
        if (ruling === undefined) return show(drawProblem({ kind: 'outcome', outcome: 'gone' }, language));
        if (ruling.effect === 'deny') {
          const [ref = ''] = wish.requests;
          await noteDenial({ user, name, kind: 'suppress-many', ref, ruling }, bot);
          return show(drawBulkRefused(ruling, [], language));
        }
        await bot.ports.queues.change(bulkProposal(view.id, { id: user, name }, wish, bot.ports.now()));
        return ack();
      },
      (reference) => show(drawProblem({ kind: 'failure', reference }, language)),
    );
  };
