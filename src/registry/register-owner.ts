import * as z from 'zod';
import { rule } from '../access';
import { ACCOUNT_KINDS, type Account, type Principal, principal } from '../accounts';
import { ChangeFailed, type ChangeKind } from '../changes';
import {
  aboutAccount,
  type RegistryChanges,
  targetAccount,
  tellOwners,
  wishProblem,
} from './registry-changes';
import { saveAccount } from './save-account';

export const PrincipalId = z.string().transform((text, context): Principal => {
  const id = principal(text);
  if (id) return id;
  context.addIssue({ code: 'custom', message: `"${text}" is no Slack user or user group` });
  return z.NEVER;
});

const CHANNEL_ID = z.string().regex(/^[CG][A-Z0-9]{2,20}$/);

/** What is to be said of the account from now on; absent stays as it is, null is taken away. */
export const OwnerPayload = z.object({
  owner: PrincipalId.nullable().optional(),
  deputy: PrincipalId.nullable().optional(),
  channel: CHANNEL_ID.nullable().optional(),
  name: z.string().trim().min(1).max(80).optional(),
  /** Policy goes by it: said only where an account is taken into the register. */
  kind: z.enum(ACCOUNT_KINDS).optional(),
  project: z.string().trim().min(1).max(80).nullable().optional(),
  mail: z.email().max(254).nullable().optional(),
});
export type OwnerPayload = z.infer<typeof OwnerPayload>;

/** What the access rules are asked: saying what an account is, is for the security team. */
export function ownerRight(
  account: Pick<Account, 'registered'>,
  { kind }: Pick<OwnerPayload, 'kind'> = {},
): 'register-owner' | 'register-account' {
  return account.registered && kind === undefined ? 'register-owner' : 'register-account';
}

const Before = z.object({ owner: PrincipalId.optional() });

/** "Register an owner", or hand over to another one: owner, deputy, channel, name, project and contact of an account. */
export function registerOwner(deps: RegistryChanges): ChangeKind<OwnerPayload> {
  return {
    kind: 'register-owner',
    schema: OwnerPayload,
    about: aboutAccount,
    async rule(change, payload) {
      const account = deps.register.lookup(targetAccount(change));
      const asker = await deps.directory.askerFor(change.actor.id, account, true);
      return rule(asker, { kind: ownerRight(account, payload), severity: 'LOW' }, deps.rules);
    },
    async before(change) {
      const { owner, deputy, channel, name, project, mail } = deps.register.lookup(targetAccount(change));
      return { owner, deputy, channel, name, project, mail };
    },
    async apply(change, payload) {
      const problem = await wishProblem(payload, deps);
      if (problem) throw new ChangeFailed(problem.problem);
      const id = targetAccount(change);
      const { id: by, name: byName } = change.actor;
      const at = deps.now().toISOString();
      await saveAccount(id, payload, { source: 'slack', by, byName, change: change.id, at }, deps);
      await tellOwners(change, Before.parse(change.before ?? {}).owner, deps.register.lookup(id), deps);
      return {};
    },
  };
}
