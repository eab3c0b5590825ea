import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleHandlers } from './bundle-handlers';
import { layPictures } from './pictures-layer';
import { secopsApp } from './secops-app';

async function main(): Promise<void> {
  const built = join(__dirname, '../.cache/lambda');
  const handlers = join(built, 'handlers');
  const pictures = join(built, 'pictures');
  // What has been taken out of the project must not be deployed from the last time.
  rmSync(built, { recursive: true, force: true });
  await bundleHandlers(handlers);
  const complete = layPictures(pictures);
  secopsApp({ handlers, pictures, complete }).synth();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
