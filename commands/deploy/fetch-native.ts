import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { NATIVE_PICTURES } from '../../infra/resources';

const ROOT = join(__dirname, '../..');
const BASE = '@resvg/resvg-js';

const Lock = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })),
});

/** A package and its lock that hold the base package and its native parts alone, with the root lock's checksums. */
export function pinnedAlone(rootLock: unknown): { manifest: object; lock: object } {
  const { packages } = Lock.parse(rootLock);
  const version = packages[`node_modules/${BASE}`]?.version;
  if (version === undefined) throw new Error(`package-lock.json does not name ${BASE}.`);
  const manifest = { name: 'lambda-arm64', private: true, dependencies: { [BASE]: version } };
  const parts = Object.entries(packages).filter(([place]) => place.startsWith(`node_modules/${BASE}`));
  return {
    manifest,
    lock: {
      name: manifest.name,
      lockfileVersion: 3,
      requires: true,
      packages: { '': manifest, ...Object.fromEntries(parts) },
    },
  };
}

/**
 * Sees to it that what draws pictures on Lambda's processor is on this machine, in the version that is pinned.
 * @throws when npm cannot fetch it
 */
export function fetchNative(): void {
  const folder = join(ROOT, NATIVE_PICTURES.folder);
  const lockFile = join(folder, 'package-lock.json');
  const { manifest, lock } = pinnedAlone(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
  const wanted = `${JSON.stringify(lock, null, 2)}\n`;
  const there = existsSync(join(folder, 'node_modules', NATIVE_PICTURES.package));
  if (there && existsSync(lockFile) && readFileSync(lockFile, 'utf8') === wanted) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(lockFile, wanted);
  const lambda = ['--cpu=arm64', '--os=linux', '--libc=glibc'];
  // Where npm itself has called this, it would take the project for the place.
  execFileSync('npm', ['ci', '--prefix', folder, ...lambda, '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
