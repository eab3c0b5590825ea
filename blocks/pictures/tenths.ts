/** Scores are whole numbers, medians may be halves: nothing longer is shown. */
export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
