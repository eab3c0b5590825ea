import { type OpenRuling, type Ruling, rule } from '../src/access';
import type { Account, Principal } from '../src/accounts';
import { ownerRight } from '../src/registry';
import type { FrontBot } from './composition';

/** Why somebody may not set an owner. */
export interface OwnerRefusal {
  /** What was wanted, as the access rules call it. */
  readonly kind: string;
  readonly ruling: Extract<Ruling, { effect: 'deny' }>;
  /** Whom to ask. */
  readonly ask: readonly Principal[];
}

/** What somebody may do about who answers for an account. */
export type OwnerOffer =
  | { readonly may: 'set' }
  /** Nobody answers for it, and it may be theirs; to set somebody else is refused. */
  | { readonly may: 'claim'; readonly ruling: OpenRuling; readonly refusal: OwnerRefusal }
  | { readonly may: 'nothing'; readonly refusal: OwnerRefusal };

/** With remembered roles; they are looked at again, afresh, when the change is applied. */
export async function ownerOffer(person: Principal, account: Account, bot: FrontBot): Promise<OwnerOffer> {
  const asker = await bot.directory.askerFor(person, account, false);
  const kind = ownerRight(account);
  const ruling = rule(asker, { kind, severity: 'LOW' }, bot.config.access);
  if (ruling.effect !== 'deny') return { may: 'set' };
  const ownerless = account.owner === undefined;
  const claim = rule(asker, { kind: 'claim-account', severity: 'LOW', ownerless }, bot.config.access);
  const ask = asker.standing === 'member' ? bot.settings.SECURITY_ANALYSTS : [];
  const refusal: OwnerRefusal = { kind, ruling, ask };
  return ownerless && claim.effect !== 'deny'
    ? { may: 'claim', ruling: claim, refusal }
    : { may: 'nothing', refusal };
}
