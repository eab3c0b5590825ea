import type { SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { RegisterInput } from '../../../blocks/modals/enter-account';
import { drawProblem } from '../../../blocks/modals/problem';
import { drawAccountRegistering } from '../../../blocks/modals/request-account';
import { words } from '../../../blocks/words';
import { isTaken, isUnderWay } from '../../../src/account-requests';
import { type AccountId, principal } from '../../../src/accounts';
import type { Language } from '../../../src/playbooks';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import { checkRegistration } from '../check-registration';
import { guarded } from '../guarded';
import { proposeRegistration } from '../propose-registration';

/** What was sent, about which request, and where its card stands. */
export interface ReadRegistration {
  readonly input: RegisterInput;
  /** Id of the account request that it goes on with. */
  readonly request: string | undefined;
  readonly channel: string;
}

/** A dialog that says which account is to be registered as what. */
interface RegistrationDialog {
  /** The input at which it is said that the account cannot be taken. */
  readonly accountBlock: string;
  /** Looks further at what reads well; messages by block id. */
  readonly check: (input: Extract<RegisterInput, { ok: true }>, language: Language) => Promise<Errors>;
  /** Undefined when what it is about is gone. */
  readonly read: (view: ViewOutput, language: Language) => Promise<ReadRegistration | undefined>;
}

type Errors = Record<string, string>;

async function accountError(
  account: AccountId,
  request: string | undefined,
  bot: FrontBot,
  language: Language,
): Promise<string | undefined> {
  const { errors } = words(language).newAccount;
  if (isTaken(bot.accounts.lookup(account))) return errors.registered;
  return (await isUnderWay(account, bot.accountRequests, request)) ? errors.underWay : undefined;
}

/** Checks what was sent and the rights, and queues the change. Its id follows from the dialog: a retry is the same. */
export async function submitRegistration(
  { ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>,
  bot: FrontBot,
  dialog: RegistrationDialog,
): Promise<void> {
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
      const read = await dialog.read(view, language);
      if (read === undefined) return problem({ kind: 'outcome', outcome: 'gone' });
      const { input, request, channel } = read;
      if (!input.ok) return ack({ response_action: 'errors', errors: input.errors });
      const { account, payload } = input;
      const refused = await checkRegistration({ user, name }, view.private_metadata, account, bot);
      if (refused) return problem(refused.refused);
      const taken = await accountError(account, request, bot, language);
      const errors = taken ? { [dialog.accountBlock]: taken } : await dialog.check(input, language);
      if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
      await proposeRegistration(
        {
          id: derivedId('register-account', view.id, view.hash),
          actor: { id: user, name },
          account,
          payload,
          replyTo: { channel },
        },
        bot,
      );
      return ack({ response_action: 'update', view: drawAccountRegistering(channel, language) });
    },
    (reference) => problem({ kind: 'failure', reference }),
  );
}
