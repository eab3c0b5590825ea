import { createHmac } from 'node:crypto';
import type { Ack, Envelope } from './envelope';
import { isJson, type Json } from './json';
import type { SocketMode } from './socket';

/** Where signed HTTP requests go instead of the socket. */
export interface HttpTarget {
  url: string;
  signingSecret: string;
}

/** Brings envelopes to the app over Socket Mode or, when told so, as signed HTTP requests. */
export class Delivery {
  target: HttpTarget | undefined;

  constructor(
    readonly socket: SocketMode,
    private readonly now: () => number,
    private readonly ackLimitMs: number,
  ) {}

  deliver(envelope: Envelope): Promise<Ack> {
    return this.target ? this.request(this.target, envelope) : this.socket.deliver(envelope);
  }

  private async request({ url, signingSecret }: HttpTarget, envelope: Envelope): Promise<Ack> {
    const isEvent = envelope.type === 'events_api';
    const body = httpBody(envelope);
    const timestamp = String(Math.floor(this.now() / 1000));
    const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    const signal = AbortSignal.timeout(this.ackLimitMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal,
        headers: {
          'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${digest}`,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        },
        body,
      });
      const answer = await response.text();
      if (response.status !== 200) return { status: 'failed', httpStatus: response.status };
      return { status: 'acked', body: ackBody(answer) };
    } catch {
      // What went wrong on the way does not matter to the person: only whether anybody was there in time.
      return { status: signal.aborted ? 'timeout' : 'not_connected' };
    }
  }
}

function httpBody({ type, payload }: Envelope): string {
  if (type === 'events_api') return JSON.stringify(payload);
  if (type === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
  return new URLSearchParams(fields).toString();
}

/** Plain text is a message's text, as Slack takes it. */
function ackBody(answer: string): Json {
  if (answer.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(answer);
    return isJson(parsed) ? parsed : { text: String(parsed) };
  } catch {
    return { text: answer };
  }
}
