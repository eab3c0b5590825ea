import { isThrottling } from '../aws';

/** GetFindings takes three calls a second and account (SecurityHubClient in the SDK). */
const SPACE_MS = 334;
/** Who is told to slow down waits this long, then twice as long, and so on. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 16_000;
const TRIES = 6;

/** Makes one call after the other, at most three a second. */
export interface Pace {
  /** Calls made so far, refused ones included. */
  readonly calls: number;
  /** @throws the call's error, one of throttling after six tries */
  call<T>(call: () => Promise<T>): Promise<T>;
}

export function pace({
  now,
  pause,
}: {
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
}): Pace {
  let calls = 0;
  // Whoever had the message before may have called a moment ago.
  let last = now().getTime();
  return {
    get calls() {
      return calls;
    },
    async call(call) {
      for (let tried = 1, wait = FIRST_WAIT_MS; ; tried += 1, wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
        const early = last + SPACE_MS - now().getTime();
        if (early > 0) await pause(early);
        last = now().getTime();
        calls += 1;
        try {
          return await call();
        } catch (error) {
          if (!isThrottling(error) || tried === TRIES) throw error;
          await pause(wait);
        }
      }
    },
  };
}
