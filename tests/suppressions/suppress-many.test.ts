import { approvalHash, type Change, ChangeFailed } from '../../src/changes';
import type { Finding } from '../../src/findings';
import {
  describeSuppressMany,
  type SuppressedMany,
  SuppressManyPayload,
  suppress,
  suppressMany,
} from '../../src/suppressions';
import { approvalParts } from '../../src/suppressions/approval-parts';
import { change } from '../changes/change';
import { type Desk, openDesk } from '../requests/desk';

const ASKED = '2026-11-24T01:00:00.000Z';
const HIGH = '111122223333/control/s3.8';
const MEDIUM = '111122223333/control/s3.5';

const payload = (over: Partial<SuppressManyPayload> = {}): SuppressManyPayload => ({
  requests: [MEDIUM, HIGH],
  reason: 'Needed until the migration is over.',
  days: 14,
  asOf: ASKED,
  until: '2026-12-08T01:00:00.000Z',
  ...over,
});

let desk: Desk;
let findings: readonly Finding[];
let reports: SuppressedMany[];
beforeEach(async () => {
  desk = await openDesk();
  reports = [];
  findings = await desk.hold([
    { control: 'S3.5', resource: 'arn:aws:s3:::example-a', severity: 'MEDIUM' },
    { control: 'S3.8', resource: 'arn:aws:s3:::example-a', severity: 'HIGH' },
  ]);
  for (const finding of findings) await desk.take(finding);
  desk.queues.changes.length = 0;
});
afterEach(() => desk.close());

const sources = () => ({
  ...desk.bot.intake,
  directory: desk.bot.directory,
  rules: desk.bot.config.access,
  changes: desk.bot.changes,
  report: async (_: Change, result: SuppressedMany) => void reports.push(result),
});
const kind = () => suppressMany(sources());
const asked = (over: Partial<Change> = {}) =>
  change({ id: 'parent', kind: 'suppress-many', target: 'bulk/x', about: {}, payload: payload(), ...over });
const refs = (n: number) => Array.from({ length: n }, (_, place) => `111122223333/control/ec2.${place}`);

test.each<[string, object, boolean]>([
  ['as the modal sends it', {}, true],
  ['25 requests', { requests: refs(25) }, true],
  ['26 requests', { requests: refs(26) }, false],
  ['none', { requests: [] }, false],
  ['one twice', { requests: [HIGH, HIGH] }, false],
  ['no reason', { reason: '' }, false],
])('the payload: %s', (_, over, taken) => {
  expect(SuppressManyPayload.safeParse({ ...payload(), ...over }).success).toBe(taken);
});

test('it is about the account where all are of one', () => {
  expect(kind().about('bulk/x', payload())).toEqual({ account: '111122223333' });
  const mixed = payload({ requests: [HIGH, '444455556666/control/s3.5'] });
  expect(kind().about('bulk/x', mixed)).toEqual({});
});

test('ruled by the worst; a denial names which one; what is done does not count; a threat is denied', async () => {
  expect(await kind().rule(asked(), payload())).toMatchObject({
    effect: 'needs approval',
    needs: [{ of: 'analyst', count: 1 }],
  });
  expect(await kind().rule(asked(), payload({ days: 60 }))).toEqual({
    effect: 'deny',
    reason: { code: 'too-long', maxDays: 30, severity: 'HIGH' },
    about: expect.stringContaining('S3.8'),
  });
  const [, high] = findings;
  await desk.take({ ...high!, compliance: 'PASSED', updatedAt: '2026-11-24T00:30:00.000Z' });
  expect(await kind().rule(asked(), payload())).toMatchObject({ effect: 'allow', as: 'owner' });
  expect(
    await kind().rule(asked(), payload({ requests: [MEDIUM, '111122223333/threat/abc'] })),
  ).toMatchObject({
    effect: 'deny',
    about: expect.any(String),
  });
});

test('an approval is bound to every issue of every request, and to how severe each request is', async () => {
  const before = await kind().target!(asked(), payload());
  expect(before.severity).toBe('HIGH');
  const [medium] = findings;
  await desk.take({ ...medium!, severity: 'HIGH', updatedAt: '2026-11-24T00:30:00.000Z' });
  const worse = await kind().target!(asked(), payload());
  expect(worse.severity).toBe('HIGH');
  expect(worse.parts.filter((part) => !before.parts.includes(part))).toHaveLength(1);
  expect(before.parts.every((part) => worse.parts.includes(part))).toBe(true);
});

test('its parts: one an issue, and those of a lower severity are among those of a higher', async () => {
  const issue = await desk.issueOf(findings[0]!);
  const of = (severity: 'LOW' | 'CRITICAL') => approvalParts(MEDIUM, [issue], severity);
  expect(of('CRITICAL')).toEqual(expect.arrayContaining([...of('LOW')]));
  expect(of('CRITICAL')).toHaveLength(6);
  expect(approvalParts(HIGH, [issue], 'LOW')).not.toEqual(of('LOW'));
  expect(approvalParts(MEDIUM, [{ ...issue, episodes: 9 }], 'LOW')).not.toEqual(of('LOW'));
  expect(approvalParts(MEDIUM, [], 'LOW')).toEqual([]);
});

test('applied, it asks for one suppression a request, the same ones again after a crash; the done ones are told', async () => {
  const [, high] = findings;
  await desk.take({ ...high!, compliance: 'PASSED', updatedAt: '2026-11-24T00:30:00.000Z' });
  desk.queues.changes.length = 0;
  const parent = asked({ before: await kind().before(asked(), payload()) });
  await kind().apply(parent, payload());
  await kind().apply(parent, payload());
  const [first, second] = desk.queues.changes;
  expect(first).toEqual(second);
  expect(desk.queues.changes).toHaveLength(2);
  expect(first).toMatchObject({
    group: MEDIUM,
    body: {
      type: 'propose',
      kind: 'suppress',
      target: MEDIUM,
      actor: { id: 'U0OWNER1' },
      payload: { scope: 'all', parent: 'parent', days: 14, until: payload().until },
    },
  });
  expect(reports[0]).toMatchObject({ count: 1, skipped: [{ control: 'S3.8' }] });
  const facts = await describeSuppressMany(sources())({ ...parent, payload: payload() });
  expect(facts).toContainEqual({ label: 'skipped', value: expect.stringContaining('S3.8'), kind: 'code' });
  expect(facts.filter(({ label }) => label === 'request')).toHaveLength(1);
});

test('all done, or approved too late: nothing is asked for', async () => {
  const late = asked({ before: await kind().before(asked(), payload()) });
  const over = payload({ until: '2026-11-23T00:00:00.000Z' });
  await expect(kind().apply(late, over)).rejects.toEqual(new ChangeFailed('too-late'));
  for (const finding of findings) {
    await desk.take({ ...finding, compliance: 'PASSED', updatedAt: '2026-11-24T00:30:00.000Z' });
  }
  desk.queues.changes.length = 0;
  const parent = asked({ before: await kind().before(asked(), payload()) });
  await expect(kind().apply(parent, payload())).rejects.toEqual(new ChangeFailed('nothing-open'));
  expect(desk.queues.changes).toEqual([]);
});

describe('a suppression that says it belongs to one of several', () => {
  /** The parent as it is kept when an analyst has approved it, and the child as it was queued. */
  async function family(over: Partial<Change> = {}) {
    const target = await kind().target!(asked(), payload());
    const waiting: Change = asked({
      status: 'applying',
      before: await kind().before(asked(), payload()),
      ruling: { effect: 'needs approval', needs: [{ of: 'analyst', count: 1 }], other: false },
      asked: { at: ASKED, until: ASKED, remindAt: ASKED, target, round: 1 },
    });
    const hash = approvalHash(waiting);
    const by = { id: 'U0ANALYST' as Change['actor']['id'], name: 'Analyst' };
    const parent: Change = { ...waiting, approvals: [{ by, at: ASKED, hash }], ...over };
    await desk.bot.changes.create(parent);
    await kind().apply({ ...parent, status: 'applying' }, payload());
    const { id, body } = desk.queues.changes.find(({ group: ref }) => ref === HIGH)!;
    const { payload: own } = body as { payload: Parameters<ReturnType<typeof suppress>['rule']>[1] };
    const child = change({ id, kind: 'suppress', target: HIGH, payload: own, status: 'proposed' });
    return { child, own };
  }
  const ruled = async (child: Change, own: Parameters<ReturnType<typeof suppress>['rule']>[1]) =>
    (await suppress(sources()).rule(child, own)).effect;

  test('is allowed by what was approved for all of them', async () => {
    const { child, own } = await family();
    expect(await suppress(sources()).rule(child, own)).toEqual({
      effect: 'allow',
      as: 'member',
      under: 'parent',
    });
  });

  test.each<[string, Partial<Change>]>([
    ['was never done', { status: 'proposed' }],
    ['was denied', { status: 'denied' }],
    ['was another person’s', { actor: { id: 'U0MEMBER' as never, name: 'Member' } }],
    ['is of another kind', { kind: 'suppress' }],
    ['did not name this request', { payload: payload({ requests: [MEDIUM] }) }],
    ['was for fewer days', { payload: payload({ days: 7 }) }],
    ['was for another reason', { payload: payload({ reason: 'Something else altogether.' }) }],
    ['was approved by nobody', { approvals: [] }],
    [
      'was approved as something else',
      { approvals: [{ by: { id: 'U0ANALYST' as never, name: 'A' }, at: ASKED, hash: 'other' }] },
    ],
  ])('asks for itself when that %s', async (_, over) => {
    const { child, own } = await family(over);
    expect(await ruled(child, own)).toBe('needs approval');
  });

  test('asks for itself when its id is not the one that follows from it, or it wants more', async () => {
    const { child, own } = await family();
    expect(await ruled({ ...child, id: 'another' }, own)).toBe('needs approval');
    expect(await ruled(child, { ...own, days: 30 })).toBe('needs approval');
    expect(await ruled(child, { ...own, until: '2026-12-24T01:00:00.000Z' })).toBe('needs approval');
    expect(await ruled(child, { ...own, parent: undefined })).toBe('needs approval');
  });

  test('asks for itself when it has got worse, or holds what nobody saw', async () => {
    const { child, own } = await family();
    const [, high] = findings;
    await desk.take({ ...high!, severity: 'CRITICAL', updatedAt: '2026-11-24T00:30:00.000Z' });
    expect(await suppress(sources()).rule(child, own)).toMatchObject({
      effect: 'needs approval',
      needs: [{ of: 'lead', count: 1 }],
    });
  });
});
