import { WrongUsage } from './wrong-usage';

/** What becomes of a command that fails. */
export interface Ending {
  readonly usage: string;
  /** What went wrong, in words for whoever typed the command. */
  readonly faceOf: (error: unknown) => string;
  /** Exit code of a failure; 1 when left out. That of wrong usage is always 2. */
  readonly failed?: number;
}

/** Runs a command with the arguments of this process, and ends the process with its exit code. */
export function runToEnd(
  main: (args: readonly string[]) => Promise<number>,
  { usage, faceOf, failed = 1 }: Ending,
): void {
  main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      if (error instanceof WrongUsage) {
        console.error(`${error.message}\n\n${usage}`);
        process.exit(2);
      }
      console.error(faceOf(error));
      process.exit(failed);
    },
  );
}
