import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error';

/**
 * The files of a folder that end in `extension`, as paths in alphabetical order.
 * @throws {ConfigError} when there is no such folder
 */
export function listFiles(folder: string, extension: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(extension));
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    throw new ConfigError(folder, [
      { line: 1, column: 1, text: `cannot be read (${String(error)}); the bot needs this folder` },
    ]);
  }
}
