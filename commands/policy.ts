import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ACCOUNT_KINDS } from '../src/accounts';
import { SEVERITIES } from '../src/controls';
import { answerLine } from '../src/policy';
import { explainControl } from './policy/explain-control';
import { openPolicies } from './policy/open-policies';
import { previewFile } from './policy/preview-file';
import { pushFile } from './policy/push-file';
import { runToEnd } from './run-to-end';
import type { WhichBot } from './which-bot';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run policy -- CONTROL [options]
       npm run policy -- preview [FILE] [--from hub]
       npm run policy -- push [FILE] [--yes]
       npm run policy -- answers
       npm run policy -- history

CONTROL  Shows what config/policy.yml does with a control, and which line decides; with --settings, the policy in
         force there.
  --kind      ${ACCOUNT_KINDS.join(' or ')}; without it and without a registered --account: both
  --account   twelve digits
  --severity  ${SEVERITIES.join(', ')}; without it the control's own
  --region    such as ap-northeast-1
  --tag       key=value of the resource; may be repeated

preview  Shows what a policy file (config/policy.yml) would do with the issues that the bot knows, or with the
         findings that Security Hub holds, and how that differs from the policy in force. Changes nothing.
push     Shows the same, asks, and puts the file into force.
answers  Prints what was answered in Slack as lines for policy.yml.
history  Lists the policies that have been pushed.

Example: npm run policy -- EC2.19 --kind production`;

const configDir = () => process.env['CONFIG_DIR'] || join(__dirname, '..', 'config');

function parse<O extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: NonNullable<O>,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function oneFile(files: readonly string[]): string | undefined {
  if (files.length > 1) throw new WrongUsage('Name one file.');
  return files[0];
}

/** What `npm run policy -- VERB` does; anything else is the id of a control. */
const VERBS: Readonly<Record<string, (args: readonly string[], bot: WhichBot) => Promise<number>>> = {
  async preview(args, bot) {
    const { values, positionals } = parse(args, { from: { type: 'string' } });
    if (values.from !== undefined && values.from !== 'hub')
      throw new WrongUsage(`--from ${values.from}: write hub, or leave it out.`);
    await previewFile(
      oneFile(positionals),
      values.from === undefined ? 'table' : 'hub',
      await openPolicies(bot, 'read', configDir),
    );
    return 0;
  },
  async push(args, bot) {
    const { values, positionals } = parse(args, { yes: { type: 'boolean' } });
    return pushFile(oneFile(positionals), values.yes === true, await openPolicies(bot, 'change', configDir));
  },
  async answers(_args, bot) {
    const { policies } = await openPolicies(bot, 'read', configDir);
    const answers = await policies.answers();
    if (answers.length === 0) console.error('Nothing has been answered in Slack.');
    for (const answer of answers) {
      console.log(`  # answered in Slack by ${answer.who} at ${answer.at}`);
      console.log(`  ${answerLine(answer)}`);
    }
    return 0;
  },
  async history(_args, bot) {
    const { policies } = await openPolicies(bot, 'read', configDir);
    const pushed = await policies.history();
    if (pushed.length === 0) console.error('No policy has been pushed: config/policy.yml is in force.');
    for (const { number, at, by, text } of pushed) {
      console.log(`${String(number).padStart(4)}  ${at}  ${by}  ${text.split('\n').length} lines`);
    }
    return 0;
  },
};

async function main(args: readonly string[], bot: WhichBot): Promise<number> {
  const [name = '', ...rest] = args;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  return verb ? verb(rest, bot) : explainControl(args, bot, configDir());
}

runToEnd(main, { usage: USAGE });
