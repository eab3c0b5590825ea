import { drawPlaybook, drawPlaybooksFound } from '../../../blocks/cards/playbook';
import { findPlaybooks } from '../../../src/playbooks';
import type { FrontBot } from '../../composition';
import type { Subcommand, Typed } from './subcommand';

async function execute({ args, language }: Typed, bot: FrontBot) {
  const typed = args.join(' ');
  const found = findPlaybooks(typed, bot.playbooks);
  const [only] = found;
  return only !== undefined && found.length === 1
    ? drawPlaybook(only, language)
    : drawPlaybooksFound(typed, found, language);
}

export const playbookCommand: Subcommand = {
  name: 'playbook',
  usage: '/secops playbook CONTROL|WORD',
  about: {
    ja: 'コントロールや脅威の直し方を表示します。言葉でも探せます（例: SSH）。',
    en: 'How to fix a control or deal with a threat; a word such as SSH finds them, too.',
  },
  execute,
};
