import type { Json } from './json';
import { Ring } from './ring';

/** One call of the app to the Web API, or one post to a response_url. */
export interface Call {
  at: number;
  method: string;
  /** Arguments without the token, JSON fields parsed. */
  args: Json;
  result: Json;
  /** The fault that was played on it, if any. */
  fault?: string;
}

const KEPT = 10_000;

export class CallLog {
  private readonly calls = new Ring<Call>(KEPT);

  add(call: Call): void {
    this.calls.add(call);
  }

  list(method?: string): Call[] {
    return this.calls.all().filter((call) => method === undefined || call.method === method);
  }

  reset(): void {
    this.calls.clear();
  }
}
