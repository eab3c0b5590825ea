import { gzipSync } from 'node:zlib';
import type { LockedObjects } from '../aws';
import { archiveObjects } from './archive-objects';
import type { TableWrite } from './table-write';

/** How far the archive has come with a batch. */
export interface Kept {
  /** Names of objects that were written now. */
  readonly added: readonly string[];
  /** Where the stream has to go on, and why; absent when all of the batch is kept. */
  readonly failed?: { readonly from: string; readonly error: unknown };
}

/**
 * Keeps a batch of writes, in order: what comes after a failure is not written, so that nothing in the archive is older
 * than what is missing.
 */
export async function keepWrites(writes: readonly TableWrite[], bucket: LockedObjects): Promise<Kept> {
  const added: string[] = [];
  for (const { name, text, first } of archiveObjects(writes)) {
    try {
      if (await bucket.add(name, gzipSync(text), 'application/gzip')) added.push(name);
    } catch (error) {
      return { added, failed: { from: first, error } };
    }
  }
  return { added };
}
