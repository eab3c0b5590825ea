import { type Account, isUserGroup, type Principal } from '../accounts';
import type { Person, Slack, Standing, UserGroup } from '../slack';
import type { Asker } from './rule';
import type { Role } from './ruling';

/** Who belongs to the security team: user groups (`S…`) or single users. */
export interface SecurityTeam {
  readonly analysts: readonly Principal[];
  readonly leads: readonly Principal[];
}

/** Answers who a person is. Cached for a click, fresh when a change is applied. */
export interface Directory {
  /**
   * The person's roles towards an account.
   * @param fresh ask Slack again instead of trusting what is remembered
   */
  askerFor(person: Principal, account: Account, fresh: boolean): Promise<Asker>;
  /** The person where no account in particular matters: a member, as far as they belong to the workspace. */
  visitor(person: Principal): Promise<Asker>;
  /** The person's locale (`ja-JP`) when Slack has told it lately. */
  localeOf(person: Principal): Promise<string | undefined>;
  /** The same from what is remembered; asks nobody. */
  knownLocaleOf(person: Principal): string | undefined;
  /** The person and the user groups known here that the person is in: by these, accounts are theirs. */
  principalsOf(person: Principal, groups: readonly Principal[]): Promise<readonly Principal[]>;
  /** The user groups of the workspace, as they were a minute ago at most. */
  groups(): Promise<readonly UserGroup[]>;
}

const MEMBERS_FOR_MS = 60_000;
/** Long enough for a burst of clicks: who changes their language is answered in it soon. */
const PERSON_FOR_MS = 15_000;

interface Remembered<T> {
  readonly value: T;
  readonly until: number;
}

/** Remembers what Slack says for a short while; two askers at once share one call. */
function remembering<T>(
  load: (key: string) => Promise<T>,
  forMs: number,
  now: () => Date,
): { ask: (key: string, fresh: boolean) => Promise<T>; known: (key: string) => T | undefined } {
  const known = new Map<string, Remembered<T>>();
  const underWay = new Map<string, Promise<T>>();
  const ask = async (key: string, fresh: boolean): Promise<T> => {
    const remembered = known.get(key);
    if (!fresh && remembered && remembered.until > now().getTime()) return remembered.value;
    const pending = fresh ? undefined : underWay.get(key);
    if (pending) return pending;
    const asking = load(key).finally(() => underWay.delete(key));
    underWay.set(key, asking);
    const value = await asking;
    if (known.size > 5_000) known.clear();
    known.set(key, { value, until: now().getTime() + forMs });
    return value;
  };
  return { ask, known: (key) => known.get(key)?.value };
}

/** Whom Slack does not know does not belong here. */
const standingOf = (person: Person | undefined): Standing => person?.standing ?? 'outsider';

export function slackDirectory(slack: Slack, team: SecurityTeam, now: () => Date): Directory {
  const person = remembering((id) => slack.person(id), PERSON_FOR_MS, now);
  const members = remembering((group) => slack.groupMembers(group), MEMBERS_FOR_MS, now);

  const groups = remembering(() => slack.groups(), MEMBERS_FOR_MS, now);

  const among = async (id: Principal, principals: readonly Principal[], fresh: boolean) => {
    if (principals.includes(id)) return true;
    const groups = await Promise.all(
      principals.filter(isUserGroup).map((group) => members.ask(group, fresh)),
    );
    return groups.some((list) => list.includes(id));
  };

  return {
    async askerFor(id, account, fresh) {
      const mine = [account.owner, account.deputy].filter((other) => other !== undefined);
      const [known, owner, analyst, lead] = await Promise.all([
        person.ask(id, fresh),
        among(id, mine, fresh),
        among(id, team.analysts, fresh),
        among(id, team.leads, fresh),
      ]);
      const roles: Role[] = ['member'];
      if (owner) roles.push('owner');
      if (analyst) roles.push('analyst');
      if (lead) roles.push('lead');
      return { id, roles, standing: standingOf(known) };
    },
    async visitor(id) {
      return { id, roles: ['member'], standing: standingOf(await person.ask(id, false)) };
    },
    async localeOf(id) {
      return (await person.ask(id, false))?.locale;
    },
    groups: () => groups.ask('all', false),
    knownLocaleOf: (id) => person.known(id)?.locale,
    async principalsOf(id, known) {
      const wanted = new Set(known.filter(isUserGroup));
      if (wanted.size === 0) return [id];
      // One call for all: of each group by itself Slack would be asked hundreds of times, and answers 20 a minute.
      const all = await groups.ask('all', false);
      const theirs = all.filter((group) => wanted.has(group.id) && group.members.includes(id));
      return [id, ...theirs.map((group) => group.id)];
    },
  };
}
