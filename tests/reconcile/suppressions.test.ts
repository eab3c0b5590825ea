import { words } from '../../blocks/words';
import type { Bot } from '../../handlers/composition';
import { asffFinding } from '../../local/aws/finding';
import { type AccountId, accountId } from '../../src/accounts';
import type { FindingSource } from '../../src/aws';
import { startReconcile } from '../../src/reconcile';
import type { Issue, RequestKey } from '../../src/requests';
import { readAloud } from '../blocks/read-aloud';
import { type AsffDocument, asff, type ControlFinding, imported } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = '2026-11-24';
const ACCOUNT = accountId('111122223333') as AccountId;
const OTHER = accountId('444455556666') as AccountId;
/** HIGH and tracked. */
const CONTROL = 'S3.8';
/** Availability, which the default policy ignores. */
const IGNORED = 'AutoScaling.2';
const SOMEBODY = 'arn:aws:sts::111122223333:assumed-role/Admin/alex';

let spine: Spine;
beforeEach(async () => {
  spine = await openSpine({ environment: { RECONCILE: 'on' } });
});
afterEach(() => spine.close());

const ago = (ms: number) => new Date(spine.clock.now().getTime() - ms).toISOString();
const tracked = (about: ControlFinding = {}) =>
  asff({ control: CONTROL, resourceType: 'AwsS3Bucket', updatedAt: ago(HOUR / 2), ...about });
const ignored = (about: ControlFinding = {}) =>
  asff({ control: IGNORED, updatedAt: ago(HOUR / 2), ...about });

const hold = (...documents: readonly object[]) =>
  spine.hub.putFindings(documents.map((document) => asffFinding.parse(document)));
async function known(...documents: readonly AsffDocument[]): Promise<void> {
  await hold(...documents);
  for (const document of documents) await spine.send(imported(document));
  await spine.drain();
}
/** Somebody does it in the console, and the event of it never arrives. */
async function unheard(finding: AsffDocument, status: 'NEW' | 'SUPPRESSED'): Promise<void> {
  await spine.hub.updateInConsole({
    finding: { Id: finding.Id, ProductArn: finding.ProductArn },
    identity: SOMEBODY,
    status,
  });
  await spine.drain({ serve: async () => ({ batchItemFailures: [] }) });
}
async function reconcile(bot: Bot = spine.bot): Promise<void> {
  await startReconcile(bot.reconcile);
  await spine.drain({ bot });
}

const keyOf = (control: string, account = ACCOUNT): RequestKey => ({
  account,
  kind: 'control',
  subject: control.toLowerCase(),
});
const only = async (control: string, account = ACCOUNT): Promise<Issue> =>
  (await spine.bot.intake.issues.of(keyOf(control, account)))[0]!;
const workflowOf = async (finding: AsffDocument) =>
  (await spine.hub.findings()).find(({ Id }) => Id === finding.Id)?.Workflow?.Status;
const factsOf = async (account = ACCOUNT) =>
  (await spine.bot.intake.bulletins.lines({ kind: 'drift', subject: 'all', day: DAY })).find(
    ({ ref }) => ref === account,
  )?.facts;
const told = async () =>
  (await spine.people.channel('C0SECURITY')).map(({ blocks }) => readAloud(blocks)).join('\n');
const writes = () => spine.hub.calls('BatchUpdateFindings');
const NOTHING = { opened: 0, closed: 0, adopted: 0, lifted: 0, rewritten: 0, changed: 0, scores: 0 };

test('suppressed in Security Hub while people are asked: adopted, told in the thread and in the channel, once', async () => {
  const asked = tracked();
  await known(asked);
  spine.clock.advance(HOUR);
  await unheard(asked, 'SUPPRESSED');
  await spine.hub.forgetCalls();

  await reconcile();

  expect(await only(CONTROL)).toMatchObject({ state: 'suppressed', cause: { by: 'outside', who: SOMEBODY } });
  expect(await factsOf()).toEqual({
    ...NOTHING,
    account: ACCOUNT,
    adopted: 1,
    outside: 1,
    outsideBefore: 0,
  });
  const { drift } = words('ja').bulletin;
  expect(await told()).toContain(drift.adopted(1));
  expect(await told()).toContain(drift.outsideMoved(1, 0));
  const channel = spine.bot.accounts.lookup(ACCOUNT).channel ?? 'C0REQUESTS';
  const [card] = await spine.people.channel(channel);
  expect(readAloud(card?.replies)).toContain('Admin/alex');

  const issue = await only(CONTROL);
  const messages = (await spine.people.calls('chat.postMessage')).length;
  await reconcile();
  expect(await only(CONTROL)).toEqual(issue);
  expect(await writes()).toEqual([]);
  // Controls and GuardDuty, twice: what is suppressed is read with what fails.
  expect(await spine.hub.calls('GetFindings')).toHaveLength(4);
  expect(await spine.people.calls('chat.postMessage')).toHaveLength(messages);
});

test('suppressed before anybody heard of it: taken in as outside; and it is said when it is no more', async () => {
  const unknown = tracked();
  await hold({ ...unknown, Workflow: { Status: 'SUPPRESSED' } });
  await reconcile();
  expect(await only(CONTROL)).toMatchObject({ state: 'suppressed', cause: { by: 'outside' } });
  expect(await factsOf()).toMatchObject({ adopted: 1, opened: 0, outside: 1 });

  spine.clock.advance(HOUR);
  await unheard(unknown, 'NEW');
  await reconcile();
  expect((await only(CONTROL)).state).toBe('open');
  expect(await factsOf()).toMatchObject({ lifted: 1, outside: 0, outsideBefore: 1 });
  expect(await told()).toContain(words('ja').bulletin.drift.outsideMoved(0, 1));
});

test('AWS has dropped our mark and nobody has lifted it: written again, once', async () => {
  const resting = ignored();
  await known(resting);
  expect(await workflowOf(resting)).toBe('SUPPRESSED');
  spine.clock.advance(HOUR);
  await hold({ ...resting, UpdatedAt: ago(MINUTE), Workflow: { Status: 'NEW' } });
  await spine.hub.forgetCalls();

  await reconcile();

  expect(await only(IGNORED)).toMatchObject({ state: 'suppressed', cause: { by: 'policy' } });
  expect(await workflowOf(resting)).toBe('SUPPRESSED');
  expect(await factsOf()).toMatchObject({ ...NOTHING, rewritten: 1, outside: 0 });
  await reconcile();
  expect(await writes()).toHaveLength(1);
});

test('what the bot has written within a quarter of an hour is left alone, whatever is read', async () => {
  const resting = ignored();
  await known(resting);
  await spine.hub.forgetCalls();
  // Security Hub's answer is from before our write, though AWS had refreshed the finding.
  const scan: FindingSource['scan'] = async (filter, token) => {
    const page = await spine.ports.hub.scan(filter, token);
    return {
      ...page,
      findings: page.findings.map((finding) => ({ ...finding, updatedAt: ago(0), workflow: 'NEW' as const })),
    };
  };
  const bot = spine.composeWith({ hub: { ...spine.ports.hub, scan } });
  spine.clock.advance(14 * MINUTE);
  await reconcile(bot);
  expect(await writes()).toEqual([]);
  expect(await factsOf()).toBeUndefined();

  spine.clock.advance(2 * MINUTE);
  await reconcile(bot);
  expect(await writes()).toHaveLength(1);
});

test('a suppression that ended while Security Hub refused to take it back is taken back', async () => {
  const finding = tracked();
  await known(finding);
  const actor = { id: 'U0LEAD', name: 'Lead' };
  const target = '111122223333/control/s3.8';
  const at = spine.clock.now().toISOString();
  const until = new Date(spine.clock.now().getTime() + 14 * 24 * HOUR).toISOString();
  const payload = { scope: 'all', reason: 'Needed until the migration.', days: 14, asOf: at, until };
  const change = (body: object) =>
    spine.ports.queues.change({
      id: JSON.stringify(body).length.toString(),
      version: 0,
      group: target,
      body,
    });
  await change({ type: 'propose', id: 'bulk1', kind: 'suppress', actor, target, payload, at });
  await spine.drain();
  expect(await workflowOf(finding)).toBe('SUPPRESSED');
  spine.clock.advance(HOUR);
  await spine.hub.addFault({
    kind: 'unprocessed',
    operation: 'BatchUpdateFindings',
    when: 'always',
    code: 'InternalFailure',
  });
  await change({ type: 'undo', id: 'bulk1', actor });
  await spine.drain();
  expect((await only(CONTROL)).state).toBe('open');
  expect(await workflowOf(finding)).toBe('SUPPRESSED');
  await spine.hub.clearFaults();

  await reconcile();

  expect(await workflowOf(finding)).toBe('NOTIFIED');
  expect(await factsOf()).toMatchObject({ ...NOTHING, rewritten: 1 });
  const { lift, unsettled } = await only(CONTROL);
  expect({ lift, unsettled }).toEqual({ lift: undefined, unsettled: undefined });
});

test('killed between two pieces: every account is counted once', async () => {
  const here = tracked();
  const there = ignored({ account: OTHER });
  await known(here, there);
  spine.clock.advance(HOUR);
  await unheard(here, 'SUPPRESSED');
  await unheard(there, 'NEW');
  // So slow that the accounts are read one by one; a worker dies after each piece, before it has queued the next.
  const scan: FindingSource['scan'] = async (filter, token) => {
    if ('accounts' in filter && filter.accounts.length > 1) spine.clock.advance(100_000);
    return spine.ports.hub.scan(filter, token);
  };
  let kills = 0;
  const queues = {
    ...spine.ports.queues,
    change: async (message: Parameters<typeof spine.ports.queues.change>[0]) => {
      if (message.group === 'reconcile' && message.version > 1 && kills++ % 2 === 0)
        throw new Error('killed');
      return spine.ports.queues.change(message);
    },
  };
  await startReconcile(spine.bot.reconcile);
  await spine.drain({ bot: spine.composeWith({ hub: { ...spine.ports.hub, scan }, queues }) });

  expect(kills).toBeGreaterThan(3);
  expect((await spine.bot.reconcile.runs.load('run'))?.status).toBe('resting');
  expect(await factsOf()).toMatchObject({ ...NOTHING, adopted: 1, outside: 1 });
  expect(await factsOf(OTHER)).toMatchObject({ ...NOTHING, lifted: 1, outside: 0 });
});
