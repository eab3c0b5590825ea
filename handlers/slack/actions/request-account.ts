import type { WebClient } from '@slack/web-api';
import type { FrontBot } from '../../composition';
import { accountForm } from '../account-form';
import { openModal } from '../modal';
import type { Press } from '../press';

/** "Request an account…": opens the form. */
export const openRequestAccount =
  (client: WebClient) =>
  async (press: Press, bot: FrontBot): Promise<void> =>
    openModal(press, bot, client, (language) => accountForm(press, bot, language));
