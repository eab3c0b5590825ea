import { parseArgs } from 'node:util';
import { WrongUsage } from './wrong-usage';

/** Which bot a command works with: the deployed one of a settings file, or else the one here. */
export interface WhichBot {
  /** Path of the file that `npm run deploy` was given. */
  readonly settings: string | undefined;
}

/** Said under the usage of every command that works with a bot. */
export const SETTINGS_USAGE = `--settings FILE  Works with the deployed bot of this settings file (that of npm run deploy), with your AWS credentials and
                 a role of the stack.`;

/** Takes `--settings FILE` out of the arguments, wherever it stands: each command knows the rest. */
export function whichBot(given: readonly string[]): {
  readonly bot: WhichBot;
  readonly args: readonly string[];
} {
  const { tokens } = parseArgs({
    args: [...given],
    options: { settings: { type: 'string' } },
    strict: false,
    tokens: true,
  });
  const taken = new Set<number>();
  let settings: string | undefined;
  for (const token of tokens) {
    if (token.kind !== 'option' || token.name !== 'settings') continue;
    if (settings !== undefined) throw new WrongUsage('--settings stands there twice.');
    settings = token.value;
    if (!settings || settings.startsWith('-')) throw new WrongUsage('--settings: name the settings file.');
    taken.add(token.index);
    if (!token.inlineValue) taken.add(token.index + 1);
  }
  return { bot: { settings }, args: given.filter((_, at) => !taken.has(at)) };
}
