import * as z from 'zod';
import { rule } from '../access';
import { ChangeFailed, type ChangeKind } from '../changes';
import { aboutAccount, type RegistryChanges, targetAccount, tellOwners } from './registry-changes';
import { saveAccount } from './save-account';

export const ClaimPayload = z.object({});
export type ClaimPayload = z.infer<typeof ClaimPayload>;

/** "It is mine": whoever asks becomes the owner of an account that has none. */
export function claimAccount(deps: RegistryChanges): ChangeKind<ClaimPayload> {
  return {
    kind: 'claim-account',
    schema: ClaimPayload,
    about: aboutAccount,
    async rule(change) {
      const account = deps.register.lookup(targetAccount(change));
      const asker = await deps.directory.askerFor(change.actor.id, account, true);
      // Applied by an earlier try: the account is theirs already, and no longer ownerless.
      const ownerless = account.owner === undefined || account.owner === change.actor.id;
      return rule(asker, { kind: 'claim-account', severity: 'LOW', ownerless }, deps.rules);
    },
    async target(change) {
      const { owner } = deps.register.lookup(targetAccount(change));
      return { severity: 'LOW', parts: [`owner ${owner ?? 'none'}`] };
    },
    async before(change) {
      return { owner: deps.register.lookup(targetAccount(change)).owner };
    },
    async apply(change) {
      const id = targetAccount(change);
      const { owner } = deps.register.lookup(id);
      const { id: by, name: byName } = change.actor;
      if (owner !== undefined && owner !== by) throw new ChangeFailed('owned');
      const at = deps.now().toISOString();
      await saveAccount(id, { owner: by }, { source: 'slack', by, byName, change: change.id, at }, deps);
      await tellOwners(change, undefined, deps.register.lookup(id), deps);
      return {};
    },
  };
}
