import type { ListedRequest } from '../../blocks/cards/answers';
import type { Language } from '../../src/playbooks';
import type { Request } from '../../src/requests';
import type { Bot } from '../composition';
import { cardLink } from './card-link';

/** A request as lists show it, with the address of its card. */
export async function listedRequest(request: Request, language: Language, bot: Bot): Promise<ListedRequest> {
  const { summary, card } = request;
  return {
    title: bot.views.playbooks(request.control)?.text[language].title ?? summary?.title ?? request.control,
    severity: summary?.severity ?? 'MEDIUM',
    account: bot.intake.accounts(request.account),
    open: summary?.open ?? 0,
    ...(summary?.due !== undefined && { due: summary.due }),
    overdue: summary?.due !== undefined && Date.parse(summary.due) <= bot.ports.now().getTime(),
    ...(await cardLink(card, bot)),
  };
}
