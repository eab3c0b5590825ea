import type { BulkChoice } from '../../blocks/modals/bulk';
import type { SuppressAmong } from '../../src/access';
import type { Principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { parseRequestRef, type Request, requestRef } from '../../src/requests';
import { nameOfOne } from '../../src/suppressions';
import type { FrontBot } from '../composition';

/** An open request of those that are to be suppressed together, and who asks towards its account. */
export interface BulkItem extends SuppressAmong {
  readonly choice: BulkChoice;
}

/** A request as the dialog shows it; undefined when nothing of it is open, or it is a threat. */
export function bulkChoice(request: Request, language: Language, bot: FrontBot): BulkChoice | undefined {
  const { summary, control, kind, phase } = request;
  if (summary === undefined || kind !== 'control' || phase !== 'open') return undefined;
  return {
    ref: requestRef(request),
    control,
    title: bot.views.playbooks(control)?.text[language].title ?? summary.title,
    severity: summary.severity,
    account: bot.intake.accounts(request.account),
    open: summary.open,
  };
}

/** Those of the chosen requests that are still open, with remembered roles; what is done meanwhile is left out. */
export async function bulkItems(
  refs: readonly string[],
  user: Principal,
  language: Language,
  bot: FrontBot,
): Promise<readonly BulkItem[]> {
  const items = await Promise.all(
    refs.map(async (ref): Promise<BulkItem | undefined> => {
      const key = parseRequestRef(ref);
      const request = key && (await bot.intake.requests.load(key));
      const choice = request && bulkChoice(request, language, bot);
      if (request === undefined || choice === undefined) return undefined;
      const account = bot.intake.accounts(request.account);
      const asker = await bot.directory.askerFor(user, account, false);
      return {
        choice,
        asker,
        severity: choice.severity,
        about: nameOfOne({ control: choice.control, account }),
      };
    }),
  );
  return items.flatMap((item) => item ?? []);
}
