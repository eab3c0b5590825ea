import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import {
  type ByFunction,
  ITEM_NAMES,
  type ItemName,
  PerItemFile,
  type Work,
} from '../commands/scale/per-item-file';
import { type Measured, rounded } from './figures';
import { comparisonCosts, registerCosts } from './per-item-accounts';
import { findingCosts, suppressionCost } from './per-item-findings';
import { LATENCY_MS } from './per-item-meter';
import { morningCosts } from './per-item-mornings';
import { say } from './say';

/** What `npm run scale` reckons with. */
export const PER_ITEM_FILE = join(__dirname, '..', 'commands', 'scale', 'per-item.json');

let measured: PerItemFile | undefined;

/** What each item takes of AWS, Slack and the processor, counted at the clients while the bot does it. */
export async function perItem(): Promise<Measured> {
  const findings = await findingCosts();
  const [suppressed, mornings, register, comparison] = [
    await suppressionCost(),
    await morningCosts(),
    await registerCosts(),
    await comparisonCosts(),
  ];
  const items: Partial<Record<ItemName, ByFunction>> = {
    ...findings.items,
    ...mornings,
    suppressed,
    ...register.items,
    ...comparison.items,
  };
  measured = PerItemFile.parse({
    measuredAt: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} processors`,
    node: process.version,
    latencyMs: LATENCY_MS,
    items: Object.fromEntries(ITEM_NAMES.map((name) => [name, tidy(items[name] ?? {})])),
    sizes: Object.fromEntries(
      Object.entries({ ...findings.sizes, ...register.sizes, ...comparison.sizes }).map(([name, size]) => [
        name,
        rounded(size),
      ]),
    ),
  });
  return figures(measured);
}

/** Keeps what has just been measured for `npm run scale`. */
export function keepPerItem(): void {
  if (measured === undefined) throw new TypeError('--keep keeps what perItem has measured: measure it too.');
  writeFileSync(PER_ITEM_FILE, `${JSON.stringify(measured, undefined, 2)}\n`);
  say(`kept in ${PER_ITEM_FILE}`);
}

/** To as many digits as mean something; what a function has no part in is left out. */
function tidy(work: ByFunction): ByFunction {
  return Object.fromEntries(
    Object.entries(work)
      .filter(([, counters]) => Object.values(counters).some((amount) => amount > 0))
      .map(([name, counters]) => [
        name,
        Object.fromEntries(Object.entries(counters).map(([what, amount]) => [what, rounded(amount, 4)])),
      ]),
  );
}

const SHOWN: readonly (readonly [string, keyof Work])[] = [
  ['Reads', 'readUnits'],
  ['Writes', 'writeUnits'],
  ['IndexWrites', 'indexWriteUnits'],
  ['Messages', 'sent'],
  ['S3Puts', 's3Puts'],
  ['HubCalls', 'hubCalls'],
  ['SlackCalls', 'slackCalls'],
  ['LogBytes', 'logBytes'],
  ['CpuMs', 'cpuMs'],
];

/** The totals of each item over all functions, such as `perItemNewCardReads`. */
function figures({ items }: PerItemFile): Measured {
  return Object.fromEntries(
    ITEM_NAMES.flatMap((name) =>
      SHOWN.map(([what, counter]) => [
        `perItem${name.charAt(0).toUpperCase()}${name.slice(1)}${what}`,
        rounded(
          Object.values(items[name] ?? {}).reduce((sum, work) => sum + work[counter], 0),
          3,
        ),
      ]),
    ),
  );
}
