import dynalite from 'dynalite';
import { listen } from './listen';
import type { Running } from './running';
import { LOCAL_REGION } from './services';

/** DynamoDB by dynalite: in memory, or in a folder. @throws the folder cannot be opened, the port is taken */
export async function startDynamodb(
  path: string | undefined,
  port: number | undefined,
): Promise<Running<string>> {
  const server = dynalite({
    ...(path === undefined ? {} : { path }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  const { url, drain } = await listen(server, port);
  await opened(url, path);
  return { endpoint: url, close: drain };
}

/**
 * LevelDB opens its folder at the first request, and when it cannot, dynalite throws where nobody can catch it:
 * this makes that request and listens.
 */
async function opened(endpoint: string, path: string | undefined): Promise<void> {
  let refuse: (error: Error) => void = () => {};
  const thrown = new Promise<never>((_, reject) => {
    refuse = (error) =>
      reject(
        new Error(`The folder ${path} cannot be opened: another run may be using it. (${error.message})`),
      );
  });
  process.once('uncaughtException', refuse);
  try {
    await Promise.race([listTables(endpoint), thrown]);
  } finally {
    process.off('uncaughtException', refuse);
  }
}

async function listTables(endpoint: string): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'x-amz-date': '20200101T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=local/20200101/${LOCAL_REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=local`,
    },
    body: '{}',
  });
  if (!response.ok) throw new Error(`The embedded DynamoDB does not work: ${await response.text()}`);
}
