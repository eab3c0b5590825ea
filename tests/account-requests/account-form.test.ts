import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAccountForm } from '../../src/account-requests';
import { ConfigError } from '../../src/config';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secops-form-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const file = join(folder, 'account-request.yml');
  writeFileSync(file, text);
  return loadAccountForm(file);
}

function problems(text: string) {
  try {
    load(text);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map((one) => `${one.line}:${one.column} ${one.text}`);
    throw error;
  }
  return [];
}

test("the project's own file adds no fields and states the limits", () => {
  const form = loadAccountForm('config/account-request.yml');
  expect(form.fields).toEqual([]);
  expect(form.limits).toEqual({ created: 2, baseline: 1, registered: 1, ready: 2 });
});

test('what is left out has a default', () => {
  expect(
    load('limits: { created: 5 }\nfields:\n  - { id: team, label: { ja: 部署, en: Team }, type: text }\n'),
  ).toEqual({
    limits: { created: 5, baseline: 1, registered: 1, ready: 2 },
    fields: [{ id: 'team', label: { ja: '部署', en: 'Team' }, type: 'text', required: false, options: [] }],
  });
});

test('every mistake is named with its place', () => {
  const field = (rest: string) => `  - { id: team, label: { ja: あ, en: a }, ${rest} }\n`;
  expect(problems('limits: { created: 0 }\n')).toEqual([expect.stringMatching(/^1:20 .*at least 1/)]);
  expect(problems(`fields:\n${field('type: list')}`)).toEqual([
    expect.stringMatching(/^2:\d+ "list" is not known here; write one of text, select/),
  ]);
  expect(problems('fields:\n  - { id: Team A, label: { ja: あ, en: a }, type: text }\n')).toEqual([
    expect.stringMatching(/^2:11 .*small letters/),
  ]);
  expect(problems(`fields:\n${field('type: select')}${field('type: text, options: [a]')}`)).toEqual([
    expect.stringMatching(/^2:5 "team" is a select; write its options/),
    expect.stringMatching(/^3:11 there is a field "team" already/),
    expect.stringMatching(/^3:\d+ "team" is a text; remove the options/),
  ]);
  expect(problems(`fields:\n${field('type: select, options: [a, b, a]')}`)).toEqual([
    expect.stringMatching(/has an option twice/),
  ]);
});
