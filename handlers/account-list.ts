import type { Findable } from '../src/accounts';
import type { FrontBot } from './composition';

/** Every account that can be looked for: the registered ones, then those the bot has only heard of. */
export async function knownAccounts(bot: FrontBot): Promise<readonly Findable[]> {
  const registered = bot.accounts.list();
  const ids = new Set<string>(registered.map(({ id }) => id));
  const heardOf = await bot.intake.known.accounts();
  return [
    ...registered,
    ...heardOf.filter(({ account }) => !ids.has(account)).map(({ account }) => ({ id: account })),
  ];
}
