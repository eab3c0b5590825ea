import type { WebClient } from '@slack/web-api';
import { drawAccountsCsv } from '../../../blocks/modals/accounts-csv';
import { rule } from '../../../src/access';
import { ANY_ACCOUNT } from '../../../src/policy';
import { ownerlessAccounts, unregisteredAccounts, writeAccountsCsv } from '../../../src/registry';
import type { FrontBot } from '../../composition';
import { openModal } from '../modal';
import { noteDenial } from '../note-denial';
import type { Press } from '../press';

/** "CSV to fill in…": every account that nobody answers for, or that nobody has registered, as an import reads it. */
export const openAccountsCsv = (client: WebClient) => (press: Press, bot: FrontBot) =>
  openModal(press, bot, client, async (language) => {
    const asker = await bot.directory.askerFor(press.user, bot.accounts.lookup(ANY_ACCOUNT), false);
    const ruling = rule(asker, { kind: 'register-account', severity: 'LOW' }, bot.config.access);
    if (ruling.effect === 'deny') {
      await noteDenial({ ...press, kind: 'register-account', ref: press.value, ruling }, bot);
      return { refused: { kind: 'ruling', ruling, ask: [] } };
    }
    const unregistered = await unregisteredAccounts(bot.accountList);
    const rows = [
      ...ownerlessAccounts(bot.accounts.list()),
      ...unregistered.map(({ account }) => ({ id: account })),
    ];
    return drawAccountsCsv(writeAccountsCsv(rows), language);
  });
