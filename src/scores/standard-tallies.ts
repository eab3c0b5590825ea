import type { ControlScore } from './control-score';
import { countStatuses, type Tally, total } from './tally';

/** Controls with data by standard, each control once in each standard that it counts for; best-known names first. */
export function standardTallies(
  controls: readonly Pick<ControlScore, 'standards'>[],
): Readonly<Record<string, Tally>> {
  const names = [...new Set(controls.flatMap(({ standards }) => Object.keys(standards)))].sort();
  return Object.fromEntries(
    names.flatMap((name) => {
      const { passed, failed, unknown } = countStatuses(
        controls.flatMap(({ standards }) => standards[name] ?? []),
      );
      const tally: Tally = { passed, failed, unknown };
      return total(tally) === 0 ? [] : [[name, tally]];
    }),
  );
}
