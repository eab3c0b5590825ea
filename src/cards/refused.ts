import { createHash } from 'node:crypto';
import type { Log } from '../log';
import { type Drawn, SlackRefused } from '../slack';
import { EXTERNALLY_SHARED } from './channel-safety';

/** Refusals, Slack's or our own, by which a channel cannot be posted to, now or later. */
export const CHANNEL_GONE: readonly string[] = [
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  EXTERNALLY_SHARED,
];
/** Refusals by which a message cannot be edited, or answered, any more. */
export const MESSAGE_GONE: readonly string[] = [
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'edit_window_closed',
];
const BLOCKS_REFUSED: readonly string[] = ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'];

/** Identity of a drawing: what is shown already need not be sent again. */
export const drawnHash = (drawn: Drawn): string =>
  createHash('sha256').update(JSON.stringify(drawn)).digest('base64url').slice(0, 22);

/** Calls Slack with the message; when its blocks are refused, once more in the plainest ones. */
export async function withPlain<T>(
  first: Drawn,
  plain: () => Drawn,
  call: (message: Drawn) => Promise<T>,
  { warn }: { readonly warn: Log['warn'] },
  ref: string,
): Promise<T> {
  try {
    return await call(first);
  } catch (error) {
    if (!(error instanceof SlackRefused) || !BLOCKS_REFUSED.includes(error.code)) throw error;
    warn('Slack refused the blocks of a message; sent plainly', { record: ref, details: error.details });
    return call(plain());
  }
}
