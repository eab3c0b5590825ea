import * as z from 'zod';

/** What the embedded process can run. `sqs` and `s3` are one server. */
const serviceName = z.enum(['dynamodb', 'sqs', 's3', 'aws', 'slack']);

export type ServiceName = z.infer<typeof serviceName>;

/** Where each service answers. `aws` is the stand-in for Security Hub and STS. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly aws: string;
  readonly slack: { readonly url: string; readonly apiUrl: string };
}

const port = z.number().int().min(1).max(65_535).optional();

/** What the parent asks the child for. */
export const embeddedSettings = z.strictObject({
  services: z.array(serviceName).min(1),
  /** Keeps DynamoDB's items and Security Hub's findings here; queues and objects are always in memory. */
  dataDir: z.string().min(1).optional(),
  /** Free ones are taken where none is given. */
  ports: z.strictObject({ dynamodb: port, sqs: port, aws: port, slack: port }).optional(),
  /** From an update in Security Hub to its event on the findings queue. */
  echoDelayMs: z.number().int().min(0).optional(),
});

export type EmbeddedSettings = z.infer<typeof embeddedSettings>;

/** The one line that the child prints: where its services are, or why it could not start. */
export const embeddedReport = z.union([
  z.object({
    endpoints: z.object({
      dynamodb: z.string().exactOptional(),
      sqs: z.string().exactOptional(),
      s3: z.string().exactOptional(),
      aws: z.string().exactOptional(),
      slack: z.object({ url: z.string(), apiUrl: z.string() }).exactOptional(),
    }),
  }),
  z.object({ error: z.string() }),
]);

/** The embedded servers take any account and any key; these keep the SDK from looking for real ones. */
export const LOCAL_REGION = 'ap-northeast-1';
export const LOCAL_ACCOUNT = '000000000000';
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** What the local run's table, queues and bucket are named after. */
export const LOCAL_NAME = 'secops-bot';
