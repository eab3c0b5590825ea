import { parseArgs } from 'node:util';
import { type AccountId, accountId } from '../src/accounts';
import { tableAudit } from '../src/audit';
import { addDays, isDay, zoneOf } from '../src/calendar';
import { dataAccess } from './data-access';
import { runToEnd } from './run-to-end';
import type { WhichBot } from './which-bot';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run -s audit -- --from 2026-11-01 [--to 2026-11-22] [--account 111122223333]

Prints what people did, tried and were refused, one JSON object a line, oldest first.
  --from     a day, from its beginning in the time zone of TIME_ZONE, or a time: 2026-11-01T09:00:00+09:00
  --to       a day, to its end, or a time, itself not included; without it: everything since
  --account  twelve digits; only what concerns this account`;

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const YEAR_MS = 366 * 86_400_000;

interface Wanted {
  readonly from: Date;
  /** Absent: everything since. */
  readonly to?: Date;
  readonly account?: AccountId;
}

/** @param daysOn 0 for the beginning of a day, 1 for its end */
function moment(option: string, text: string, daysOn: 0 | 1, timeZone: string): Date {
  if (isDay(text)) return zoneOf(timeZone).instant({ day: addDays(text, daysOn), time: 0 });
  const at = new Date(text);
  if (TIME.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(at.getTime())) return at;
  throw new WrongUsage(
    `${option} ${text}: write a day such as 2026-11-01, or a time such as 2026-11-01T09:00:00Z.`,
  );
}

function typed(args: readonly string[]) {
  try {
    const option = { type: 'string' } as const;
    return parseArgs({ args: [...args], options: { from: option, to: option, account: option } }).values;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function read({ from, to, account }: ReturnType<typeof typed>, timeZone: string): Wanted {
  if (from === undefined) throw new WrongUsage('--from is missing: from which day on?');
  const start = moment('--from', from, 0, timeZone);
  const end = to === undefined ? undefined : moment('--to', to, 1, timeZone);
  if (end && end.getTime() <= start.getTime()) throw new WrongUsage('--to lies before --from.');
  const id = account === undefined ? undefined : accountId(account);
  if (account !== undefined && !id) throw new WrongUsage(`--account ${account}: write twelve digits.`);
  return { from: start, ...(end && { to: end }), ...(id && { account: id }) };
}

/** Waits until the line has left: what is still in a pipe would be lost at the end. */
function print(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
  });
}

async function main(args: readonly string[], bot: WhichBot): Promise<number> {
  const given = typed(args);
  // What is missing is said before a bot is looked for, which brings the deployment's time zone.
  read(given, 'UTC');
  const { table, run } = await dataAccess(bot, 'read');
  const timeZone = process.env['TIME_ZONE'] || 'Asia/Tokyo';
  const { from, to, account } = read(given, timeZone);
  // A bot on this machine may have had its clock moved ahead.
  const latest = new Date(Date.now() + (run ? YEAR_MS : 1_000));
  let count = 0;
  for await (const event of tableAudit(table).between(from, to ?? latest)) {
    if (account !== undefined && event.account !== account) continue;
    await print(JSON.stringify(event));
    count += 1;
  }
  console.error(`${count.toLocaleString('en-US')} ${count === 1 ? 'event' : 'events'}`);
  return 0;
}

// Whoever reads only the first lines (`| head`) has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

runToEnd(main, { usage: USAGE });
