import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { keepWrites, type TableWrite } from '../../src/archive';
import type { LockedObjects } from '../../src/aws';

/** What happens to an object on its way: it arrives, it does not, or it does and the answer is lost. */
type Fate = 'kept' | 'lost' | 'answer lost';

/** A bucket with Object Lock in memory, to which calls have these fates, and then all go well. */
function bucketOf(fates: readonly Fate[]): LockedObjects & { readonly objects: Map<string, string> } {
  const objects = new Map<string, string>();
  const coming = [...fates];
  return {
    objects,
    async add(name, body) {
      const fate = coming.shift() ?? 'kept';
      if (fate === 'lost') throw new Error('the bucket is down');
      const fresh = !objects.has(name);
      if (fresh) objects.set(name, gunzipSync(body).toString());
      if (fate === 'answer lost') throw new Error('the answer is lost');
      return fresh;
    },
  };
}

const START = Date.parse('2026-11-23T23:59:50Z');
const writes = (count: number): TableWrite[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `event-${index}`,
    sequence: `44${String(index).padStart(6, '0')}`,
    written: new Date(START + index * 1000).toISOString(),
    event: 'INSERT',
    key: { pk: 'A#111122223333#C#s3.5#H', sk: `S#${String(index).padStart(9, '0')}` },
    item: { seq: index },
  }));

/** Reads a stream as Lambda does: a batch that has failed comes back from there on, perhaps cut in two. */
async function readStream(
  stream: readonly TableWrite[],
  bucket: LockedObjects,
  sizes: readonly number[],
): Promise<void> {
  let at = 0;
  for (let call = 0; at < stream.length; call += 1) {
    const batch = stream.slice(at, at + (sizes[call % sizes.length] ?? 1));
    const { failed } = await keepWrites(batch, bucket);
    const done = failed ? batch.findIndex(({ sequence }) => sequence === failed.from) : batch.length;
    expect(done).toBeGreaterThanOrEqual(0);
    at += done;
  }
}

const idsIn = (text: string): string[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).id);

test('whatever fails on the way, and however batches are cut: all is kept, in order, each object once', async () => {
  const fate = fc.constantFrom<Fate>('kept', 'lost', 'answer lost');
  const size = fc.integer({ min: 1, max: 12 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.array(fate, { maxLength: 20 }),
      fc.array(size, { minLength: 1, maxLength: 5 }),
      async (count, fates, sizes) => {
        const stream = writes(count);
        const bucket = bucketOf(fates);
        await readStream(stream, bucket, sizes);
        // Names sort by time. Within an object nothing is out of order, and between them nothing is missing.
        const objects = [...bucket.objects].toSorted(([a], [b]) => (a < b ? -1 : 1));
        const kept = objects.map(([, text]) => idsIn(text));
        for (const ids of kept) {
          const first = stream.findIndex(({ id }) => id === ids[0]);
          expect(ids).toEqual(stream.slice(first, first + ids.length).map(({ id }) => id));
        }
        expect([...new Set(kept.flat())]).toEqual(stream.map(({ id }) => id));
        const cutAlike = sizes.every((one) => one === sizes[0]);
        if (cutAlike && !fates.includes('answer lost')) expect(kept.flat()).toHaveLength(count);
      },
    ),
  );
});

test('says what it has added, and where and why it stopped', async () => {
  const stream = writes(20);
  const first = await keepWrites(stream, bucketOf(['kept', 'lost']));
  expect(first.added).toEqual([expect.stringContaining('day=2026-11-23/235950Z-')]);
  expect(first.failed).toEqual({ from: '44000010', error: new Error('the bucket is down') });
  const again = bucketOf([]);
  await keepWrites(stream, again);
  expect(await keepWrites(stream, again)).toEqual({ added: [] });
});
