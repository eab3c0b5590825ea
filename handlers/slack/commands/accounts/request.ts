import { drawAnswer } from '../../../../blocks/cards/answers';
import { accountForm } from '../../account-form';
import type { Subcommand } from '../subcommand';

/** Opens the form for a new account. */
export const requestAccount: Subcommand = {
  name: 'request',
  usage: '/secops account request',
  about: {
    ja: '新しい AWS アカウントを申請します。',
    en: 'Asks for a new AWS account.',
  },
  async execute(typed, bot) {
    const form = await accountForm(typed, bot, typed.language);
    if ('refused' in form) return drawAnswer(form.refused, typed.language);
    await typed.open(form);
    return undefined;
  },
};
