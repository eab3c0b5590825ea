import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadChannels } from '../../src/accounts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'channels-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const file = join(folder, 'channels.yml');
  writeFileSync(file, text);
  return loadChannels(file);
}

it('speaks Japanese in one example channel and English in the other', () => {
  const channels = loadChannels(join(__dirname, '..', '..', 'config', 'channels.yml'));
  expect(channels.languageOf('C0SHOPPRD')).toBe('ja');
  expect(channels.languageOf('C0SHOPDEV')).toBe('en');
  expect(channels.languageOf('C0SECURITY')).toBeUndefined();
});

it.each([
  [
    'an unknown language',
    'channels:\n  C0SHOPPRD: { lang: fr }',
    '2:22 "fr" is not known here; write one of ja, en',
  ],
  [
    'a language for no channel',
    'channels:\n  shop: { lang: ja }',
    '2:3 "shop": write the id of a shared channel',
  ],
])('refuses %s', (_, text, message) => {
  expect(() => load(text)).toThrow(`channels.yml:${message}`);
});
