import { parseArgs } from 'node:util';
import { burst } from './burst';
import { calls } from './calls';
import { digest } from './digest';
import { FIGURES, type Measured, table } from './figures';
import { findingToMessage } from './finding-to-message';
import { functions } from './functions';
import { home } from './home';
import { importCsv } from './import-csv';
import { morning } from './morning';
import { keepPerItem, perItem } from './per-item';
import { readDecide } from './read-decide';
import { reconcile } from './reconcile';
import { refresh } from './refresh';
import { renderPost } from './render-post';
import { say } from './say';
import { scoreWrites } from './score-writes';
import { score, scoreMemory } from './scores';
import { startReady } from './start-ready';
import { STORM_FINDINGS, storm } from './storm';
import { synth } from './synth';

/** How large the largest measurements are. */
interface Scale {
  /** Findings of a storm. */
  readonly storm: number;
}

interface Measurement {
  readonly name: string;
  readonly what: string;
  readonly measure: (scale: Scale) => Measured | Promise<Measured>;
}

/** One after the other, so that none disturbs another. The names begin the keys of their figures. */
const MEASUREMENTS: readonly Measurement[] = [
  { name: 'startReady', what: 'npm start on an empty data folder', measure: startReady },
  { name: 'functions', what: 'the functions that somebody waits for, as deployed', measure: functions },
  { name: 'synth', what: 'the stack, without an AWS account', measure: synth },
  { name: 'findingToMessage', what: 'from the queue of a bot at rest to Slack', measure: findingToMessage },
  { name: 'readDecide', what: 'reading and deciding', measure: readDecide },
  { name: 'renderPost', what: 'drawing and posting cards', measure: renderPost },
  { name: 'refresh', what: 'a finding delivered again', measure: refresh },
  { name: 'reconcile', what: 'comparing 500 accounts with Security Hub', measure: reconcile },
  { name: 'burst', what: '1,000 findings at once', measure: burst },
  { name: 'digest', what: '1,000 findings on the first day of an account', measure: digest },
  { name: 'import', what: 'registering 1,000 accounts from a CSV', measure: importCsv },
  { name: 'home', what: 'the page of somebody with 5,000 open requests', measure: home },
  { name: 'score', what: 'scores and the ranking of 500 accounts', measure: score },
  { name: 'scoreWrites', what: 'a week in which nothing changes', measure: scoreWrites },
  { name: 'scoreMemory', what: 'ranking 5,000 accounts', measure: scoreMemory },
  { name: 'morning', what: 'what a night leaves for the morning', measure: morning },
  { name: 'perItem', what: 'what each item takes of AWS and Slack', measure: perItem },
  { name: 'calls', what: 'the calls of 1,000 findings, new and refreshed', measure: calls },
  {
    name: 'storm',
    what: 'a storm of findings, with Slack down in its middle',
    measure: ({ storm: size }) => storm(size),
  },
];

const USAGE = `Usage: npm run bench -- [--json] [--only NAME …] [--keep] [--storm COUNT]

Measures what the bot promises about speed and quietness, on this machine and with nothing but embedded servers.
  --json       the figures as one JSON object, the last line of standard output
  --only NAME  only these: ${MEASUREMENTS.map(({ name }) => name).join(', ')}
  --storm COUNT  a smaller storm: so many findings instead of ${STORM_FINDINGS}, and an outage as much shorter
  --keep       keeps what perItem has measured in commands/scale/per-item.json, for npm run scale
A figure that could not be measured is null, and the exit code 1. A missed bar is no failure.`;

interface Options extends Scale {
  readonly json: boolean;
  readonly keep: boolean;
  readonly measurements: readonly Measurement[];
}

/** @throws UsageError, with what to do */
function read(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      keep: { type: 'boolean', default: false },
      storm: { type: 'string', default: String(STORM_FINDINGS) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const unknown = values.only.filter((name) => !MEASUREMENTS.some((known) => known.name === name));
  if (unknown.length > 0) throw new TypeError(`Nothing is called ${unknown.join(', ')}.`);
  const size = Number(values.storm);
  if (!Number.isInteger(size) || size < 1) throw new TypeError('A storm has a whole number of findings.');
  return {
    json: values.json,
    keep: values.keep,
    storm: size,
    measurements: MEASUREMENTS.filter(({ name }) => values.only.length === 0 || values.only.includes(name)),
  };
}

/** Null for every figure that this measurement should have given. */
function failed(name: string): Measured {
  return Object.fromEntries(FIGURES.filter(({ key }) => key.startsWith(name)).map(({ key }) => [key, null]));
}

async function measure({ json, keep, measurements, ...scale }: Options): Promise<number> {
  let measured: Measured = {};
  for (const { name, what, measure } of measurements) {
    say(`${name}: ${what}`);
    try {
      measured = { ...measured, ...(await measure(scale)) };
    } catch (error) {
      say(`  could not be measured: ${error instanceof Error ? error.stack : String(error)}`);
      measured = { ...measured, ...failed(name) };
    }
  }
  if (keep) keepPerItem();
  console.log(json ? JSON.stringify(measured) : table(measured));
  return Object.values(measured).includes(null) ? 1 : 0;
}

async function main(args: readonly string[]): Promise<number> {
  let options: Options | undefined;
  try {
    options = read(args);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    say(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (options === undefined) {
    say(USAGE);
    return 0;
  }
  return measure(options);
}

// Through exit(), so that the bots that run for the bench end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(`The bench cannot run: ${error instanceof Error ? error.stack : String(error)}`);
    process.exit(1);
  },
);
