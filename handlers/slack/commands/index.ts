import { nearest } from '../../../src/config';
import { accountCommand } from './accounts';
import { exceptionsCommand } from './exceptions';
import { helpCommand } from './help';
import { historyCommand } from './history';
import { ownerCommand } from './owner';
import { playbookCommand } from './playbook';
import { policyCommand } from './policy';
import { questionsCommand } from './questions';
import { rankingCommand } from './ranking';
import { requestsCommand } from './requests';
import { scoreCommand } from './score';
import type { Subcommand } from './subcommand';

/** Every command of `/secops`, in the order in which help shows them. */
export const COMMANDS: readonly Subcommand[] = [
  requestsCommand,
  scoreCommand,
  rankingCommand,
  questionsCommand,
  exceptionsCommand,
  playbookCommand,
  policyCommand,
  accountCommand,
  ownerCommand,
  historyCommand,
  helpCommand(() => COMMANDS),
];

export function findCommand(name: string): Subcommand | undefined {
  return COMMANDS.find((command) => command.name === name.toLowerCase());
}

/** Usage of the command that was probably meant. */
export function nearestUsage(name: string): string | undefined {
  const [near] = nearest(
    name,
    COMMANDS.map((command) => command.name),
  );
  return near === undefined ? undefined : findCommand(near)?.usage;
}
