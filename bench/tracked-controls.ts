import type { Config } from '../handlers/composition';
import { accountId } from '../src/accounts';
import type { Control } from '../src/controls';
import type { Treatment } from '../src/policy';

/** Regional controls that the policy wants chased in this account, in the catalogue's order. */
export function trackedControls(config: Config, account: string): readonly Control[] {
  return controlsTreated('track', config, account);
}

/** Regional controls that the policy wants treated so in this account, in the catalogue's order. */
export function controlsTreated(treatment: Treatment, config: Config, account: string): readonly Control[] {
  const id = accountId(account);
  if (id === undefined) throw new Error(`${account} is no account id`);
  const { kind } = config.accounts.lookup(id);
  return config.catalogue.all().filter(
    ({ id: control, severity, category, scope }) =>
      scope === 'regional' &&
      config.policy.treat({
        control,
        product: 'control',
        severity,
        category,
        account: id,
        kind,
        region: 'ap-northeast-1',
        tags: {},
      }).treatment === treatment,
  );
}
