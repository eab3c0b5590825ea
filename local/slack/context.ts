import type { CallLog } from './calls';
import type { Delivery } from './delivery';
import type { Faults } from './faults';
import type { Journal } from './journal';
import type { PostPace } from './post-pace';
import type { ResponseUrls } from './response-urls';
import type { Triggers } from './triggers';
import type { Views } from './views';
import type { Workspace } from './workspace';

/** Everything one stand-in is made of. */
export interface Context {
  readonly now: () => number;
  /** `http://127.0.0.1:PORT` */
  readonly url: () => string;
  readonly workspace: Workspace;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly journal: Journal;
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly delivery: Delivery;
  readonly pace: PostPace | undefined;
  /** Moves this Slack's clock: so many milliseconds ahead of the one it was started with, or behind it. */
  readonly moveClock: (offsetMs: number) => void;
}
