import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';

/** A bucket in which an object is written once and then stays as it is: one with Object Lock. */
export interface LockedObjects {
  /** Keeps a new object. False when there is one of this name, which stays. */
  add(name: string, body: Uint8Array, contentType: string): Promise<boolean>;
}

const EXISTS = 412;

export function lockedObjects(client: S3Client, bucket: string): LockedObjects {
  return {
    async add(name, body, contentType) {
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: name,
            Body: body,
            ContentType: contentType,
            // Object Lock takes nothing without a checksum, and whether the SDK sends one by itself can be configured:
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
            ChecksumAlgorithm: 'SHA256',
            // A second version would be locked for years beside the first.
            IfNoneMatch: '*',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === EXISTS) return false;
        throw error;
      }
    },
  };
}
