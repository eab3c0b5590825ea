import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Journal } from './journal';
import type { Channel, Message, Workspace } from './workspace';

/** Many messages at once are written once. */
const WRITE_AFTER_MS = 500;

type Stored = { id: string; messages: Message[] }[];

/**
 * Keeps what was said in a file over restarts: the bot remembers which messages it has posted, so a Slack that has
 * forgotten them would look empty.
 * @returns writes what is still unwritten, and stops
 */
export function keepMessages(workspace: Workspace, journal: Journal, file: string): () => void {
  if (existsSync(file)) restore(workspace, JSON.parse(readFileSync(file, 'utf8')) as Stored);
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    const stored: Stored = [...workspace.channels.values()]
      .filter(({ messages }) => messages.length > 0)
      .map(({ id, messages }) => ({ id, messages }));
    // Renamed into place, so that a crash leaves the old file or the new one and never half of it.
    writeFileSync(`${file}.new`, JSON.stringify(stored));
    renameSync(`${file}.new`, file);
  };
  const unlisten = journal.listen(() => {
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  });
  return () => {
    unlisten();
    if (timer === undefined) return;
    clearTimeout(timer);
    write();
  };
}

function restore(workspace: Workspace, stored: Stored): void {
  for (const { id, messages } of stored) {
    const channel: Channel | undefined = workspace.channels.get(id);
    channel?.messages.push(...messages);
  }
}
