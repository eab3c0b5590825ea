import type { AsffFinding } from '../../local/aws';
import { type AccountId, accountId } from '../../src/accounts';
import { asff, imported } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';

let spine: Spine;
beforeEach(async () => {
  spine = await openSpine();
});
afterEach(() => spine.close());

const at = (minute: string, status: 'FAILED' | 'PASSED') =>
  asff({ control: 'EC2.19', account: '111122223333', status, updatedAt: `2026-11-24T00:${minute}:00.000Z` });

test('a PASSED that was held up on its way does not close what has failed again since', async () => {
  await spine.send(imported(at('50', 'FAILED')));
  await spine.drain();
  // It passed and failed again; of the two events only the second one arrives in time, and looks like a refresh.
  await spine.hub.putFindings([at('58', 'FAILED') as unknown as AsffFinding]);
  await spine.send(imported(at('58', 'FAILED')));
  await spine.drain();
  spine.clock.advance(2 * 3_600_000);
  await spine.send(imported(at('54', 'PASSED')));
  await spine.drain();

  const [card] = await spine.people.channel('C0SHOPPRD');
  expect(card?.replies).toEqual([]);
  const [issue] = await spine.bot.intake.issues.of({
    account: accountId('111122223333') as AccountId,
    kind: 'control',
    subject: 'ec2.19',
  });
  expect(issue?.state).toBe('open');
});
