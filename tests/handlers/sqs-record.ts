import { randomUUID } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';

/** One message as SQS hands it to a Lambda function. */
export function sqsRecord(body: string, receives = 1): SQSRecord {
  return {
    messageId: randomUUID(),
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: '1795482000000',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1795482000001',
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:ap-northeast-1:999999999999:findings',
    awsRegion: 'ap-northeast-1',
  };
}
