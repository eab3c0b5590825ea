import { StackOutOfReach } from '../src/aws';
import { ConfigError } from '../src/config';
import { SettingsError } from '../src/settings';
import { NoBotError } from './data-access';
import { SETTINGS_USAGE, type WhichBot, whichBot } from './which-bot';
import { WrongUsage } from './wrong-usage';

/** What becomes of a command that fails. */
export interface Ending {
  readonly usage: string;
  /** What went wrong, in words for whoever typed the command; undefined where nothing more is known than the error. */
  readonly faceOf?: (error: unknown) => string | undefined;
  /** Exit code of a failure; 1 when left out. That of wrong usage is always 2. */
  readonly failed?: number;
  /** It works with no bot, and so takes no `--settings FILE`. */
  readonly alone?: true;
}

/** Errors that any command may meet, and whose message says what to do. */
const TELLING = [NoBotError, StackOutOfReach, ConfigError, SettingsError];

/**
 * Runs a command with the arguments of this process, and ends the process with its exit code. `--help` is common to all,
 * `--settings FILE` to those that work with a bot.
 */
export function runToEnd(
  main: (args: readonly string[], bot: WhichBot) => Promise<number>,
  { usage, faceOf, failed = 1, alone }: Ending,
): void {
  const whole = alone ? usage : `${usage}\n\n${SETTINGS_USAGE}`;
  const run = async (): Promise<number> => {
    const given = process.argv.slice(2);
    if (given.some((arg) => arg === '--help' || arg === '-h')) {
      console.log(whole);
      return 0;
    }
    const { bot, args } = alone ? { bot: { settings: undefined }, args: given } : whichBot(given);
    return main(args, bot);
  };
  run().then(
    (code) => process.exit(code),
    (error: unknown) => {
      if (error instanceof WrongUsage) {
        console.error(`${error.message}\n\n${whole}`);
        process.exit(2);
      }
      const telling = TELLING.some((known) => error instanceof known);
      const said = telling ? (error as Error).message : faceOf?.(error);
      console.error(said ?? `Could not do that: ${String(error)}`);
      process.exit(failed);
    },
  );
}
