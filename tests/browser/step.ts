import { join } from 'node:path';
import { SLOW_MS, type Visitor } from './visitor';

/** Pictures of what failed and, where `SHOTS=1` asks for pictures, of how each step ended. */
const PICTURES = join(__dirname, '..', '..', '.cache', 'browser');

/**
 * Makes tests that look, after their step, whether anything failed in the browser and whether what is on the screen
 * is accessible; each leaves a picture of what it saw when it fails.
 * @param visitor who plays; asked for at each step
 * @param story what the pictures are named after
 */
export function stepsOf(
  visitor: () => Visitor,
  story: string,
): (name: string, play: () => Promise<void>) => void {
  let played = 0;
  return (name, play) => {
    test.each([{ name, play }])(
      '$name',
      async ({ play: act }) => {
        played += 1;
        const picture = (what: string) => ({ path: join(PICTURES, `${story}-${played}${what}.png`) });
        try {
          await act();
          expect(visitor().takeTroubles()).toEqual([]);
          expect(await visitor().violations()).toEqual([]);
        } catch (error) {
          await visitor().page.screenshot(picture('-failed'));
          throw error;
        }
        if (process.env['SHOTS'] === '1') await visitor().page.screenshot(picture(''));
      },
      3 * SLOW_MS,
    );
  };
}
