/** A severity as AWS writes it; the colour only repeats the word. */
export function SeverityMark({ severity }: { severity: string }) {
  return <span class={`side-severity side-severity-${severity.toLowerCase()}`}>{severity}</span>;
}
