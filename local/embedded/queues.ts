import { createServer } from 'node:http';
import { listen } from './listen';
import type { Running } from './running';
import { LOCAL_REGION } from './services';

/**
 * SQS and S3 by fauxqs, in memory. (Its persistence is not used: with it, a message whose visibility was changed
 * is lost, 2.4.1.) Its own start would listen on every interface and cut open requests when it stops.
 */
export async function startQueues(port: number | undefined): Promise<Running<string>> {
  const { buildApp } = await import('fauxqs');
  const app = buildApp({ logger: false, defaultRegion: LOCAL_REGION });
  await app.ready();
  const server = createServer((request, response) => app.routing(request, response));
  const { url, drain } = await listen(server, port);
  return {
    endpoint: url,
    async close() {
      // Closing the app ends long polls with an empty answer.
      await Promise.all([drain(), app.close()]);
    },
  };
}
