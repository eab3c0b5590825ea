import type { Behind } from '../../../local/page/api';
import { asff } from '../../fixtures/findings';
import { type PagedStage, serveStage } from './serve-stage';

const BUCKET = 'arn:aws:s3:::example-reports';

let paged: PagedStage;
beforeEach(async () => {
  paged = await serveStage();
});
afterEach(() => paged.close());

const behind = (channel: string, ts: string): Promise<Behind> =>
  paged.read(`/api/behind?${new URLSearchParams({ channel, ts }).toString()}`);

test('a request: its finding, its decision with the line of policy, its history and the calls made', async () => {
  const finding = asff({ control: 'S3.5', resource: BUCKET, resourceType: 'AwsS3Bucket' });
  await paged.stage.report(finding);
  await paged.stage.report(
    asff({ control: 'EC2.19', resource: 'arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-1' }),
  );
  const card = (await paged.stage.cards()).find(({ blocks }) => JSON.stringify(blocks).includes(BUCKET))!;

  const shown = await behind('C0SHOPPRD', card.ts);

  expect(shown).toMatchObject({
    kind: 'request',
    title: expect.stringMatching(/^S3\.5 \S/),
    record: { control: 'S3.5', phase: 'open', card: { ts: card.ts } },
    issues: [{ state: 'open', resource: { id: BUCKET } }],
    decision: { treatment: 'track', severity: 'MEDIUM', deadlineHours: expect.any(Number) },
    message: card.blocks,
  });
  expect(shown.findings.map(({ Id, Workflow }) => [Id, Workflow])).toEqual([
    [finding.Id, { Status: 'NOTIFIED' }],
  ]);
  const { decision } = shown;
  const policy = paged.stage.bot.policies.current();
  expect(decision?.version).toBe(policy.version);
  expect(policy.file.text.split('\n')[(decision?.lineNumber ?? 0) - 1]).toContain(`id: ${decision?.line}`);
  expect(decision?.text).toContain(`treatment: track`);
  expect(decision?.due).toBe((shown.issues[0] as { due: string }).due);
  expect(shown.history).toContainEqual(expect.objectContaining({ what: 'opened' }));
  expect(shown.history).toContainEqual(expect.objectContaining({ resource: BUCKET }));
  expect(shown.slackCalls).toContainEqual(
    expect.objectContaining({
      method: 'chat.postMessage',
      ok: true,
      args: expect.objectContaining({ channel: 'C0SHOPPRD' }),
    }),
  );
  // The report itself is the test's; what the bot did follows.
  expect(shown.awsCalls.map(({ operation, outcome }) => [operation, outcome])).toEqual([
    ['BatchImportFindings', 'done'],
    ['BatchUpdateFindings', 'done'],
  ]);
  expect(JSON.stringify(shown.awsCalls)).toContain(finding.Id);
});

test('a reply in its thread is about the same request; a question about the question', async () => {
  await paged.stage.report(asff({ control: 'S3.5', resource: BUCKET, resourceType: 'AwsS3Bucket' }));
  const { people, words } = paged.stage;
  await paged.stage.press('U0OWNER1', await paged.stage.card(), words.card.take);
  await paged.stage.press('U0OWNER1', await paged.stage.card(), words.questions.ask);
  const text = 'Is this bucket meant to be public?';
  await paged.stage.act(() => people.submit('U0OWNER1', { 'secops.question.text': text }));

  const { replies } = await paged.stage.card();
  const shown = await Promise.all(replies.map(({ ts }) => behind('C0SHOPPRD', String(ts))));
  expect(shown.map(({ kind }) => kind)).toEqual(['request', 'question']);
  expect(shown[1]?.record).toMatchObject({ text, status: 'open' });
  expect(shown[0]?.history).toContainEqual(expect.objectContaining({ what: 'taken', by: 'U0OWNER1' }));
});

test('a notice to the security team', async () => {
  await paged.stage.report(
    asff({ control: 'S3.5', resource: BUCKET, resourceType: 'AwsS3Bucket', status: 'NOT_AVAILABLE' }),
  );
  const [notice] = await paged.stage.people.channel('C0SECURITY');
  expect(await behind('C0SECURITY', notice!.ts)).toMatchObject({
    kind: 'notice',
    record: { kind: 'unchecked', control: 'S3.5' },
    issues: [{ state: 'unknown' }],
    findings: [{ Compliance: { Status: 'NOT_AVAILABLE' } }],
  });
});

test('a bulletin about a control that nobody has decided on, with what policy proposes', async () => {
  await paged.stage.report(asff({ control: 'NewService.1', resource: BUCKET, resourceType: 'AwsS3Bucket' }));
  const [bulletin] = await paged.stage.people.channel('C0SECURITY');
  const shown = await behind('C0SECURITY', bulletin!.ts);
  expect(shown).toMatchObject({
    kind: 'bulletin',
    title: 'bulletin/undecided/any/newservice.1',
    record: { kind: 'undecided', lines: [{ ref: '111122223333' }] },
    issues: [{ state: 'held' }],
    decision: { line: expect.any(String) },
  });
  expect(shown.findings).toHaveLength(1);
});

test('what a person has said, and what the bot told one person alone, belong to no record', async () => {
  const { people } = paged.stage;
  const { ts } = await people.say('U0OWNER1', 'C0SHOPPRD', 'hello');
  expect(await behind('C0SHOPPRD', ts)).toMatchObject({
    kind: 'none',
    title: 'hello',
    record: null,
    findings: [],
    awsCalls: [],
  });
  await paged.stage.act(() => people.command('U0OWNER1', 'C0SHOPPRD', 'help'));
  const alone = await paged.stage.whispered('U0OWNER1');
  const shown = await behind('C0SHOPPRD', String(alone?.['ts']));
  expect(shown.kind).toBe('none');
  expect(shown.message.length).toBeGreaterThan(0);
});

test('metadata that another app has written count for nothing', async () => {
  const { ts } = await paged.stage.people.say('U0TOOL', 'C0SHOPPRD', 'request 111122223333/control/s3.5');
  expect((await behind('C0SHOPPRD', ts)).kind).toBe('none');
});
