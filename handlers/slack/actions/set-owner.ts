import type { WebClient } from '@slack/web-api';
import { drawClaim } from '../../../blocks/modals/claim';
import { drawOwner } from '../../../blocks/modals/owner';
import { accountId } from '../../../src/accounts';
import type { FrontBot } from '../../composition';
import { ownerOffer } from '../../owner-offer';
import { openModal } from '../modal';
import { noteDenial } from '../note-denial';
import { type Press, replyTo } from '../press';

/** "Set the owner…": whoever may set it gets the dialog; anybody else may claim an account that nobody answers for. */
export const openOwner = (client: WebClient) => (press: Press, bot: FrontBot) =>
  openModal(press, bot, client, async (language) => {
    const id = accountId(press.value);
    if (id === undefined) return undefined;
    const account = bot.accounts.lookup(id);
    const offer = await ownerOffer(press.user, account, bot);
    const reply = replyTo(press);
    switch (offer.may) {
      case 'set':
        return drawOwner(
          { account, groups: await bot.directory.groups(), ...(reply && { replyTo: reply }) },
          language,
        );
      case 'claim':
        return drawClaim({ account, ruling: offer.ruling, ...(reply && { replyTo: reply }) }, language);
      case 'nothing': {
        const { kind, ruling, ask } = offer.refusal;
        await noteDenial({ ...press, kind, ref: id, account: id, ruling }, bot);
        return { refused: { kind: 'ruling', ruling, ask } };
      }
    }
  });
