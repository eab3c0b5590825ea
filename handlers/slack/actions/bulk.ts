import type { WebClient } from '@slack/web-api';
import { drawBulk, fitsBulk } from '../../../blocks/modals/bulk';
import { accountId } from '../../../src/accounts';
import type { FrontBot } from '../../composition';
import { refusedToLook } from '../../refused-to-look';
import { requestsFor } from '../../requests-for';
import { bulkChoice } from '../bulk-choices';
import { openModal } from '../modal';
import type { Press } from '../press';

/** "Suppress several…": asks which of the listed requests; the button's value is the account of a list of one. */
export const openBulk = (client: WebClient) => async (press: Press, bot: FrontBot) =>
  openModal(press, bot, client, async (language) => {
    const ruling = await refusedToLook(press.user, bot);
    if (ruling) return { refused: { kind: 'ruling', ruling, ask: [] } };
    const { all } = await requestsFor(press.user, accountId(press.value), bot);
    const choices = all.flatMap((request) => bulkChoice(request, language, bot) ?? []);
    const { channel } = press;
    return drawBulk(
      choices.filter(({ ref }) => fitsBulk(ref)),
      { ...(channel !== undefined && { channel }) },
      language,
    );
  });
