import type { Bot } from '../../handlers/composition';
import { type AccountKind, accountId, type Mode, principal } from '../../src/accounts';
import { saveAccount } from '../../src/registry';

/** What is said of an account of the AWS to break. */
export interface WorldAccountFields {
  readonly name: string;
  readonly kind: AccountKind;
  readonly mode: Mode;
  readonly project?: string;
  /** Left out: nobody owns it yet. */
  readonly owner?: string;
}

/** Registers an account of the AWS to break, as a sync with its organization would. */
export async function registerWorldAccount(
  id: string,
  { name, kind, mode, project, owner }: WorldAccountFields,
  { accounts, registry, ports }: Pick<Bot, 'accounts' | 'registry' | 'ports'>,
): Promise<void> {
  const account = accountId(id);
  if (account === undefined) throw new Error(`${id} is no account id`);
  await accounts.refresh();
  await saveAccount(
    account,
    { name, kind, mode, project, owner: owner === undefined ? undefined : principal(owner) },
    { source: 'organizations', at: ports.now().toISOString() },
    registry,
  );
}
