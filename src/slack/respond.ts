import { SlackRateLimited, SlackRefused, SlackUnreachable } from './errors';
import { type Drawn, SLACK_TIMEOUT_MS } from './slack';

/** Answers a person through the URL that came with their command: five times within half an hour. */
export type Respond = (url: string, message: Drawn & { readonly replaceOriginal?: boolean }) => Promise<void>;

/**
 * @param host the only host that answers are sent to (`hooks.slack.com`): the URL comes with a payload, and a
 *   forged one must not make the bot call somebody else
 */
export function responder(host: string): Respond {
  return async (url, message) => {
    const target = new URL(url);
    if (target.host !== host) throw new Error(`refused to answer at ${target.host}`);
    let answer: Response;
    try {
      answer = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          response_type: 'ephemeral',
          text: message.text,
          blocks: message.blocks,
          ...(message.replaceOriginal && { replace_original: true }),
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(SLACK_TIMEOUT_MS),
      });
    } catch (error) {
      throw new SlackUnreachable('response_url', { cause: error });
    }
    if (answer.status === 429) {
      throw new SlackRateLimited(Number(answer.headers.get('retry-after')) || 1);
    }
    if (!answer.ok) throw new SlackRefused('response_url', `http_${answer.status}`);
  };
}
