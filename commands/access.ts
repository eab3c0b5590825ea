import { join } from 'node:path';
import { accessMatrix, loadAccessRules } from '../src/access';
import { ConfigError } from '../src/config';
import { printMatrix } from './access/print-matrix';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run access -- matrix [--json]
       npm run access -- check

matrix  Shows who may do what, as config/access.yml says: every kind of change, severity and role.
  --json  every answer as JSON, for other programs
check   Says whether config/access.yml can be used, and what is wrong if it cannot.`;

function accessFile(): string {
  return join(process.env['CONFIG_DIR'] || join(__dirname, '..', 'config'), 'access.yml');
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

function main(args: readonly string[]): void {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(USAGE);
    return;
  }
  const [verb = '', ...rest] = args;
  const json = verb === 'matrix' && rest.length === 1 && rest[0] === '--json';
  if (!['matrix', 'check'].includes(verb) || (rest.length > 0 && !json)) {
    throw new WrongUsage(verb === '' ? 'Say what to show.' : `I do not know "${args.join(' ')}".`);
  }
  const file = accessFile();
  const rules = loadAccessRules(file);
  if (verb === 'check') {
    const kinds = Object.keys(rules.changes).length;
    const guests = Object.keys(rules.guests ?? {}).length;
    console.log(`${file} is right: ${counted(kinds, 'kind')} of change, ${counted(guests, 'guest')} listed.`);
  } else {
    const matrix = accessMatrix(rules);
    console.log(json ? JSON.stringify(matrix, undefined, 2) : printMatrix(matrix));
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (error instanceof WrongUsage) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  } else {
    console.error(error instanceof ConfigError ? error.message : `Could not do that: ${String(error)}`);
    process.exitCode = 1;
  }
}
