import { type Amendable, amend, ContentionError, dynamoTable, type Versioned } from '../../src/store';
import { openWorld } from '../setup/world';

interface Counter extends Versioned {
  readonly count: number;
  readonly by: readonly string[];
}

/** A counter on a real table, as the repositories are. */
async function tableCounter(): Promise<Amendable<string, Counter>> {
  const world = await openWorld();
  const table = dynamoTable(world.dynamodb, world.tableName);
  const key = { pk: 'counter', sk: 'counter' };
  await table.create({ ...key, count: 0, by: [], version: 1 });
  return {
    load: async () => (await table.get(key)) as unknown as Counter,
    replace: (record, version) => table.replace({ ...record, ...key }, version),
  };
}

it('loses no write, however many race', async () => {
  const counter = await tableCounter();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, writer) =>
      amend(counter, 'counter', ({ count, by, ...rest }) => ({
        ...rest,
        count: count + 1,
        by: [...by, String(writer)],
      })),
    ),
  );
  const written = outcomes.flatMap((outcome, writer) =>
    outcome.status === 'fulfilled' ? [String(writer)] : [],
  );
  const lost = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  // Who gives up says so; everybody else is in the record, once.
  for (const reason of lost) expect(reason).toBeInstanceOf(ContentionError);
  const record = (await counter.load('counter'))!;
  expect([...record.by].sort()).toEqual([...written].sort());
  expect(record).toMatchObject({ count: written.length, version: 1 + written.length });
  expect(written.length).toBeGreaterThanOrEqual(20);
});

it('shows the step every state it starts from', async () => {
  const counter = await tableCounter();
  const seen: number[] = [];
  let raced = false;
  const racing: Amendable<string, Counter> = {
    load: counter.load,
    async replace(record, version) {
      if (!raced) {
        raced = true;
        await amend(counter, 'counter', (current) => ({ ...current, count: 10 }));
      }
      return counter.replace(record, version);
    },
  };
  const { record, changed } = await amend(racing, 'counter', (current) => {
    seen.push(current.count);
    return { ...current, count: current.count + 1 };
  });
  expect(seen).toEqual([0, 10]);
  expect(changed).toBe(true);
  expect(record).toMatchObject({ count: 11, version: 3 });
});

it('writes nothing where the step has nothing to do, or where there is no record', async () => {
  const counter = await tableCounter();
  expect(await amend(counter, 'counter', () => undefined)).toEqual({
    record: expect.objectContaining({ count: 0, version: 1 }),
    changed: false,
  });
  const nothing: Amendable<string, Counter> = {
    load: async () => undefined,
    replace: () => Promise.reject(new Error('must not be written')),
  };
  expect(await amend(nothing, 'counter', (record) => record)).toEqual({ record: undefined, changed: false });
});

it('starts from a record known already, and reads only when that is old', async () => {
  const counter = await tableCounter();
  const known = (await counter.load('counter'))!;
  let reads = 0;
  const counting: Amendable<string, Counter> = {
    load: (key) => {
      reads += 1;
      return counter.load(key);
    },
    replace: counter.replace,
  };
  await amend(counting, 'counter', (record) => ({ ...record, count: 1 }), known);
  expect(reads).toBe(0);
  await amend(counting, 'counter', (record) => ({ ...record, count: record.count + 1 }), known);
  expect(reads).toBe(1);
  expect((await counter.load('counter'))?.count).toBe(2);
});

it('gives up after twenty lost races', async () => {
  let tries = 0;
  const contested: Amendable<string, Counter> = {
    load: async () => ({ count: 0, by: [], version: 1 }),
    replace: async () => {
      tries += 1;
      return false;
    },
  };
  await expect(amend(contested, 'counter', (record) => record)).rejects.toThrow(ContentionError);
  expect(tries).toBe(20);
});
