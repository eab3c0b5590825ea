import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import {
  createResources,
  environment,
  LOCAL_CREDENTIALS,
  LOCAL_REGION,
  type Resources,
} from '../../local/embedded';

/** A table, queues and a bucket of a test's own, and real clients for them. */
export interface World extends Resources {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  /** The environment in which a handler works on this world. */
  readonly environment: Readonly<Record<string, string>>;
}

const started = process.env['EMBEDDED_ENDPOINTS'];
if (started === undefined) {
  throw new Error(
    'There are no embedded servers: jest.config.cjs must name tests/setup/start-embedded.ts as globalSetup.',
  );
}
/** The servers that the test run has started once; below, one client for each in this test file. */
const endpoints = z
  .object({ dynamodb: z.string(), sqs: z.string(), s3: z.string() })
  .parse(JSON.parse(started));
const shared = { region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
const dynamodb = new DynamoDBClient({ ...shared, endpoint: endpoints.dynamodb });
const sqs = new SQSClient({ ...shared, endpoint: endpoints.sqs });
const s3 = new S3Client({ ...shared, endpoint: endpoints.s3 });

afterAll(() => {
  for (const client of [dynamodb, sqs, s3]) client.destroy();
});

/** A fresh world under a name that no other test has; some 30 ms, so each test can have one. */
export async function openWorld(): Promise<World> {
  const resources = await createResources(endpoints, `test-${randomUUID()}`);
  return { ...resources, dynamodb, sqs, s3, environment: environment(endpoints, resources) };
}
