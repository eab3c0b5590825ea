import type { ModalView } from '@slack/types';
import {
  type AccountRequest,
  accountRequestRef,
  MAX_NAME,
  RegisterPayload,
  registerPayload,
  TEXT_LENGTH,
} from '../../src/account-requests';
import { type Account, type AccountId, accountId } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { modal, mrk, section } from '../kit';
import { accountLabel } from '../phrases';
import { words } from '../words';
import {
  channelInput,
  givenLine,
  kindInput,
  mailInput,
  peopleInputs,
  readUnchecked,
  textInput,
  uncheckedInputs,
} from './account-inputs';
import type { SubmittedView } from './read-suppress';

/** Room for spaces and hyphens that people copy with an id. */
const ID_LENGTH = 40;

/** Asks for the id of an account that was asked for and has been made. */
export function drawEnterAccount(request: AccountRequest, language: Language): ModalView {
  const w = words(language);
  const { enter } = w.newAccount;
  const { wanted, account } = request;
  return modal({
    callback: CALLBACKS.enterAccount,
    title: enter.title,
    close: w.suppress.cancel,
    submit: enter.submit,
    metadata: accountRequestRef(request.id),
    blocks: [
      section(enter.about(wanted.name)),
      textInput('accountId', enter.id, { max: ID_LENGTH, value: account, hint: enter.idHint }),
      ...(wanted.newChannel === undefined ? [] : [channelInput(wanted.channel, w)]),
      ...uncheckedInputs(TEXT_LENGTH, w),
    ],
  });
}

/** Asks what an account that is there already is to be registered as. */
export function drawRegisterAccount(account: Account, language: Language): ModalView {
  const w = words(language);
  const { form, register, enter } = w.newAccount;
  return modal({
    callback: CALLBACKS.registerAccount,
    title: register.title,
    close: w.suppress.cancel,
    submit: enter.submit,
    metadata: account.id,
    blocks: [
      section(register.about(mrk`*${accountLabel(account, w)}*`)),
      textInput('accountName', form.name, {
        max: MAX_NAME,
        value: account.name,
        placeholder: form.namePlaceholder,
      }),
      kindInput(account.kind, w),
      ...peopleInputs(account.owner, w),
      textInput('accountProject', form.project, { max: MAX_NAME, value: account.project, optional: true }),
      mailInput(account.mail, true, w),
      channelInput(account.channel, w),
      ...uncheckedInputs(TEXT_LENGTH, w),
    ],
  });
}

export type RegisterInput =
  | { readonly ok: true; readonly account: AccountId; readonly payload: RegisterPayload }
  /** Messages by block id, as `response_action: errors` wants them. */
  | { readonly ok: false; readonly errors: Record<string, string> };

/** Reads the id that was entered for a request, and what is to be registered of it. */
export function readEnterAccount(
  view: Pick<SubmittedView, 'state'>,
  request: AccountRequest,
  language: Language,
): RegisterInput {
  const w = words(language);
  const errors: Record<string, string> = {};
  const typed = givenLine(view, BLOCKS.accountId, ACTIONS.accountId) ?? '';
  const account = accountId(typed.normalize('NFKC').replace(/[\s-]/gu, ''));
  if (account === undefined) errors[BLOCKS.accountId] = w.newAccount.errors.id;
  const unchecked = readUnchecked(view, TEXT_LENGTH, errors, w);
  const channel = Channel.safeParse(givenLine(view, BLOCKS.ownerChannel, ACTIONS.ownerChannel));
  if (!channel.success) errors[BLOCKS.ownerChannel] = w.newAccount.errors.option;
  if (account === undefined || Object.keys(errors).length > 0) return { ok: false, errors };
  const payload = registerPayload(request, { unchecked, channel: channel.data });
  return { ok: true, account, payload };
}

const Channel = RegisterPayload.shape.channel;

const FIELDS: Readonly<
  Record<string, readonly [string, 'name' | 'kind' | 'owner' | 'project' | 'mail' | 'option']>
> = {
  name: [BLOCKS.accountName, 'name'],
  kind: [BLOCKS.accountKind, 'kind'],
  owner: [BLOCKS.ownerPerson, 'owner'],
  deputy: [BLOCKS.deputyPerson, 'owner'],
  project: [BLOCKS.accountProject, 'project'],
  mail: [BLOCKS.accountMail, 'mail'],
  channel: [BLOCKS.ownerChannel, 'option'],
};

/** Reads what an account that is there already is to be registered as. */
export function readRegisterAccount(view: SubmittedView, language: Language): RegisterInput {
  const w = words(language);
  const errors: Record<string, string> = {};
  const line = (block: string, action: string) => givenLine(view, block, action);
  const account = accountId(view.private_metadata);
  if (account === undefined) errors[BLOCKS.accountName] = w.newAccount.errors.id;
  const unchecked = readUnchecked(view, TEXT_LENGTH, errors, w);
  const parsed = RegisterPayload.safeParse({
    name: line(BLOCKS.accountName, ACTIONS.accountName),
    kind: line(BLOCKS.accountKind, ACTIONS.accountKind),
    owner: line(BLOCKS.ownerGroup, ACTIONS.ownerGroup) ?? line(BLOCKS.ownerPerson, ACTIONS.ownerPerson),
    deputy: line(BLOCKS.deputyPerson, ACTIONS.deputyPerson),
    project: line(BLOCKS.accountProject, ACTIONS.accountProject),
    mail: line(BLOCKS.accountMail, ACTIONS.accountMail),
    channel: line(BLOCKS.ownerChannel, ACTIONS.ownerChannel),
    ...(unchecked !== undefined && unchecked.length <= TEXT_LENGTH && { unchecked }),
  });
  for (const { path } of parsed.error?.issues ?? []) {
    const [block, error] = FIELDS[String(path[0])] ?? [BLOCKS.accountName, 'name'];
    errors[block] ??= w.newAccount.errors[error];
  }
  return parsed.success && account !== undefined && Object.keys(errors).length === 0
    ? { ok: true, account, payload: parsed.data }
    : { ok: false, errors };
}
