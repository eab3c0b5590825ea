import * as z from 'zod';
import { ConfigError, parseYaml, section } from '../../src/config';

const DOOR = section({
  colour: z.enum(['red', 'green']),
  width: z.number().max(200, 'write at most 200').optional(),
  serial: z.string(),
  rooms: z
    .preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(z.enum(['hall', 'cellar'])))
    .optional(),
  keys: z
    .record(z.string().regex(/^K/, 'write a name that starts with K'), section({ owner: z.string() }))
    .optional(),
});

function problemsOf(text: string): string[] {
  try {
    parseYaml(text, 'door.yml', DOOR);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

it('gives the value', () => {
  const { value } = parseYaml("colour: red\nserial: '007'\nrooms: hall\n", 'door.yml', DOOR);
  expect(value).toEqual({ colour: 'red', serial: '007', rooms: ['hall'] });
});

it('knows where a value stands', () => {
  const { problemAt } = parseYaml(
    "colour: red\nserial: '007'\nrooms:\n  - hall\n  - cellar\n",
    'door.yml',
    DOOR,
  );
  expect(problemAt(['rooms', 1], 'too dark')).toEqual({ line: 5, column: 5, text: 'too dark' });
});

it.each([
  [
    'an unknown key',
    "colour: red\nserial: '1'\nwidht: 3",
    [
      'door.yml:3:1 unknown key "widht"; the keys here are colour, width, serial, rooms, keys (did you mean width?)',
    ],
  ],
  [
    'an unknown word',
    "colour: gren\nserial: '1'",
    ['door.yml:1:9 "gren" is not known here; write one of red, green (did you mean green?)'],
  ],
  [
    'a group where a word belongs',
    "colour: { a: 1 }\nserial: '1'",
    ['door.yml:1:9 "colour" is a group of keys; write one of red, green'],
  ],
  [
    'an unknown word in a list',
    "colour: red\nserial: '1'\nrooms: [hall, attic]",
    ['door.yml:3:15 "attic" is not known here; write one of hall, cellar'],
  ],
  [
    'an unknown word where a list may stand',
    "colour: red\nserial: '1'\nrooms: attic",
    ['door.yml:3:8 "attic" is not known here; write one of hall, cellar'],
  ],
  ['a missing key', 'colour: red', ['door.yml:1:1 "serial" is missing; write a text']],
  ['an empty value', "colour:\nserial: '1'", ['door.yml:1:8 "colour" is missing; write one of red, green']],
  [
    'a number that has to be a text, as it was written',
    'colour: red\nserial: 007',
    ["door.yml:2:9 007 was read as a number; write it in quotes: '007'"],
  ],
  [
    'a text that has to be a number',
    "colour: red\nserial: '1'\nwidth: wide",
    ['door.yml:3:8 "width" is a text; write a number'],
  ],
  [
    'a value out of range',
    "colour: red\nserial: '1'\nwidth: 300",
    ['door.yml:3:8 "width": write at most 200'],
  ],
  [
    'a wrong key of a free map',
    "colour: red\nserial: '1'\nkeys:\n  X1: { owner: me }",
    ['door.yml:4:3 "X1": write a name that starts with K'],
  ],
  [
    'a key that YAML reads as a number',
    'colour: red\n1.10: x',
    ["door.yml:2:1 the key 1.10 was read as a number, which changes it; write it in quotes: '1.10'"],
  ],
  [
    'a key twice',
    "colour: red\nserial: '1'\ncolour: green",
    ['door.yml:3:1 Map keys must be unique; correct the YAML here'],
  ],
  [
    'broken YAML',
    'colour: [red',
    [
      'door.yml:1:13 Flow sequence in block collection must be sufficiently indented and end with a ]; correct the YAML here',
    ],
  ],
  [
    'an alias without an anchor',
    'colour: *red',
    [
      'door.yml:1:1 Unresolved alias (the anchor must be set before the alias): red; write the value itself instead',
    ],
  ],
  ['an empty file', '', ['door.yml:1:1 the file is empty; write a group of keys']],
  ['a list instead of keys', '- red', ['door.yml:1:1 the file is a list; write a group of keys']],
  [
    'several mistakes at once, in the order of the file',
    'serial: 1\nwidth: wide\ncolour: blue',
    [
      "door.yml:1:9 1 was read as a number; write it in quotes: '1'",
      'door.yml:2:8 "width" is a text; write a number',
      'door.yml:3:9 "blue" is not known here; write one of red, green',
    ],
  ],
])('refuses %s', (_, text, expected) => {
  expect(problemsOf(text)).toEqual(expected);
});
