/** Sentences whose condition holds. */
export function where(...cases: readonly (readonly [boolean, string])[]): string[] {
  return cases.flatMap(([holds, sentence]) => (holds ? [sentence] : []));
}
