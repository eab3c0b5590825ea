import { noteGauges } from '../../handlers/note-gauges';
import { type Counted, counting } from '../setup/counting';
import { openSpine, type Spine } from '../setup/spine';

const DAY = 24 * 3_600_000;

let spine: Spine;
beforeAll(async () => {
  spine = await openSpine();
});
afterAll(() => spine.close());

let counted: Counted;
let changedAt: Date | undefined;
const bot = () => spine.composeWith({ metrics: counting(counted), secretChangedAt: async () => changedAt });
beforeEach(() => {
  counted = {};
  changedAt = undefined;
});

test('what waits in quarantine, and how old the secret is', async () => {
  for (const id of ['one', 'two', 'three']) {
    await spine.bot.quarantine.keep(id, 'x', [{ field: 'x', problem: 'is no finding' }]);
  }
  const two = await spine.bot.quarantine.find('two');
  if (two) await spine.bot.quarantine.resent(two);
  changedAt = new Date(spine.clock.now().getTime() - 200.5 * DAY);
  await noteGauges(bot());
  expect(counted).toEqual({ QuarantineWaiting: [2], SecretAgeDays: [200.5] });
});

test('costs a read every five minutes, and a call every hour', async () => {
  changedAt = spine.clock.now();
  let reads = 0;
  const table = spine.ports.table;
  const counts = spine.composeWith({
    metrics: counting(counted),
    secretChangedAt: async () => changedAt,
    table: {
      ...table,
      all: (...given) => {
        reads += 1;
        return table.all(...given);
      },
    },
  });
  for (let minute = 0; minute < 120; minute += 1) {
    await noteGauges(counts);
    spine.clock.advance(60_000);
  }
  expect(reads).toBe(24);
  expect(counted.QuarantineWaiting).toHaveLength(24);
  expect(counted.SecretAgeDays).toHaveLength(2);
});

test('where the token comes from the environment, there is no age to tell', async () => {
  await noteGauges(bot());
  expect(counted.SecretAgeDays).toBeUndefined();
});

test('what cannot be measured holds the clock up no longer than the try', async () => {
  const broken = spine.composeWith({
    metrics: counting(counted),
    secretChangedAt: () => Promise.reject(new Error('Secrets Manager is away')),
  });
  await noteGauges(broken);
  expect(counted.SecretAgeDays).toBeUndefined();
  expect(spine.logged.at(-1)).toContain('Secrets Manager is away');
});
