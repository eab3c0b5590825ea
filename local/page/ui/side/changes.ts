/** Events come in bursts; and what the bot writes to AWS follows a moment after what it says in Slack. */
const AFTER_MS = [250, 1_500, 4_000];

const listeners = new Set<() => void>();
let source: EventSource | undefined;
let timers: ReturnType<typeof setTimeout>[] = [];

/** Somebody has done something: everything that is shown is asked for again, now and a little later. */
export function somethingChanged(): void {
  for (const timer of timers) clearTimeout(timer);
  timers = AFTER_MS.map((delay) =>
    setTimeout(() => {
      for (const listener of listeners) listener();
    }, delay),
  );
}

/**
 * Calls `listener` whenever Slack has changed or somebody has acted here. One event stream serves all: a browser
 * opens only six connections to one host.
 * @returns how to stop listening
 */
export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  if (!source) {
    source = new EventSource('/api/slack/events');
    source.addEventListener('message', somethingChanged);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = undefined;
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  };
}
