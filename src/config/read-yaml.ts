import type * as z from 'zod';
import { checkCompiled, readCompiled } from './compiled';
import { parseYaml } from './parse-yaml';
import type { Parsed } from './parsed';
import { readText } from './read-text';

/**
 * Reads a YAML file, or its compiled form where that lies beside it, and checks it against a schema.
 * @throws {ConfigError} when it cannot be read or is not what the schema wants
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): Parsed<T> {
  const compiled = readCompiled(file);
  return compiled ? checkCompiled(compiled, file, schema) : parseYaml(readText(file), file, schema);
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
