import { parseArgs } from 'node:util';
import { type AccountId, accountId } from '../src/accounts';
import { type Day, isDay } from '../src/calendar';
import { runToEnd } from './run-to-end';
import { countScores, UnknownAccountError } from './scores/count-scores';
import { exportScores } from './scores/export-scores';
import { listScores } from './scores/list-scores';
import { openScores } from './scores/open-scores';
import type { WhichBot } from './which-bot';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run scores [-- list]
       npm run -s scores -- export [--from 2026-11-01] [--to 2026-11-22] [--account 111122223333] [--out FILE]
       npm run scores -- count [--account 111122223333]

list    Shows the accounts with their score and what it is made of, the best first.
export  Writes how each day has ended as CSV for a spreadsheet: a row for each account, day and standard, in which
        "all" stands for the whole account; account after account, the oldest day first. Days are kept for 400 days,
        and today's is there when it is over.
          --from, --to  a day, both of them included
          --account     twelve digits; only this account
          --out         a file to write to; without it: standard output
count   Counts every control now, from its findings, and says what has come out differently.`;

const OPTION = { type: 'string' } as const;

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

function dayOf(option: string, text: string | undefined): Day | undefined {
  if (text !== undefined && !isDay(text))
    throw new WrongUsage(`${option} ${text}: write a day such as 2026-11-01.`);
  return text;
}

function accountOf(text: string | undefined): AccountId | undefined {
  const account = text === undefined ? undefined : accountId(text);
  if (text !== undefined && account === undefined) {
    throw new WrongUsage(`--account ${text}: write twelve digits.`);
  }
  return account;
}

const VERBS: Readonly<Record<string, (args: readonly string[], bot: WhichBot) => Promise<void>>> = {
  async list(args, bot) {
    parse(args, {});
    await listScores(await openScores(bot, 'read'));
  },
  async export(args, bot) {
    const given = parse(args, { from: OPTION, to: OPTION, account: OPTION, out: OPTION });
    const [from, to] = [dayOf('--from', given.from), dayOf('--to', given.to)];
    const account = accountOf(given.account);
    if (from !== undefined && to !== undefined && to < from) throw new WrongUsage('--to lies before --from.');
    if (given.out === '') throw new WrongUsage('--out: name a file.');
    const scope = { ...(from && { from }), ...(to && { to }), ...(account && { account }) };
    const rows = await exportScores(scope, given.out, await openScores(bot, 'read'));
    console.error(`${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`);
  },
  async count(args, bot) {
    const account = accountOf(parse(args, { account: OPTION }).account);
    await countScores(account, await openScores(bot, 'change'));
  },
};

async function main(args: readonly string[], bot: WhichBot): Promise<number> {
  const [name = 'list', ...rest] = args;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) throw new WrongUsage(`I do not know "${name}".`);
  await verb(rest, bot);
  return 0;
}

/** What went wrong, with what to do about it where that is known. */
function faceOf(error: unknown): string | undefined {
  if (error instanceof UnknownAccountError) return error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  return code !== undefined && path !== undefined ? `${path} cannot be written: ${code}.` : undefined;
}

// Whoever reads only the first lines (`| head`) has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

runToEnd(main, { usage: USAGE, faceOf });
