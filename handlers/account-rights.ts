import { type Asker, type Ruling, rule } from '../src/access';
import { REQUEST_KINDS } from '../src/account-requests';
import type { AccountId, AccountKind, Principal } from '../src/accounts';
import { ANY_ACCOUNT } from '../src/policy';
import type { FrontBot } from './composition';

async function askerOf(person: Principal, account: AccountId | undefined, bot: FrontBot): Promise<Asker> {
  return bot.directory.askerFor(person, bot.accounts.lookup(account ?? ANY_ACCOUNT), false);
}

/** What asking for a new account takes of a person, by its kind; with remembered roles. */
export async function requestRulings(person: Principal, bot: FrontBot): Promise<Record<AccountKind, Ruling>> {
  const asker = await askerOf(person, undefined, bot);
  const of = (kind: AccountKind) =>
    rule(asker, { kind: REQUEST_KINDS[kind], severity: 'LOW' }, bot.config.access);
  return { production: of('production'), 'non-production': of('non-production') };
}

/** Why somebody may not take an account into the register; undefined for those who may, or may ask to. */
export async function refusedToRegister(
  person: Principal,
  account: AccountId | undefined,
  bot: FrontBot,
): Promise<Extract<Ruling, { effect: 'deny' }> | undefined> {
  const asker = await askerOf(person, account, bot);
  const ruling = rule(asker, { kind: 'register-account', severity: 'LOW' }, bot.config.access);
  return ruling.effect === 'deny' ? ruling : undefined;
}
