import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { ACCOUNT_KINDS, type Account, isUserGroup, type Principal } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { cleanLine, input, LIMITS, modal, option, plain, section } from '../kit';
import { accountLabel, addressed } from '../phrases';
import { type Words, words } from '../words';
import { asShown, type DialogReply, MAIL_LENGTH, NAME_LENGTH, writeOwnerTarget } from './read-owner';

/** A user group as people know it. */
export interface GroupName {
  readonly id: Principal;
  readonly handle: string;
  readonly name: string;
}

export interface OwnerDialog {
  readonly account: Account;
  /** The user groups of the workspace, for the names of those that are registered. */
  readonly groups: readonly GroupName[];
  readonly replyTo?: DialogReply;
}

/** Asks who answers for an account, and what else is registered of it; shows what is now. */
export function drawOwner({ account, groups, replyTo }: OwnerDialog, language: Language): ModalView {
  const w = words(language);
  const { dialog } = w.owners;
  return modal({
    callback: CALLBACKS.owner,
    title: account.registered ? dialog.title : dialog.registerTitle,
    close: w.suppress.cancel,
    submit: dialog.submit,
    metadata: writeOwnerTarget(account, replyTo, true),
    blocks: [
      section(dialog.about(accountLabel(account, w))),
      ...(account.registered ? [] : [section(dialog.unregistered)]),
      ...(account.leftOwner === undefined ? [] : [section(dialog.left(addressed(account.leftOwner, w)))]),
      ...principals('owner', account.owner, groups, w),
      ...principals('deputy', account.deputy, groups, w),
      channel(account.channel, w),
      text('accountName', dialog.name, account.name, { optional: false }),
      ...(account.registered ? [] : [kind(account, w)]),
      text('accountProject', dialog.project, account.project, { optional: true }),
      mail(account.mail, w),
    ],
  });
}

/** A person or a group: two inputs, because Slack has no menu of both. */
function principals(
  role: 'owner' | 'deputy',
  who: Principal | undefined,
  groups: readonly GroupName[],
  w: Words,
): KnownBlock[] {
  const { dialog } = w.owners;
  const group = who !== undefined && isUserGroup(who) ? who : undefined;
  const person: InputBlock['element'] = {
    type: 'users_select',
    action_id: role === 'owner' ? ACTIONS.ownerPerson : ACTIONS.deputyPerson,
    placeholder: plain(dialog.person, LIMITS.placeholder),
    ...(who !== undefined && group === undefined && { initial_user: who }),
  };
  const named = groups.find(({ id }) => id === group);
  const team: InputBlock['element'] = {
    type: 'external_select',
    action_id: role === 'owner' ? ACTIONS.ownerGroup : ACTIONS.deputyGroup,
    placeholder: plain(dialog.group, LIMITS.placeholder),
    min_query_length: 0,
    ...(group !== undefined && {
      initial_option: named === undefined ? option(group, group) : groupOption(named),
    }),
  };
  return [
    input(role === 'owner' ? BLOCKS.ownerPerson : BLOCKS.deputyPerson, dialog[role], person, {
      optional: true,
    }),
    input(
      role === 'owner' ? BLOCKS.ownerGroup : BLOCKS.deputyGroup,
      role === 'owner' ? dialog.ownerGroup : dialog.deputyGroup,
      team,
      { optional: true, hint: dialog.groupHint },
    ),
  ];
}

function groupOption({ id, handle, name }: GroupName): PlainTextOption {
  return option(`@${cleanLine(handle).trim()} (${cleanLine(name).trim()})`, id);
}

/** The options of the menu of groups: those whose handle or name holds what was typed. */
export function groupOptions(groups: readonly GroupName[], typed: string): PlainTextOption[] {
  const wanted = typed.normalize('NFKC').trim().replace(/^@/, '').toLowerCase();
  const holds = (name: string) => name.normalize('NFKC').toLowerCase().includes(wanted);
  return groups
    .filter(({ handle, name }) => holds(handle) || holds(name))
    .sort((a, b) => (a.handle < b.handle ? -1 : 1))
    .slice(0, LIMITS.options)
    .map(groupOption);
}

function channel(chosen: string | undefined, w: Words): InputBlock {
  const { dialog } = w.owners;
  const element: InputBlock['element'] = {
    type: 'conversations_select',
    action_id: ACTIONS.ownerChannel,
    placeholder: plain(dialog.channelPlaceholder, LIMITS.placeholder),
    filter: {
      include: ['public', 'private'],
      exclude_external_shared_channels: true,
      exclude_bot_users: true,
    },
    ...(chosen !== undefined && { initial_conversation: chosen }),
  };
  return input(BLOCKS.ownerChannel, dialog.channel, element, { optional: true, hint: dialog.channelHint });
}

function text(
  id: 'accountName' | 'accountProject',
  label: string,
  value: string | undefined,
  { optional }: { readonly optional: boolean },
): InputBlock {
  const written = asShown(value, NAME_LENGTH);
  const element: InputBlock['element'] = {
    type: 'plain_text_input',
    action_id: ACTIONS[id],
    max_length: NAME_LENGTH,
    ...(written !== undefined && { initial_value: written }),
  };
  return input(BLOCKS[id], label, element, { optional });
}

function kind({ kind: present }: Account, w: Words): InputBlock {
  const options = ACCOUNT_KINDS.map((each) => option(w.kind[each], each));
  const initial = options.find(({ value }) => value === present);
  const element: InputBlock['element'] = {
    type: 'static_select',
    action_id: ACTIONS.accountKind,
    options,
    ...(initial && { initial_option: initial }),
  };
  return input(BLOCKS.accountKind, w.owners.dialog.kind, element);
}

function mail(value: string | undefined, w: Words): InputBlock {
  const written = asShown(value, MAIL_LENGTH);
  const element: InputBlock['element'] = {
    type: 'email_text_input',
    action_id: ACTIONS.accountMail,
    ...(written !== undefined && { initial_value: written }),
  };
  return input(BLOCKS.accountMail, w.owners.dialog.mail, element, { optional: true });
}
