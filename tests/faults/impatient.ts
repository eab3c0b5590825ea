import type { SlackPeople } from '../../local/slack';
import { type Slack, SlackUnreachable } from '../../src/slack';

/**
 * A gateway that does not wait for Slack as long as Slack takes. What nobody waits for any more happens all the same: before
 * the error goes on, it has happened, as a minute later it would have.
 */
export function impatient(slack: Slack, people: Pick<SlackPeople, 'calls'>): Slack {
  const posts = async () => (await people.calls('chat.postMessage')).length;
  return {
    ...slack,
    async post(...args) {
      const before = await posts();
      try {
        return await slack.post(...args);
      } catch (error) {
        if (error instanceof SlackUnreachable) await moreThan(before, posts);
        throw error;
      }
    },
  };
}

async function moreThan(before: number, count: () => Promise<number>): Promise<void> {
  while ((await count()) <= before);
}
