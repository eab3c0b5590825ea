const SIGNS = { good: '✓', bad: '✕', gone: '–' } as const;

/** A sign before a word that says the same. Drawn, because a machine may have no font with emoji. */
export function Mark({ kind }: { kind: keyof typeof SIGNS }) {
  return (
    <span class={`side-mark side-mark-${kind}`} aria-hidden="true">
      {SIGNS[kind]}
    </span>
  );
}
