import { ConfigError } from '../config';
import type { Log } from '../log';
import type { Playbooks } from './load-playbooks';

/**
 * Playbooks for a bot at work: one that cannot be read is as if nobody had written it, and the log says so once. A card is
 * worth more than its playbook, and a deployment has read them all before.
 */
export function tolerantPlaybooks(playbooks: Playbooks, warn: Log['warn']): Playbooks {
  const told = new Set<string>();
  const unlessWrong = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      if (!told.has(error.message)) warn('a playbook cannot be read; cards do without it', { error });
      told.add(error.message);
      return otherwise;
    }
  };
  const lookup: Playbooks['lookup'] = (control) => unlessWrong(() => playbooks.lookup(control), undefined);
  return {
    lookup,
    threat: (type) => unlessWrong(() => playbooks.threat(type), undefined),
    controls: playbooks.controls,
    all: () => playbooks.controls().flatMap((control) => lookup(control) ?? []),
    allThreats: () => unlessWrong(playbooks.allThreats, []),
  };
}
