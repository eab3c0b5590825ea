import { RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, ObjectOwnership } from 'aws-cdk-lib/aws-s3';

/** What all buckets of the stack have in common: private, no plain HTTP and no old TLS, kept when the stack is deleted. */
export const GUARDED = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;
