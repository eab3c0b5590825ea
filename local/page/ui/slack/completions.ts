import type { PageLanguage, Start } from '../../api';

/** Something that the composer offers to write. */
export interface Completion {
  readonly label: string;
  readonly about: string;
  /** What is written in place of what stands between here and the caret. */
  readonly from: number;
  readonly insert: string;
  /** Whether writing it changes anything; else it only explains. */
  readonly isNew: boolean;
}

const MOST = 8;

/** Commands after `/` at the beginning, people and groups after `@`. */
export function completionsFor(
  text: string,
  caret: number,
  start: Pick<Start, 'users' | 'groups' | 'commands'>,
  language: PageLanguage,
): readonly Completion[] {
  if (text.startsWith('/') && !text.includes('\n')) return commands(text, caret, start.commands, language);
  const match = /(?:^|[\s、。「(])@([\w.-]*)$/.exec(text.slice(0, caret));
  return match ? names(match[1] ?? '', caret, start) : [];
}

function commands(
  text: string,
  caret: number,
  all: Start['commands'],
  language: PageLanguage,
): readonly Completion[] {
  const typed = text.trimEnd();
  return all.flatMap(({ usage, about }) => {
    const literal = literalOf(usage);
    const isBegun = typed === literal || typed.startsWith(`${literal} `);
    const fits = literal.startsWith(typed) || (isBegun && literal.includes(' '));
    if (!fits) return [];
    const takesMore = literal !== usage;
    const insert = isBegun ? text.slice(0, caret) : `${literal}${takesMore ? ' ' : ''}`;
    return [{ label: usage, about: about[language], from: 0, insert, isNew: !isBegun }];
  });
}

/** The words of a usage that are typed as they stand: `[…]`, `<…>` and CAPITALS are to be filled in. */
function literalOf(usage: string): string {
  const words = usage.split(' ');
  const filledIn = words.findIndex((word) => !/^\/?[a-z][a-z-]*$/.test(word));
  return (filledIn < 0 ? words : words.slice(0, filledIn)).join(' ');
}

function names(
  typed: string,
  caret: number,
  { users, groups }: Pick<Start, 'users' | 'groups'>,
): readonly Completion[] {
  const wanted = typed.toLowerCase();
  const all = [
    ...users.filter(({ deleted }) => !deleted).map(({ name, realName }) => [name, realName] as const),
    ...groups.map(({ handle, name }) => [handle, name] as const),
  ];
  return all
    .filter(
      ([name, about]) => name.toLowerCase().startsWith(wanted) || about.toLowerCase().startsWith(wanted),
    )
    .slice(0, MOST)
    .map(([name, about]) => ({
      label: `@${name}`,
      about,
      from: caret - typed.length - 1,
      insert: `@${name} `,
      isNew: true,
    }));
}
