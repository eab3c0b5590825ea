import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error';

/**
 * The text of a data file.
 * @throws {ConfigError} when there is no such file
 */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, [
      { line: 1, column: 1, text: `cannot be read (${String(error)}); the bot needs this file` },
    ]);
  }
}
