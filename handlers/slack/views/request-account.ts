import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { BLOCKS } from '../../../blocks/ids';
import { drawProblem } from '../../../blocks/modals/problem';
import { readRequestAccount } from '../../../blocks/modals/read-request-account';
import { drawAccountRequested } from '../../../blocks/modals/request-account';
import { words } from '../../../blocks/words';
import { type AccountWish, isMailInUse, REQUEST_KINDS } from '../../../src/account-requests';
import { principal } from '../../../src/accounts';
import type { Actor } from '../../../src/changes';
import type { Language } from '../../../src/playbooks';
import type { ChangeMessage } from '../../../src/queues';
import { derivedId } from '../../../src/store';
import { requestRulings } from '../../account-rights';
import type { FrontBot } from '../../composition';
import { guarded } from '../guarded';
import { noteDenial } from '../note-denial';
import { wishErrors } from './wish-errors';

/** What is wrong with a form that reads well. */
async function problemsOf(
  wish: AccountWish,
  bot: FrontBot,
  language: Language,
): Promise<Record<string, string>> {
  const { mailUsed } = words(language).newAccount.errors;
  const [errors, used] = await Promise.all([
    wishErrors(wish, bot, language),
    isMailInUse(wish.mail, { registered: bot.accounts.list, accountRequests: bot.accountRequests }),
  ]);
  return { ...errors, ...(used && { [BLOCKS.accountMail]: mailUsed }) };
}

/** The change that the form asks for; its id follows from the dialog, so a retry is the same change. */
function proposal(
  viewId: string,
  actor: Actor,
  wish: AccountWish,
  channel: string,
  now: Date,
): ChangeMessage {
  const kind = REQUEST_KINDS[wish.kind];
  const id = derivedId(kind, viewId);
  return {
    id,
    version: 0,
    group: id,
    body: {
      type: 'propose',
      id,
      kind,
      actor,
      target: id,
      payload: wish,
      at: now.toISOString(),
      replyTo: { channel },
    },
  };
}

/** The form for a new account was sent: checked, ruled on, and queued as a change. */
export const submitRequestAccount =
  (bot: FrontBot) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const user = principal(body.user.id);
    if (user === undefined) return ack();
    const { name } = body.user;
    const language = bot.knownLanguageOf(user);
    const problem = (answer: Parameters<typeof drawProblem>[0]) =>
      ack({ response_action: 'update', view: drawProblem(answer, language) });
    await guarded(
      bot,
      user,
      async () => {
        const read = readRequestAccount(view, bot.config.accountForm, language);
        if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
        const { wish } = read;
        const kind = REQUEST_KINDS[wish.kind];
        const ruling = (await requestRulings(user, bot))[wish.kind];
        if (ruling.effect === 'deny') {
          await noteDenial({ user, name, kind, ref: 'account request', ruling }, bot);
          return problem({ kind: 'ruling', ruling, ask: [] });
        }
        const errors = await problemsOf(wish, bot, language);
        if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
        const channel = bot.settings.DEFAULT_CHANNEL_ID;
        await bot.ports.queues.change(proposal(view.id, { id: user, name }, wish, channel, bot.ports.now()));
        return ack({ response_action: 'update', view: drawAccountRequested(channel, language) });
      },
      (reference) => problem({ kind: 'failure', reference }),
    );
  };
