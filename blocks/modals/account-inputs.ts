import type { InputBlock } from '@slack/types';
import * as z from 'zod';
import { ACCOUNT_KINDS, type AccountKind, type Principal } from '../../src/accounts';
import { ACTIONS, BLOCKS } from '../ids';
import { clean, cleanLine, cut, input, LIMITS, option, plain } from '../kit';
import type { Words } from '../words';
import type { SubmittedView } from './read-suppress';

type TextId =
  | 'accountName'
  | 'accountProject'
  | 'purpose'
  | 'newChannel'
  | 'cost'
  | 'accountId'
  | 'uncheckedNote';

interface TextInput {
  readonly max: number;
  readonly lines?: boolean;
  readonly value?: string | undefined;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

/** An input of text. */
export function textInput(id: TextId, label: string, about: TextInput): InputBlock {
  const { max, lines = false, value = '', placeholder, hint, optional = false } = about;
  const written = cut((lines ? clean(value) : cleanLine(value)).trim(), max);
  const element: InputBlock['element'] = {
    type: 'plain_text_input',
    action_id: ACTIONS[id],
    multiline: lines,
    max_length: max,
    ...(placeholder !== undefined && { placeholder: plain(placeholder, LIMITS.placeholder) }),
    ...(written !== '' && { initial_value: written }),
  };
  return input(BLOCKS[id], label, element, { optional, ...(hint !== undefined && { hint }) });
}

export function kindInput(present: AccountKind | undefined, w: Words): InputBlock {
  const options = ACCOUNT_KINDS.map((kind) => option(w.kind[kind], kind));
  const initial = options.find(({ value }) => value === present);
  const element: InputBlock['element'] = {
    type: 'static_select',
    action_id: ACTIONS.accountKind,
    placeholder: plain(w.newAccount.form.choose, LIMITS.placeholder),
    options,
    ...(initial && { initial_option: initial }),
  };
  return input(BLOCKS.accountKind, w.newAccount.form.kind, element);
}

/** The owner, a person or a group, and the deputy: two inputs, because Slack has no menu of both. */
export function peopleInputs(owner: Principal | undefined, w: Words): InputBlock[] {
  const { form } = w.newAccount;
  const person = (action: string, who: Principal | undefined): InputBlock['element'] => ({
    type: 'users_select',
    action_id: action,
    placeholder: plain(form.person, LIMITS.placeholder),
    ...(who !== undefined && { initial_user: who }),
  });
  const group: InputBlock['element'] = {
    type: 'external_select',
    action_id: ACTIONS.ownerGroup,
    placeholder: plain(form.group, LIMITS.placeholder),
    min_query_length: 0,
  };
  return [
    input(BLOCKS.ownerPerson, form.owner, person(ACTIONS.ownerPerson, owner), {
      optional: true,
      hint: form.ownerHint,
    }),
    input(BLOCKS.ownerGroup, form.ownerGroup, group, { optional: true, hint: form.ownerGroupHint }),
    input(BLOCKS.deputyPerson, form.deputy, person(ACTIONS.deputyPerson, undefined), { optional: true }),
  ];
}

export function mailInput(value: string | undefined, optional: boolean, w: Words): InputBlock {
  const { form } = w.newAccount;
  const element: InputBlock['element'] = {
    type: 'email_text_input',
    action_id: ACTIONS.accountMail,
    ...(value !== undefined && { initial_value: value }),
  };
  return input(BLOCKS.accountMail, form.mail, element, { optional, hint: form.mailHint });
}

/** Channels that only our own people read. */
export function channelInput(chosen: string | undefined, w: Words): InputBlock {
  const { form } = w.newAccount;
  const element: InputBlock['element'] = {
    type: 'conversations_select',
    action_id: ACTIONS.ownerChannel,
    placeholder: plain(form.channelPlaceholder, LIMITS.placeholder),
    filter: {
      include: ['public', 'private'],
      exclude_external_shared_channels: true,
      exclude_bot_users: true,
    },
    ...(chosen !== undefined && { initial_conversation: chosen }),
  };
  return input(BLOCKS.ownerChannel, form.channel, element, { optional: true, hint: form.channelHint });
}

/** To go on although something is missing, and why. */
export function uncheckedInputs(max: number, w: Words): InputBlock[] {
  const { enter } = w.newAccount;
  const element: InputBlock['element'] = {
    type: 'checkboxes',
    action_id: ACTIONS.unchecked,
    options: [option(enter.uncheckedOption, 'yes')],
  };
  return [
    input(BLOCKS.unchecked, enter.unchecked, element, { optional: true, hint: enter.uncheckedHint }),
    textInput('uncheckedNote', enter.note, { max, lines: true, optional: true, hint: enter.noteHint }),
  ];
}

const Element = z.object({
  value: z.string().nullish(),
  selected_user: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});
const Boxes = z.object({ selected_options: z.array(z.object({ value: z.string() })) });

/** What was chosen or written in an input, as written but for what cannot be seen; undefined where nothing was. */
export function givenText(
  view: Pick<SubmittedView, 'state'>,
  block: string,
  action: string,
): string | undefined {
  const parsed = Element.safeParse(view.state.values[block]?.[action]);
  if (!parsed.success) return undefined;
  const { value, selected_user, selected_conversation, selected_option } = parsed.data;
  const text = clean(value ?? selected_user ?? selected_conversation ?? selected_option?.value ?? '').trim();
  return text === '' ? undefined : text;
}

/** The same on one line. */
export function givenLine(
  view: Pick<SubmittedView, 'state'>,
  block: string,
  action: string,
): string | undefined {
  const text = givenText(view, block, action);
  return text === undefined ? undefined : cleanLine(text);
}

/** Why it is to be registered although something is missing; undefined when it is not. */
export function readUnchecked(
  view: Pick<SubmittedView, 'state'>,
  max: number,
  errors: Record<string, string>,
  w: Words,
): string | undefined {
  const boxes = Boxes.safeParse(view.state.values[BLOCKS.unchecked]?.[ACTIONS.unchecked]);
  if (!boxes.success || boxes.data.selected_options.length === 0) return undefined;
  const note = givenText(view, BLOCKS.uncheckedNote, ACTIONS.uncheckedNote);
  if (note === undefined) errors[BLOCKS.uncheckedNote] = w.newAccount.errors.note;
  else if (note.length > max) errors[BLOCKS.uncheckedNote] = w.newAccount.errors.text(max);
  return note;
}
