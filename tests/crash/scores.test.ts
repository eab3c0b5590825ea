import type { AccountId } from '../../src/accounts';
import { sweep } from '../../src/clock';
import { countAccount } from '../../src/scores';
import { type AsffDocument, asff, type ControlFinding, imported } from '../fixtures/findings';
import { type MemoryBot, openMemoryBot } from '../setup/memory-bot';
import { type Act, type Ending, type Explored, explore } from './explorer';

/**
 * Kills and disturbs "findings, marks, count, snapshot" at every effect. Whatever the moment: when the clock has gone
 * on, every control, the account and its days say what their issues say, and nothing is left to be written.
 */

const ACCOUNT = '111122223333' as AccountId;
const MINUTE = 60_000;

function finding(about: ControlFinding): AsffDocument {
  return asff({ severity: 'MEDIUM', ...about });
}

const A = 'arn:aws:s3:::example-a';
const B = 'arn:aws:s3:::example-b';
const INSTANCE = 'arn:aws:ec2:::instance/i-1';
/** Failing, passed, not to be checked, and one that policy ignores: Security Hub is told to suppress it. */
const FIRST = [
  finding({ control: 'S3.5', resource: A, updatedAt: '2026-11-24T01:00:00.000Z' }),
  finding({ control: 'S3.5', resource: B, status: 'PASSED', updatedAt: '2026-11-24T01:00:00.000Z' }),
  finding({ control: 'EC2.9', resource: INSTANCE, status: 'WARNING', updatedAt: '2026-11-24T01:00:00.000Z' }),
  finding({ control: 'EC2.6', resource: 'arn:aws:ec2:::vpc/vpc-1', updatedAt: '2026-11-24T01:00:00.000Z' }),
];
/** The next hour: one is fixed, another comes. */
const SECOND = [
  finding({ control: 'S3.5', resource: A, status: 'PASSED', updatedAt: '2026-11-24T02:00:00.000Z' }),
  finding({ control: 'EC2.8', resource: INSTANCE, updatedAt: '2026-11-24T02:00:00.000Z' }),
];

function acts(memory: MemoryBot): readonly Act[] {
  const reach = (at: string) => {
    memory.clock.advance(Math.max(0, Date.parse(at) - memory.clock.now().getTime()));
  };
  const report =
    (at: string, documents: readonly AsffDocument[]): Act =>
    async () => {
      reach(at);
      for (const document of documents) memory.hub.documents.set(document.Id, document);
      for (const document of documents) memory.send(imported(document));
    };
  const clock =
    (at: string): Act =>
    async (bot) => {
      reach(at);
      await sweep(bot.clock);
    };
  return [
    report('2026-11-24T01:00:00.000Z', FIRST),
    clock('2026-11-24T01:01:30.000Z'),
    report('2026-11-24T02:00:00.000Z', SECOND),
    clock('2026-11-24T02:01:30.000Z'),
    // A message that failed, or a count that died, has come again by now.
    clock('2026-11-24T02:20:00.000Z'),
    // Tokyo's next day.
    clock('2026-11-24T17:00:00.000Z'),
  ];
}

async function play(number: number, ending: Ending) {
  const memory = openMemoryBot();
  const explored: Explored = await explore(memory, number, ending, acts(memory), async (bot) =>
    Object.values(await sweep(bot.clock)).reduce((sum, count) => sum + count, 0),
  );
  const { scores, counts } = memory.bot;
  const controls = await scores.ofControls.of(ACCOUNT);
  const score = await scores.ofAccounts.load(ACCOUNT);
  // Counting everything anew changes nothing: no write was needed any more.
  const { mended } = await countAccount(ACCOUNT, counts, { all: { reconciled: true } });
  const again = await scores.ofControls.of(ACCOUNT);
  return {
    explored,
    seen: {
      statuses: Object.fromEntries(controls.map(({ control, status }) => [control, status])),
      marked: controls.filter(({ marked }) => marked !== undefined).length,
      counts: score?.counts,
      day: score?.day,
      recent: score?.recent,
      soon: Date.parse(score?.wakeAt ?? '') - memory.clock.now().getTime() < 10 * MINUTE,
      days: (await scores.snapshots(ACCOUNT, 10)).map((day) => [day.day, day.counts]),
      noted: (await scores.firstSeen()).map(({ control }) => control).sort(),
      mended,
      rewritten: again.filter(({ version }, index) => version !== controls[index]?.version).length,
    },
  };
}

const COUNTS = { passed: 1, failed: 1, unknown: 1, noData: 1, disabled: 0 };
const EXPECTED = {
  statuses: { 'EC2.6': 'no-data', 'EC2.8': 'failed', 'EC2.9': 'unknown', 'S3.5': 'passed' },
  marked: 0,
  counts: COUNTS,
  day: '2026-11-25',
  recent: [{ day: '2026-11-24', score: 33 }],
  soon: false,
  days: [['2026-11-24', COUNTS]],
  noted: ['EC2.6', 'EC2.8', 'EC2.9', 'S3.5'],
  mended: 0,
  rewritten: 0,
};

describe('findings become a score', () => {
  test.each<Ending>(['killed', 'answer lost', 'overtaken'])(
    '%s at every effect',
    async (ending) => {
      // Reads count there, too: of so many points some, unless all are asked for.
      const step = ending === 'overtaken' && process.env['CRASH'] !== 'all' ? 7 : 1;
      for (let number = 0; ; number += step) {
        const { explored, seen } = await play(number, ending);
        const where = `${ending} at effect ${number} (${explored.at ?? 'none: the undisturbed flow'})`;
        expect({ where, ...seen }).toEqual({ where, ...EXPECTED });
        if (explored.at === undefined) {
          expect(number).toBeGreaterThan(50);
          break;
        }
      }
    },
    120_000,
  );
});
