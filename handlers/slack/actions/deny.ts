import type { WebClient } from '@slack/web-api';
import { drawDeny } from '../../../blocks/modals/deny';
import type { FrontBot } from '../../composition';
import { checkApproval } from '../check-approval';
import { openModal } from '../modal';
import type { Press } from '../press';

/** "Deny…" on a change that waits: asks why. */
export const openDeny =
  (client: WebClient) =>
  async (press: Press, bot: FrontBot): Promise<void> =>
    openModal(press, bot, client, async (language) => {
      const checked = await checkApproval({ ...press, act: 'deny' }, bot);
      return 'refused' in checked ? checked : drawDeny(checked.change, language);
    });
