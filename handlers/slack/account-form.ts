import type { ModalView } from '@slack/types';
import { drawRequestAccount } from '../../blocks/modals/request-account';
import type { Language } from '../../src/playbooks';
import { requestRulings } from '../account-rights';
import type { FrontBot } from '../composition';
import { noteDenial } from './note-denial';
import type { Press, Refused } from './press';

/** The form for a new account, or what to tell somebody who may ask for none of any kind. */
export async function accountForm(
  { user, name }: Pick<Press, 'user' | 'name'>,
  bot: FrontBot,
  language: Language,
): Promise<ModalView | Refused> {
  const rulings = await requestRulings(user, bot);
  const { production, 'non-production': other } = rulings;
  if (production.effect === 'deny' && other.effect === 'deny') {
    await noteDenial({ user, name, kind: 'request-account', ref: 'account request', ruling: other }, bot);
    return { refused: { kind: 'ruling', ruling: other, ask: [] } };
  }
  return drawRequestAccount({ asker: user, form: bot.config.accountForm, rulings }, language);
}
