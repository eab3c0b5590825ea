import { type AccountForm, AccountWish, TEXT_LENGTH } from '../../src/account-requests';
import { ACCOUNT_KINDS, principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS } from '../ids';
import { type Words, words } from '../words';
import { givenLine, givenText } from './account-inputs';
import type { SubmittedView } from './read-suppress';

export type AccountWishInput =
  | { readonly ok: true; readonly wish: AccountWish }
  /** Messages by block id, as `response_action: errors` wants them. */
  | { readonly ok: false; readonly errors: Record<string, string> };

/** What `AccountWish` finds wrong, by the input in which it stands. */
const FIELDS: Readonly<Record<string, readonly [block: string, error: keyof Words['newAccount']['errors']]>> =
  {
    name: [BLOCKS.accountName, 'name'],
    kind: [BLOCKS.accountKind, 'kind'],
    purpose: [BLOCKS.purpose, 'purpose'],
    owner: [BLOCKS.ownerPerson, 'owner'],
    deputy: [BLOCKS.deputyPerson, 'owner'],
    project: [BLOCKS.accountProject, 'project'],
    mail: [BLOCKS.accountMail, 'mail'],
    channel: [BLOCKS.ownerChannel, 'option'],
    newChannel: [BLOCKS.newChannel, 'newChannel'],
  };

/**
 * Reads the form for a new account. Whether the address is free and the people are there is for others to say.
 * @param language the person's, for the messages
 */
export function readRequestAccount(
  view: Pick<SubmittedView, 'state'>,
  form: AccountForm,
  language: Language,
): AccountWishInput {
  const w = words(language);
  const { errors: said } = w.newAccount;
  const line = (block: string, action: string) => givenLine(view, block, action);
  const errors: Record<string, string> = {};

  // A group, if one is chosen, is the owner: the person stands there already when the form opens.
  const group = line(BLOCKS.ownerGroup, ACTIONS.ownerGroup);
  const channel = line(BLOCKS.ownerChannel, ACTIONS.ownerChannel);
  const newChannel = line(BLOCKS.newChannel, ACTIONS.newChannel)?.replace(/^#/u, '');
  if (channel !== undefined && newChannel !== undefined) errors[BLOCKS.newChannel] = said.twoChannels;
  const cost = givenText(view, BLOCKS.cost, ACTIONS.cost);
  if ((cost?.length ?? 0) > TEXT_LENGTH) errors[BLOCKS.cost] = said.text(TEXT_LENGTH);
  const fields = ownFields(view, form, errors, w);

  const parsed = AccountWish.safeParse({
    name: line(BLOCKS.accountName, ACTIONS.accountName),
    kind: ACCOUNT_KINDS.find((kind) => kind === line(BLOCKS.accountKind, ACTIONS.accountKind)),
    purpose: givenText(view, BLOCKS.purpose, ACTIONS.purpose),
    owner: principal(group ?? '') ?? line(BLOCKS.ownerPerson, ACTIONS.ownerPerson),
    deputy: line(BLOCKS.deputyPerson, ACTIONS.deputyPerson),
    project: line(BLOCKS.accountProject, ACTIONS.accountProject),
    mail: line(BLOCKS.accountMail, ACTIONS.accountMail),
    channel,
    newChannel,
    ...(cost !== undefined && cost.length <= TEXT_LENGTH && { cost }),
    fields,
  });
  for (const { path } of parsed.error?.issues ?? []) {
    const [block, error] = FIELDS[String(path[0])] ?? [BLOCKS.accountName, 'name'];
    const text = said[error];
    if (typeof text === 'string') errors[block] ??= text;
  }
  return parsed.success && Object.keys(errors).length === 0
    ? { ok: true, wish: parsed.data }
    : { ok: false, errors };
}

function ownFields(
  view: Pick<SubmittedView, 'state'>,
  { fields }: AccountForm,
  errors: Record<string, string>,
  w: Words,
): Record<string, string> {
  const { errors: said } = w.newAccount;
  const found: Record<string, string> = {};
  for (const { id, type, required, options } of fields) {
    const block = `${BLOCKS.formField}:${id}`;
    const given = givenText(view, block, ACTIONS.formField);
    const value = given !== undefined && type === 'select' ? options[Number(given)] : given;
    if (given === undefined) {
      if (required) errors[block] = said.required;
    } else if (value === undefined) errors[block] = said.option;
    else if (value.length > TEXT_LENGTH) errors[block] = said.text(TEXT_LENGTH);
    else found[id] = value;
  }
  return found;
}
