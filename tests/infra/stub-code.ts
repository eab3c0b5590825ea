import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, HANDLERS } from '../../infra/bundle-handlers';
import type { BuiltCode } from '../../infra/secops-app';

/** Code that is quick to make, for a template in which only its place matters. */
export function stubCode(): { readonly code: BuiltCode; readonly outdir: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  const [handlers, pictures] = [join(folder, 'handlers'), join(folder, 'pictures')];
  for (const place of [...HANDLERS.map((name) => codeOf(handlers, name)), pictures]) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'index.js'), `module.exports = '${place.replace(folder, '')}';\n`);
  }
  return {
    code: { handlers, pictures, complete: true },
    outdir: join(folder, 'out'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
