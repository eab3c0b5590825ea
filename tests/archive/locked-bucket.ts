import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/embedded';
import { listen } from '../../local/embedded/listen';
import { openWorld } from '../setup/world';

export interface LockedBucket {
  readonly client: S3Client;
  readonly bucket: string;
  /** Answers 503 from the n-th call on, counted from now; 0: no more. */
  failFrom(call: number): void;
  /** Calls so far, each try for itself, by what they were answered. */
  readonly answers: readonly number[];
  /** Names in their order, which is the order of time. */
  names(): Promise<string[]>;
  /** The lines of one object, or of all. */
  lines(name?: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/**
 * The embedded S3 behind rules that a bucket with Object Lock has in AWS and the embedded one has not: no object without a
 * checksum, which must be right, and with `If-None-Match: *` none in the place of another.
 */
export async function openLockedBucket(): Promise<LockedBucket> {
  const { s3, bucket } = await openWorld();
  const answers: number[] = [];
  let failing = Number.POSITIVE_INFINITY;

  const there = async (name: string): Promise<boolean> => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: name }));
    return Contents.some(({ Key }) => Key === name);
  };
  const put = async (request: IncomingMessage, name: string): Promise<[status: number, code: string]> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (answers.length + 1 >= failing) return [503, 'SlowDown'];
    const sum = request.headers['x-amz-checksum-sha256'];
    if (sum === undefined) return [400, 'InvalidRequest'];
    if (sum !== createHash('sha256').update(body).digest('base64')) return [400, 'BadDigest'];
    if (request.headers['if-none-match'] === '*' && (await there(name))) return [412, 'PreconditionFailed'];
    const type = request.headers['content-type'];
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: name, Body: body, ...(type && { ContentType: type }) }),
    );
    return [200, ''];
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://s3').pathname);
    const [status, code] =
      request.method === 'PUT' && path.startsWith(`/${bucket}/`)
        ? await put(request, path.slice(bucket.length + 2))
        : ([405, 'MethodNotAllowed'] as const);
    answers.push(status);
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(status === 200 ? '' : `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const { url, drain } = await listen(server);
  const client = new S3Client({
    region: LOCAL_REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: url,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  const names = async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key }) => Key ?? '').toSorted();
  };
  const read = async (name: string): Promise<Record<string, unknown>[]> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
    const text = gunzipSync((await Body?.transformToByteArray()) ?? '').toString();
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  };
  return {
    client,
    bucket,
    answers,
    failFrom(call) {
      failing = call === 0 ? Number.POSITIVE_INFINITY : answers.length + call;
    },
    names,
    async lines(name) {
      const all = await Promise.all((name === undefined ? await names() : [name]).map(read));
      return all.flat();
    },
    async close() {
      client.destroy();
      await drain();
    },
  };
}
