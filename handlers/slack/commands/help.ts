import { drawHelp } from '../../../blocks/cards/answers';
import type { Subcommand } from './subcommand';

/** @param commands all of them, help included; asked when help is */
export const helpCommand = (commands: () => readonly Subcommand[]): Subcommand => ({
  name: 'help',
  usage: '/secops help',
  about: { ja: 'コマンドの一覧を表示します。', en: 'All commands.' },
  execute: async ({ language }) => drawHelp(commands(), language),
});
