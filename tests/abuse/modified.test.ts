import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { labels } from '../story/stage';
import { ANALYST, askToSuppress, LEAD, SECURITY, steps, suppressions } from './asked';
import { type FrontDoor, openFrontDoor } from './front-door';

const w = words('ja');
const bucket = (name: string, severity: 'HIGH' | 'CRITICAL' | 'LOW' = 'HIGH') =>
  asff({ control: 'S3.8', severity, resource: `arn:aws:s3:::example-${name}` });
let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor();
  await door.report(bucket('a'), bucket('b'));
});
afterEach(async () => {
  await door.close();
  expect(door.logged.filter((line) => !line.startsWith('a press was denied'))).toEqual([]);
});

const status = async (name: string) => (await door.workflow(bucket(name))).status;
const shown = async () => readAloud((await door.card(SECURITY)).blocks);

test('its severity is raised after approval was asked: an approval of what was shown is void, the card says so and asks anew', async () => {
  const asked = await askToSuppress(door);
  const press = await door.caughtPress(ANALYST, asked, w.approval.approve);
  await door.report(bucket('b', 'CRITICAL'));
  await door.deliver(press);
  await door.drain();

  expect(await suppressions(door)).toBe(0);
  expect(await steps(door, 'suppress')).toContain('void');
  const anew = await door.card(SECURITY);
  expect(anew.ts).toBe(asked.ts);
  expect(await shown()).toContain('CRITICAL');
  expect(await shown()).toContain('@S0LEADS');
  expect(readAloud(anew.replies)).not.toBe('');
  // What was approved before is not what is asked now, whoever it comes from.
  await door.deliver(press);
  await door.drain();
  expect(await suppressions(door)).toBe(0);

  await door.press(LEAD, anew, w.approval.approve);
  expect([await status('a'), await status('b')]).toEqual(['SUPPRESSED', 'SUPPRESSED']);
});

test('a resource joins after approval was asked: it is not in what is approved, and stays asked for', async () => {
  const asked = await askToSuppress(door);
  door.clock.advance(60_000);
  await door.report(bucket('c'));
  await door.press(ANALYST, asked, w.approval.approve);
  expect([await status('a'), await status('b'), await status('c')]).toEqual([
    'SUPPRESSED',
    'SUPPRESSED',
    'NOTIFIED',
  ]);
  expect(labels(await door.card())).toContain(w.card.suppress);
});

test('a resource was replaced after approval was asked: fixed, and failing again, it is not the one that was judged', async () => {
  const asked = await askToSuppress(door);
  door.clock.advance(60_000);
  await door.report({ ...bucket('b'), Compliance: { ...bucket('b').Compliance, Status: 'PASSED' } });
  door.clock.advance(60_000);
  await door.report(bucket('b'));
  await door.press(ANALYST, asked, w.approval.approve);
  expect(await status('a')).toBe('SUPPRESSED');
  expect(await status('b')).toBe('NOTIFIED');
});

test('less is left than was asked: the approval holds for the rest', async () => {
  const asked = await askToSuppress(door);
  await door.report({ ...bucket('b'), RecordState: 'ARCHIVED' });
  await door.press(ANALYST, asked, w.approval.approve);
  expect(await status('a')).toBe('SUPPRESSED');
  expect(await suppressions(door)).toBe(1);
});

test('nothing is left: nothing is done, and whoever asked hears so', async () => {
  const asked = await askToSuppress(door);
  await door.report({ ...bucket('a'), RecordState: 'ARCHIVED' }, { ...bucket('b'), RecordState: 'ARCHIVED' });
  await door.press(ANALYST, asked, w.approval.approve);
  expect(await suppressions(door)).toBe(0);
  expect((await steps(door, 'suppress')).at(-1)).toBe('failed');
});
