import { issueRegion, readFindings } from '../src/findings';
import { type Decision, decide, type Issue, treatmentOf } from '../src/requests';
import { benchConfig } from './config';
import { type Measured, median, rounded } from './figures';
import { findingMix } from './finding-mix';
import { say } from './say';

const MESSAGES = 3_000;
const ROUNDS = 9;
const NOW = new Date('2026-01-15T06:00:01.000Z');

/** How many messages one core reads and decides on in a second, without a store. */
export function readDecide(): Measured {
  const config = benchConfig();
  const sources = {
    catalogue: config.catalogue,
    policy: () => config.policy,
    accounts: config.accounts.lookup,
    calendar: config.calendar,
    now: () => NOW,
  };
  const outcomes: Record<string, number> = {};

  const take = (body: string, issue: Issue | undefined): Decision | undefined => {
    const { findings } = readFindings(body, config.catalogue);
    let last: Decision | undefined;
    for (const finding of findings) {
      const region = issueRegion(finding, config.catalogue);
      const treat = (severity: Issue['severity']) => treatmentOf(finding, severity, sources);
      last = decide({ finding, region, issue, treat, now: NOW });
    }
    return last;
  };

  const controls = config.catalogue.all().map(({ id }) => id);
  const mix = findingMix(MESSAGES, controls).map(({ body, earlier }) => {
    const known = earlier === undefined ? undefined : take(earlier, undefined)?.next;
    return { body, issue: known && { ...known, version: 1 } };
  });
  const rates: number[] = [];
  // The first round warms up and shows what the mix is made of.
  for (let round = 0; round <= ROUNDS; round += 1) {
    globalThis.gc?.();
    const from = performance.now();
    for (const { body, issue } of mix) {
      const outcome = take(body, issue)?.outcome ?? 'refused';
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    if (round > 0) rates.push((mix.length / (performance.now() - from)) * 1_000);
  }

  const bytes = mix.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) / mix.length;
  const share = Object.entries(outcomes).map(
    ([outcome, count]) => `${outcome} ${rounded((100 * count) / (mix.length * (ROUNDS + 1)), 1)} %`,
  );
  say(`  ${mix.length} messages of ${rounded(bytes)} bytes on average: ${share.join(', ')}`);
  say(`  slowest round ${rounded(Math.min(...rates))}/s, fastest ${rounded(Math.max(...rates))}/s`);
  return { readDecidePerSecond: rounded(median(rates)) };
}
