import type { ModalView } from '@slack/types';
import type { OpenRuling } from '../../src/access';
import type { Account } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import { CALLBACKS } from '../ids';
import { modal, section } from '../kit';
import { accountLabel, rulingText } from '../phrases';
import { words } from '../words';
import { type DialogReply, writeOwnerTarget } from './read-owner';

export interface ClaimDialog {
  readonly account: Account;
  /** What the claim takes. */
  readonly ruling: OpenRuling;
  readonly replyTo?: DialogReply;
}

/** Asks whether an account that nobody owns is really theirs, and says who has to approve. */
export function drawClaim({ account, ruling, replyTo }: ClaimDialog, language: Language): ModalView {
  const w = words(language);
  const { claiming } = w.owners;
  return modal({
    callback: CALLBACKS.claim,
    title: claiming.title,
    close: w.suppress.cancel,
    submit: claiming.submit,
    metadata: writeOwnerTarget(account, replyTo, false),
    blocks: [
      section(claiming.about(accountLabel(account, w))),
      ...(ruling.effect === 'allow' ? [] : [section(rulingText(ruling, [], w))]),
    ],
  });
}
