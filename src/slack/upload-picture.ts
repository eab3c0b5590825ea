import { setTimeout as pause } from 'node:timers/promises';
import { SlackRateLimited, SlackRefused, SlackUnreachable } from './errors';

/** A picture as it goes to Slack. */
export interface Picture {
  readonly png: Uint8Array;
  /** Of the file, as people see it who open or save the picture. */
  readonly name: string;
  /** What the picture shows, for those who do not see it; Slack keeps the first 1,000 characters. */
  readonly alt: string;
}

/** How pictures get to Slack. */
export interface PictureRoute {
  /** Calls a method of the Web API; throws as every method of the gateway does. */
  readonly call: (method: string, args: Record<string, unknown>) => Promise<Record<string, unknown>>;
  /** Address of the Web API. */
  readonly apiUrl: string;
  /** Of the upload itself. */
  readonly timeoutMs: number;
  /** How long Slack may take to process a picture. */
  readonly processingMs: number;
}

const MAX_ALT = 1_000;

/** Not through the middle of a character. */
function cut(alt: string): string {
  return alt.slice(0, MAX_ALT).toWellFormed();
}

/** The first pause before Slack is asked again whether it has processed a picture; each next one is twice as long. */
const FIRST_PAUSE_MS = 100;
const RETRY_AFTER_S = 30;
const UPLOAD = 'the upload of a picture';

/** Slack's files lie at a host below that of its Web API: `files.slack.com`. A stand-in has one host for both. */
function isSlacks(url: URL, api: URL): boolean {
  return url.protocol === api.protocol && (url.host === api.host || url.host.endsWith(`.${api.host}`));
}

/** Whoever knows the address can write the file: no error carries it. */
function uploadAddress(given: unknown, apiUrl: string): URL {
  const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined) throw new SlackUnreachable(`${UPLOAD}: Slack gave no address for it`);
  if (!isSlacks(url, new URL(apiUrl))) {
    throw new SlackUnreachable(`${UPLOAD}: ${url.host} is not a host of Slack`);
  }
  return url;
}

async function send(address: URL, png: Uint8Array, timeoutMs: number): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from(png),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.arrayBuffer();
  } catch (error) {
    throw new SlackUnreachable(UPLOAD, { cause: error });
  }
  if (answer.status === 429) {
    throw new SlackRateLimited(Number(answer.headers.get('retry-after')) || RETRY_AFTER_S);
  }
  if (answer.status >= 500) throw new SlackUnreachable(`${UPLOAD}: HTTP ${answer.status}`);
  if (!answer.ok) throw new SlackRefused(UPLOAD, `http_${answer.status}`);
}

/**
 * A block with a file that has no type yet is refused as `invalid slack file`: Slack processes files after the upload
 * (slackapi/python-slack-sdk, issues 1329, 1521 and 1575).
 */
async function untilProcessed(id: string, { call, processingMs }: PictureRoute): Promise<void> {
  let waited = 0;
  for (let next = FIRST_PAUSE_MS; ; next *= 2) {
    const file = (await call('files.info', { file: id }))['file'] as { mimetype?: string } | undefined;
    if (file?.mimetype) return;
    const left = processingMs - waited;
    if (left <= 0) throw new SlackUnreachable(`files.info: ${id} is not processed after ${processingMs} ms`);
    const ms = Math.min(next, left);
    await pause(ms);
    waited += ms;
  }
}

/**
 * Uploads a picture that belongs to no channel; resolves when a block may show it.
 *
 * Not the client's own `filesUploadV2`: it gives `alt_text` where Slack reads `alt_txt`, takes any address that it is
 * told, fails with errors of no kind, and does not wait for the processing.
 * @returns its file id
 * @throws SlackRateLimited, SlackRefused or SlackUnreachable; a file that was uploaded until then is seen by nobody
 */
export async function uploadPicture({ png, name, alt }: Picture, route: PictureRoute): Promise<string> {
  const { call } = route;
  const given = await call('files.getUploadURLExternal', {
    filename: name,
    length: png.length,
    alt_txt: cut(alt),
  });
  const id = given['file_id'];
  if (typeof id !== 'string') throw new SlackUnreachable(`${UPLOAD}: Slack gave no file id for it`);
  await send(uploadAddress(given['upload_url'], route.apiUrl), png, route.timeoutMs);
  await call('files.completeUploadExternal', { files: [{ id, title: name }] });
  await untilProcessed(id, route);
  return id;
}
