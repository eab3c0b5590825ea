import { tick } from '../handlers/clock';
import { compose } from '../handlers/composition';
import { takeFindings } from '../handlers/findings';
import { runScoreCount } from '../handlers/jobs/score-count';
import { LOCAL_REGION } from '../local/embedded';
import { lambdaRecord } from '../local/poller';
import type { ChangeMessage, Queues } from '../src/queues';
import type { CountMessage } from '../src/scores';
import type { Table } from '../src/store';
import { document, eventOf } from './documents';
import { type Measured, rounded } from './figures';
import { openOutside } from './outside';
import { say } from './say';
import { trackedControls } from './tracked-controls';

const ACCOUNT = '111122223333';
const CONTROLS = 40;
const DAYS = 7;
const HOUR_MS = 3_600_000;
const REFRESH_HOURS = 18;
/** Items of scores, whoever writes them. */
const SCORE = /^SCORE/;

/**
 * Writes to score items a control and day, while Security Hub reports controls that do not change once more every 18
 * hours: the findings handler, the clock every hour, and the counts that it wakes, over seven days. The first day, on
 * which all of it is new, is said apart. Simulated: the clock is moved, and counts are done without a queue.
 */
export async function scoreWrites(): Promise<Measured> {
  const outside = await openOutside();
  try {
    let time = Date.now();
    let writes = 0;
    const waiting: ChangeMessage[] = [];
    const queues: Queues = {
      card: async () => undefined,
      workflow: async () => undefined,
      change: async (message) => void waiting.push(message),
    };
    const table = countingWrites(outside.ports.table, ({ pk }) => {
      if (SCORE.test(pk)) writes += 1;
    });
    const bot = compose(
      outside.settings,
      { ...outside.ports, table, queues, now: () => new Date(time) },
      outside.config,
    );
    await bot.accounts.refresh();
    const controls = trackedControls(outside.config, ACCOUNT).slice(0, CONTROLS);
    const report = async () => {
      for (const { id: control } of controls) {
        const updatedAt = new Date(time);
        const body = eventOf(
          document({ account: ACCOUNT, control, resource: 1, status: 'PASSED', updatedAt, rules: 0 }),
        );
        const message = { MessageId: 'bench', ReceiptHandle: 'bench', Body: body };
        const record = lambdaRecord(message, bot.settings.FINDINGS_QUEUE_URL, LOCAL_REGION);
        const { batchItemFailures } = await takeFindings({ Records: [record] }, bot);
        if (batchItemFailures.length > 0) throw new Error('a finding was not taken in');
      }
    };
    let hours = 0;
    const pass = async (until: number): Promise<number> => {
      writes = 0;
      for (; hours < until; hours += 1) {
        if (hours % REFRESH_HOURS === 0) await report();
        time += HOUR_MS;
        await tick(bot);
        for (let message = waiting.shift(); message; message = waiting.shift()) {
          const { body } = message;
          if (isCount(body)) await runScoreCount(body, bot);
        }
      }
      return writes / controls.length;
    };
    const first = await pass(24);
    const week = await pass(24 * (DAYS + 1));
    const score = await bot.scores.ofAccounts.load(ACCOUNT as never);
    if (score?.counts.passed !== controls.length) throw new Error('not all controls are counted as passed');
    say(
      `  ${rounded(first, 1)} a control on the first day, ${rounded(week / DAYS, 2)} on each of the next ${DAYS}`,
    );
    return { scoreWritesPerControlDay: rounded(week / DAYS, 2) };
  } finally {
    await outside.close();
  }
}

function isCount(body: unknown): body is CountMessage {
  return typeof body === 'object' && body !== null && 'job' in body && body.job === 'score-count';
}

function countingWrites(table: Table, written: (key: { readonly pk: string }) => void): Table {
  return {
    ...table,
    create: (item) => {
      written(item);
      return table.create(item);
    },
    replace: (item, version) => {
      written(item);
      return table.replace(item, version);
    },
    put: (item) => {
      written(item);
      return table.put(item);
    },
    raise: (key, attributes) => {
      written(key);
      return table.raise(key, attributes);
    },
  };
}
