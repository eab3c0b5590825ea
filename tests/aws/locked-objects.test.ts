import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { lockedObjects } from '../../src/aws';
import { type LockedBucket, openLockedBucket } from '../archive/locked-bucket';
import { openWorld } from '../setup/world';

let locked: LockedBucket;
beforeEach(async () => {
  locked = await openLockedBucket();
});
afterEach(() => locked.close());

const text = (value: string) => new TextEncoder().encode(value);

test('an object is written with a checksum, and the second of its name is not', async () => {
  const objects = lockedObjects(locked.client, locked.bucket);
  expect(await objects.add('records/a', text('first'), 'text/plain')).toBe(true);
  expect(await objects.add('records/a', text('second'), 'text/plain')).toBe(false);
  expect(locked.answers).toEqual([200, 412]);
  const world = await openWorld();
  const at = { Bucket: locked.bucket, Key: 'records/a' };
  const { Body } = await world.s3.send(new GetObjectCommand(at));
  expect(await Body?.transformToString()).toBe('first');
  expect((await world.s3.send(new HeadObjectCommand(at))).ContentType).toBe('text/plain');
});

test('a bucket that fails is not taken for one that has the object', async () => {
  locked.failFrom(1);
  const objects = lockedObjects(locked.client, locked.bucket);
  await expect(objects.add('records/a', text('first'), 'text/plain')).rejects.toThrow('SlowDown');
  locked.failFrom(0);
  expect(await objects.add('records/a', text('first'), 'text/plain')).toBe(true);
});

test('the stand-in refuses what Object Lock refuses: an object without a checksum', async () => {
  locked.client.config.requestChecksumCalculation = async () => 'WHEN_REQUIRED';
  const without = new PutObjectCommand({ Bucket: locked.bucket, Key: 'records/a', Body: 'first' });
  await expect(locked.client.send(without)).rejects.toThrow('InvalidRequest');
  // Whatever the client is configured to do, ours has one.
  const objects = lockedObjects(locked.client, locked.bucket);
  expect(await objects.add('records/a', text('first'), 'text/plain')).toBe(true);
});
