import { type AccountId, accountId } from '../../src/accounts';
import { SEVERITIES } from '../../src/controls';
import { advance, nextPiece, type Piece, split } from '../../src/reconcile';

const account = (number: number) => accountId(String(100_000_000_000 + number)) as AccountId;
const accounts = (count: number) => Array.from({ length: count }, (_, number) => account(number));
type At = Pick<Parameters<typeof advance>[0], 'pieces' | 'after'>;
const START: At = { pieces: [], after: '' };

/** All pieces of a run in which `tooLarge` says what has to be split. */
function walk(all: readonly AccountId[], tooLarge: (piece: Piece) => boolean = () => false): Piece[] {
  const read: Piece[] = [];
  let at = START;
  for (let piece = nextPiece(at, all); piece; piece = nextPiece(at, all)) {
    const parts = tooLarge(piece) ? split(piece) : [];
    if (parts.length === 0) read.push(piece);
    at = advance(at, piece, parts);
  }
  return read;
}

test('twenty accounts at a time, in order, each once however often it is named', () => {
  const all = accounts(45);
  const read = walk([...all].reverse().concat(all));
  expect(read.map((piece) => piece.accounts.length)).toEqual([20, 20, 5]);
  expect(read.flatMap((piece) => piece.accounts)).toEqual(all);
  expect(walk([])).toEqual([]);
});

test('what is too large is read in parts, and the run goes on behind it', () => {
  const all = accounts(25);
  const read = walk(all, (piece) => piece.accounts.length > 3 && piece.accounts.includes(account(7)));
  expect(read.flatMap((piece) => piece.accounts)).toEqual(all);
  expect(read.map((piece) => piece.accounts.length)).toEqual([5, 2, 2, 1, 5, 5, 5]);
});

test('one account is read by severity, and no further', () => {
  const all = accounts(2);
  const read = walk(all, ({ accounts: [one] }) => one === account(0));
  expect(read.slice(0, -1)).toEqual(
    SEVERITIES.map((severity) => ({ accounts: [account(0)], severities: [severity] })),
  );
  expect(read.at(-1)).toEqual({ accounts: [account(1)] });
});

test('an account that appears behind the run is read by it, one before it by the next', () => {
  const at = advance(START, { accounts: [account(3)] });
  expect(nextPiece(at, [account(1), account(3), account(4)])).toEqual({ accounts: [account(4)] });
});
