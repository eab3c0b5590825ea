import { asff, imported } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';

let spine: Spine;
beforeEach(async () => {
  spine = await openSpine();
});
afterEach(() => spine.close());

test('a finding becomes one card', async () => {
  const finding = asff({ control: 'EC2.19', account: '111122223333' });
  await spine.hub.putFindings([finding as never]);
  await spine.send(imported(finding));
  await spine.drain();
  const messages = await spine.people.channel('C0SHOPPRD');
  expect(messages).toHaveLength(1);
  console.log(JSON.stringify(await spine.hub.findings()).slice(0, 1500), spine.logged);
});
