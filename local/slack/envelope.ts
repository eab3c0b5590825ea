import type { Json } from './json';

/** Something Slack tells the app. */
export interface Envelope {
  type: 'slash_commands' | 'interactive' | 'events_api';
  payload: Json;
}

/** What came of telling it. */
export type Ack =
  | { status: 'acked'; body: Json }
  | { status: 'timeout' }
  | { status: 'not_connected' }
  | { status: 'failed'; httpStatus: number };
