import { noteShown } from '../../src/cards';
import { type Counted, counting } from '../setup/counting';
import { keptLog } from '../setup/log-lines';

const RECORD = '111122223333/control/s3.5';

let counted: Counted;
let lines: [string, unknown][];
let shown: ReturnType<typeof noteShown>;
beforeEach(() => {
  counted = {};
  lines = [];
  shown = noteShown(
    keptLog({ info: (message, details) => void lines.push([message, details]) }),
    counting(counted),
  );
});

test('what is shown is a line each, and counted', () => {
  shown({
    record: RECORD,
    revision: 1,
    channel: 'C1',
    ts: '1.1',
    did: 'posted',
    entry: 'opened',
    seconds: 42,
  });
  shown({ record: RECORD, revision: 2, channel: 'C1', ts: '1.1', did: 'updated' });
  shown({ record: RECORD, channel: 'C1', ts: '1.2', did: 'replied', entry: 'suppressed', change: 'x' });
  expect(lines).toEqual([
    [
      'card shown',
      { record: RECORD, revision: 1, channel: 'C1', ts: '1.1', did: 'posted', entry: 'opened', seconds: 42 },
    ],
    ['card shown', { record: RECORD, revision: 2, channel: 'C1', ts: '1.1', did: 'updated' }],
    [
      'card shown',
      { record: RECORD, channel: 'C1', ts: '1.2', did: 'replied', entry: 'suppressed', change: 'x' },
    ],
  ]);
  expect(counted).toEqual({
    CardsPosted: [1],
    CardsUpdated: [1],
    ThreadReplies: [1],
    SecondsUntilTold: [42],
  });
});

test('a refresh that changes nothing is counted and no line', () => {
  for (let times = 0; times < 100; times += 1) shown({ record: RECORD, channel: 'C1', did: 'unchanged' });
  expect(lines).toEqual([]);
  expect(counted).toEqual({ CardsUnchanged: [100] });
});

test('what stood there already, or waits for a bulletin, is a line, and counted where it is posted', () => {
  shown({ record: RECORD, channel: 'C1', ts: '1.1', did: 'found' });
  shown({ record: RECORD, channel: 'C1', did: 'held', bulletin: 'bulletin/morning' });
  expect(lines).toHaveLength(2);
  expect(counted).toEqual({});
});
