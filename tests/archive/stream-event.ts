import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

export type StoredItem = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };

type Marshalled = Record<string, AttributeValue>;

interface Told {
  readonly event?: DynamoDBRecord['eventName'];
  /** Its number in the stream. */
  readonly number?: number;
  readonly at?: string;
}

/** A write of the table as its stream of new images hands it to Lambda. */
export function streamRecord(
  item: StoredItem,
  { event = 'INSERT', number = 1, at = '2026-11-24T01:00:00Z' }: Told = {},
): DynamoDBRecord {
  // Of what the bot stores nothing is binary, the one thing that Lambda writes in another way than the SDK.
  const image = marshall(item, { removeUndefinedValues: true }) as Marshalled;
  const { pk, sk } = image;
  return {
    eventID: `event-${number}`,
    eventName: event,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    eventSourceARN: 'arn:aws:dynamodb:ap-northeast-1:111122223333:table/Table/stream/2026-11-01T00:00:00.000',
    awsRegion: 'ap-northeast-1',
    dynamodb: {
      ApproximateCreationDateTime: Date.parse(at) / 1000,
      Keys: { ...(pk && { pk }), ...(sk && { sk }) },
      ...(event !== 'REMOVE' && { NewImage: image }),
      SequenceNumber: String(4_421_584_500_000_000_000n + BigInt(number)),
      SizeBytes: 400,
      StreamViewType: 'NEW_IMAGE',
    },
  };
}

/** These items, written one after the other. */
export function streamEvent(items: readonly StoredItem[]): DynamoDBStreamEvent {
  return { Records: items.map((item, index) => streamRecord(item, { number: index + 1 })) };
}
