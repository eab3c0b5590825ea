import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Journal } from './journal';
import type { Message, Workspace } from './workspace';

/** Many messages at once are written once. */
const WRITE_AFTER_MS = 500;

/** Channels by what was said in them, and people who have chosen another language than they started with. */
type Stored = ({ id: string; messages: Message[] } | { id: string; locale: string })[];

/**
 * Keeps what was said, and people's languages, in a file over restarts: the bot remembers which messages it has posted, so a Slack that has
 * forgotten them would look empty.
 * @returns writes what is still unwritten, and stops
 */
export function keepWorkspace(workspace: Workspace, journal: Journal, file: string): () => void {
  if (existsSync(file)) restore(workspace, JSON.parse(readFileSync(file, 'utf8')) as Stored);
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    const said = [...workspace.channels.values()].filter(({ messages }) => messages.length > 0);
    const switched = workspace.about.users.flatMap(({ id, locale: first }) => {
      const locale = workspace.users.get(id)?.locale ?? first;
      return locale === first ? [] : [{ id, locale }];
    });
    const stored: Stored = [...said.map(({ id, messages }) => ({ id, messages })), ...switched];
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
  for (const kept of stored) {
    if ('messages' in kept) workspace.channels.get(kept.id)?.messages.push(...kept.messages);
    else {
      const user = workspace.users.get(kept.id);
      if (user) workspace.setLocale(user, kept.locale);
    }
  }
}
