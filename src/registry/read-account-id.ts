import { type AccountId, accountId } from '../accounts';

/** A value as it was meant, or what is wrong with it and what to do. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

const AS_TEXT = 'format the column as text and enter the ids again';

/** What spreadsheets make of twelve digits, each with the words for it. What has been lost is never guessed. */
const MANGLED: readonly { readonly pattern: RegExp; readonly problem: (text: string) => string }[] = [
  {
    pattern: /^\d+(?:[.,]\d+)?E[+-]?\d+$/i,
    problem: (text) => `${text}: a spreadsheet has rounded the number and lost its last digits; ${AS_TEXT}`,
  },
  {
    pattern: /^\d{4,}[.,]0+$/,
    problem: (text) => `${text}: a spreadsheet has read the id as a number with decimals; ${AS_TEXT}`,
  },
  {
    pattern: /^\d{1,3}(?:[.,' ]\d{3})+(?:[.,]0+)?$/,
    problem: (text) => `${text}: a spreadsheet has put separators between the thousands; ${AS_TEXT}`,
  },
  {
    pattern: /^\d{6,11}$/,
    problem: (text) =>
      `${text} has ${text.length} digits: a spreadsheet has dropped leading zeros; format the column as text`,
  },
  {
    pattern: /^\d+$/,
    problem: (text) =>
      `${text} has ${text.length === 1 ? '1 digit' : `${text.length} digits`}; an account id has twelve`,
  },
];

/** Twelve digits as the AWS console writes them. */
const GROUPED = /^\d{4}-\d{4}-\d{4}$/;

/** A cell without what spreadsheets put around a number that is to stay as it is. */
function bare(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[\u200B-\u200D\u2060\uFEFF]/gu, '')
    .trim()
    .replace(/^="(.*)"$/u, '$1')
    .replace(/^'/u, '')
    .trim();
}

/** True when a cell was meant as an account id, whole or mangled. */
export function isLikeAccountId(cell: string): boolean {
  const text = bare(cell);
  return (
    accountId(text) !== undefined || GROUPED.test(text) || MANGLED.some(({ pattern }) => pattern.test(text))
  );
}

/** The account id in a cell. Full-width digits and the console's groups of four are understood. */
export function readAccountId(cell: string): Read<AccountId> {
  const text = bare(cell);
  const id = accountId(GROUPED.test(text) ? text.replaceAll('-', '') : text);
  if (id) return { value: id };
  if (text === '') return { problem: 'the account id is missing' };
  const mangled = MANGLED.find(({ pattern }) => pattern.test(text));
  return { problem: mangled ? mangled.problem(text) : `"${text}" is no account id; write its twelve digits` };
}
