import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { ACTIONS } from '../blocks/ids';
import { DEPLOYMENT_SETTINGS } from '../infra/resources';
import { loadCatalogue } from '../src/controls';
import { readFindings } from '../src/findings';

const ROOT = join(__dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const READMES = ['README.md', 'README.ja.md'] as const;
const DOCS = [...READMES, 'ARCHITECTURE.md'] as const;

const PACKAGE = z
  .object({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(read('package.json')));

/** No path, made by running the bot, or an example of what does not exist yet. */
const NOT_IN_GIT = ['Asia/Tokyo', '.secops/', 'src/handovers/hand-over.ts'];

const FENCE = /^ *```(\w*)\n([\s\S]*?)^ *```$/gm;
const fenced = (text: string, language: string) =>
  [...text.matchAll(FENCE)].flatMap(([, is, body = '']) => (is === language ? [body] : []));
const prose = (text: string) => text.replaceAll(FENCE, '');
const groups = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);
const headings = (text: string) => groups(prose(text), /^(#+) /gm);

/** Names in the first column of tables, in order. */
const rows = (text: string) =>
  groups(prose(text), /^\| (`.*?) \|/gm).flatMap((cell) => groups(cell, /`(.+?)`/g));

const settings = groups(read('src/settings/settings.ts'), /^ {2}([A-Z][A-Z_]+):/gm);

describe.each(DOCS)('%s', (file) => {
  const text = read(file);

  test('names only npm scripts that there are', () => {
    const named = [...groups(text, /npm (start|test)\b/g), ...groups(text, /npm run (?:-s )?([\w:]+)/g)];
    expect(named.filter((name) => !Object.hasOwn(PACKAGE.scripts, name))).toEqual([]);
  });

  test('links only to what there is', () => {
    const links = groups(prose(text), /\]\((?!https?:)([^)#]+)\)/g);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(file), link)))).toEqual([]);
  });

  test('names only files and folders that there are', () => {
    const named = [
      ...groups(prose(text), /`((?:[\w.-]+\/)+[\w.-]*)`/g),
      ...fenced(text, 'sh').flatMap((block) => groups(block, /npm run send -- (\S+)/g)),
    ];
    const missing = named.filter((path) => !NOT_IN_GIT.includes(path) && !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });
});

describe.each(READMES)('%s', (file) => {
  const text = read(file);

  test('has every setting in its table, and no other', () => {
    expect(settings.length).toBeGreaterThan(20);
    const outside = ['AWS_ACCOUNT_ID', 'AWS_REGION', 'SECOPS_DATA_DIR', 'SECOPS_PORT', 'SECOPS_SEED'];
    const ofStack = Object.keys(DEPLOYMENT_SETTINGS).filter((name) => DEPLOYMENT_SETTINGS[name]?.forStack);
    const table = rows(text).filter((name) => /^[A-Z_]+$/.test(name));
    expect(table.toSorted()).toEqual([...settings, ...outside, ...ofStack].toSorted());
  });

  test('has every command', () => {
    const commands = Object.keys(PACKAGE.scripts).filter((name) => !name.includes(':'));
    const table = rows(text).join('\n');
    expect(commands.filter((name) => !new RegExp(`^npm (run )?(-s )?${name}\\b`, 'm').test(table))).toEqual(
      [],
    );
  });

  test('presses and fills only what there is', () => {
    const ids = groups(text, /"(secops\.[\w.]+)"/g);
    expect(ids).toContain(ACTIONS.suppress);
    expect(ids.filter((id) => !Object.values<string>(ACTIONS).includes(id))).toEqual([]);
  });

  /** Security Hub's actions in the one JSON example that has all of these words. */
  const allowed = (...words: readonly string[]) => {
    const [block = ''] = fenced(text, 'json').filter((example) =>
      words.every((word) => example.includes(word)),
    );
    return groups(block, /"(securityhub:\w+)"/g).toSorted();
  };
  const calls = (...gateways: readonly string[]) =>
    gateways
      .flatMap((name) => groups(read(`src/aws/${name}.ts`), /new (\w+)Command\(/g))
      .map((call) => `securityhub:${call}`)
      .filter((action) => action !== 'securityhub:DescribeOrganization');
  // Reading which controls are switched off takes this as well, as AWS's own reference of actions says.
  const dependent = ['securityhub:DescribeStandardsControls'];

  test('allows Security Hub calls that the bot makes, all of them and no more', () => {
    const gateway = calls('security-hub', 'security-hub-members', 'control-statuses');
    expect(allowed('securityhub:BatchUpdateFindings')).toEqual([...gateway, ...dependent].toSorted());
  });

  test('allows the calls that setting Security Hub up takes', () => {
    const gateway = calls('hub-reader', 'control-statuses', 'hub-writer');
    expect(allowed('"Sid": "Check"', '"Sid": "Apply"')).toEqual([...gateway, ...dependent].toSorted());
  });
});

test('both READMEs have the same headings and the same policies', () => {
  const [english, japanese] = READMES.map(read);
  expect(headings(japanese ?? '')).toEqual(headings(english ?? ''));
  const policies = READMES.map((file) =>
    fenced(read(file), 'json').map((block) => JSON.parse(block) as unknown),
  );
  expect(policies[0]).toHaveLength(5);
  expect(policies[1]).toEqual(policies[0]);
});

test('ARCHITECTURE.md has a line for every dependency, and for no other', () => {
  const section =
    read('ARCHITECTURE.md')
      .split('\n## ')
      .find((part) => part.startsWith('Dependencies')) ?? '';
  const all = Object.keys({ ...PACKAGE.dependencies, ...PACKAGE.devDependencies });
  expect(rows(section).toSorted()).toEqual(all.toSorted());
});

test('ARCHITECTURE.md shows every room', () => {
  const [rooms = ''] = fenced(read('ARCHITECTURE.md'), 'text').filter((block) =>
    block.startsWith('handlers/'),
  );
  const folders = (path: string) =>
    readdirSync(join(ROOT, path)).filter((name) => statSync(join(ROOT, path, name)).isDirectory());
  const unseen = ['node_modules', 'coverage', 'cdk.out'];
  const top = folders('.').filter((name) => !name.startsWith('.') && !unseen.includes(name));
  expect(groups(rooms, /^(\w+)\/ /gm).toSorted()).toEqual(top.toSorted());
  expect(folders('src').filter((name) => !rooms.includes(` ${name}/ `))).toEqual([]);
});

test('the examples are findings that the bot reads', () => {
  const files = ['findings', 'fixed'].flatMap((folder) =>
    readdirSync(join(ROOT, 'examples', folder)).map((name) => join('examples', folder, name)),
  );
  const catalogue = loadCatalogue(join(ROOT, 'config'));
  const results = files.map((file) => readFindings(read(file), catalogue));
  expect(results.map(({ findings, refusals }) => [findings.length, refusals])).toEqual(
    files.map(() => [1, []]),
  );
});
