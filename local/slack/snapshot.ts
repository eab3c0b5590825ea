import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files, KeptFile } from './files';
import type { Journal } from './journal';
import type { Message, Workspace } from './workspace';

/** Many messages at once are written once. */
const WRITE_AFTER_MS = 500;

/** Channels by what was said in them, people who have chosen another language than they started with, files. */
type Stored = ({ id: string; messages: Message[] } | { id: string; locale: string } | { file: KeptFile })[];

/**
 * Keeps what was said, and people's languages, in a file over restarts: the bot remembers which messages it has posted, so a Slack that has
 * forgotten them would look empty. What was uploaded lies in a folder beside it, each file under its id.
 * @returns writes what is still unwritten, and stops
 */
export function keepWorkspace(workspace: Workspace, journal: Journal, file: string): () => void {
  const folder = `${file}.files`;
  if (existsSync(file)) restore(workspace, JSON.parse(readFileSync(file, 'utf8')) as Stored, folder);
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    const said = [...workspace.channels.values()].filter(({ messages }) => messages.length > 0);
    const switched = workspace.about.users.flatMap(({ id, locale: first }) => {
      const locale = workspace.users.get(id)?.locale ?? first;
      return locale === first ? [] : [{ id, locale }];
    });
    const stored: Stored = [
      ...said.map(({ id, messages }) => ({ id, messages })),
      ...switched,
      ...writeFiles(workspace.files, folder),
    ];
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

/** Bytes are written before the list that names them, and only once. */
function writeFiles(files: Files, folder: string): { file: KeptFile }[] {
  const kept = files.kept();
  if (kept.length > 0) mkdirSync(folder, { recursive: true });
  const there = new Set(existsSync(folder) ? readdirSync(folder) : []);
  for (const { file, bytes } of kept) {
    if (!there.delete(file.id)) writeFileSync(join(folder, file.id), bytes);
  }
  for (const forgotten of there) rmSync(join(folder, forgotten));
  return kept.map(({ file }) => ({ file }));
}

function restore(workspace: Workspace, stored: Stored, folder: string): void {
  for (const kept of stored) {
    if ('file' in kept) {
      const at = join(folder, kept.file.id);
      if (existsSync(at)) workspace.files.restore(kept.file, readFileSync(at));
    } else if ('messages' in kept) workspace.channels.get(kept.id)?.messages.push(...kept.messages);
    else {
      const user = workspace.users.get(kept.id);
      if (user) workspace.setLocale(user, kept.locale);
    }
  }
}
