import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..');
const CHECKER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const HOUSE = ['src', 'handlers', 'blocks', 'commands', 'infra', 'local', 'tests', 'bench'];

/** A house that keeps every rule; the violations below are written into it one file each. */
const SOUND = {
  'src/accounts/account.ts': 'export const account = 1;',
  'src/accounts/index.ts': "export * from './account';",
  'src/requests/request.ts': "import { account } from '../accounts';\nexport const request = account;",
  'src/requests/index.ts': "export * from './request';",
  'src/aws/sqs.ts': "export { SQSClient } from '@aws-sdk/client-sqs';",
  'src/slack/client.ts': "export { WebClient } from '@slack/web-api';",
  'blocks/card.ts':
    "import type { KnownBlock } from '@slack/types';\nimport { request } from '../src/requests';\nexport const card: KnownBlock[] = [request as never];",
  'handlers/cards.ts':
    "import type { SQSEvent } from 'aws-lambda';\nimport { card } from '../blocks/card';\nexport const handler = (_: SQSEvent) => card;",
  'local/main.ts':
    "import { handler } from '../handlers/cards';\nimport { TABLE } from '../infra/resources';\nexport { handler, TABLE };",
  'infra/resources.ts': "export const TABLE = 'secops';",
  'infra/app.ts':
    "import { App } from 'aws-cdk-lib';\nimport { TABLE } from './resources';\nexport { App, TABLE };",
  'commands/check.ts': "export * from '../src/requests';",
  'bench/one.ts': "export * from '../handlers/cards';",
  'tests/request.test.ts': "import '../src/requests/request';",
};

/** [file, what it holds, the rule it breaks, what it must not reach] */
const VIOLATIONS = [
  ['src/a/handler.ts', "import '../../handlers/cards';", 'src-is-the-core', 'handlers/cards.ts'],
  ['src/a/block.ts', "import '../../blocks/card';", 'src-is-the-core', 'blocks/card.ts'],
  [
    'src/a/local.ts',
    "export const x = () => import('../../local/main');",
    'src-is-the-core',
    'local/main.ts',
  ],
  ['src/a/infra.ts', "import '../../infra/resources';", 'src-is-the-core', 'infra/resources.ts'],
  ['src/a/bolt.ts', "import type { App } from '@slack/bolt';", 'src-knows-no-slack-payload', '@slack/bolt'],
  [
    'src/a/kit.ts',
    "export type { Button } from '@slack/types';",
    'src-knows-no-slack-payload',
    '@slack/types',
  ],
  [
    'src/a/event.ts',
    "import type { SQSEvent } from 'aws-lambda';",
    'src-knows-no-lambda-event',
    'aws-lambda',
  ],
  ['src/a/sdk.ts', "import '@aws-sdk/client-s3';", 'aws-through-a-gateway', '@aws-sdk/client-s3'],
  ['src/a/web.ts', "import '@slack/web-api';", 'slack-through-a-gateway', '@slack/web-api'],
  ['src/a/deep.ts', "import '../accounts/account';", 'through-the-index', 'src/accounts/account.ts'],
  [
    'src/a/typed.ts',
    "import type { X } from '../accounts/account';",
    'through-the-index',
    'src/accounts/account.ts',
  ],
  [
    'src/a/through.ts',
    "export * from '../accounts/account';",
    'through-the-index',
    'src/accounts/account.ts',
  ],
  [
    'src/a/required.ts',
    "import x = require('../accounts/account');",
    'through-the-index',
    'src/accounts/account.ts',
  ],
  ['blocks/sdk.ts', "import '@aws-sdk/client-s3';", 'blocks-only-render', '@aws-sdk/client-s3'],
  ['blocks/web.ts', "import '@slack/web-api';", 'blocks-only-render', '@slack/web-api'],
  ['blocks/bolt.ts', "import '@slack/bolt';", 'blocks-only-render', '@slack/bolt'],
  ['blocks/handler.ts', "import '../handlers/cards';", 'blocks-reach-src-only', 'handlers/cards.ts'],
  ['handlers/local.ts', "import '../local/main';", 'handlers-reach-blocks-and-src-only', 'local/main.ts'],
  ['infra/src.ts', "import '../src/requests';", 'infra-knows-names-only', 'src/requests/index.ts'],
  ['infra/handler.ts', "import '../handlers/cards';", 'infra-knows-names-only', 'handlers/cards.ts'],
  ['local/cdk.ts', "import '../infra/app';", 'infra-shares-names-only', 'infra/app.ts'],
  ['commands/test.ts', "import '../tests/request.test';", 'tests-stay-tests', 'tests/request.test.ts'],
] as const;

/** One circle of two files, and one of two folders, which is a circle of files too. */
const CIRCLES = {
  'handlers/slack/a.ts': "import './b';",
  'handlers/slack/b.ts': "import './a';",
  'src/left/index.ts': "export * from './one';\nexport * from './two';",
  'src/left/one.ts': "import '../right';",
  'src/left/two.ts': 'export const two = 2;',
  'src/right/index.ts': "import '../left';",
};
const CIRCLES_FOUND = [
  { rule: 'no-circles', from: 'handlers/slack/a.ts', to: 'handlers/slack/b.ts' },
  { rule: 'no-circles', from: 'src/left/index.ts', to: 'src/left/one.ts' },
  { rule: 'no-circles-between-folders', from: 'src/left', to: 'src/right' },
  { rule: 'no-circles-between-folders', from: 'src/right', to: 'src/left' },
];

interface Found {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

let tree: string;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'arrows-'));
});

afterAll(() => rmSync(tree, { recursive: true }));

function write(files: readonly (readonly [path: string, text: string])[]): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${text}\n`);
  }
}

/** What the project's rules find in `cwd`, as `npm run check` runs them. */
function arrows(cwd: string): Found[] {
  const { stdout } = spawnSync(
    process.execPath,
    [CHECKER, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', ...HOUSE],
    { cwd, encoding: 'utf8' },
  );
  const { summary }: { summary: { violations: (Omit<Found, 'rule'> & { rule: { name: string } })[] } } =
    JSON.parse(stdout);
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

test('a sound house passes, and every violation is found under its own rule and nothing else is', () => {
  write(Object.entries(SOUND));
  expect(arrows(tree)).toEqual([]);

  write([...VIOLATIONS.map(([path, text]) => [path, text] as const), ...Object.entries(CIRCLES)]);
  const text = ({ rule, from, to }: Found) => `${rule}: ${from} → ${to}`;
  const expected = [...VIOLATIONS.map(([from, , rule, to]) => ({ rule, from, to })), ...CIRCLES_FOUND];
  expect(arrows(tree).map(text).sort()).toEqual(expected.map(text).sort());
});

test('no rule is without a violation that proves it', () => {
  const rules: { name: string }[] = require('../.dependency-cruiser.cjs').forbidden;
  const proved = new Set<string>([
    ...VIOLATIONS.map(([, , rule]) => rule),
    ...CIRCLES_FOUND.map(({ rule }) => rule),
  ]);
  expect(rules.map((rule) => rule.name).filter((name) => !proved.has(name))).toEqual([]);
});
