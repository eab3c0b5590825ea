import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import {
  type Compiled,
  ConfigError,
  checkCompiled,
  compiledFile,
  compileYaml,
  type Path,
  parseCompiled,
  parseYaml,
  readText,
  readYaml,
} from '../../src/config';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compiled-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const stored = (compiled: Compiled): Compiled => parseCompiled(JSON.stringify(compiled));

/** The places of everything that a value holds. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, below]) =>
    places(below, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [path, ...inner];
}

const FILES = readdirSync('config', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yml'))
  .map((name) => join('config', name));

test.each(FILES)('%s says the same compiled, group by group on the same lines', (file) => {
  const text = readText(file);
  const written = parseYaml(text, file, z.unknown());
  const compiled = checkCompiled(stored(compileYaml(text, file)), file, z.unknown());
  expect(compiled.value).toEqual(written.value);
  const groups = places(written.value).filter((path) => {
    const here = path.reduce<unknown>(
      (value, key) => (value as Record<PropertyKey, unknown>)[key],
      written.value,
    );
    return typeof here === 'object' && here !== null;
  });
  for (const path of groups) expect([path, compiled.lineOf(path)]).toEqual([path, written.lineOf(path)]);
});

const TEXT = 'lines:\n  - id: first\n    hours: 4\n  - id: second\n    hours: 5\n';
const Lines = z.object({
  lines: z.array(z.object({ id: z.string(), hours: z.number().max(4, 'write at most 4') })),
});

it('names the group or list in which something is wrong', () => {
  const compiled = stored(compileYaml(TEXT, 'x.yml'));
  expect(() => checkCompiled(compiled, 'x.yml', Lines)).toThrow(
    new ConfigError('x.yml', [{ line: 4, column: 1, text: 'lines.1.hours: write at most 4' }]),
  );
  const read = checkCompiled(compiled, 'x.yml', z.unknown());
  expect(read.lineOf(['lines', 1, 'id'])).toBe(4);
  expect(read.problemAt(['lines', 0], 'no')).toEqual({ line: 2, column: 1, text: 'no' });
  expect(read.lineOf(['elsewhere'])).toBe(1);
});

it('compiles no text that is no YAML', () => {
  expect(() => compileYaml('a: [1', 'x.yml')).toThrow(ConfigError);
  expect(() => compileYaml('1.10: x', 'x.yml')).toThrow('write it in quotes');
});

it('is read instead of the file where it lies beside it', () => {
  const file = join(folder, 'rules.yml');
  writeFileSync(file, 'this: is\nnot: [read');
  writeFileSync(compiledFile(file), JSON.stringify(compileYaml(TEXT.replace('5', '3'), 'rules.yml')));
  const { value, lineOf } = readYaml(file, Lines);
  expect(value.lines.map(({ id }) => id)).toEqual(['first', 'second']);
  expect(lineOf(['lines', 1])).toBe(4);
});
