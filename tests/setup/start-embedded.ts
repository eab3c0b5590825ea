import { type Embedded, startEmbedded } from '../../local/embedded';

declare global {
  /** The servers of this test run, for the teardown. */
  var embedded: Embedded<'dynamodb' | 'sqs' | 's3'> | undefined;
}

/** Starts one DynamoDB, SQS and S3 for the whole test run; `world.ts` reads where they are. */
export default async function start(): Promise<void> {
  globalThis.embedded = await startEmbedded({ services: ['dynamodb', 'sqs', 's3'] });
  process.env['EMBEDDED_ENDPOINTS'] = JSON.stringify(globalThis.embedded.endpoints);
}
