import type { WebClient } from '@slack/web-api';
import type { Bot } from '../../composition';
import { accountForm } from '../account-form';
import { openModal } from '../modal';
import type { Press } from '../press';

/** "Request an account…": opens the form. */
export const openRequestAccount =
  (client: WebClient) =>
  async (press: Press, bot: Bot): Promise<void> =>
    openModal(press, bot, client, (language) => accountForm(press, bot, language));
