import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  type BatchUpdateFindingsCommandInput,
  GetFindingHistoryCommand,
  GetFindingsCommand,
  paginateGetFindingHistory,
} from '@aws-sdk/client-securityhub';
import type { AsffFinding } from '../../../local/aws';
import { findingOf } from './finding-of';
import { type StandIn, startStandIn } from './stand-in';

let time = new Date('2026-11-20T00:00:00.000Z');
let aws: StandIn;
beforeAll(async () => {
  aws = await startStandIn({ now: () => time });
});
afterAll(() => aws.stop());
beforeEach(() => {
  time = new Date('2026-11-20T00:00:00.000Z');
});
afterEach(() => aws.control.reset());

const identify = ({ Id, ProductArn }: AsffFinding) => ({ Id, ProductArn });

function update(
  findings: readonly AsffFinding[],
  changes: Omit<BatchUpdateFindingsCommandInput, 'FindingIdentifiers'>,
) {
  return aws.hub.send(
    new BatchUpdateFindingsCommand({ FindingIdentifiers: findings.map(identify), ...changes }),
  );
}

async function stored(finding: AsffFinding): Promise<AwsSecurityFinding | undefined> {
  const { Findings } = await aws.hub.send(
    new GetFindingsCommand({ Filters: { Id: [{ Value: finding.Id, Comparison: 'EQUALS' }] } }),
  );
  return Findings?.[0];
}

async function historyOf(finding: AsffFinding) {
  const { Records = [] } = await aws.hub.send(
    new GetFindingHistoryCommand({ FindingIdentifier: identify(finding) }),
  );
  return Records;
}

describe('BatchUpdateFindings', () => {
  const finding = findingOf('a');
  const suppression = {
    Workflow: { Status: 'SUPPRESSED' as const },
    Note: { Text: 'accepted until 2027-01-31', UpdatedBy: 'secops-bot' },
  };

  it('writes workflow and note and leaves UpdatedAt alone', async () => {
    await aws.control.putFindings([finding]);

    const answer = await update([finding], suppression);

    expect(answer).toMatchObject({ ProcessedFindings: [identify(finding)], UnprocessedFindings: [] });
    expect(await stored(finding)).toMatchObject({
      Workflow: { Status: 'SUPPRESSED' },
      Note: { ...suppression.Note, UpdatedAt: '2026-11-20T00:00:00.000Z' },
      UpdatedAt: finding.UpdatedAt,
    });
  });

  it('sends one event a processed finding, with the old UpdatedAt and the new workflow and note', async () => {
    const other = findingOf('b');
    await aws.control.putFindings([finding, other]);
    const before = aws.events.length;

    await update([finding, other, findingOf('missing')], suppression);

    const events = (await aws.sent(before + 2)).slice(before);
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      account: '999999999999',
      resources: [`${finding.ProductArn}/${finding.Id}`],
      detail: {
        findings: [
          {
            Id: finding.Id,
            UpdatedAt: finding.UpdatedAt,
            Workflow: { Status: 'SUPPRESSED' },
            Note: suppression.Note,
          },
        ],
      },
    });
  });

  it('answers 200 with what it did not process, and why', async () => {
    const busy = findingOf('busy');
    await aws.control.putFindings([finding, busy]);
    await aws.control.addFault({
      kind: 'unprocessed',
      operation: 'BatchUpdateFindings',
      when: { next: 1 },
      code: 'ConcurrentUpdateError',
      ids: [busy.Id],
    });

    const answer = await update([finding, finding, busy, findingOf('missing')], suppression);

    expect(answer.ProcessedFindings).toEqual([identify(finding)]);
    expect(
      answer.UnprocessedFindings?.map((one) => [one.FindingIdentifier?.Id?.split('/').at(-1), one.ErrorCode]),
    ).toEqual([
      ['a', 'DuplicatedFindingIdentifier'],
      ['busy', 'ConcurrentUpdateError'],
      ['missing', 'FindingNotFound'],
    ]);
    expect((await update([busy], suppression)).UnprocessedFindings).toEqual([]);
  });

  const many = Array.from({ length: 101 }, (_, i) => findingOf(String(i)));
  const refused: [string, () => Promise<unknown>][] = [
    ['more than 100 findings', () => update(many, suppression)],
    ['no finding', () => update([], suppression)],
    [
      'a note of more than 512 characters',
      () => update([finding], { Note: { Text: 'x'.repeat(513), UpdatedBy: 'me' } }),
    ],
    ['a note by nobody', () => update([finding], { Note: { Text: 'x', UpdatedBy: '' } })],
    ['an unknown workflow status', () => update([finding], { Workflow: { Status: 'DONE' as never } })],
  ];
  it.each(refused)('refuses %s', async (_name, act) => {
    await expect(act()).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  it('takes 100 findings and a note of 512 characters', async () => {
    const hundred = many.slice(0, 100);
    await aws.control.putFindings(hundred);
    const answer = await update(hundred, { Note: { Text: 'あ'.repeat(512), UpdatedBy: 'me' } });
    expect(answer.ProcessedFindings).toHaveLength(100);
  });
});

describe('BatchImportFindings', () => {
  const report = (finding: AsffFinding) =>
    aws.hub.send(new BatchImportFindingsCommand({ Findings: [finding as unknown as AwsSecurityFinding] }));
  const later = (finding: AsffFinding, changes: Partial<AsffFinding>) => ({
    ...finding,
    UpdatedAt: '2026-11-21T00:00:00.000Z',
    ...changes,
  });
  const compliance = (Status: string) => ({ Compliance: { Status, SecurityControlId: 'EC2.19' } });

  it('creates a finding as NEW and ACTIVE, and sends an event', async () => {
    const { Workflow: _, RecordState: __, ...bare } = findingOf('new');
    const before = aws.events.length;

    const answer = await report(bare);

    expect(answer).toMatchObject({ SuccessCount: 1, FailedCount: 0 });
    expect(await stored(findingOf('new'))).toMatchObject({
      Workflow: { Status: 'NEW' },
      RecordState: 'ACTIVE',
    });
    expect(await aws.sent(before + 1)).toHaveLength(before + 1);
  });

  it('takes only what is newer', async () => {
    const finding = findingOf('a');
    await report(finding);

    const answer = await report({ ...finding, Title: 'changed' });

    expect(answer).toMatchObject({ SuccessCount: 0, FailedCount: 1 });
    expect(answer.FailedFindings?.[0]).toMatchObject({ Id: finding.Id, ErrorCode: 'InvalidInput' });
    expect(await stored(finding)).toMatchObject({ Title: finding.Title });
  });

  const resets: [string, Partial<AsffFinding>, Partial<AsffFinding>, string][] = [
    [
      'NOTIFIED, PASSED → FAILED',
      { Workflow: { Status: 'NOTIFIED' }, ...compliance('PASSED') },
      compliance('FAILED'),
      'NEW',
    ],
    [
      'RESOLVED, PASSED → WARNING',
      { Workflow: { Status: 'RESOLVED' }, ...compliance('PASSED') },
      compliance('WARNING'),
      'NEW',
    ],
    [
      'RESOLVED, PASSED → NOT_AVAILABLE',
      { Workflow: { Status: 'RESOLVED' }, ...compliance('PASSED') },
      compliance('NOT_AVAILABLE'),
      'NEW',
    ],
    [
      'NOTIFIED, ARCHIVED → ACTIVE',
      { Workflow: { Status: 'NOTIFIED' }, RecordState: 'ARCHIVED' },
      { RecordState: 'ACTIVE' },
      'NEW',
    ],
    ['NOTIFIED, still FAILED', { Workflow: { Status: 'NOTIFIED' } }, {}, 'NOTIFIED'],
    ['NEW, FAILED → PASSED', {}, compliance('PASSED'), 'RESOLVED'],
    [
      'SUPPRESSED, FAILED → PASSED',
      { Workflow: { Status: 'SUPPRESSED' } },
      compliance('PASSED'),
      'SUPPRESSED',
    ],
    [
      'SUPPRESSED, PASSED → FAILED',
      { Workflow: { Status: 'SUPPRESSED' }, ...compliance('PASSED') },
      compliance('FAILED'),
      'SUPPRESSED',
    ],
  ];
  it.each(resets)('workflow: %s', async (_name, before, change, expected) => {
    const finding = findingOf('a', before);
    await aws.control.putFindings([finding]);
    await report(later(finding, change));
    expect(await stored(finding)).toMatchObject({ Workflow: { Status: expected } });
  });

  it("keeps people's note and the severity they set", async () => {
    const finding = findingOf('a');
    await aws.control.putFindings([finding]);
    await update([finding], { Note: { Text: 'ours', UpdatedBy: 'me' }, Severity: { Label: 'LOW' } });

    await report(later(finding, { Title: 'Reworded' }));

    expect(await stored(finding)).toMatchObject({
      Title: 'Reworded',
      Note: { Text: 'ours' },
      Severity: { Label: 'LOW', Normalized: 1 },
    });
  });
});

describe('GetFindingHistory', () => {
  const finding = findingOf('a');
  const person = 'arn:aws:sts::999999999999:assumed-role/SecurityAdmin/hanako';

  it('says who changed what, newest first, and nothing of a change of times alone', async () => {
    await aws.control.putFindings([finding]);
    time = new Date('2026-11-20T01:00:00.000Z');
    await update([finding], { Workflow: { Status: 'NOTIFIED' } });
    time = new Date('2026-11-20T02:00:00.000Z');
    await aws.control.updateInConsole({
      finding: identify(finding),
      identity: person,
      status: 'SUPPRESSED',
      note: 'known',
    });
    await aws.control.putFindings([
      findingOf('a', { UpdatedAt: '2026-11-21T00:00:00.000Z', Workflow: { Status: 'SUPPRESSED' } }),
    ]);

    const [removed, suppressed, notified, created] = await historyOf(finding);

    expect(created).toMatchObject({
      FindingCreated: true,
      UpdateSource: { Type: 'BATCH_IMPORT_FINDINGS', Identity: finding.ProductArn },
    });
    expect(notified).toMatchObject({
      FindingIdentifier: identify(finding),
      UpdateTime: new Date('2026-11-20T01:00:00.000Z'),
      FindingCreated: false,
      UpdateSource: {
        Type: 'BATCH_UPDATE_FINDINGS',
        Identity: 'arn:aws:sts::999999999999:assumed-role/secops-bot/secops-bot',
      },
      Updates: [{ UpdatedField: 'Workflow.Status', OldValue: 'NEW', NewValue: 'NOTIFIED' }],
    });
    expect(suppressed).toMatchObject({
      UpdateSource: { Type: 'BATCH_UPDATE_FINDINGS', Identity: person },
      Updates: expect.arrayContaining([
        { UpdatedField: 'Workflow.Status', OldValue: 'NOTIFIED', NewValue: 'SUPPRESSED' },
        { UpdatedField: 'Note.Text', NewValue: 'known' },
      ]),
    });
    // The sender's finding had no note, and was stored as it came.
    expect(removed?.Updates?.map((one) => one.UpdatedField).sort()).toEqual(['Note.Text', 'Note.UpdatedBy']);

    await aws.control.putFindings([
      findingOf('a', { UpdatedAt: '2026-11-22T00:00:00.000Z', Workflow: { Status: 'SUPPRESSED' } }),
    ]);
    expect(await historyOf(finding)).toHaveLength(4);
  });

  it('comes in pages', async () => {
    await aws.control.putFindings([finding]);
    for (let i = 0; i < 24; i += 1) await update([finding], { Confidence: i });
    const sizes: (number | undefined)[] = [];
    const input = { FindingIdentifier: identify(finding), MaxResults: 10 };
    for await (const page of paginateGetFindingHistory({ client: aws.hub }, input))
      sizes.push(page.Records?.length);
    expect(sizes).toEqual([10, 10, 5]);
  });

  it('is of a span of time when one is asked for', async () => {
    await aws.control.putFindings([finding]);
    time = new Date('2026-11-20T03:00:00.000Z');
    await update([finding], { Workflow: { Status: 'NOTIFIED' } });
    const { Records } = await aws.hub.send(
      new GetFindingHistoryCommand({
        FindingIdentifier: identify(finding),
        StartTime: new Date('2026-11-20T02:00:00.000Z'),
      }),
    );
    expect(Records).toHaveLength(1);
  });
});

describe('a person in the console', () => {
  it('changes a finding, and an event follows', async () => {
    const finding = findingOf('a');
    await aws.control.putFindings([finding]);
    const before = aws.events.length;

    await aws.control.updateInConsole({
      finding: identify(finding),
      identity: 'arn:aws:sts::999999999999:assumed-role/SecurityAdmin/hanako',
      status: 'SUPPRESSED',
    });

    const events = await aws.sent(before + 1);
    expect(events.at(-1)?.detail.findings[0]).toMatchObject({ Workflow: { Status: 'SUPPRESSED' } });
    expect(await stored(finding)).toMatchObject({
      Workflow: { Status: 'SUPPRESSED' },
      UpdatedAt: finding.UpdatedAt,
    });
  });

  it('is told when there is no such finding', async () => {
    const absent = { finding: identify(findingOf('absent')), identity: 'x', status: 'NEW' as const };
    await expect(aws.control.updateInConsole(absent)).rejects.toThrow(/There is no finding/);
  });
});

describe('putting findings', () => {
  it('sends no event', async () => {
    const before = aws.events.length;
    await aws.control.putFindings([findingOf('quiet')]);
    await update([findingOf('quiet')], { Confidence: 1 });
    // The update's event is the next one: the put sent none before it.
    expect((await aws.sent(before + 1)).slice(before)).toHaveLength(1);
    expect(aws.events[before]?.detail.findings[0]).toMatchObject({ Confidence: 1 });
  });

  it('names the field of a finding that is not one', async () => {
    const broken = { ...findingOf('a'), AwsAccountId: '1' };
    await expect(aws.control.putFindings([broken])).rejects.toThrow(/12 digits[\s\S]*AwsAccountId/);
  });
});
