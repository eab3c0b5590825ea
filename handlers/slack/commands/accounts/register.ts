import { drawAnswer, drawUsage } from '../../../../blocks/cards/answers';
import { drawRegisterAccount } from '../../../../blocks/modals/enter-account';
import { isTaken } from '../../../../src/account-requests';
import { accountId } from '../../../../src/accounts';
import { checkRegistration } from '../../check-registration';
import { accountArgument } from '../account';
import type { Subcommand } from '../subcommand';

/** Opens the dialog that takes an existing account into the register. */
export const registerAccount: Subcommand = {
  name: 'register',
  usage: '/secops account register ACCOUNT',
  about: {
    ja: 'すでにあるアカウントを、12 桁の ID か名前を指定して登録します。',
    en: 'Registers an existing account, by the twelve digits of its id or its name.',
  },
  async execute(typed, bot) {
    const { args, user, name, language } = typed;
    const usage = (account: string) => `/secops account register ${account}`;
    // An account that nobody has heard of yet has no other name than its id.
    const typedId = accountId(args.join(''));
    const found = typedId ? { account: typedId } : await accountArgument(args, usage, typed, bot);
    if ('answer' in found) return found.answer;
    const id = accountId(found.account ?? '');
    if (id === undefined) return drawUsage([registerAccount], language);
    const refused = await checkRegistration({ user, name }, usage(id), id, bot);
    if (refused) return drawAnswer(refused.refused, language);
    const account = bot.accounts.lookup(id);
    if (isTaken(account)) return drawAnswer({ kind: 'registering', outcome: 'registered' }, language);
    await typed.open(drawRegisterAccount(account, language));
    return undefined;
  },
};
