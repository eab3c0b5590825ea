import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { BLOCKS } from '../../../blocks/ids';
import { drawBulkRefused, drawBulkTerms } from '../../../blocks/modals/bulk';
import { drawProblem } from '../../../blocks/modals/problem';
import { type BulkTarget, readBulkChoice } from '../../../blocks/modals/read-bulk';
import { words } from '../../../blocks/words';
import { suppressManyOffer } from '../../../src/access';
import { type Principal, principal } from '../../../src/accounts';
import { type Severity, worse } from '../../../src/controls';
import type { Language } from '../../../src/playbooks';
import { MOST_ISSUES } from '../../../src/suppressions';
import type { FrontBot } from '../../composition';
import { bulkItems } from '../bulk-choices';
import { guarded } from '../guarded';

/** Requests were chosen: the next page says what that takes, and asks why and for how long. */
export const submitBulk =
  (bot: FrontBot) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const user = principal(body.user.id);
    if (user === undefined) return ack();
    const language = bot.knownLanguageOf(user);
    const show = (next: ModalView) => ack({ response_action: 'update', view: next });
    await guarded(
      bot,
      user,
      async () => {
        const read = readBulkChoice(view, language);
        if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
        const next = await secondPage(read, user, language, bot);
        return 'wrong' in next
          ? ack({ response_action: 'errors', errors: { [BLOCKS.bulkRequests]: next.wrong } })
          : show(next);
      },
      (reference) => show(drawProblem({ kind: 'failure', reference }, language)),
    );
  };

/** What is asked next about those that are still open, or what is wrong with the choice. */
async function secondPage(
  { requests, channel }: BulkTarget,
  user: Principal,
  language: Language,
  bot: FrontBot,
): Promise<ModalView | { readonly wrong: string }> {
  const { errors } = words(language).bulk;
  const items = await bulkItems(requests, user, language, bot);
  if (items.length === 0) return { wrong: errors.done };
  if (items.reduce((sum, { choice }) => sum + choice.open, 0) > MOST_ISSUES) {
    return { wrong: errors.tooMuch(MOST_ISSUES) };
  }
  const { SECURITY_ANALYSTS, TIME_ZONE: timeZone } = bot.settings;
  const offer = suppressManyOffer(items, bot.config.access);
  if (offer.refused) {
    const ask = items.every(({ asker }) => asker.standing === 'member') ? SECURITY_ANALYSTS : [];
    return drawBulkRefused(offer.refused, ask, language);
  }
  const chosen = items.map(({ choice }) => choice);
  return drawBulkTerms(
    {
      target: { requests: chosen.map(({ ref }) => ref), ...(channel !== undefined && { channel }) },
      chosen,
      worst: chosen.map(({ severity }) => severity).reduce<Severity>(worse, 'INFORMATIONAL'),
      offer,
      now: bot.ports.now(),
      timeZone,
    },
    language,
  );
}
