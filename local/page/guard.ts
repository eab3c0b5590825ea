import type { IncomingMessage } from 'node:http';
import { PageRefusal } from './refusal';

/** What every answer carries: the page loads nothing from elsewhere, and nobody may frame or read it. */
export const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' data: https:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

const METHODS = ['GET', 'HEAD', 'POST', 'DELETE'];
/** Dots and slashes that are written otherwise, and paths that climb. */
const CLIMBING = /%2e|%2f|%5c|%00|\\|\/\/|(^|\/)\.{1,2}(\/|$)/i;

/**
 * Lets through what comes from the page itself or from a terminal on this machine. A site that the browser has open
 * must neither act here nor read (forged posts, DNS rebinding).
 * @param port on which the server listens
 * @throws PageRefusal
 */
export function guard(
  { method = 'GET', url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  port: number,
): void {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes((headers.host ?? '').toLowerCase())) {
    throw new PageRefusal(403, `Open http://${hosts[0] ?? ''}: other names of this machine are refused.`);
  }
  const path = url.split('?')[0] ?? '';
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    throw new PageRefusal(403, 'Another site may not use this page.');
  }
  // Absent outside of browsers. A link from elsewhere may open the page; anything more must come from the page.
  const site = headers['sec-fetch-site'];
  const opened = method === 'GET' && path === '/' && headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !opened) {
    throw new PageRefusal(403, 'Another site may not use this page.');
  }
  if (!METHODS.includes(method)) throw new PageRefusal(405, `${method} is not used here.`);
  if (!path.startsWith('/') || CLIMBING.test(path)) throw new PageRefusal(400, 'Write the path as it is.');
  // A form of another site cannot send JSON.
  const json = /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
  if ((method === 'POST' || method === 'DELETE') && !json) {
    throw new PageRefusal(415, 'Send content-type: application/json.');
  }
}
