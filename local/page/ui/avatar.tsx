const COLOURS = 6;

/** A person's picture: the first letter of the name, always in the same colour. The name stands beside it. */
export function Avatar({ id, name, isApp = false }: { id: string; name: string; isApp?: boolean }) {
  const sum = [...id].reduce((total, char, index) => total + index * (char.codePointAt(0) ?? 0), 0);
  return (
    <span class={isApp ? 'avatar of-app' : `avatar colour-${sum % COLOURS}`} aria-hidden="true">
      {isApp ? '🛡️' : name.slice(0, 1).toUpperCase()}
    </span>
  );
}
