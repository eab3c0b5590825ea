import type { InputBlock, ModalView } from '@slack/types';
import type { Ruling } from '../../src/access';
import { type AccountForm, type FormField, MAX_NAME, TEXT_LENGTH } from '../../src/account-requests';
import { ACCOUNT_KINDS, type AccountKind, type Principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { channelName, context, input, joined, LIMITS, modal, option, plain, section } from '../kit';
import { type Words, words } from '../words';
import { channelInput, kindInput, mailInput, peopleInputs, textInput } from './account-inputs';

export interface AccountFormDialog {
  /** Whoever asks: the owner, unless they choose somebody else. */
  readonly asker: Principal;
  readonly form: AccountForm;
  /** What asking for each kind of account takes. */
  readonly rulings: Readonly<Record<AccountKind, Ruling>>;
}

/** Asks what a new account is to be, and says before it is sent who will have to approve it. */
export function drawRequestAccount(dialog: AccountFormDialog, language: Language): ModalView {
  const w = words(language);
  const { form } = w.newAccount;
  return modal({
    callback: CALLBACKS.requestAccount,
    title: form.title,
    close: w.suppress.cancel,
    submit: form.submit,
    blocks: [
      section(form.intro),
      textInput('accountName', form.name, { max: MAX_NAME, placeholder: form.namePlaceholder }),
      kindInput(undefined, w),
      context(joined(ACCOUNT_KINDS.map((kind) => approvalOf(kind, dialog.rulings[kind], w)))),
      textInput('purpose', form.purpose, {
        max: TEXT_LENGTH,
        lines: true,
        placeholder: form.purposePlaceholder,
      }),
      ...peopleInputs(dialog.asker, w),
      textInput('accountProject', form.project, { max: MAX_NAME, optional: true }),
      mailInput(undefined, false, w),
      channelInput(undefined, w),
      textInput('newChannel', form.newChannel, { max: MAX_NAME, optional: true, hint: form.newChannelHint }),
      textInput('cost', form.cost, {
        max: TEXT_LENGTH,
        lines: true,
        optional: true,
        placeholder: form.costPlaceholder,
      }),
      ...dialog.form.fields.map((field) => ownField(field, language, w)),
    ],
  });
}

function approvalOf(kind: AccountKind, ruling: Ruling, w: Words) {
  const { form } = w.newAccount;
  switch (ruling.effect) {
    case 'allow':
      return form.noApproval(w.kind[kind]);
    case 'deny':
      return form.notAllowed(w.kind[kind]);
    case 'needs approval':
      return form.approval(w.kind[kind], w.ruling.approvers(ruling.needs));
  }
}

function ownField(
  { id, label, type, required, options }: FormField,
  language: Language,
  w: Words,
): InputBlock {
  const element: InputBlock['element'] =
    type === 'text'
      ? { type: 'plain_text_input', action_id: ACTIONS.formField, max_length: TEXT_LENGTH }
      : {
          type: 'static_select',
          action_id: ACTIONS.formField,
          placeholder: plain(w.newAccount.form.choose, LIMITS.placeholder),
          // By place and not by text: what is shown may have been cleaned.
          options: options.map((text, place) => option(text, String(place))),
        };
  return input(`${BLOCKS.formField}:${id}`, label[language], element, { optional: !required });
}

/** The form has arrived: where to look from now on. */
export function drawAccountRequested(channel: string, language: Language): ModalView {
  return sent(({ newAccount: { form } }) => form, channel, language);
}

/** The same for an account that was there before. */
export function drawAccountRegistering(channel: string, language: Language): ModalView {
  return sent(({ newAccount: { register } }) => register, channel, language);
}

function sent(
  which: (w: Words) => Pick<Words['newAccount']['register'], 'sentTitle' | 'sent'>,
  channel: string,
  language: Language,
): ModalView {
  const w = words(language);
  return modal({
    callback: CALLBACKS.problem,
    title: which(w).sentTitle,
    close: w.close,
    blocks: [section(which(w).sent(channelName(channel)))],
  });
}
