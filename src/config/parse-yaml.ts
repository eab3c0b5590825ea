import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml';
import type * as z from 'zod';
import { type Compiled, pathKey } from './compiled';
import { ConfigError, type Problem } from './config-error';
import { nearest } from './nearest';
import type { Parsed, Path } from './parsed';

/** A YAML text without mistakes of its own, and where its places are. */
interface Opened {
  readonly document: Document;
  readonly content: unknown;
  problemAtOffset(offset: number, text: string): Problem;
}

function openYaml(text: string, file: string): Opened {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problemAtOffset = (offset: number, problem: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), text: problem };
  };
  const unreadable = [
    ...document.errors.map(({ pos, message }) => problemAtOffset(pos[0], sentence(message))),
    ...manglings(document).map(({ offset, problem }) => problemAtOffset(offset, problem)),
  ];
  if (unreadable.length > 0) throw new ConfigError(file, unreadable);
  return { document, content: contentOf(document, file), problemAtOffset };
}

/**
 * Reads YAML (or JSON, which is YAML too) and checks it against a schema.
 * @param file the name to show in messages
 * @throws {ConfigError} naming every problem with line and column
 */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): Parsed<T> {
  const { document, content, problemAtOffset } = openYaml(text, file);
  const problemAt = (path: Path, problem: string) => problemAtOffset(offsetOf(document, path), problem);
  const result = schema.safeParse(content);
  if (result.success) {
    return { value: result.data, problemAt, lineOf: (path) => problemAt(path, '').line };
  }
  const problems = result.error.issues.flatMap((issue) =>
    describe(issue, document).map(({ offset, problem }) => problemAtOffset(offset, problem)),
  );
  throw new ConfigError(
    file,
    problems.sort((a, b) => a.line - b.line || a.column - b.column),
  );
}

/**
 * Takes the YAML off a data file, so that it can be read without a parser. Whether it says what it should is not asked.
 * @param file the name to show in messages
 * @throws {ConfigError} when the text is no YAML
 */
export function compileYaml(text: string, file: string): Compiled {
  const { document, content, problemAtOffset } = openYaml(text, file);
  const lines: Record<string, number> = {};
  const note = (value: unknown, path: Path) => {
    if (typeof value !== 'object' || value === null) return;
    lines[pathKey(path)] = problemAtOffset(offsetOf(document, path), '').line;
    for (const [key, inner] of Object.entries(value)) {
      note(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  };
  note(content, []);
  return { value: content, lines };
}

function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // An alias without its anchor is found only here, and without a position.
    if (!(error instanceof ReferenceError)) throw error;
    throw new ConfigError(file, [
      { line: 1, column: 1, text: `${error.message}; write the value itself instead` },
    ]);
  }
}

/** The parser's message without the excerpt and the position it adds: both are said before it. */
function sentence(message: string): string {
  const [first = message] = message.split('\n');
  return `${first.replace(/ at line \d+, column \d+:?$/, '')}; correct the YAML here`;
}

/** Keys that YAML turned into numbers: `1.10` would silently become `1.1`. */
function manglings(document: Document): { offset: number; problem: string }[] {
  const found: { offset: number; problem: string }[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || typeof key.value === 'string') return;
      const written = writtenAs(key);
      found.push({
        offset: key.range?.[0] ?? 0,
        problem: `the key ${written} was read as ${spoken(key.value)}, which changes it; write it in quotes: '${written}'`,
      });
    },
  });
  return found;
}

/**
 * The node at `path`. A single value may stand where a list is allowed: index 0 of a single value is that value.
 */
function nodeAt(document: Document, path: Path): unknown {
  const node: unknown = document.getIn(path, true);
  if (node !== undefined || path.at(-1) !== 0) return node;
  const single = nodeAt(document, path.slice(0, -1));
  return isScalar(single) ? single : undefined;
}

/** Where the key or list entry at `path` starts; for something missing, where its nearest parent starts. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const last = path[length - 1];
    const parent = nodeAt(document, path.slice(0, length - 1));
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === last)
      : undefined;
    const offset = start(pair?.value) ?? start(pair?.key) ?? start(nodeAt(document, path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return start(document.contents) ?? 0;
}

function start(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** Where the key at the end of `path` itself starts. */
function keyOffset(document: Document, path: Path): number {
  const parent = nodeAt(document, path.slice(0, -1));
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
  return start(pair?.key) ?? offsetOf(document, path);
}

interface Described {
  readonly offset: number;
  readonly problem: string;
}

/** A schema issue in words: what stands there, and what to write instead. */
function describe(issue: z.core.$ZodIssue, document: Document): Described[] {
  const { path } = issue;
  const offset = offsetOf(document, path);
  const node = nodeAt(document, path);
  const value: unknown = isScalar(node) ? node.value : node;
  const missing = value === undefined || value === null;
  const key = path.findLast((step) => typeof step === 'string');
  const here = key === undefined ? 'the file' : `"${key}"`;
  const absent = key === undefined ? 'is empty' : 'is missing';
  const written = isScalar(node) ? writtenAs(node) : undefined;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((unknown) => ({
        offset: keyOffset(document, [...path, unknown]),
        problem: `unknown key "${unknown}"; the keys here are ${issue.message}${meant(unknown, issue.message.split(', '))}`,
      }));
    case 'invalid_value': {
      const options = issue.values.map(String);
      const said = written === undefined ? `${here} is ${spoken(value)}` : `"${written}" is not known here`;
      const hint = `write one of ${options.join(', ')}${meant(written ?? '', options)}`;
      return [{ offset, problem: `${missing ? `${here} ${absent}` : said}; ${hint}` }];
    }
    case 'invalid_type': {
      if (missing) return [{ offset, problem: `${here} ${absent}; write ${a(issue.expected)}` }];
      if (issue.expected === 'string' && written !== undefined) {
        return [
          { offset, problem: `${written} was read as ${spoken(value)}; write it in quotes: '${written}'` },
        ];
      }
      return [{ offset, problem: `${here} is ${spoken(value)}; write ${a(issue.expected)}` }];
    }
    case 'invalid_key':
      return [
        {
          offset: keyOffset(document, path),
          problem: `${here}: ${issue.issues[0]?.message ?? issue.message}`,
        },
      ];
    default:
      return [{ offset, problem: `${here}: ${issue.message}` }];
  }
}

/** A single value as its author wrote it, before YAML read it as a number or whatever. */
function writtenAs(scalar: Scalar): string {
  return scalar.source ?? JSON.stringify(scalar.value);
}

function meant(word: string, options: readonly string[]): string {
  const [near] = nearest(word, options);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

const SPOKEN: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'a group of keys',
  array: 'a list',
  record: 'a group of keys',
  int: 'a whole number',
};

function a(expected: string): string {
  return SPOKEN[expected] ?? expected;
}

function spoken(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value !== 'object') return a(typeof value);
  return isMap(value) ? 'a group of keys' : 'a list';
}
