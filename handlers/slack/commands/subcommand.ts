import type { ModalView } from '@slack/types';
import type { Subcommand as Described } from '../../../blocks/cards/answers';
import type { Message } from '../../../blocks/kit';
import type { Principal } from '../../../src/accounts';
import type { Language } from '../../../src/playbooks';
import type { FrontBot } from '../../composition';

/** What was typed behind `/secops NAME`, and by whom. */
export interface Typed {
  readonly user: Principal;
  /** The same person, for readers outside Slack. */
  readonly name: string;
  /** Where it was typed. */
  readonly channel: string;
  readonly args: readonly string[];
  readonly language: Language;
  readonly triggerId: string;
  readonly responseUrl: string;
  /** Opens a dialog; before the command's three seconds are over. */
  readonly open: (view: ModalView) => Promise<unknown>;
}

/** One command of `/secops`; `help` is made from the register of them. */
export interface Subcommand extends Described {
  /** The answer at once, or undefined when a job will answer. */
  execute(typed: Typed, bot: FrontBot): Promise<Message | undefined>;
}
