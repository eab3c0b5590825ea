import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigError } from './config-error';
import { type Parsed, parseYaml } from './parse-yaml';

/**
 * Reads a YAML file and checks it against a schema.
 * @throws {ConfigError} when it cannot be read or is not what the schema wants
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): Parsed<T> {
  return parseYaml(readText(file), file, schema);
}

/**
 * Reads a JSON file and checks it against a schema: for large files, as YAML takes about fifty times as long.
 * @throws {ConfigError} as `readYaml` does
 */
export function readJson<T>(file: string, schema: z.ZodType<T>): T {
  const text = readText(file);
  try {
    const result = schema.safeParse(JSON.parse(text));
    if (result.success) return result.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  // JSON is YAML: the slower parser knows where each value stands, so it writes the message.
  return parseYaml(text, file, schema).value;
}

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
