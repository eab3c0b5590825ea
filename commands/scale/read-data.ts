import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { ConfigError } from '../../src/config';

/**
 * A JSON file in the form that it has to have.
 * @throws ConfigError saying what is wrong with it
 */
export function readData<T>(file: string, form: z.ZodType<T>): T {
  const fail = (text: string) => new ConfigError(file, [{ line: 1, column: 1, text }]);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw fail('cannot be read');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw fail('is not JSON');
  }
  const read = form.safeParse(json);
  if (!read.success) throw fail(`cannot be used. ${z.prettifyError(read.error)}`);
  return read.data;
}
