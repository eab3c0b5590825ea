import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRunFile } from '../../local/run-file';
import type { AccountId } from '../../src/accounts';
import { readAccountsCsv } from '../../src/registry';
import { asff, imported } from '../fixtures/findings';
import { openSpine, type Spine } from '../setup/spine';
import { runCommand } from './run-command';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(60_000);

const NEW = '012345678901' as AccountId;

let folder: string;
let spine: Spine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  spine = await openSpine();
  writeRunFile(
    {
      pid: process.pid,
      environment: { ...spine.world.environment, UNKNOWN_ACCOUNT_MODE: 'notify' },
      aws: spine.aws.url,
      slack: spine.slack.url,
    },
    folder,
  );
});
afterEach(async () => {
  await spine.close();
  rmSync(folder, { recursive: true });
});

const accounts = (...args: string[]) => runCommand('accounts', args, folder);
const summary = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
function file(name: string, text: string | Buffer): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

it('imports a list: foretells it, takes the good rows, names the others, and can be repeated', async () => {
  const csv = file(
    'accounts.csv',
    Buffer.from(
      [
        '\ufeffアカウントID,名前,種別,担当者,memo',
        `="${NEW}",新しい店舗,本番以外,member@example.com,x`,
        '12345678901,broken,,,',
        '111122223333,,,U0LEAD,',
        '222233334444,nobody,,left@example.com,',
      ].join('\r\n'),
    ),
  );
  const counts = { created: 1, changed: 1, unchanged: 0 };
  const foretold = await accounts('import', csv, '--dry-run');
  expect(foretold.status).toBe(1);
  expect(foretold.stderr).toBe(`${csv}: columns that are not read: memo\n`);
  expect(foretold.stdout).toContain(
    `not taken  ${csv}:3:アカウントID  12345678901 has 11 digits: a spreadsheet`,
  );
  expect(foretold.stdout).toContain(
    `not taken  ${csv}:5:担当者  nobody in this Slack workspace has the mail`,
  );
  expect(foretold.stdout).toContain(`would be created  ${NEW}\nwould be changed  111122223333\n`);
  expect(summary(foretold.stdout)).toMatchObject({ dryRun: true, ...counts });
  expect(await spine.bot.registry.accounts.load(NEW)).toBeUndefined();

  const taken = await accounts('import', csv, '--json');
  expect(taken.status).toBe(1);
  expect(JSON.parse(taken.stdout)).toMatchObject({
    dryRun: false,
    ...counts,
    failed: [{ line: 3, column: 'アカウントID' }, { line: 5 }],
  });
  await spine.bot.accounts.refresh();
  expect(spine.bot.accounts.lookup(NEW)).toMatchObject({
    name: '新しい店舗',
    kind: 'non-production',
    owner: 'U0MEMBER',
    source: 'csv',
  });
  expect(spine.bot.accounts.lookup('111122223333' as AccountId)).toMatchObject({
    name: 'shop-prod',
    owner: 'U0LEAD',
    source: 'file',
  });
  expect(summary((await accounts('import', csv)).stdout)).toMatchObject({ created: 0, unchanged: 2 });
});

it('imports YAML as config/accounts.yml is written', async () => {
  const yaml = file(
    'more.yml',
    `accounts:\n  - { id: '${NEW}', name: new, kind: production, owner: U0LEAD }\n`,
  );
  const taken = await accounts('import', yaml);
  expect([taken.status, summary(taken.stdout)]).toEqual([
    0,
    expect.objectContaining({ created: 1, failed: [] }),
  ]);
  const broken = file('broken.yml', "accounts:\n  - { id: '1', name: new, kind: production }\n");
  const refused = await accounts('import', broken);
  expect([refused.status, refused.stdout]).toEqual([
    1,
    expect.stringContaining(`${broken}:2  "id": "1" is no`),
  ]);
});

it('exports what is registered, and what is not, in a form that it reads itself', async () => {
  await spine.send(imported(asff({ control: 'EC2.19', account: '222233334444' })));
  await spine.drain();
  const csv = join(folder, 'export.csv');
  const [whole, rest] = [await accounts('export', csv), await accounts('export', '--unregistered')];
  expect([whole.status, whole.stderr]).toEqual([0, `2 accounts written to ${csv}.\n`]);
  const again = await accounts('import', csv);
  expect(summary(again.stdout)).toMatchObject({ created: 0, changed: 0, unchanged: 2, failed: [] });
  expect(readFileSync(csv, 'utf8')).toMatch(/^\ufeffid,name,/);
  const { rows } = await readAccountsCsv(Buffer.from(rest.stdout), async () => undefined);
  expect(rows).toEqual([{ line: 2, id: '222233334444', fields: {} }]);
});

it('lists what is registered', async () => {
  const [table, json] = await Promise.all([accounts('list'), accounts('list', '--json')]);
  expect(table.stdout).toMatch(
    /^account +name +kind +mode +owner.*\n111122223333 +shop-prod +production +notify +U0OWNER1/,
  );
  expect(table.stderr).toBe('2 registered, 0 of them without an owner.\n');
  expect(JSON.parse(json.stdout)).toMatchObject([{ id: '111122223333' }, { id: '444455556666' }]);
});

it('follows AWS Organizations and the members of Security Hub', async () => {
  await spine.hub.setOrganization([
    { Id: NEW, Name: '=new', Email: 'aws+new@example.com', State: 'ACTIVE' },
    { Id: '111122223333', Name: 'other', Email: 'aws+prod@example.com', State: 'SUSPENDED' },
  ]);
  const foretold = await accounts('sync', '--dry-run');
  const would = { created: 1, changed: 1, unchanged: 0, gone: ['444455556666'], failed: [] };
  expect([foretold.status, summary(foretold.stdout)]).toEqual([0, { dryRun: true, ...would }]);
  const followed = await accounts('sync');
  expect(followed.stdout).toContain('no longer listed, stays registered  444455556666\n');
  expect(summary(followed.stdout)).toEqual({ dryRun: false, ...would });
  await spine.bot.accounts.refresh();
  const { lookup } = spine.bot.accounts;
  expect(lookup(NEW)).toMatchObject({
    name: '=new',
    kind: 'production',
    mode: 'enforce',
    source: 'organizations',
  });
  expect(lookup(NEW)).not.toHaveProperty('owner');
  expect(lookup('111122223333' as AccountId)).toMatchObject({
    name: 'shop-prod',
    mail: 'aws+prod@example.com',
    status: 'closed',
  });

  const members = await accounts('sync', '--from', 'security-hub', '--json');
  expect(JSON.parse(members.stdout)).toMatchObject({ created: 1, gone: [NEW] });

  await spine.hub.setOrganization(null);
  const none = await accounts('sync');
  expect([none.status, none.stderr]).toEqual([
    1,
    'This AWS account belongs to no organization: use --from security-hub.\n',
  ]);
});

it('says what to do when it is used wrongly, or cannot work', async () => {
  const [unknown, nothing, source, option, missing] = await Promise.all([
    accounts('delete'),
    accounts('import'),
    accounts('sync', '--from', 'ldap'),
    accounts('list', '--all'),
    accounts('import', join(folder, 'none.csv')),
  ]);
  expect([unknown.status, unknown.stderr]).toEqual([
    2,
    expect.stringMatching(/^I do not know "delete"\.\n\nUsage: npm run accounts/),
  ]);
  expect([nothing.status, nothing.stderr]).toEqual([2, expect.stringMatching(/^Name a file\.\n\nUsage/)]);
  expect([source.status, source.stderr]).toEqual([
    2,
    expect.stringMatching(/^--from ldap: write organizations/),
  ]);
  expect(option.status).toBe(2);
  expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('there is no such file')]);

  await spine.people.fail({ method: 'users.lookupByEmail', kind: 'error', error: 'missing_scope' });
  const csv = file('mail.csv', 'id,owner\n111122223333,member@example.com\n');
  const scope = await accounts('import', csv);
  expect([scope.status, scope.stderr]).toEqual([1, expect.stringContaining('the scope users:read.email')]);

  const empty = mkdtempSync(join(tmpdir(), 'accounts-'));
  const alone = await runCommand('accounts', ['list'], empty);
  rmSync(empty, { recursive: true });
  expect([alone.status, alone.stderr]).toEqual([
    1,
    expect.stringMatching(/^No bot is running on this machine/),
  ]);
});
