import type { AccountId } from '../accounts';
import { VALUES_PER_FILTER } from '../aws';
import { SEVERITIES } from '../controls';
import type { Piece, ReconcileRun } from './run';

/** A chunk that is too large is read again in so many parts. */
const PARTS = 4;

/**
 * The piece that is next: what is left of a chunk that was too large, else the next twenty accounts, as many as one
 * filter takes. Undefined when all have been read.
 * @param accounts all there are now, in any order; they may change while a run goes on
 */
export function nextPiece(
  { pieces, after }: Pick<ReconcileRun, 'pieces' | 'after'>,
  accounts: readonly AccountId[],
): Piece | undefined {
  const [left] = pieces;
  if (left) return left;
  const chunk = [...new Set(accounts)].filter((account) => account > after).sort();
  return chunk.length === 0 ? undefined : { accounts: chunk.slice(0, VALUES_PER_FILTER) };
}

/** The run without this piece, which was its next; `instead` is what has to be read in its place. */
export function advance(
  { pieces, after }: Pick<ReconcileRun, 'pieces' | 'after'>,
  piece: Piece,
  instead: readonly Piece[] = [],
): Pick<ReconcileRun, 'pieces' | 'after'> {
  const [, ...rest] = pieces;
  return pieces.length > 0
    ? { pieces: [...instead, ...rest], after }
    : { pieces: instead, after: piece.accounts.at(-1) ?? after };
}

/** Smaller pieces that hold the same; none when it cannot be split any further. */
export function split({ accounts, severities }: Piece): readonly Piece[] {
  if (accounts.length > 1) {
    const size = Math.ceil(accounts.length / PARTS);
    return Array.from({ length: Math.ceil(accounts.length / size) }, (_, part) => ({
      accounts: accounts.slice(part * size, (part + 1) * size),
    }));
  }
  return severities === undefined ? SEVERITIES.map((severity) => ({ accounts, severities: [severity] })) : [];
}
