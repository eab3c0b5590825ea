import type { AccountId, Principal } from '../accounts';
import type { Log } from '../log';
import { type Slack, SlackRateLimited, SlackRefused, SlackUnreachable } from '../slack';
import { noteAbsence, type Presence, peopleOf } from './note-absence';
import type { RegistryEffects } from './registry-effects';

/** What noticing who has left Slack needs. */
export interface OwnerWatchSources {
  readonly effects: RegistryEffects;
  readonly slack: Pick<Slack, 'person'>;
  readonly now: () => Date;
  readonly warn: Log['warn'];
}

/** Notices, before somebody is mentioned, that they have left Slack. */
export interface OwnerWatch {
  /**
   * Looks at the owners of these accounts. Afterwards the register names whoever answers for them now. Slack that does
   * not tell holds up nothing: everybody is looked at daily as well.
   * @returns true when somebody has left
   */
  look(accounts: readonly AccountId[]): Promise<boolean>;
}

const REMEMBERED_MS = 5 * 60_000;

/** True for somebody in Slack, false for somebody who has left or whom Slack does not know. */
export async function isPresent(who: Principal, slack: Pick<Slack, 'person'>): Promise<boolean> {
  const person = await slack.person(who);
  return person !== undefined && person.standing !== 'left';
}

/** Slack's answers are remembered for five minutes. */
export function ownerWatch({ effects, slack, now, warn }: OwnerWatchSources): OwnerWatch {
  const seen = new Map<Principal, number>();
  const isHere = async (who: Principal): Promise<Presence | undefined> => {
    const until = seen.get(who);
    if (until !== undefined && until > now().getTime()) return undefined;
    try {
      const present = await isPresent(who, slack);
      if (present) seen.set(who, now().getTime() + REMEMBERED_MS);
      return { who, present };
    } catch (error) {
      const slow = error instanceof SlackRateLimited || error instanceof SlackUnreachable;
      if (!slow && !(error instanceof SlackRefused)) throw error;
      warn('Slack does not say whether an owner is still there', { user: who, error: String(error) });
      return undefined;
    }
  };
  return {
    async look(accounts) {
      let moved = false;
      for (const id of new Set(accounts)) {
        // Whoever stands in may have left as well: at most twice, because there are two.
        for (let round = 0; round < 2; round += 1) {
          const { owner } = effects.register.lookup(id);
          const people = owner === undefined ? [] : peopleOf({ owner });
          const found = (await Promise.all(people.map(isHere))).flatMap((presence) => presence ?? []);
          const left = found.filter(({ present }) => !present);
          if (left.length === 0) break;
          await noteAbsence(id, left, now().toISOString(), effects);
          moved = true;
        }
      }
      return moved;
    },
  };
}
