import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

export interface AwsClients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly securityHub: SecurityHubClient;
  readonly sts: STSClient;
}

const COMMON = { maxAttempts: 3 };

/*
 * The one place that makes AWS clients, each by itself, so that a function loads only those it uses. Region, credentials
 * and endpoints come from the environment as the SDK reads it (`AWS_REGION`, `AWS_ENDPOINT_URL_SQS` …), so AWS and
 * embedded servers are the same to the program.
 */

export const dynamoDbClient = () => new DynamoDBClient(COMMON);

export const sqsClient = () => new SQSClient(COMMON);

/** Embedded object stores answer under one host name for all buckets. */
export const s3Client = () =>
  new S3Client({ ...COMMON, forcePathStyle: process.env['AWS_ENDPOINT_URL_S3'] !== undefined });

/** Security Hub allows few calls a second and answers 429 beyond: the client slows down by itself. */
export const securityHubClient = () => new SecurityHubClient({ maxAttempts: 5, retryMode: 'adaptive' });

export const stsClient = () => new STSClient(COMMON);

/** All of them. */
export function awsClients(): AwsClients {
  return {
    dynamodb: dynamoDbClient(),
    sqs: sqsClient(),
    s3: s3Client(),
    securityHub: securityHubClient(),
    sts: stsClient(),
  };
}

/** Asked before there are settings, so it is made by itself; a Slack request waits for its answer. */
export function secretsManager(): SecretsManagerClient {
  return new SecretsManagerClient({ maxAttempts: 3 });
}
