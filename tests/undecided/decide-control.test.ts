import { ChangeFailed } from '../../src/changes';
import type { ControlId } from '../../src/controls';
import { answerLine } from '../../src/policy';
import {
  buildUndecidedView,
  decideControl,
  holdUndecided,
  type Undecided,
  undecidedKey,
} from '../../src/undecided';
import { change } from '../changes/change';
import { type Kept, keptQueues } from '../requests/desk';
import { openSpine, type Spine } from '../setup/spine';

const KEY = undecidedKey('Quantum.1');
const ISSUE = {
  account: '111122223333',
  control: 'Quantum.1' as ControlId,
  title: 'Qubits should be entangled',
  severity: 'HIGH',
  since: '2026-11-24T01:00:00.000Z',
} as const;
const SUBJECT = { account: '111122223333', kind: 'control', subject: 'quantum.1' } as const;
const DECIDE = change({ kind: 'decide-control', target: 'bulletin/undecided/any/quantum.1' });
const IGNORE = { treatment: 'ignore' } as const;

let spine: Spine;
let queues: Kept;
let undecided: Undecided;
let kind: ReturnType<typeof decideControl>;
beforeEach(async () => {
  spine = await openSpine();
  queues = keptQueues();
  const { policies, intake, directory, config, settings } = spine.composeWith({ queues });
  undecided = { ...intake, policies, securityChannel: settings.SECURITY_CHANNEL_ID };
  kind = decideControl({ ...undecided, directory, rules: config.access });
  await undecided.known.note(SUBJECT as never, ISSUE.since);
  await undecided.known.note({ ...SUBJECT, account: '444455556666', subject: 's3.5' } as never, ISSUE.since);
});
afterEach(() => spine.close());

const hold = () => holdUndecided(ISSUE as never, undecided);
const view = async () => {
  const bulletin = await undecided.bulletins.load(KEY);
  if (bulletin === undefined) throw new Error('there is no bulletin');
  const sources = { ...undecided, playbooks: () => undefined };
  return buildUndecidedView(bulletin, await undecided.bulletins.lines(KEY), 'en', sources);
};
const jobs = () => queues.changes.map(({ body }) => body);

it('asks once a control, whatever is held of it', async () => {
  await hold();
  await hold();
  expect(await undecided.bulletins.lines(KEY)).toHaveLength(1);
  expect(
    queues.cards.every(({ record, channel }) => record === DECIDE.target && channel === 'C0SECURITY'),
  ).toBe(true);
  expect(await view()).toMatchObject({
    kind: 'undecided',
    control: 'Quantum.1',
    title: ISSUE.title,
    severity: 'HIGH',
    proposals: { production: { treatment: 'track', undecided: true } },
  });
});

it('an answer reaches the accounts that have the control; a second try of the same change changes nothing', async () => {
  await hold();
  await kind.apply(DECIDE, IGNORE);
  const once = await undecided.policies.answers();
  await kind.apply(DECIDE, IGNORE);
  expect(await undecided.policies.answers()).toEqual(once);
  expect(once).toEqual([
    { control: 'Quantum.1', treatment: 'ignore', who: 'U0OWNER1', at: DECIDE.proposedAt },
  ]);
  const job = { job: 'redecide', account: '111122223333', control: 'quantum.1' };
  expect(jobs()).toEqual([job, job]);
  expect(new Set(queues.changes.map(({ id }) => id)).size).toBe(1);
  expect(await view()).toMatchObject({ answer: { treatment: 'ignore', who: 'U0OWNER1' } });
});

it('who comes second hears that it is answered', async () => {
  await hold();
  await kind.apply(DECIDE, IGNORE);
  const second = change({ ...DECIDE, id: 'change-2', proposedAt: '2026-11-24T01:00:09.000Z' });
  await expect(kind.apply(second, { treatment: 'leave' })).rejects.toThrow(new ChangeFailed('answered'));
});

it('what is held after the answer is decided anew, and asks nobody', async () => {
  await hold();
  await kind.apply(DECIDE, IGNORE);
  const asked = queues.cards.length;
  await hold();
  expect(queues.cards).toHaveLength(asked);
  expect(queues.changes).toHaveLength(2);
});

it('a line of the policy decides: there is nothing to ask or to answer any more', async () => {
  await hold();
  const line = answerLine({ control: 'Quantum.1', treatment: 'leave' });
  const text = `deadlines: { otherwise: 9 }\nlines:\n  ${line}\n  - { id: rest, treatment: track }\n`;
  await undecided.policies.push(text, 'somebody', 0);
  await expect(kind.apply(DECIDE, IGNORE)).rejects.toThrow(new ChangeFailed('answered'));
  expect(await view()).toBeUndefined();
});

it('a control that nothing was held of is gone', async () => {
  await expect(kind.apply(DECIDE, IGNORE)).rejects.toThrow(new ChangeFailed('gone'));
});

it.each([
  ['U0ANALYST', 'allow'],
  ['U0LEAD', 'allow'],
  ['U0OWNER1', 'deny'],
])('%s: %s', async (id, effect) => {
  await hold();
  const ruling = await kind.rule(change({ ...DECIDE, actor: { id: id as never, name: id } }), IGNORE);
  expect(ruling.effect).toBe(effect);
});
