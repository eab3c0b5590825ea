/** Slack asks to wait; the message was not taken. */
export class SlackRateLimited extends Error {
  override readonly name = 'SlackRateLimited';
  /** @param retryAfterSeconds what Slack's `Retry-After` says */
  constructor(readonly retryAfterSeconds: number) {
    super(`Slack asks to wait ${retryAfterSeconds} s`);
  }
}

/** No answer, or a server error: nobody knows whether the call took effect. */
export class SlackUnreachable extends Error {
  override readonly name = 'SlackUnreachable';
}

/** Slack answered `ok: false`: the call certainly had no effect. */
export class SlackRefused extends Error {
  override readonly name = 'SlackRefused';
  /**
   * @param code Slack's error code, e.g. `channel_not_found`
   * @param details what Slack says about it, e.g. which block is wrong
   */
  constructor(
    readonly method: string,
    readonly code: string,
    readonly details: readonly string[] = [],
  ) {
    super(`Slack refused ${method}: ${code}${details.length > 0 ? ` (${details.join('; ')})` : ''}`);
  }
}
