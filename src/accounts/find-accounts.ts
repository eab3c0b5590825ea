import { nearest } from '../config';
import { type Account, accountId } from './account';

/** An account as people look for it. */
export type Findable = Pick<Account, 'id' | 'name'>;

/** As people write a name: without regard to case, width and the kind of space. */
export function plainly(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/**
 * The accounts whose name or id holds the text: those that begin with it first, then the others, each by name.
 * @param limit how many at most
 */
export function suggestAccounts<A extends Findable>(
  text: string,
  accounts: readonly A[],
  limit: number,
): readonly A[] {
  const wanted = plainly(text);
  const ranked = accounts.flatMap((account) => {
    const name = plainly(account.name ?? '');
    const places = [name.indexOf(wanted), account.id.indexOf(wanted)].filter((place) => place >= 0);
    return places.length === 0 ? [] : [{ account, name, rank: Math.min(...places) === 0 ? 0 : 1 }];
  });
  // Nameless ones last: a name is what people recognise.
  const key = ({ name, account }: (typeof ranked)[number]) => `${name === '' ? 1 : 0}${name}|${account.id}`;
  return ranked
    .sort((a, b) => a.rank - b.rank || (key(a) < key(b) ? -1 : 1))
    .slice(0, limit)
    .map(({ account }) => account);
}

/** The accounts of the project with this name. */
export function accountsOfProject<A extends Pick<Account, 'project'>>(
  text: string,
  accounts: readonly A[],
): readonly A[] {
  const wanted = plainly(text);
  return accounts.filter(({ project }) => project !== undefined && plainly(project) === wanted);
}

/** The one account that was meant, or those that may have been. */
export type FoundAccount =
  | { readonly found: Account['id'] }
  | {
      /** `several`: more than one has this name. `unknown`: none has. */
      readonly problem: 'several' | 'unknown';
      readonly near: readonly Findable[];
    };

const NEAR = 5;

/** The account with this id (any twelve digits) or this name. A name is never guessed: what is near is offered. */
export function findAccount(text: string, accounts: readonly Findable[]): FoundAccount {
  const id = accountId(text.trim());
  if (id !== undefined) return { found: id };
  const wanted = plainly(text);
  const named = accounts.filter(({ name }) => name !== undefined && plainly(name) === wanted);
  const [only] = named;
  if (only !== undefined && named.length === 1) return { found: only.id };
  if (named.length > 1) return { problem: 'several', near: named.slice(0, NEAR) };
  const holding = wanted === '' ? [] : suggestAccounts(wanted, accounts, NEAR);
  const names = accounts.flatMap(({ name }) => name ?? []);
  const mistyped = nearest(wanted, names, NEAR).flatMap(
    (near) => accounts.find(({ name }) => name === near) ?? [],
  );
  return { problem: 'unknown', near: [...new Set([...holding, ...mistyped])].slice(0, NEAR) };
}
