import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccountId, loadAccounts } from '../../src/accounts';

const OBSERVE = { kind: 'production', mode: 'observe' } as const;
const id = (text: string) => text as AccountId;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const file = join(folder, 'accounts.yml');
  writeFileSync(file, text);
  return loadAccounts(file, OBSERVE);
}

describe('the register in config/', () => {
  const register = loadAccounts(join(__dirname, '..', '..', 'config', 'accounts.yml'), {
    kind: 'production',
    mode: 'enforce',
  });

  it('has one account of each kind', () => {
    expect(register.list()).toEqual([
      {
        id: '111122223333',
        name: 'shop-prod',
        kind: 'production',
        owner: 'U0OWNER1',
        channel: 'C0SHOPPRD',
        mode: 'enforce',
        status: 'active',
        source: 'file',
        registered: true,
      },
      {
        id: '444455556666',
        name: 'shop-dev',
        kind: 'non-production',
        owner: 'U0OWNER1',
        channel: 'C0SHOPDEV',
        mode: 'enforce',
        status: 'active',
        source: 'file',
        registered: true,
      },
    ]);
  });
});

it('only observes an account that nobody has registered, whatever the mode of registered ones is', () => {
  const file = join(folder, 'accounts.yml');
  writeFileSync(file, 'accounts: []');
  const register = loadAccounts(file, { kind: 'production', mode: 'enforce' });
  expect(register.lookup(id('777788889999'))).toEqual({
    id: '777788889999',
    kind: 'production',
    mode: 'observe',
    status: 'active',
    registered: false,
  });
});

it('takes the entry’s own mode before the deployment’s', () => {
  const register = load(`accounts:
  - { id: '012345678901', name: a, kind: production, mode: notify, deputy: S0GROUP1 }
  - { id: '111122223333', name: b, kind: non-production }
`);
  expect(register.lookup(id('012345678901'))).toMatchObject({
    mode: 'notify',
    deputy: 'S0GROUP1',
    registered: true,
  });
  expect(register.lookup(id('111122223333'))).toEqual({
    id: '111122223333',
    name: 'b',
    kind: 'non-production',
    mode: 'observe',
    status: 'active',
    source: 'file',
    registered: true,
  });
});

describe('refuses, with line and column,', () => {
  const entry = (changes: string) =>
    `accounts:\n  - { id: '111122223333', name: a, kind: production, ${changes} }`;
  it.each([
    [
      'an id that YAML read as a number',
      'accounts:\n  - { id: 012345678901, name: a, kind: production }',
      "2:11 012345678901 was read as a number; write it in quotes: '012345678901'",
    ],
    [
      'an id of another length',
      "accounts:\n  - { id: '12345678901', name: a, kind: production }",
      '2:11 "id": "12345678901" is no account id; write its twelve digits in quotes, leading zeros too',
    ],
    [
      'an unknown kind',
      "accounts:\n  - { id: '111122223333', name: a, kind: prod }",
      '2:42 "prod" is not known here; write one of production, non-production',
    ],
    [
      'an unknown mode',
      entry('mode: enforced'),
      '2:60 "enforced" is not known here; write one of observe, notify, enforce (did you mean enforce?)',
    ],
    [
      'an owner’s name instead of an id',
      entry("owner: '@alice'"),
      '2:61 "owner": "@alice" is no Slack id; write a user (U…, W…) or a user group (S…)',
    ],
    [
      'a channel’s name instead of an id',
      entry("channel: '#shop'"),
      '2:63 "channel": write the id of a shared channel (C… or G…), not its name, and no direct message',
    ],
    [
      'a direct message',
      entry('channel: D0ALICE01'),
      '2:63 "channel": write the id of a shared channel (C… or G…), not its name, and no direct message',
    ],
    [
      'an unknown key',
      entry('team: shop'),
      '2:54 unknown key "team"; the keys here are id, name, kind, owner, deputy, channel, mode, project, mail',
    ],
    [
      'a missing name',
      "accounts:\n  - { id: '111122223333', kind: production }",
      '2:5 "name" is missing; write a text',
    ],
    [
      'an account twice',
      "accounts:\n  - { id: '111122223333', name: a, kind: production }\n  - { id: '111122223333', name: b, kind: production }",
      '3:11 111122223333 is listed twice; keep one of the two',
    ],
    ['a mail address that is none', entry('mail: nobody'), '2:60 "mail": write a mail address'],
    [
      'languages of channels, which are elsewhere now',
      'accounts: []\nchannels:\n  C0SHOPPRD: { lang: ja }',
      '3:3 "channels": the languages of channels are in channels.yml beside this file; move these lines there',
    ],
  ])('%s', (_, text, message) => {
    expect(() => load(text)).toThrow(`accounts.yml:${message}`);
  });
});

it('keeps what an entry says, and no mode where it names none', () => {
  const { entries, hash } = load(`accounts:
  - { id: '111122223333', name: a, kind: production, project: Shop, mail: root@example.com }
`);
  expect(entries).toEqual([
    {
      id: '111122223333',
      name: 'a',
      kind: 'production',
      project: 'Shop',
      mail: 'root@example.com',
      status: 'active',
      source: 'file',
    },
  ]);
  expect(load('accounts: []').hash).not.toBe(hash);
});
