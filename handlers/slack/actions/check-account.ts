import { nextStep, parseAccountRequestRef, registerPayload } from '../../../src/account-requests';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import { checkRegistration } from '../check-registration';
import { type Press, replyTo, whisper } from '../press';
import { proposeRegistration } from '../propose-registration';

/** "Check again": goes on with the registration from where it stands. */
export async function checkAccountAgain(press: Press, bot: FrontBot): Promise<void> {
  const { user, name, value, shown } = press;
  const id = parseAccountRequestRef(value);
  const request = id === undefined ? undefined : await bot.accountRequests.load(id);
  const account = request?.account;
  if (request === undefined || account === undefined) {
    return whisper(press, bot, { kind: 'outcome', outcome: 'gone' });
  }
  const refused = await checkRegistration(press, value, account, bot);
  if (refused) return whisper(press, bot, refused.refused);
  if (nextStep(request) === undefined) {
    return whisper(press, bot, { kind: 'outcome', outcome: 'already' });
  }
  await proposeRegistration(
    {
      id: derivedId(user, 'check-account', value, shown),
      actor: { id: user, name },
      account,
      payload: registerPayload(request),
      replyTo: replyTo(press),
    },
    bot,
  );
}
