import { drawUsage } from '../../../../blocks/cards/answers';
import type { Subcommand } from '../subcommand';
import { listAccounts } from './list';
import { registerAccount } from './register';
import { requestAccount } from './request';
import { showAccount } from './show';

/** What `/secops account` can do, in the order in which its usage shows them. */
const SUBCOMMANDS: readonly Subcommand[] = [listAccounts, showAccount, requestAccount, registerAccount];

export const accountCommand: Subcommand = {
  name: 'account',
  usage: '/secops account list | show ACCOUNT | request | register ACCOUNT',
  about: {
    ja: 'アカウントの一覧と登録内容を表示し、新しいアカウントの申請と、すでにあるアカウントの登録を行います。',
    en: 'The list of accounts, what is registered of one, a form for a new one, and a dialog to register an existing one.',
  },
  async execute({ args: [name = '', ...args], ...typed }, bot) {
    const subcommand = SUBCOMMANDS.find((known) => known.name === name.toLowerCase());
    return subcommand ? subcommand.execute({ ...typed, args }, bot) : drawUsage(SUBCOMMANDS, typed.language);
  },
};
