import { drawUsage } from '../../../../blocks/cards/answers';
import type { FrontBot } from '../../../composition';
import type { AccountJob } from '../../../jobs/account';
import { accountArgument } from '../account';
import { queueList } from '../queue-list';
import type { Subcommand, Typed } from '../subcommand';

/** Queues the account's card for whoever asked; it comes through the response URL. */
export async function queueAccount(
  typed: Pick<Typed, 'user' | 'triggerId' | 'responseUrl'>,
  bot: FrontBot,
  which: Pick<AccountJob, 'account'>,
): Promise<void> {
  await queueList('account', typed, bot, which);
}

export const showAccount: Subcommand = {
  name: 'show',
  usage: '/secops account show ACCOUNT',
  about: {
    ja: 'アカウントの登録内容と、未対応の依頼の数を表示します。',
    en: 'What is registered of an account, such as owner and channel, and how many requests are open.',
  },
  async execute(typed, bot) {
    const usage = (account: string) => `/secops account show ${account}`;
    const found = await accountArgument(typed.args, usage, typed, bot);
    if ('answer' in found) return found.answer;
    if (found.account === undefined) return drawUsage([showAccount], typed.language);
    await queueAccount(typed, bot, { account: found.account });
    return undefined;
  },
};
