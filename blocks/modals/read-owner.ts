import * as z from 'zod';
import {
  ACCOUNT_KINDS,
  type Account,
  type AccountId,
  accountId,
  type Principal,
  principal,
} from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { derivedId } from '../../src/store';
import { ACTIONS, BLOCKS } from '../ids';
import { cleanLine, cut } from '../kit';
import { type Words, words } from '../words';
import type { SubmittedView } from './read-suppress';

/** Characters that a name, and a project, may have. */
export const NAME_LENGTH = 80;
export const MAIL_LENGTH = 254;

/** Where whoever opened a dialog is answered. */
export interface DialogReply {
  readonly channel: string;
  readonly thread?: string | undefined;
}

/** What a dialog about an account is about: kept in the view, opaque to everybody else, checked again when sent. */
export interface OwnerTarget {
  readonly account: AccountId;
  readonly replyTo?: DialogReply | undefined;
  /** What the dialog showed: what the person left as it was is left as it is. */
  readonly shown?: Shown | undefined;
}

/** Ids as they are; of untrusted texts only a mark by which the same one is known again. */
const Shown = z.object({
  owner: z.string().optional(),
  deputy: z.string().optional(),
  channel: z.string().optional(),
  name: z.string().optional(),
  project: z.string().optional(),
  mail: z.string().optional(),
});
type Shown = z.infer<typeof Shown>;

const Target = z.object({
  account: z.string(),
  replyTo: z.object({ channel: z.string(), thread: z.string().optional() }).optional(),
  shown: Shown.optional(),
});

/** A text as its input shows it. */
export function asShown(text: string | undefined, most: number): string | undefined {
  const line = cut(cleanLine(text ?? '').trim(), most);
  return line === '' ? undefined : line;
}

const mark = (text: string | undefined, most: number): string | undefined => {
  const shown = asShown(text, most);
  return shown && derivedId(shown);
};

export function writeOwnerTarget(
  account: Account,
  replyTo: DialogReply | undefined,
  withFields: boolean,
): string {
  const { id, owner, deputy, channel, name, project, mail } = account;
  return JSON.stringify({
    account: id,
    replyTo,
    ...(withFields && {
      shown: {
        owner,
        deputy,
        channel,
        name: mark(name, NAME_LENGTH),
        project: mark(project, NAME_LENGTH),
        mail: mark(mail, MAIL_LENGTH),
      },
    }),
  });
}

/** Reads the metadata of such a dialog; undefined when they are none of ours. */
export function readOwnerTarget(metadata: string): OwnerTarget | undefined {
  try {
    const { account, ...rest } = Target.parse(JSON.parse(metadata));
    const id = accountId(account);
    return id && { account: id, ...rest };
  } catch {
    return undefined;
  }
}

/** What is to be said of the account from now on; whether it can be is for others to say. */
export interface OwnerWish {
  owner?: Principal | null;
  deputy?: Principal | null;
  channel?: string | null;
  name?: string;
  kind?: (typeof ACCOUNT_KINDS)[number];
  project?: string | null;
  mail?: string | null;
}

export type OwnerInput =
  | { readonly ok: true; readonly target: OwnerTarget; readonly wish: OwnerWish }
  /** Messages by block id, as `response_action: errors` wants them. */
  | { readonly ok: false; readonly errors: Record<string, string> };

const Option = z.object({ value: z.string() });
const Element = z.object({
  value: z.string().nullish(),
  selected_user: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_option: Option.nullish(),
});

/** What was chosen or written in an input; undefined where nothing was. */
function given(view: Pick<SubmittedView, 'state'>, block: string, action: string): string | undefined {
  const parsed = Element.safeParse(view.state.values[block]?.[action]);
  if (!parsed.success) return undefined;
  const { value, selected_user, selected_conversation, selected_option } = parsed.data;
  const text = value ?? selected_user ?? selected_conversation ?? selected_option?.value ?? '';
  const line = cleanLine(text).trim();
  return line === '' ? undefined : line;
}

/** Of a person and a group the one that was changed counts. */
function chosen(
  person: string | undefined,
  group: string | undefined,
  shown: string | undefined,
): Principal | undefined | 'both' {
  const [one, other] = [person, group].map((id) => principal(id ?? ''));
  if (one === undefined || other === undefined || one === other) return one ?? other;
  if (one === shown) return other;
  return other === shown ? one : 'both';
}

type Errors = Record<string, string>;

function principals(view: SubmittedView, shown: Shown, errors: Errors, w: Words): OwnerWish {
  const wish: OwnerWish = {};
  const fields = [
    ['owner', 'ownerPerson', 'ownerGroup'],
    ['deputy', 'deputyPerson', 'deputyGroup'],
  ] as const;
  for (const [field, person, group] of fields) {
    const who = chosen(
      given(view, BLOCKS[person], ACTIONS[person]),
      given(view, BLOCKS[group], ACTIONS[group]),
      shown[field],
    );
    if (who === 'both') errors[BLOCKS[group]] = w.owners.dialog.both;
    else if (who !== shown[field]) wish[field] = who ?? null;
  }
  return wish;
}

function texts(view: SubmittedView, shown: Shown, errors: Errors, w: Words): OwnerWish {
  const wish: OwnerWish = {};
  const { badMail, nameMissing } = w.owners.dialog;
  const name = given(view, BLOCKS.accountName, ACTIONS.accountName);
  if (name === undefined || name.length > NAME_LENGTH) errors[BLOCKS.accountName] = nameMissing;
  else if (mark(name, NAME_LENGTH) !== shown.name) wish.name = name;
  const project = given(view, BLOCKS.accountProject, ACTIONS.accountProject);
  if (mark(project, NAME_LENGTH) !== shown.project) wish.project = asShown(project, NAME_LENGTH) ?? null;
  const channel = given(view, BLOCKS.ownerChannel, ACTIONS.ownerChannel);
  if (channel !== shown.channel) wish.channel = channel ?? null;
  const mail = given(view, BLOCKS.accountMail, ACTIONS.accountMail);
  if (mark(mail, MAIL_LENGTH) !== shown.mail) {
    if (mail === undefined || z.email().max(MAIL_LENGTH).safeParse(mail).success) wish.mail = mail ?? null;
    else errors[BLOCKS.accountMail] = badMail;
  }
  const kind = ACCOUNT_KINDS.find((known) => known === given(view, BLOCKS.accountKind, ACTIONS.accountKind));
  if (kind !== undefined) wish.kind = kind;
  return wish;
}

/**
 * Reads what was filled in: only what differs from what the dialog showed is said of the account.
 * @param language the person's, for the messages
 * @returns undefined when the view is none of ours
 */
export function readOwner(view: SubmittedView, language: Language): OwnerInput | undefined {
  const target = readOwnerTarget(view.private_metadata);
  if (target?.shown === undefined) return undefined;
  const w = words(language);
  const errors: Errors = {};
  const wish = {
    ...principals(view, target.shown, errors, w),
    ...texts(view, target.shown, errors, w),
  };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  if (Object.keys(wish).length === 0) {
    return { ok: false, errors: { [BLOCKS.ownerPerson]: w.owners.dialog.unchanged } };
  }
  return { ok: true, target, wish };
}
