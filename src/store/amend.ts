/** A record that several workers may move at once: every write is conditional on its version. */
export interface Versioned {
  readonly version: number;
}

/** What `amend` needs of a repository. */
export interface Amendable<K, R extends Versioned> {
  load(key: K): Promise<R | undefined>;
  /** Writes `record` if the stored version is still `version`; false when it has moved. */
  replace(record: R, version: number): Promise<boolean>;
}

/** Thrown when a record moved under every one of many tries; the queue delivers the message again. */
export class ContentionError extends Error {
  override readonly name = 'ContentionError';
}

const TRIES = 20;

/**
 * Moves one record by a pure step: reads it, applies `step`, writes the result if nobody wrote in between,
 * else starts again from what stands there now.
 * @param step the next record, or undefined when nothing is left to do; sees every intermediate state
 * @returns the record as it stands afterwards; `changed` says whether this call wrote it
 * @throws ContentionError after 20 lost races
 */
export async function amend<K, R extends Versioned>(
  repository: Amendable<K, R>,
  key: K,
  step: (record: R) => R | undefined,
  known?: R,
): Promise<{ record: R | undefined; changed: boolean }> {
  let current = known ?? (await repository.load(key));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (current === undefined) return { record: undefined, changed: false };
    const next = step(current);
    if (next === undefined) return { record: current, changed: false };
    const written = { ...next, version: current.version + 1 };
    if (await repository.replace(written, current.version)) return { record: written, changed: true };
    current = await repository.load(key);
  }
  throw new ContentionError(`record moved under ${TRIES} attempts: ${JSON.stringify(key)}`);
}

/** What `amendOrCreate` needs of a repository. */
export interface Creatable<K, R extends Versioned> extends Amendable<K, R> {
  /** Writes a new record; false when there is one already. */
  create(record: R): Promise<boolean>;
}

/**
 * Moves one record by a pure step, as `amend` does, or writes the first one where there is none yet.
 * @throws ContentionError after 20 lost races
 */
export async function amendOrCreate<K, R extends Versioned>(
  repository: Creatable<K, R>,
  key: K,
  first: () => R | Promise<R>,
  step: (record: R) => R | undefined,
): Promise<{ record: R; changed: boolean }> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { record, changed } = await amend(repository, key, step);
    if (record !== undefined) return { record, changed };
    const created = await first();
    if (await repository.create(created)) return { record: created, changed: true };
  }
  throw new ContentionError(`record could not be created under ${TRIES} attempts: ${JSON.stringify(key)}`);
}
