import { readFindings } from '../../src/findings';
import { issueItemKey, issueKeyOf, takeIn } from '../../src/requests';
import { ContentionError, type Table } from '../../src/store';
import { inspectorAsff } from '../fixtures/findings';
import { type Desk, EC2_19, group, openDesk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const historyOf = async (finding: Parameters<typeof issueKeyOf>[0]) => {
  const issue = await desk.bot.intake.issues.load(issueKeyOf(finding));
  const copied = await desk.bot.intake.history.latest(issueItemKey(issueKeyOf(finding)), 10);
  return [...copied, ...(issue?.uncopied ?? [])].map(({ what }) => what);
};

it('makes an issue and its request, and wants the card shown', async () => {
  const finding = await desk.held();
  expect(await desk.take(finding)).toBe('moved');
  expect(await desk.issueOf(finding)).toMatchObject({ state: 'open', version: 1, control: 'EC2.19' });
  expect(await desk.bot.intake.requests.load(EC2_19)).toMatchObject({
    phase: 'new',
    revision: 1,
    channel: 'C0SHOPPRD',
    unsettled: expect.any(String),
  });
  expect(desk.queues.cards).toEqual([
    { record: '111122223333/control/ec2.19', revision: 1, channel: 'C0SHOPPRD' },
  ]);
});

it('delivered twice it writes nothing and wants nothing shown', async () => {
  const finding = await desk.held();
  await desk.take(finding);
  const before = await desk.issueOf(finding);
  expect(await desk.take(finding)).toBe('unchanged');
  expect(await desk.take({ ...finding, updatedAt: '2026-11-24T00:59:00.000Z' })).toBe('unchanged');
  expect(await desk.issueOf(finding)).toEqual(before);
  expect(desk.queues.cards).toHaveLength(1);
});

it('taken in ten times at once it is one issue with one history', async () => {
  const finding = await desk.held();
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => desk.take(finding)));
  expect(outcomes.filter((outcome) => outcome === 'moved')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(9);
  expect(await desk.issueOf(finding)).toMatchObject({ version: 1, episodes: 1 });
  expect(await historyOf(finding)).toEqual(['open']);
});

it('ten findings of one control at once are one request, and the last refresh has the highest revision', async () => {
  const findings = await Promise.all(Array.from({ length: 10 }, (_, n) => desk.held({ resource: group(n) })));
  await Promise.all(findings.map((finding) => desk.take(finding)));
  expect(await desk.bot.intake.issues.of(EC2_19)).toHaveLength(10);
  const request = await desk.bot.intake.requests.load(EC2_19);
  expect(request?.revision).toBe(10);
  expect(new Set(desk.queues.cards.map(({ revision }) => revision))).toEqual(
    new Set(Array.from({ length: 10 }, (_, n) => n + 1)),
  );
});

it('reads Security Hub where only the content moved, and believes it', async () => {
  const finding = await desk.held();
  await desk.take(finding);
  expect(await desk.take({ ...finding, severity: 'LOW' })).toBe('unchanged');
  expect(await desk.spine.hub.calls('GetFindings')).toHaveLength(1);
  const held = await desk.held({ severity: 'LOW' });
  expect(await desk.take(held)).toBe('recorded');
  expect((await desk.issueOf(finding)).severity).toBe('LOW');
});

it('leaves an event alone whose finding Security Hub no longer holds', async () => {
  const finding = await desk.held();
  await desk.take(finding);
  await desk.spine.hub.reset();
  expect(await desk.take({ ...finding, severity: 'LOW' })).toBe('old');
});

it('asks who suppressed it, and adopts', async () => {
  const finding = await desk.held();
  await desk.take(finding);
  await desk.spine.hub.updateInConsole({
    finding: { Id: finding.id, ProductArn: finding.productArn },
    identity: 'arn:aws:sts::111122223333:assumed-role/Admin/alex',
    status: 'SUPPRESSED',
  });
  expect(await desk.take({ ...finding, workflow: 'SUPPRESSED' })).toBe('moved');
  expect(await desk.issueOf(finding)).toMatchObject({
    state: 'suppressed',
    cause: { by: 'outside', who: 'arn:aws:sts::111122223333:assumed-role/Admin/alex' },
  });
});

it('one issue holds what every region says of a global control', async () => {
  const [tokyo, virginia] = [
    await desk.held({ control: 'IAM.3' }),
    await desk.held({ control: 'IAM.3', region: 'us-east-1' }),
  ];
  await desk.take(tokyo);
  await desk.take(virginia);
  const issue = await desk.issueOf({ ...tokyo, region: 'global' });
  expect(Object.keys(issue.findings)).toEqual([tokyo.key, virginia.key]);
});

it('writes nothing of what policy leaves to others', async () => {
  const [inspector] = readFindings(JSON.stringify(inspectorAsff()), desk.bot.config.catalogue).findings;
  expect((await takeIn(inspector!, desk.bot.intake)).outcome).toBe('left alone');
  expect(await desk.bot.intake.issues.load(issueKeyOf(inspector!))).toBeUndefined();
  expect(desk.queues.cards).toEqual([]);
});

it('decides again from what stands there when it loses a race', async () => {
  const finding = await desk.held();
  await desk.take(finding);
  const passed = { ...finding, compliance: 'PASSED', updatedAt: '2026-11-24T00:10:00.000Z' } as const;
  const { table } = desk.spine.ports;
  let raced = false;
  const racing: Table = {
    ...table,
    async replace(item, version) {
      if (!raced && item['type'] === 'issue') {
        raced = true;
        await desk.take({ ...finding, severity: 'LOW', updatedAt: '2026-11-24T00:20:00.000Z' });
      }
      return table.replace(item, version);
    },
  };
  const loser = desk.spine.composeWith({ table: racing, queues: desk.queues });
  // The other one was newer: what looked like a pass is old news now.
  expect((await takeIn(passed, loser.intake)).outcome).toBe('old');
  expect(await desk.issueOf(finding)).toMatchObject({ state: 'open', severity: 'LOW' });
});

it('gives up after many lost races, so that the message comes again', async () => {
  const finding = await desk.held();
  const never: Table = { ...desk.spine.ports.table, create: async () => false };
  const { intake } = desk.spine.composeWith({ table: never, queues: desk.queues });
  await expect(takeIn(finding, intake)).rejects.toThrow(ContentionError);
});
