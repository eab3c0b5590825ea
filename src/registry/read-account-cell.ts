import {
  ACCOUNT_KINDS,
  ACCOUNT_STATUSES,
  type AccountKind,
  type AccountStatus,
  MODES,
  type Principal,
  principal,
} from '../accounts';
import type { AccountColumn } from './account-columns';
import type { Read } from './read-account-id';

/** The member of the workspace with this mail address; undefined when there is none. */
export type PersonByMail = (mail: string) => Promise<Principal | undefined>;

export type FieldColumn = Exclude<AccountColumn, 'id'>;

const MAX_TEXT = 80;
const MAX_MAIL = 254;
const SHOWN = 60;
const MAIL = /^[^\s@<>"',;|]+@[^\s@<>"',;|]+\.[^\s@<>"',;|]+$/u;

const KIND_WORDS: Readonly<Record<string, AccountKind>> = {
  prod: 'production',
  本番: 'production',
  本番環境: 'production',
  nonproduction: 'non-production',
  nonprod: 'non-production',
  'non-prod': 'non-production',
  dev: 'non-production',
  development: 'non-production',
  test: 'non-production',
  stg: 'non-production',
  staging: 'non-production',
  本番以外: 'non-production',
  非本番: 'non-production',
  開発: 'non-production',
  開発環境: 'non-production',
  検証: 'non-production',
  検証環境: 'non-production',
};

/** AWS's own words for an account's state among them. */
const STATUS_WORDS: Readonly<Record<string, AccountStatus>> = {
  有効: 'active',
  suspended: 'closed',
  pending_closure: 'closed',
  停止: 'closed',
  閉鎖: 'closed',
  解約: 'closed',
};

const quoted = (text: string) => `"${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}"`;
const good = <T>(value: T): Read<T> => ({ value });
const bad = (problem: string): Read<never> => ({ problem });

/** Reads one of a few words, or what people say for it. */
function wordOf<Word extends string>(words: readonly Word[], others: Readonly<Record<string, Word>> = {}) {
  return (text: string): Read<Word> => {
    const plain = text.normalize('NFKC').toLowerCase();
    const word =
      words.find((known) => known === plain) ?? (Object.hasOwn(others, plain) ? others[plain] : undefined);
    return word === undefined
      ? bad(`${quoted(text)} is not known here; write one of ${words.join(', ')}`)
      : good(word);
  };
}

function textOf(text: string): Read<string> {
  if (text.length > MAX_TEXT) return bad(`${quoted(text)} is too long; write at most ${MAX_TEXT} characters`);
  return /\p{C}/u.test(text)
    ? bad(`${quoted(text)} holds characters that cannot be seen; write it anew`)
    : good(text);
}

function mailOf(text: string): Read<string> {
  const mail = text.normalize('NFKC');
  return MAIL.test(mail) && mail.length <= MAX_MAIL ? good(mail) : bad(`${quoted(text)} is no mail address`);
}

/** A channel's id, also as Slack writes it in messages. */
function channelOf(text: string): Read<string> {
  const id = /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text)?.[1] ?? text;
  return /^[CG][A-Z0-9]{2,20}$/.test(id)
    ? good(id)
    : bad(
        `${quoted(text)} is no channel id; write C… or G…, which stands at the end of the channel's details in Slack`,
      );
}

async function principalOf(text: string, personByMail: PersonByMail): Promise<Read<Principal>> {
  const id =
    /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text)?.[1] ?? /^<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text)?.[1];
  const given = principal(id ?? text);
  if (given) return good(given);
  const mail = mailOf(text);
  if ('problem' in mail) {
    return bad(`${quoted(text)} is no Slack id (U…, W…, S…) and no mail address of somebody in Slack`);
  }
  const person = await personByMail(mail.value);
  return person
    ? good(person)
    : bad(`nobody in this Slack workspace has the mail address ${quoted(mail.value)}`);
}

/** What each column takes. */
const READERS: {
  readonly [Column in FieldColumn]: (
    text: string,
    personByMail: PersonByMail,
  ) => Read<string> | Promise<Read<string>>;
} = {
  name: textOf,
  kind: wordOf(ACCOUNT_KINDS, KIND_WORDS),
  owner: principalOf,
  deputy: principalOf,
  channel: channelOf,
  project: textOf,
  mail: mailOf,
  mode: wordOf(MODES),
  status: wordOf(ACCOUNT_STATUSES, STATUS_WORDS),
};

/** What an account always has; the rest can be taken away. */
const ALWAYS: readonly FieldColumn[] = ['kind', 'status'];

/** Without the quotation mark that keeps a spreadsheet from running the text: see `writeAccountsCsv`. */
const asMeant = (text: string) => text.replace(/^'(?=[ ']*[=+\-@＝＋－＠])/u, '');

/**
 * What a cell says of an account: a value, null for a lone `-`, which takes a value away, undefined for an empty cell,
 * which leaves it as it is.
 */
export async function readAccountCell(
  column: FieldColumn,
  cell: string,
  personByMail: PersonByMail,
): Promise<Read<string | null> | undefined> {
  const text = cell.replace(/\s+/gu, ' ').trim();
  if (text === '') return undefined;
  if (text.normalize('NFKC') === '-') {
    return ALWAYS.includes(column)
      ? bad('cannot be taken away; write a value, or leave the cell empty')
      : good(null);
  }
  return READERS[column](asMeant(text), personByMail);
}
