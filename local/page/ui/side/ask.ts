import type { Problem } from '../../api';

/** The page's server did not do it, and says why in words for a person. */
export class Refused extends Error {}

/**
 * Asks the page's server: GET without a body, POST with one.
 * @throws Refused with the server's words; the browser's own error when the server could not be reached
 */
export async function ask<Answer>(path: string, body?: unknown): Promise<Answer> {
  return send<Answer>(path, body === undefined ? undefined : JSON.stringify(body));
}

/** Like `ask`, for a text that is sent as it is, valid JSON or not. */
export async function send<Answer>(path: string, text: string | undefined): Promise<Answer> {
  const response = await fetch(
    path,
    text === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: text },
  );
  const answer = (await response.json().catch(() => ({ error: `HTTP ${response.status}` }))) as unknown;
  if (!response.ok) throw new Refused((answer as Problem).error);
  return answer as Answer;
}

/** What to show for something that was caught. */
export function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
