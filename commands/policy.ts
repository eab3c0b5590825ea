import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ACCOUNT_KINDS, type AccountId, type AccountKind, accountId, loadAccounts } from '../src/accounts';
import { ConfigError } from '../src/config';
import { type Control, loadCatalogue, nearControls, SEVERITIES, type Severity } from '../src/controls';
import { ANY_ACCOUNT, type Explanation, explain, loadPolicy } from '../src/policy';

const CONFIG = process.env['CONFIG_DIR'] ?? join(__dirname, '..', 'config');
const POLICY = 'config/policy.yml';

const USAGE = `Shows what the policy does with a control, and which line decides.

Usage: npm run policy -- CONTROL [options]

  --kind      ${ACCOUNT_KINDS.join(' or ')}; without it and without a registered --account: both
  --account   twelve digits
  --severity  ${SEVERITIES.join(', ')}; without it the control's own
  --region    such as ap-northeast-1
  --tag       key=value of the resource; may be repeated

Example: npm run policy -- EC2.19 --kind production`;

/** What was asked on the command line, checked. */
interface Question {
  readonly control: string;
  readonly kind?: AccountKind;
  readonly account?: AccountId;
  readonly severity?: Severity;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

class WrongUsage extends Error {}

function readQuestion(args: readonly string[]): Question | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
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
        help: { type: 'boolean', short: 'h' },
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

function answer(question: Question): string | undefined {
  const catalogue = loadCatalogue(CONFIG);
  const control = catalogue.find(question.control);
  if (!control) {
    const near = nearControls(catalogue, question.control).map(({ id, title }) => `  ${id}  ${title}`);
    const hint = near.length === 0 ? '' : `\nDid you mean one of these?\n${near.join('\n')}`;
    process.stderr.write(`${question.control} is not in the catalogue.${hint}\n`);
    return undefined;
  }
  const policy = loadPolicy(join(CONFIG, 'policy.yml'));
  const severity = question.severity ?? control.severity;
  const explanations = kindsOf(question).map((kind) => ({
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
  return show(control, severity, explanations);
}

function kindsOf({ kind, account }: Question): readonly AccountKind[] {
  if (kind) return [kind];
  if (!account) return ACCOUNT_KINDS;
  const { lookup } = loadAccounts(join(CONFIG, 'accounts.yml'), { kind: 'production', mode: 'observe' });
  const known = lookup(account);
  return known.registered ? [known.kind] : ACCOUNT_KINDS;
}

function show(
  control: Control,
  severity: Severity,
  explanations: readonly (Explanation & { readonly kind: AccountKind })[],
): string {
  const head = `${bold(control.id)}  ${control.title}\n${row('category', control.category)}${row('severity', severity)}`;
  const parts = explanations.map(({ kind, treated, line }) =>
    [
      `\n${bold(kind)}\n`,
      row('treatment', bold(treated.treatment)),
      treated.treatment === 'track' ? row('deadline', `${treated.deadlineHours} hours`) : '',
      row('decided by', `${line.id} (${POLICY}:${line.lineNumber})`),
      line.why === undefined ? '' : row('because', line.why),
    ].join(''),
  );
  return head + parts.join('');
}

const row = (name: string, value: string) => `  ${name.padEnd(11)} ${value}\n`;

const inColour = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const bold = (text: string) => (inColour ? `\u001b[1m${text}\u001b[22m` : text);

function main(): number {
  try {
    const question = readQuestion(process.argv.slice(2));
    const text = question === 'help' ? `${USAGE}\n` : answer(question);
    if (text === undefined) return 1;
    process.stdout.write(text);
    return 0;
  } catch (error) {
    if (error instanceof WrongUsage) {
      process.stderr.write(`${error.message}\n\n${USAGE}\n`);
      return 2;
    }
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

process.exitCode = main();
