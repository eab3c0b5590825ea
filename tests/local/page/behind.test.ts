import { ACTIONS } from '../../../blocks/ids';
import { tick } from '../../../handlers/clock';
import type { Behind } from '../../../local/page/api';
import { asff } from '../../fixtures/findings';
import type { Card } from '../../story/stage';
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
  const [, asked] = (await paged.stage.card()).replies;
  await paged.stage.press('U0LEAD', { ...asked, channel: 'C0SHOPPRD' } as Card, words.questions.answer);
  const answer = 'No, and it has to be closed.';
  await paged.stage.act(() => people.submit('U0LEAD', { 'secops.answer.text': answer }));

  const { replies } = await paged.stage.card();
  const shown = await Promise.all(replies.map(({ ts }) => behind('C0SHOPPRD', String(ts))));
  expect(shown.map(({ kind }) => kind)).toEqual(['request', 'question', 'request']);
  expect(shown[1]?.record).toMatchObject({ text, status: 'answered' });
  expect(shown[0]?.history).toContainEqual(expect.objectContaining({ what: 'taken', by: 'U0OWNER1' }));
  const said = (shown[0]?.history ?? []).filter(({ what }) => what === 'asked' || what === 'answered');
  expect(said.map(({ by, detail }) => [by, detail])).toEqual([
    ['U0OWNER1', text],
    ['U0LEAD', answer],
  ]);
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

test('an approval card: the change, what it is about, its history, and its thread as well', async () => {
  const finding = asff({ control: 'S3.8', severity: 'HIGH', resource: BUCKET, resourceType: 'AwsS3Bucket' });
  await paged.stage.report(finding);
  const { people, words } = paged.stage;
  await paged.stage.press('U0OWNER1', await paged.stage.card(), words.card.suppress);
  await paged.stage.act(() =>
    people.submit('U0OWNER1', {
      'secops.suppress.reason': 'Reachable from the office network only.',
      'secops.suppress.days': '14',
    }),
  );
  await paged.stage.press('U0ANALYST', await paged.stage.card('C0SECURITY'), words.approval.approve);

  const { ts, replies } = await paged.stage.card('C0SECURITY');
  for (const message of [ts, String(replies[0]?.['ts'])]) {
    const shown = await behind('C0SECURITY', message);
    expect(shown).toMatchObject({
      kind: 'change',
      title: expect.stringMatching(/^suppress: S3\.8 \S/),
      record: { kind: 'suppress', status: 'applied', approvals: [{ by: { id: 'U0ANALYST' } }] },
      issues: [{ state: 'suppressed', resource: { id: BUCKET } }],
      decision: { severity: 'HIGH' },
      findings: [{ Id: finding.Id, Workflow: { Status: 'SUPPRESSED' } }],
    });
    expect(shown.history.map(({ what, by }) => [what, by])).toEqual(
      expect.arrayContaining([
        ['proposed', 'U0OWNER1'],
        ['approval', 'U0ANALYST'],
        ['applied', undefined],
      ]),
    );
    expect(shown.awsCalls.map(({ operation }) => operation)).toContain('BatchUpdateFindings');
  }
});

test('that an account has another owner: the account and its history', async () => {
  const { people } = paged.stage;
  await paged.stage.act(() => people.command('U0LEAD', 'C0SECURITY', 'owner shop-prod <@U0MEMBER>'));
  const [notice] = await people.channel('C0SHOPPRD');
  const shown = await behind('C0SHOPPRD', notice!.ts);
  expect(shown).toMatchObject({
    kind: 'notice',
    record: { kind: 'owner', after: 'U0MEMBER', about: { id: '111122223333', owner: 'U0MEMBER' } },
  });
  expect(shown.history.at(-1)).toMatchObject({ by: 'U0LEAD' });
});

test('an account on its way into the register: its timeline, and what AWS was asked about it', async () => {
  const { people, words, hub } = paged.stage;
  await hub.setRoles([]);
  await paged.stage.act(() => people.command('U0ANALYST', 'C0SECURITY', 'account register 777788889999'));
  await paged.stage.act(() =>
    people.submit('U0ANALYST', {
      [ACTIONS.accountName]: 'lab',
      [ACTIONS.accountKind]: 'non-production',
      [ACTIONS.ownerPerson]: 'U0MEMBER',
    }),
  );
  const [card] = (await people.channel('C0REQUESTS')).slice(-1);
  expect(JSON.stringify(card?.blocks)).toContain(words.newAccount.card.progress);
  const shown = await behind('C0REQUESTS', card!.ts);
  expect(shown).toMatchObject({
    kind: 'account-request',
    title: 'lab',
    record: { account: '777788889999', check: { role: 'refused' } },
    findings: [],
  });
  expect(shown.history.length).toBeGreaterThan(0);
  expect(shown.awsCalls.map(({ operation, outcome }) => [operation, outcome])).toEqual(
    expect.arrayContaining([
      ['AssumeRole', 'refused'],
      ['GetMembers', 'done'],
    ]),
  );
});

test('accounts that nobody answers for: as the list shows them', async () => {
  await paged.stage.report(
    asff({ control: 'S3.8', severity: 'HIGH', account: '777788889999', resource: BUCKET }),
  );
  for (const hours of [0, 24]) {
    paged.stage.clock.advance(hours * 3_600_000);
    await tick(paged.stage.bot);
    await paged.stage.drain();
  }
  const list = (await paged.stage.people.channel('C0SECURITY')).find(({ blocks }) =>
    JSON.stringify(blocks).includes(ACTIONS.accountsCsv),
  );
  expect(await behind('C0SECURITY', list!.ts)).toMatchObject({
    kind: 'bulletin',
    record: { kind: 'accounts', unregistered: [{ account: { id: '777788889999' } }] },
  });
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
