import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunFile, removeRunFile, writeRunFile } from '../../local/run-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = { pid: process.pid, environment: { TABLE_NAME: 't' }, aws: 'http://127.0.0.1:1' };

it('tells others of a bot that is running, and only its owner may read it', () => {
  const inside = join(folder, 'data');
  writeRunFile(run, inside);
  expect(readRunFile(inside)).toEqual(run);
  expect(statSync(join(inside, 'run.json')).mode & 0o077).toBe(0);
});

it('tells of none where none is, or where it has ended', () => {
  expect(readRunFile(folder)).toBeUndefined();
  writeRunFile(run, folder);
  removeRunFile(folder);
  removeRunFile(folder);
  expect(readRunFile(folder)).toBeUndefined();
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeRunFile({ ...run, pid }, folder);
  expect(readRunFile(folder)).toBeUndefined();
});

it('refuses a file that is none of its own', () => {
  writeFileSync(join(folder, 'run.json'), '{"pid":"x"}');
  expect(() => readRunFile(folder)).toThrow('pid');
});
