import { isDeepStrictEqual } from 'node:util';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import { keepWrites, type TableWrite } from '../src/archive';
import { type LockedObjects, lockedObjects, s3Client } from '../src/aws';
import { type Log, structuredLog } from '../src/log';

/** All that this function works with: it knows neither Slack nor the bot. */
export interface Archive {
  readonly bucket: LockedObjects;
  readonly log: Log;
}

type Image = NonNullable<StreamRecord['NewImage']>;

/** An image as plain values; undefined where these would not say all of it: sets, and numbers with too many digits. */
function plain(image: Image): Record<string, unknown> | undefined {
  try {
    // Lambda's type of an image and the SDK's differ in one thing: Lambda writes binary as text.
    const item = unmarshall(image as Parameters<typeof unmarshall>[0]);
    return isDeepStrictEqual(JSON.parse(JSON.stringify(item)), item) ? item : undefined;
  } catch {
    return undefined;
  }
}

function writeOf({ eventID, eventName, dynamodb = {} }: DynamoDBRecord, log: Log): TableWrite {
  const { ApproximateCreationDateTime: seconds = 0, Keys: keys, NewImage: image, SequenceNumber } = dynamodb;
  const key = { pk: keys?.['pk']?.S ?? '', sk: keys?.['sk']?.S ?? '' };
  const item = image && plain(image);
  if (image && !item) log.warn('item archived as DynamoDB wrote it: it is no plain JSON', { record: key.pk });
  return {
    id: eventID ?? '',
    sequence: SequenceNumber ?? '',
    written: new Date(seconds * 1000).toISOString(),
    event: eventName ?? 'MODIFY',
    key,
    ...(item ? { item } : image && { image }),
  };
}

/**
 * Copies what the stream of the table tells into the archive. Nothing in it can be so wrong that it would hold up what
 * follows: what is no plain JSON is kept as it came. Only the bucket can fail; then the stream comes back from there on.
 */
export async function archiveWrites(
  event: DynamoDBStreamEvent,
  { bucket, log }: Archive,
): Promise<DynamoDBBatchResponse> {
  const writes = event.Records.map((record) => writeOf(record, log));
  const { added, failed } = await keepWrites(writes, bucket);
  if (added.length > 0) log.info('archived', { count: writes.length, details: added });
  if (!failed) return { batchItemFailures: [] };
  log.error('not archived; it will be tried again', { count: writes.length, error: failed.error });
  return { batchItemFailures: [{ itemIdentifier: failed.from }] };
}

let warm: Archive | undefined;

function archive(): Archive {
  const bucket = process.env['ARCHIVE_BUCKET'];
  if (!bucket) throw new Error('ARCHIVE_BUCKET is missing: the bucket with Object Lock that the stack made');
  return { bucket: lockedObjects(s3Client(), bucket), log: structuredLog() };
}

export const handler = async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  warm ??= archive();
  return archiveWrites(event, warm);
};
