import { existsSync } from 'node:fs';
import * as z from 'zod';
import { ConfigError, type Problem } from './config-error';
import type { Parsed, Path } from './parsed';
import { readText } from './read-text';

/**
 * A data file without its YAML: what it says, and on which line its groups and lists stand. Functions read these, so that
 * they start without a parser; whoever bundles them or pushes a policy makes them (`compileYaml`).
 */
export interface Compiled {
  readonly value: unknown;
  /** 1-based, by `pathKey` of the group or list, or of the list's entry. */
  readonly lines: Readonly<Record<string, number>>;
}

const COMPILED = z.object({ value: z.unknown(), lines: z.record(z.string(), z.number()) });

/** The name under which `Compiled.lines` keeps a place. */
export const pathKey = (path: Path): string => JSON.stringify(path);

/** Where the compiled form of a data file lies, if there is one. */
export const compiledFile = (file: string): string => `${file}.compiled`;

/** Reads what `compileYaml` made, from its JSON. */
export const parseCompiled = (json: string): Compiled => COMPILED.parse(JSON.parse(json));

/** The compiled form of a data file; undefined where only the file itself lies. */
export function readCompiled(file: string): Compiled | undefined {
  const beside = compiledFile(file);
  return existsSync(beside) ? parseCompiled(readText(beside)) : undefined;
}

/**
 * Checks compiled data against a schema. Its mistakes have been told in detail where it was compiled.
 * @param file the name to show in messages
 * @throws {ConfigError} when it is not what the schema wants
 */
export function checkCompiled<T>({ value, lines }: Compiled, file: string, schema: z.ZodType<T>): Parsed<T> {
  const lineOf = (path: Path): number => {
    for (let length = path.length; length >= 0; length--) {
      const line = lines[pathKey(path.slice(0, length))];
      if (line !== undefined) return line;
    }
    return 1;
  };
  const problemAt = (path: Path, text: string): Problem => ({ line: lineOf(path), column: 1, text });
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, lineOf, problemAt };
  throw new ConfigError(
    file,
    result.error.issues.map(({ path, message }) => problemAt(path, `${path.join('.')}: ${message}`)),
  );
}
