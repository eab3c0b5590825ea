import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../src/config';
import { runToEnd } from './run-to-end';
import { costOf } from './scale/cost';
import { limitsOf } from './scale/limits';
import { LOAD_OPTIONS, type Load, USUAL } from './scale/load';
import { itemsOf } from './scale/month';
import { PerItemFile } from './scale/per-item-file';
import { PriceFile, unverified } from './scale/prices';
import { readData } from './scale/read-data';
import { type Reckoned, showMarkdown, showText } from './scale/show';
import { SCALE_WORDS, type ScaleLanguage } from './scale/words';
import { WrongUsage } from './wrong-usage';

const FILE = (name: string) => join(__dirname, 'scale', name);
/** What `docs/scale.md` shows. */
const COLUMNS = [100, 1_000, 10_000];

const described = LOAD_OPTIONS.map(
  ({ option, of }) => `${`  --${option} NUMBER`.padEnd(32)}${SCALE_WORDS.en.load[of]} (${USUAL[of]})`,
);

const USAGE = `Usage: npm run scale -- [--accounts 1000 …] [--region ap-northeast-1] [--json]

Reckons what a deployment costs in AWS and how near it comes to the limits of AWS and Slack, from what
\`npm run bench -- --only perItem --keep\` has measured. What Security Hub, GuardDuty and AWS Config themselves cost is
not in it, nor are free tiers, discounts and taxes.
  --accounts NUMBER             several times for several columns (${COLUMNS.join(', ')})
${described.join('\n')}
  --region REGION               whose list prices are taken (ap-northeast-1, or us-east-1)
  --prices FILE                 other prices, in the form of commands/scale/prices.json
  --measured FILE               other figures, in the form of commands/scale/per-item.json
  --json                        everything as JSON, for other programs
  --markdown [--lang ja]        the tables of docs/scale.md`;

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new WrongUsage(`--${option} ${text}: write a number, 0 or more.`);
  }
  return value;
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        accounts: { type: 'string', multiple: true, default: COLUMNS.map(String) },
        ...Object.fromEntries(LOAD_OPTIONS.map(({ option }) => [option, text])),
        region: { type: 'string', default: 'ap-northeast-1' },
        prices: { type: 'string', default: FILE('prices.json') },
        measured: { type: 'string', default: FILE('per-item.json') },
        json: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
        lang: { type: 'string', default: 'en' },
      },
    }).values;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

type Given = ReturnType<typeof parse>;

/** Something is divided by these. */
const DIVISORS: readonly (keyof Load)[] = [
  'checks',
  'controls',
  'refreshHours',
  'accountsPerChannel',
  'accountsPerOwner',
];

/** @throws WrongUsage for what cannot be reckoned with */
function loadOf(given: Given): Omit<Load, 'accounts'> {
  const { accounts: _, ...usual } = USUAL;
  const said = LOAD_OPTIONS.flatMap(({ option, of }) => {
    const text = (given as Readonly<Record<string, unknown>>)[option];
    return typeof text === 'string' ? [[of, numberOf(option, text)] as const] : [];
  });
  const load = { ...usual, ...Object.fromEntries(said) };
  if (load.failing > 1) throw new WrongUsage('--failing is a share: 0.05 for five in a hundred.');
  for (const { option, of } of LOAD_OPTIONS) {
    if (DIVISORS.includes(of) && load[of] === 0) throw new WrongUsage(`--${option} cannot be 0.`);
  }
  return load;
}

function languageOf(text: string): ScaleLanguage {
  if (text !== 'en' && text !== 'ja') throw new WrongUsage(`--lang ${text}: write en or ja.`);
  return text;
}

async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(USAGE);
    return 0;
  }
  const given = parse(args);
  const language = languageOf(given.lang);
  const perItem = readData(given.measured, PerItemFile);
  const file = readData(given.prices, PriceFile);
  const prices = Object.hasOwn(file, given.region) ? file[given.region] : undefined;
  if (prices === undefined) {
    throw new WrongUsage(
      `--region ${given.region}: ${given.prices} has prices of ${Object.keys(file).join(', ')}.`,
    );
  }
  const load = loadOf(given);
  const reckoned: Reckoned[] = given.accounts.map((text) => {
    const accounts = numberOf('accounts', text);
    if (accounts === 0) throw new WrongUsage('--accounts cannot be 0.');
    const one = { ...load, accounts };
    return { accounts, cost: costOf(one, perItem, prices), limits: limitsOf(one, perItem) };
  });
  if (given.json) {
    const items = Object.fromEntries(
      reckoned.map(({ accounts }) => [accounts, itemsOf({ ...load, accounts })]),
    );
    console.log(JSON.stringify({ load, region: given.region, reckoned, itemsAMonth: items }, undefined, 2));
  } else if (given.markdown) console.log(Object.values(showMarkdown(reckoned, language)).join('\n\n'));
  else {
    console.log(showText(reckoned));
    console.log(
      `\nPrices of ${given.region}; measured on ${perItem.measuredAt} with ${perItem.machine}, Node.js ${perItem.node}.`,
    );
    const open = unverified(prices);
    if (open.length > 0) console.log(`Not compared with a second source: ${open.join(', ')}.`);
  }
  return 0;
}

const faceOf = (error: unknown): string =>
  error instanceof ConfigError ? error.message : `Could not do that: ${String(error)}`;

runToEnd(main, { usage: USAGE, faceOf, alone: true });
