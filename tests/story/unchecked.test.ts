import { sweep } from '../../src/clock';
import { type Ending, explore } from '../crash/explorer';
import { asff, imported } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';

let spine: Spine;
beforeEach(async () => {
  spine = await openSpine();
});
afterEach(() => spine.close());

const unchecked = (account: string) => imported(asff({ control: 'EC2.19', account, status: 'WARNING' }));
const woken = async () => Object.values(await sweep(spine.bot.clock)).reduce((sum, count) => sum + count, 0);

test('what AWS cannot check is told to the security team once a control, and never to owners', async () => {
  await spine.send(unchecked('111122223333'));
  await spine.send(unchecked('444455556666'));
  await spine.drain();

  const told = await spine.people.channel('C0SECURITY');
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told[0]?.blocks)).toContain('EC2.19');
  expect(await spine.people.channel('C0SHOPPRD')).toHaveLength(0);
  expect(await spine.people.channel('C0SHOPDEV')).toHaveLength(0);
});

test.each<Ending>(['killed', 'answer lost', 'overtaken'])(
  '%s at every effect, it is told once',
  async (ending) => {
    for (let number = 0; ; number += 1) {
      await spine.close();
      spine = await openSpine();
      const body = unchecked('111122223333');
      const { at } = await explore(
        spine,
        number,
        ending,
        [
          async () => {
            await spine.send(body);
          },
        ],
        woken,
      );
      const told = await spine.people.channel('C0SECURITY');
      expect({ at, number, told: told.length, woken: await woken() }).toEqual({
        at,
        number,
        told: 1,
        woken: 0,
      });
      if (at === undefined) break;
    }
  },
  60_000,
);
