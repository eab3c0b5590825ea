import { drawAnswer, drawPolicy } from '../../../blocks/cards/answers';
import { ACCOUNT_KINDS, type AccountKind } from '../../../src/accounts';
import { nearControls } from '../../../src/controls';
import { ANY_ACCOUNT, type Treated } from '../../../src/policy';
import type { FrontBot } from '../../composition';
import type { Subcommand, Typed } from './subcommand';

async function execute({ args, language }: Typed, bot: FrontBot) {
  const { catalogue } = bot.config;
  await bot.policies.refresh();
  const policy = bot.policies.current();
  const [id = ''] = args;
  const control = catalogue.find(id);
  if (control === undefined) {
    const [near] = nearControls(catalogue, id);
    return drawAnswer(
      {
        kind: 'unknown command',
        typed: `/secops policy ${id}`.trim(),
        nearest: `/secops policy ${near?.id ?? 'EC2.19'}`,
      },
      language,
    );
  }
  const treat = (kind: AccountKind): Treated =>
    policy.treat({
      control: control.id,
      product: 'control',
      severity: control.severity,
      category: control.category,
      // Lines about single accounts, regions or tags are not what is asked for here.
      account: ANY_ACCOUNT,
      kind,
      region: control.scope === 'global' ? 'global' : '',
      tags: {},
    });
  const rows = Object.fromEntries(ACCOUNT_KINDS.map((kind) => [kind, treat(kind)])) as Record<
    AccountKind,
    Treated
  >;
  const { title, severity, category } = control;
  return drawPolicy({ control: control.id, title, severity, category, rows }, language);
}

export const policyCommand: Subcommand = {
  name: 'policy',
  usage: '/secops policy CONTROL',
  about: {
    ja: 'コントロール（例: EC2.19）をどう扱うか、期限とともに表示します。',
    en: 'How a control such as EC2.19 is treated, and by when it is due.',
  },
  execute,
};
