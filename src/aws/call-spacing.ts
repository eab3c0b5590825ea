/** Waits until the next call of its kind may begin. */
export type CallSpacing = (kind: string, spaceMs: number) => Promise<void>;

/** Keeps calls of a kind so far apart that their limit is not met; calls of different kinds do not wait for each other. */
export function callSpacing({
  now,
  pause,
}: {
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
}): CallSpacing {
  const taken = new Map<string, number>();
  return async (kind, spaceMs) => {
    const at = now().getTime();
    const turn = Math.max(at, taken.get(kind) ?? at);
    taken.set(kind, turn + spaceMs);
    if (turn > at) await pause(turn - at);
  };
}
