import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { listFiles, readJson, readYaml } from '../../src/config';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

it('reads YAML and JSON', () => {
  expect(readYaml(file('a.yml', '- 1\n- 2\n'), z.array(z.number())).value).toEqual([1, 2]);
  expect(readJson(file('a.json', '[1, 2]'), z.array(z.number()))).toEqual([1, 2]);
});

it('says where a JSON file is wrong', () => {
  const broken = file('broken.json', '[1,\n 2');
  expect(() => readJson(broken, z.array(z.number()))).toThrow(`${broken}:2:3 Flow sequence`);
  const wrong = file('wrong.json', '[1,\n "two"]');
  expect(() => readJson(wrong, z.array(z.number()))).toThrow(
    `${wrong}:2:2 the file is a text; write a number`,
  );
});

it('says which file or folder is missing', () => {
  const missing = join(folder, 'missing');
  expect(() => readYaml(missing, z.unknown())).toThrow(`${missing}:1:1 cannot be read (Error: ENOENT`);
  expect(() => listFiles(missing, '.yml')).toThrow(`${missing}:1:1 cannot be read (Error: ENOENT`);
});

it('lists files by extension, in alphabetical order', () => {
  file('b.txt', '');
  file('a.txt', '');
  expect(listFiles(folder, '.txt')).toEqual([join(folder, 'a.txt'), join(folder, 'b.txt')]);
});
