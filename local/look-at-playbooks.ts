import { setImmediate as turn } from 'node:timers/promises';
import { ConfigError } from '../src/config';
import type { Playbooks } from '../src/playbooks';

/** Reads all playbooks, a file at a time beside what the bot does, and says what is wrong with those that cannot be read. */
export async function lookAtPlaybooks(playbooks: Playbooks, complain: (text: string) => void): Promise<void> {
  const reads = [
    ...playbooks.controls().map((control) => () => void playbooks.lookup(control)),
    () => void playbooks.allThreats(),
  ];
  for (const read of reads) {
    await turn();
    try {
      read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      complain(error.message);
    }
  }
}
