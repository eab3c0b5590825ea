import type { Resources } from './create-resources';
import { type Endpoints, LOCAL_CREDENTIALS, LOCAL_REGION } from './services';

/**
 * The environment in which the handlers find the embedded servers instead of AWS: the SDK's own variables for
 * endpoints, region and keys, and the names of the resources.
 */
export function environment(
  endpoints: Pick<Endpoints, 'dynamodb' | 'sqs' | 's3'> & Partial<Pick<Endpoints, 'aws'>>,
  { tableName, queueUrls, bucket }: Resources,
): Record<string, string> {
  return {
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    ...(endpoints.aws === undefined
      ? {}
      : { AWS_ENDPOINT_URL_SECURITYHUB: endpoints.aws, AWS_ENDPOINT_URL_STS: endpoints.aws }),
    TABLE_NAME: tableName,
    FINDINGS_QUEUE_URL: queueUrls.findings,
    WORKFLOW_QUEUE_URL: queueUrls.workflow,
    CARDS_QUEUE_URL: queueUrls.cards,
    CHANGES_QUEUE_URL: queueUrls.changes,
    DATA_BUCKET: bucket,
  };
}
