import { ChangeFailed } from '../../src/changes';
import { appendEntry, entryMark, requestItemKey, tellOnce } from '../../src/requests';
import { type Desk, EC2_19, openDesk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.take(await desk.held());
});
afterEach(() => desk.close());

const entry = { kind: 'suppressed', change: 'change-1', at: '2026-11-24T01:00:00.000Z' } as const;
const request = async () => (await desk.bot.intake.requests.load(EC2_19))!;

it('numbers entries in the order they are made', async () => {
  const two = appendEntry(appendEntry(await request(), { kind: 'opened', at: 'a' }), {
    kind: 'back',
    at: 'b',
  });
  expect(two.outbox).toEqual([
    { kind: 'opened', at: 'a', seq: 1 },
    { kind: 'back', at: 'b', seq: 2 },
  ]);
  expect(two.seq).toBe(2);
});

it('tells a change once', async () => {
  expect(await tellOnce(EC2_19, entry, desk.bot.intake)).toBe(1);
  expect(await tellOnce(EC2_19, { ...entry, at: '2026-11-24T02:00:00.000Z' }, desk.bot.intake)).toBe(1);
  expect((await request()).outbox).toEqual([{ ...entry, seq: 1 }]);
});

it('tells it once however many tell it at once', async () => {
  const numbers = await Promise.all(
    Array.from({ length: 8 }, () => tellOnce(EC2_19, entry, desk.bot.intake)),
  );
  expect(new Set(numbers)).toEqual(new Set([1]));
  expect((await request()).outbox).toHaveLength(1);
});

it('tells another kind of the same change, and another change of the same kind', async () => {
  await tellOnce(EC2_19, entry, desk.bot.intake);
  expect(await tellOnce(EC2_19, { ...entry, kind: 'undone' }, desk.bot.intake)).toBe(2);
  expect(await tellOnce(EC2_19, { ...entry, change: 'change-2' }, desk.bot.intake)).toBe(3);
});

it('knows it when the entry has long been copied and forgotten by the record', async () => {
  await tellOnce(EC2_19, entry, desk.bot.intake);
  const { requests, history } = desk.bot.intake;
  const before = await request();
  await history.copy(
    requestItemKey(EC2_19),
    before.outbox.map((told) => ({ ...told, mark: entryMark(entry.change, entry.kind) })),
  );
  await requests.replace({ ...before, outbox: [], version: before.version + 1 }, before.version);
  expect(await tellOnce(EC2_19, entry, desk.bot.intake)).toBe(1);
  expect((await request()).outbox).toEqual([]);
  expect(await tellOnce(EC2_19, { ...entry, kind: 'undone' }, desk.bot.intake)).toBe(2);
});

it('changes the request in the same write, and only when it tells', async () => {
  const taken = { who: 'U0OWNER1' as never, at: entry.at };
  await tellOnce(EC2_19, entry, desk.bot.intake, (r) => ({ ...r, takenBy: taken }));
  expect((await request()).takenBy).toEqual(taken);
  await tellOnce(EC2_19, entry, desk.bot.intake, ({ takenBy: _, ...r }) => r);
  expect((await request()).takenBy).toEqual(taken);
});

it('fails where there is no such request', async () => {
  await expect(tellOnce({ ...EC2_19, subject: 's3.1' }, entry, desk.bot.intake)).rejects.toThrow(
    new ChangeFailed('gone'),
  );
});
