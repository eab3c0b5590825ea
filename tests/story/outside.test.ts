import { code } from '../../blocks/kit';
import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { DAY, HOUR, labels, openStage, type Stage } from './stage';

const w = words('ja');
const OWNER = 'U0OWNER1';
const HANAKO = 'arn:aws:sts::999999999999:assumed-role/SecurityAdmin/hanako';
const BUCKET = 'arn:aws:s3:::example-reports';
const about = { control: 'S3.5', resource: BUCKET, resourceType: 'AwsS3Bucket' } as const;
const failing = asff(about);
const id = { Id: failing.Id, ProductArn: failing.ProductArn };

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const spoken = async (): Promise<string[]> => (await stage.card()).replies.map(({ text }) => String(text));

async function inConsole(status: 'NEW' | 'RESOLVED' | 'SUPPRESSED'): Promise<void> {
  stage.clock.advance(HOUR);
  await stage.hub.updateInConsole({ finding: id, identity: HANAKO, status });
  while ((await stage.depth('findings')) < 1);
  await stage.drain();
}

async function suppress(): Promise<void> {
  await stage.press(OWNER, await stage.card(), w.card.suppress);
  await stage.act(() =>
    stage.people.submit(OWNER, {
      'secops.suppress.reason': 'Public website assets, no secrets inside.',
      'secops.suppress.days': '30',
    }),
  );
}

describe('people at work in the Security Hub console', () => {
  afterEach(() => expect(stage.logged).toEqual([]));

  test('suppressed there: adopted, told with who, and not written to; lifted there: open again', async () => {
    await stage.report(failing);
    const writes = (await stage.hub.calls('BatchUpdateFindings')).length;
    await inConsole('SUPPRESSED');

    const card = await stage.card();
    expect(readAloud(card.blocks)).toContain(`🔕 ${w.card.suppressedTitle('')}`);
    expect(labels(card)).toEqual([w.card.details]);
    expect(readAloud(card.blocks)).toContain(HANAKO);
    expect(await spoken()).toEqual([w.thread.adopted(1, code(HANAKO)).markup]);
    expect(await stage.hub.calls('BatchUpdateFindings')).toHaveLength(writes);

    await inConsole('NEW');
    expect(await spoken()).toHaveLength(2);
    expect(labels(await stage.card())).toContain(w.card.suppress);
    expect((await stage.workflow(failing)).status).toBe('NOTIFIED');
  });

  test("the bot's own suppression lifted there: told with who, and asked for again", async () => {
    await stage.report(failing);
    await suppress();
    await inConsole('NEW');

    const [, lifted] = await spoken();
    expect(lifted).toBe(w.thread.lifted(1, code(HANAKO)).markup);
    expect(labels(await stage.card())).toContain(w.card.suppress);
    expect((await stage.workflow(failing)).status).toBe('NOTIFIED');
  });

  test('marked RESOLVED there while it still fails: stays open, told with who, once', async () => {
    await stage.report(failing);
    await inConsole('RESOLVED');
    stage.clock.advance(12 * HOUR);
    await stage.report(failing);

    expect(await spoken()).toEqual([w.thread.claimed(1, code(HANAKO)).markup]);
    expect(labels(await stage.card())).toContain(w.card.fixed);
  });
});

describe('what AWS does to finding ids', () => {
  afterEach(() => expect(stage.logged).toEqual([]));

  test('a new id of a suppressed issue is suppressed again, for the same reason and without a word', async () => {
    await stage.report(failing);
    await suppress();
    const before = await stage.card();
    const { note } = await stage.workflow(failing);

    stage.clock.advance(DAY);
    const anew = asff({ ...about, generation: 2 });
    await stage.report(anew);
    expect(await stage.workflow(anew)).toEqual({ status: 'SUPPRESSED', note });
    const after = await stage.card();
    expect(after.replies).toEqual(before.replies);
    expect(readAloud(after.blocks)).toBe(readAloud(before.blocks));
  });

  test('the switch to consolidated findings archives the old id and brings a new one: nobody notices', async () => {
    await stage.report(failing);
    const before = await stage.card();
    stage.clock.advance(DAY);
    await stage.report({
      ...asff({ ...about, recordState: 'ARCHIVED', archivalReason: 'CONSOLIDATED_CONTROL_FINDINGS_UPDATE' }),
    });
    expect(await stage.card()).toEqual(before);

    stage.clock.advance(HOUR);
    const anew = asff({ ...about, generation: 2 });
    await stage.report(anew);
    const after = await stage.card();
    expect(after.replies).toEqual([]);
    expect(readAloud(after.blocks)).toBe(readAloud(before.blocks));
    expect((await stage.workflow(anew)).status).toBe('NOTIFIED');
  });

  test('a resource that is gone closes its request, without thanks', async () => {
    await stage.report(failing);
    stage.clock.advance(DAY);
    await stage.report(asff({ ...about, recordState: 'ARCHIVED', archivalReason: 'RESOURCE_NOT_FOUND' }));
    const card = await stage.card();
    expect(readAloud(card.blocks)).toContain(`☑️ ${w.card.closedTitle('')}`);
    expect(await spoken()).toEqual([w.thread.settled.markup]);
  });
});

describe('findings that Security Hub does not process', () => {
  const unprocessed = (
    code: 'FindingNotFound' | 'ConcurrentUpdateError' | 'InternalFailure',
    next?: number,
  ) =>
    stage.hub.addFault({
      kind: 'unprocessed',
      operation: 'BatchUpdateFindings',
      when: next === undefined ? 'always' : { next },
      code,
    });

  test('FindingNotFound: there is nothing left to suppress, so the request closes', async () => {
    await stage.report(failing);
    await unprocessed('FindingNotFound');
    await suppress();
    const card = await stage.card();
    expect(readAloud(card.blocks)).toContain(`☑️ ${w.card.closedTitle('')}`);
    expect(stage.logged).toHaveLength(1);
    expect(stage.logged[0]).toContain('FindingNotFound');
  });

  test('ConcurrentUpdateError once: tried again alone, and nobody notices', async () => {
    await stage.report(failing);
    await stage.hub.forgetCalls();
    await unprocessed('ConcurrentUpdateError', 1);
    await suppress();
    expect((await stage.workflow(failing)).status).toBe('SUPPRESSED');
    expect(await stage.hub.calls('BatchUpdateFindings')).toHaveLength(2);
    expect(await spoken()).toHaveLength(1);
    expect(stage.logged).toEqual([]);
  });

  test('InternalFailure all along: open again, the card and the thread say what failed; a second try works', async () => {
    await stage.report(failing);
    await unprocessed('InternalFailure');
    await suppress();

    const card = await stage.card();
    expect(labels(card)).toContain(w.card.suppress);
    expect(readAloud(card.blocks)).toContain(w.card.failed(1).markup);
    expect(readAloud(card.blocks)).toContain(w.refusal['InternalFailure']);
    expect((await spoken()).at(-1)).toContain(w.refusal['InternalFailure']);
    expect(stage.logged.join('\n')).toContain('InternalFailure');

    await stage.hub.clearFaults();
    stage.clock.advance(HOUR);
    await suppress();
    expect((await stage.workflow(failing)).status).toBe('SUPPRESSED');
    expect(readAloud((await stage.card()).blocks)).not.toContain(w.card.failed(1).markup);
  });
});
