import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Documents too large for the table. */
export interface Objects {
  put(key: string, body: string): Promise<void>;
  get(key: string): Promise<string>;
}

export function s3Objects(client: S3Client, bucket: string): Objects {
  return {
    async put(key, body) {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }),
      );
    },
    async get(key) {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await answer.Body?.transformToString()) ?? '';
    },
  };
}
