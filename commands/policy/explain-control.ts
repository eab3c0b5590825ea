import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  ACCOUNT_KINDS,
  type AccountId,
  type AccountKind,
  type AccountLookup,
  accountId,
} from '../../src/accounts';
import {
  type Catalogue,
  type Control,
  loadCatalogue,
  nearControls,
  SEVERITIES,
  type Severity,
} from '../../src/controls';
import {
  ANY_ACCOUNT,
  type AnsweredPolicy,
  type Explanation,
  explain,
  loadPolicy,
  withAnswers,
} from '../../src/policy';
import { bold } from '../bold';
import type { WhichBot } from '../which-bot';
import { WrongUsage } from '../wrong-usage';
import { accountsWithoutBot } from './known-accounts';
import { openPolicies } from './open-policies';

const POLICY = 'config/policy.yml';

/** What was asked on the command line, checked. */
interface Question {
  readonly control: string;
  readonly kind?: AccountKind;
  readonly account?: AccountId;
  readonly severity?: Severity;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

function readQuestion(args: readonly string[]): Question {
  const { values, positionals } = parse(args);
  const [control, ...more] = positionals;
  if (control === undefined || more.length > 0) throw new WrongUsage('Name one control, such as EC2.19.');
  const account = values.account === undefined ? undefined : accountId(values.account);
  if (values.account !== undefined && !account)
    throw new WrongUsage(`--account ${values.account}: write twelve digits.`);
  const kind = oneOf(ACCOUNT_KINDS, '--kind', values.kind);
  const severity = oneOf(SEVERITIES, '--severity', values.severity?.toUpperCase());
  return {
    control,
    ...(kind && { kind }),
    ...(account && { account }),
    ...(severity && { severity }),
    region: values.region ?? '',
    tags: Object.fromEntries((values.tag ?? []).map(readTag)),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        account: { type: 'string' },
        severity: { type: 'string' },
        region: { type: 'string' },
        tag: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<Option extends string>(options: readonly Option[], name: string, value: string | undefined) {
  if (value === undefined) return undefined;
  const found = options.find((option) => option === value);
  if (!found) throw new WrongUsage(`${name} ${value}: write one of ${options.join(', ')}.`);
  return found;
}

function readTag(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new WrongUsage(`--tag ${text}: write key=value.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** What decides, and about which accounts. */
interface Deciding {
  readonly policy: AnsweredPolicy;
  /** Where its lines stand. */
  readonly source: string;
  readonly accounts: () => Promise<AccountLookup>;
}

/** The file that lies here; of a deployed bot the policy that is in force there. */
async function deciding(bot: WhichBot, configDir: string, catalogue: Catalogue): Promise<Deciding> {
  if (bot.settings === undefined) {
    return {
      policy: withAnswers(loadPolicy(join(configDir, 'policy.yml'), catalogue), []),
      source: POLICY,
      accounts: () => accountsWithoutBot(bot, configDir),
    };
  }
  const { policies, accounts } = await openPolicies(bot, 'read', () => configDir);
  const pushed = await policies.pushed();
  return {
    policy: policies.current(),
    source: pushed === undefined ? POLICY : `policy ${pushed.number}`,
    accounts: () => Promise.resolve(accounts),
  };
}

/** Prints what a policy does with a control, and which line decides. @returns the exit code */
export async function explainControl(
  args: readonly string[],
  bot: WhichBot,
  configDir: string,
): Promise<number> {
  const question = readQuestion(args);
  const catalogue = loadCatalogue(configDir);
  const control = catalogue.find(question.control);
  if (!control) {
    const near = nearControls(catalogue, question.control).map(({ id, title }) => `  ${id}  ${title}`);
    const hint = near.length === 0 ? '' : `\nDid you mean one of these?\n${near.join('\n')}`;
    console.error(`${question.control} is not in the catalogue.${hint}`);
    return 1;
  }
  const { policy, source, accounts } = await deciding(bot, configDir, catalogue);
  const severity = question.severity ?? control.severity;
  const explanations = (await kindsOf(question, accounts)).map((kind) => ({
    kind,
    ...explain(policy, {
      control: control.id,
      product: 'control',
      severity,
      category: control.category,
      account: question.account ?? ANY_ACCOUNT,
      kind,
      region: control.scope === 'global' ? 'global' : question.region,
      tags: question.tags,
    }),
  }));
  process.stdout.write(show(control, severity, explanations, source));
  return 0;
}

async function kindsOf(
  { kind, account }: Question,
  accounts: Deciding['accounts'],
): Promise<readonly AccountKind[]> {
  if (kind) return [kind];
  if (!account) return ACCOUNT_KINDS;
  const known = (await accounts())(account);
  return known.registered ? [known.kind] : ACCOUNT_KINDS;
}

function show(
  control: Control,
  severity: Severity,
  explanations: readonly (Explanation & { readonly kind: AccountKind })[],
  source: string,
): string {
  const head = `${bold(control.id)}  ${control.title}\n${row('category', control.category)}${row('severity', severity)}`;
  const parts = explanations.map(({ kind, treated, line }) =>
    [
      `\n${bold(kind)}\n`,
      row('treatment', bold(treated.treatment)),
      treated.treatment === 'track' ? row('deadline', `${treated.deadlineHours} hours`) : '',
      line ? row('decided by', `${line.id} (${source}:${line.lineNumber})`) : '',
      line?.why === undefined ? '' : row('because', line.why),
    ].join(''),
  );
  return head + parts.join('');
}

const row = (name: string, value: string) => `  ${name.padEnd(11)} ${value}\n`;
