import { parseArgs } from 'node:util';
import { runToEnd } from './run-to-end';
import { applySetup } from './setup/apply-setup';
import { checkSetup } from './setup/check-setup';
import { openSetup, type SetupOptions } from './setup/open-setup';
import type { WhichBot } from './which-bot';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run setup -- check [--regions eu-west-1,us-east-1] [--role NAME] [--json]
       npm run setup -- apply [--regions eu-west-1,us-east-1] [--role NAME] [--controls] [--yes] [--json]

check   Shows how Security Hub is set up, in the account of the command's credentials and in every registered account: what is
        right (✓), what is wrong (✗), what could not be read (?), and what to do. Nothing is changed. The exit code is 0 when
        all is right, 1 when something is wrong, 2 when something could not be read.
apply   Shows what can be done about it and, with --yes, does it: region aggregation, finding format, standard, members
        (invited where there is no organization). It looks before each step, so it can be broken off and run again. What
        central configuration decides is left as it is; what is left to people is named, with the commands for it. The
        exit code is 1 when something is left.

--regions  Further Regions, beside the home Region (AWS_REGION) and those that are linked to it by name.
--role     A role to be assumed in the registered accounts, by name; without it, the bot's own (MEMBER_ROLE_NAME),
           which may only read. apply changes something in member accounts only with --role. It is your own credentials
           that assume it, with --settings too.
--controls Turns off, too, the controls that policy ignores in every kind of account, Region and severity. That ends their
           findings for good.
--yes      Does what is shown.
--json     Everything once more as JSON, in the last line.`;

function parse<O extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: NonNullable<O>,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

const FLAG = { type: 'boolean', default: false } as const;
const WHERE = { regions: { type: 'string' }, role: { type: 'string' } } as const;

function optionsOf(given: { readonly regions?: string; readonly role?: string }): SetupOptions {
  const regions = (given.regions ?? '').split(',').filter((name) => name !== '');
  const odd = regions.find((name) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(name));
  if (odd !== undefined) throw new WrongUsage(`--regions ${odd}: write a Region such as eu-west-1.`);
  if (given.role !== undefined && !/^[\w+=,.@-]{1,64}$/.test(given.role)) {
    throw new WrongUsage(`--role ${given.role}: write the role's name, not its ARN.`);
  }
  return { regions, role: given.role };
}

const VERBS: Readonly<Record<string, (args: readonly string[], bot: WhichBot) => Promise<number>>> = {
  async check(args, bot) {
    const { json, ...where } = parse(args, { ...WHERE, json: FLAG });
    return checkSetup(json, await openSetup(optionsOf(where), bot, 'read'));
  },
  async apply(args, bot) {
    const { json, yes, controls, ...where } = parse(args, {
      ...WHERE,
      json: FLAG,
      yes: FLAG,
      controls: FLAG,
    });
    const open = await openSetup(optionsOf(where), bot, yes ? 'change' : 'read');
    return applySetup({ json, yes, controls }, open);
  },
};

async function main(args: readonly string[], bot: WhichBot): Promise<number> {
  const [name = '', ...rest] = args;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) throw new WrongUsage(name === '' ? 'Say what to do.' : `I do not know "${name}".`);
  return verb(rest, bot);
}

/** What went wrong, with what to do about it where that is known. */
function faceOf(error: unknown): string | undefined {
  const { name, message } = error as Error;
  if (name === 'CredentialsProviderError') {
    return `There are no AWS credentials (${message}): give those of the account in which Security Hub is administered.`;
  }
  if (message === 'Region is missing') return 'Name the home Region of Security Hub in AWS_REGION.';
  return undefined;
}

runToEnd(main, { usage: USAGE, faceOf, failed: 2 });
