import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { accountId } from '../src/accounts';
import { dataAccess } from './data-access';
import { exportedExceptions } from './exceptions/exported-exception';
import { FORMATS } from './exceptions/write-exceptions';
import { runToEnd } from './run-to-end';
import type { WhichBot } from './which-bot';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run -s exceptions -- export [--format yaml|csv] [--account 111122223333] [FILE]

Writes all suppressions in force: what is suppressed, why, by whom, approved by whom, since when and until when.
  --format   yaml (the default), or csv for a spreadsheet; a FILE that ends in .csv is one
  --account  twelve digits; only those of this account
  FILE       without it: standard output`;

type Format = keyof typeof FORMATS;
const isFormat = (text: string): text is Format => Object.hasOwn(FORMATS, text);

function typed(args: readonly string[]) {
  try {
    const option = { type: 'string' } as const;
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: option, account: option },
    });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function read(args: readonly string[]) {
  const { values, positionals } = typed(args);
  const [verb, file, ...more] = positionals;
  if (verb !== 'export')
    throw new WrongUsage(verb === undefined ? 'Say what to do.' : `I do not know "${verb}".`);
  if (more.length > 0) throw new WrongUsage('Name one file.');
  const format = values.format ?? (file?.endsWith('.csv') ? 'csv' : 'yaml');
  if (!isFormat(format))
    throw new WrongUsage(`--format ${format}: write ${Object.keys(FORMATS).join(' or ')}.`);
  const account = values.account === undefined ? undefined : accountId(values.account);
  if (values.account !== undefined && account === undefined) {
    throw new WrongUsage(`--account ${values.account}: write twelve digits.`);
  }
  return { format, account, file };
}

/** Waits until all of it has left: what is still in a pipe would be lost at the end. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

async function main(args: readonly string[], bot: WhichBot): Promise<number> {
  const { format, account, file } = read(args);
  const { table } = await dataAccess(bot, 'read');
  const exceptions = await exportedExceptions(table, account);
  const text = FORMATS[format](exceptions);
  if (file === undefined) await print(text);
  else writeFileSync(file, text);
  console.error(
    `${exceptions.length.toLocaleString('en-US')} ${exceptions.length === 1 ? 'exception' : 'exceptions'}`,
  );
  return 0;
}

// Whoever reads only the first lines (`| head`) has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

runToEnd(main, { usage: USAGE });
