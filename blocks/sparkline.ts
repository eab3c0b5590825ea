const STEPS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const GAP = '·';
/** At least so many points high, so that a point up or down is no cliff. */
const HEIGHT = 10;

/**
 * Scores as a line of text: there whatever becomes of a picture. From the lowest to the highest: scores live near the
 * top, and of a small climb nothing would be seen.
 * @param scores oldest first; undefined where nothing is known
 * @returns undefined where there is no line to see yet
 */
export function sparkline(scores: readonly (number | undefined)[]): string | undefined {
  const known = scores.filter((score) => score !== undefined);
  if (known.length < 2) return undefined;
  const top = Math.max(...known);
  const floor = Math.min(...known, top - HEIGHT);
  const begin = scores.findIndex((score) => score !== undefined);
  return scores
    .slice(begin)
    .map((score) => {
      if (score === undefined) return GAP;
      return STEPS[Math.round(((score - floor) / (top - floor)) * (STEPS.length - 1))] ?? GAP;
    })
    .join('');
}
