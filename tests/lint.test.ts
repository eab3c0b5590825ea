import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..');
const CHECKER = join(ROOT, 'node_modules/oxlint/bin/oxlint');

const lines = (count: number) =>
  Array.from({ length: count }, (_, line) => `  counts.push(${line});`).join('\n');
const listener = (count: number) =>
  `export const counts: number[] = [];\nexport function listen(): void {\n${lines(count)}\n}`;

/** [file, what it holds, the rules that it breaks] */
const FILES = [
  [
    'src/floating.ts',
    'export function f(p: Promise<void>): void {\n  p;\n}',
    ['no-floating-promises', 'no-unused-expressions'],
  ],
  [
    'src/misused.ts',
    'export const f = (p: Promise<boolean>): number => (p ? 1 : 2);',
    ['no-misused-promises'],
  ],
  ['src/any.ts', 'export const f = (x: any): unknown => [x];', ['no-explicit-any']],
  [
    'src/unsafe.ts',
    'export const f = (): string => JSON.parse("1").name;',
    ['no-unsafe-return', 'no-unsafe-member-access'],
  ],
  ['src/inline.ts', "export type X = import('./floating').X;", ['consistent-type-imports']],
  ['src/value.ts', "import { Stats } from 'node:fs';\nexport type S = Stats;", ['consistent-type-imports']],
  ['src/ignore.ts', '// @ts-ignore\nexport const x: number = 1;', ['ban-ts-comment']],
  [
    'src/swallow.ts',
    'export function f(g: () => void): void {\n  try {\n    g();\n  } catch {}\n}',
    ['no-empty'],
  ],
  ['src/console.ts', "export const f = (): void => console.log('x');", ['no-console']],
  ['handlers/console.ts', "export const f = (): void => console.log('x');", ['no-console']],
  ['handlers/slack/actions/long.ts', listener(40), ['max-lines-per-function']],
  ['handlers/slack/actions/short.ts', listener(38), []],
  ['handlers/long.ts', listener(40), []],
  ['commands/console.ts', "export const f = (): void => console.log('x');", []],
  [
    'src/sound.ts',
    'export async function f(p: Promise<number>): Promise<number> {\n  return (await p) + 1;\n}',
    [],
  ],
] as const;

let tree: string;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'lint-'));
  // The rules name folders relative to their own file.
  copyFileSync(join(ROOT, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
  const config = {
    compilerOptions: { target: 'es2023', module: 'nodenext', moduleResolution: 'nodenext', strict: true },
    include: ['.'],
  };
  writeFileSync(join(tree, 'tsconfig.json'), JSON.stringify(config));
  for (const [path, text] of FILES) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${text}\n`);
  }
});

afterAll(() => rmSync(tree, { recursive: true }));

test('the linter finds what the house forbids, where it forbids it, and nothing else', () => {
  const { stdout } = spawnSync(process.execPath, [CHECKER, '--format', 'json'], {
    cwd: tree,
    encoding: 'utf8',
  });
  const { diagnostics }: { diagnostics: { code: string; filename: string }[] } = JSON.parse(stdout);
  const found = diagnostics.map(({ code, filename }) => `${filename}: ${code.replace(/^.*\((.*)\)$/, '$1')}`);
  const expected = FILES.flatMap(([path, , rules]) => rules.map((rule) => `${path}: ${rule}`));
  expect([...new Set(found)].sort()).toEqual(expected.sort());
});
