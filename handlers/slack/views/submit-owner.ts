import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { drawProblem } from '../../../blocks/modals/problem';
import type { OwnerTarget } from '../../../blocks/modals/read-owner';
import { type Account, principal } from '../../../src/accounts';
import type { Change } from '../../../src/changes';
import type { Language } from '../../../src/playbooks';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import { type OwnerOffer, ownerOffer } from '../../owner-offer';
import { guarded } from '../guarded';
import { noteDenial } from '../note-denial';
import { proposeOwner } from '../propose-owner';

/** A dialog about who answers for an account, as it was sent. */
export interface OwnerDialog {
  readonly kind: 'register-owner' | 'claim-account';
  /** What the dialog is about, and what it wants; messages by block id where that cannot be. */
  readonly read: (
    language: Language,
  ) =>
    | { readonly target: OwnerTarget; readonly payload: object }
    | { readonly errors: Record<string, string> }
    | undefined;
  readonly may: (offer: OwnerOffer) => boolean;
  /** What is wrong with it that Slack has to be asked about; messages by block id. */
  readonly problems: (payload: object, language: Language) => Promise<Record<string, string> | undefined>;
}

function replyOf({ replyTo }: OwnerTarget): Change['replyTo'] {
  return (
    replyTo && {
      channel: replyTo.channel,
      ...(replyTo.thread !== undefined && { thread: replyTo.thread }),
    }
  );
}

/** Checks what was sent and the rights, and queues the change. Its id follows from the dialog: a retry is the same. */
export async function submitOwnerDialog(
  { ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>,
  bot: FrontBot,
  dialog: OwnerDialog,
): Promise<void> {
  const user = principal(body.user.id);
  if (user === undefined) return ack();
  const language = bot.knownLanguageOf(user);
  const problem = (answer: Parameters<typeof drawProblem>[0]) =>
    ack({ response_action: 'update', view: drawProblem(answer, language) });
  await guarded(
    bot,
    user,
    async () => {
      const read = dialog.read(language);
      if (read === undefined) return problem({ kind: 'outcome', outcome: 'gone' });
      if ('errors' in read) return ack({ response_action: 'errors', errors: read.errors });
      const { target, payload } = read;
      const account: Account = bot.accounts.lookup(target.account);
      const offer = await ownerOffer(user, account, bot);
      const { name } = body.user;
      if (!dialog.may(offer)) {
        if (offer.may === 'set') return problem({ kind: 'outcome', outcome: 'already' });
        const { kind, ruling, ask } = offer.refusal;
        await noteDenial({ user, name, kind, ref: account.id, account: account.id, ruling }, bot);
        return problem({ kind: 'ruling', ruling, ask });
      }
      const errors = await dialog.problems(payload, language);
      if (errors) return ack({ response_action: 'errors', errors });
      const id = derivedId(dialog.kind, view.id);
      const actor = { id: user, name };
      const { kind } = dialog;
      await proposeOwner({ id, kind, actor, account: account.id, payload, replyTo: replyOf(target) }, bot);
      return ack();
    },
    (reference) => problem({ kind: 'failure', reference }),
  );
}
