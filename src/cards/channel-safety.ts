import { type Slack, SlackRefused } from '../slack';

/** The code by which a channel that other companies read counts as one that cannot be reached. */
export const EXTERNALLY_SHARED = 'externally_shared';

const REMEMBERED_MS = 5 * 60_000;

/**
 * Looks before something is posted whether only our own people read the channel. Slack's answer is remembered for five
 * minutes. A channel that Slack does not show is left to the post itself, which says why it fails.
 * @param onShared has the security team told; called each time that Slack says of a channel that it is shared
 * @returns a check that throws SlackRefused `externally_shared`, and what the gateway throws when Slack does not tell
 */
export function channelSafety(
  slack: Pick<Slack, 'channel'>,
  now: () => Date,
  onShared: (channel: string) => Promise<void>,
) {
  const known = new Map<string, { readonly shared: boolean; readonly until: number }>();
  const isShared = async (channel: string): Promise<boolean> => {
    const remembered = known.get(channel);
    if (remembered && remembered.until > now().getTime()) return remembered.shared;
    const shared = await askSlack(slack, channel);
    if (shared) await onShared(channel);
    known.set(channel, { shared, until: now().getTime() + REMEMBERED_MS });
    return shared;
  };
  return async (channel: string): Promise<void> => {
    if (await isShared(channel)) throw new SlackRefused('chat.postMessage', EXTERNALLY_SHARED);
  };
}

async function askSlack(slack: Pick<Slack, 'channel'>, channel: string): Promise<boolean> {
  try {
    return (await slack.channel(channel)).externallyShared;
  } catch (error) {
    if (error instanceof SlackRefused && error.code === 'channel_not_found') return false;
    throw error;
  }
}
