import { LOCAL_WORKSPACE, type SlackPeople, type Thread } from '../local/slack';

/** Every message of every channel that the bot is in, with its replies. */
export async function allMessages(people: SlackPeople): Promise<readonly Thread[]> {
  const channels = LOCAL_WORKSPACE.channels.filter(({ members }) =>
    members.includes(LOCAL_WORKSPACE.botUserId),
  );
  return (await Promise.all(channels.map(({ id }) => people.channel(id)))).flat();
}
