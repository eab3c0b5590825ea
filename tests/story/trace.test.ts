import { ACTIONS, CALLBACKS } from '../../blocks/ids';
import { tick } from '../../handlers/clock';
import { redacted } from '../../src/log';
import { asff } from '../fixtures/findings';
import { type Counted, counting } from '../setup/counting';
import { openStage, type Stage } from './stage';

type Line = Record<string, unknown> & { readonly message: string };

const finding = asff({
  control: 'S3.5',
  resource: 'arn:aws:s3:::example-reports',
  resourceType: 'AwsS3Bucket',
});
const other = asff({
  control: 'S3.5',
  account: '444455556666',
  resource: 'arn:aws:s3:::example-other',
  resourceType: 'AwsS3Bucket',
});
const REASON = 'Reachable from the office network only; replaced in March.';

let lines: Line[];
let counted: Counted;
let stage: Stage;

beforeEach(async () => {
  lines = [];
  counted = {};
  stage = await openStage({
    hear: (message, details) => void lines.push({ message, ...redacted(details) }),
    metrics: counting(counted),
  });
  lines.length = 0;
});
afterEach(() => stage.close());

/** Every id that a line carries, and that leads to other lines. */
function idsOf(line: Line): string[] {
  const { finding: id, issue, issues, record, change } = line;
  return [id, issue, record, change, ...((issues as unknown[] | undefined) ?? [])].filter(
    (value): value is string => typeof value === 'string',
  );
}

/** What somebody finds who begins with one id, and looks for each id that turns up. */
function follow(from: string): Line[] {
  const known = new Set([from]);
  for (let before = 0; before < known.size; ) {
    before = known.size;
    for (const line of lines) {
      const ids = idsOf(line);
      if (ids.some((id) => known.has(id))) for (const id of ids) known.add(id);
    }
  }
  return lines.filter((line) => idsOf(line).some((id) => known.has(id)));
}

async function suppress(): Promise<void> {
  await stage.press('U0OWNER1', await stage.card(), stage.words.card.suppress);
  await stage.act(() =>
    stage.people.submit('U0OWNER1', {
      'secops.suppress.reason': REASON,
      'secops.suppress.days': '14',
      'secops.suppress.ticket': '',
    }),
  );
}

test('from the id of a finding, its way through all functions can be followed', async () => {
  await stage.report(other);
  await stage.report(finding);
  await suppress();
  expect((await stage.workflow(finding)).status).toBe('SUPPRESSED');

  const found = follow(finding.Id);
  const [first] = found as [Line];
  expect(first).toMatchObject({
    message: 'finding taken in',
    account: '111122223333',
    control: 'S3.5',
    outcome: 'moved',
    record: '111122223333/control/s3.5',
    messageId: expect.any(String),
  });
  const { record, issue } = first as { record?: string; issue?: string };
  expect(found).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        message: 'card shown',
        did: 'posted',
        record,
        channel: 'C0SHOPPRD',
        ts: expect.any(String),
        revision: 1,
      }),
      expect.objectContaining({ message: 'workflow written', status: 'NOTIFIED', issues: [issue] }),
      expect.objectContaining({
        message: 'listener served',
        listener: CALLBACKS.suppress,
        user: 'U0OWNER1',
        kind: 'suppress',
        change: expect.any(String),
      }),
      expect.objectContaining({ message: 'change moved', to: 'proposed', user: 'U0OWNER1', record }),
      expect.objectContaining({ message: 'change moved', from: 'applying', to: 'applied', record }),
      expect.objectContaining({ message: 'card shown', did: 'updated', record }),
      expect.objectContaining({ message: 'card shown', did: 'replied', entry: 'suppressed', record }),
      expect.objectContaining({ message: 'workflow written', status: 'SUPPRESSED', issues: [issue] }),
    ]),
  );
  // All of it is about the one change, and nothing of it about the other account.
  const changes = new Set(found.flatMap(({ change }) => (change === undefined ? [] : [change])));
  expect(changes.size).toBe(1);
  expect(JSON.stringify(found)).not.toContain('444455556666');
  // What people wrote is in no line.
  expect(JSON.stringify(lines)).not.toContain(REASON);
});

test('a press that only opens a dialog is one line, and says who and what', async () => {
  await stage.report(finding);
  lines.length = 0;
  await stage.press('U0OWNER1', await stage.card(), stage.words.card.suppress);
  expect(lines).toEqual([{ message: 'listener served', listener: ACTIONS.suppress, user: 'U0OWNER1' }]);
});

test('refreshes that change nothing are one line a batch, and no line of any card', async () => {
  await stage.report(finding);
  await tick(stage.bot);
  await stage.drain();
  const [held] = await stage.hub.findings();
  const { record = '' } = lines.find(({ message }) => message === 'card shown') as { record?: string };
  lines.length = 0;
  for (let minute = 1; minute <= 5; minute += 1) {
    stage.clock.advance(60_000);
    await stage.send({ ...held, UpdatedAt: stage.clock.now().toISOString() });
  }
  await stage.ports.queues.card({ record, revision: 1, channel: 'C0SHOPPRD' });
  await stage.drain();
  expect(lines).toEqual([{ message: 'findings changed nothing', outcomes: { unchanged: 5 } }]);
});

test('a flood is little more than a line a finding', async () => {
  const flood = Array.from({ length: 60 }, (_, n) =>
    asff({ control: 'S3.5', resource: `arn:aws:s3:::example-${n}`, resourceType: 'AwsS3Bucket' }),
  );
  await stage.report(...flood);
  const of = (message: string) => lines.filter((line) => line.message === message);
  expect(of('finding taken in')).toHaveLength(60);
  expect(lines.length).toBeLessThan(60 * 1.5);
  // Every one of them is named where Security Hub was told.
  const written = of('workflow written').flatMap(({ issues }) => issues as string[]);
  expect(new Set(written)).toEqual(new Set(of('finding taken in').map(({ issue }) => issue)));
});

test('the same way is counted', async () => {
  await stage.report(finding);
  await suppress();
  await stage.send('not to be read');
  await stage.drain();
  await tick(stage.bot);
  expect(counted).toMatchObject({
    FindingsMoved: [1],
    FindingsQuarantined: [1],
    CardsPosted: [1],
    ThreadReplies: [1],
    WorkflowWritten: [2],
    ChangesApplied: [1],
    QuarantineWaiting: [1],
    RecordsUnsettled: [0],
    CardsBehind: [0],
  });
  // Told in the very second that AWS reported it: the clock of the story stands still.
  expect(counted.SecondsUntilTold).toEqual([0]);
  expect(counted.SecretAgeDays).toBeUndefined();
});
