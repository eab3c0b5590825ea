import type { AccountId } from '../../src/accounts';
import { refusedToRegister } from '../account-rights';
import type { FrontBot } from '../composition';
import { noteDenial } from './note-denial';
import type { Press, Refused } from './press';

/** What to tell somebody who may not take this account into the register; undefined for those who may. */
export async function checkRegistration(
  { user, name }: Pick<Press, 'user' | 'name'>,
  ref: string,
  account: AccountId | undefined,
  bot: FrontBot,
): Promise<Refused | undefined> {
  const ruling = await refusedToRegister(user, account, bot);
  if (ruling === undefined) return undefined;
  const about = account === undefined ? {} : { account };
  await noteDenial({ user, name, kind: 'register-account', ref, ruling, ...about }, bot);
  return { refused: { kind: 'ruling', ruling, ask: bot.settings.SECURITY_ANALYSTS } };
}
