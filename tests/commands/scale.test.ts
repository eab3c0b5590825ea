import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costOf } from '../../commands/scale/cost';
import { MEMORY_MB } from '../../commands/scale/deployment';
import { LIMITS, limitsOf } from '../../commands/scale/limits';
import { checksOf, dayOf, LOAD_OPTIONS, type Load, USUAL } from '../../commands/scale/load';
import { itemsOf, monthOf } from '../../commands/scale/month';
import { FUNCTIONS, ITEM_NAMES, NO_WORK, PerItemFile, type Work } from '../../commands/scale/per-item-file';
import { PriceFile, unverified } from '../../commands/scale/prices';
import { readData } from '../../commands/scale/read-data';
import { showMarkdown } from '../../commands/scale/show';

// Starts processes of its own; on a busy machine that takes its time.
jest.setTimeout(60_000);

const ROOT = join(__dirname, '..', '..');
const MEASURED = join(ROOT, 'commands', 'scale', 'per-item.json');
const PRICES = join(ROOT, 'commands', 'scale', 'prices.json');
const perItem = readData(MEASURED, PerItemFile);
const files = readData(PRICES, PriceFile);
const tokyo = files['ap-northeast-1'] ?? fail('there are no prices of Tokyo');
const COLUMNS = [100, 1_000, 10_000];

function fail(message: string): never {
  throw new Error(message);
}

const loadOf = (part: Partial<Load> = {}): Load => ({ ...USUAL, ...part });
const scratch = mkdtempSync(join(tmpdir(), 'scale-command-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function scale(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'commands/scale.ts', ...args],
    { cwd: ROOT, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } },
  );
  return { status, stdout, stderr };
}

describe('the data', () => {
  test('what was measured has every item, and each of them takes something', () => {
    expect(Object.keys(perItem.items).toSorted()).toEqual([...ITEM_NAMES].toSorted());
    const idle = ITEM_NAMES.filter((name) => Object.keys(perItem.items[name] ?? {}).length === 0);
    expect(idle).toEqual([]);
    // As the bench writes it, so that measuring anew changes figures and nothing else.
    expect(readFileSync(MEASURED, 'utf8')).toBe(`${JSON.stringify(perItem, undefined, 2)}\n`);
  });

  test('a finding delivered again within 12 hours reads two units and writes none', () => {
    expect(perItem.items.refreshAgain.findings).toMatchObject({ readUnits: 2, writeUnits: 0, sent: 0 });
    expect(perItem.items.newCard.cards).toMatchObject({ invocations: 1, slackPosts: 1 });
  });

  test('the functions have the memory that the stack gives them', () => {
    const stack = readFileSync(join(ROOT, 'infra', 'functions.ts'), 'utf8');
    const given = FUNCTIONS.map((name) => {
      const [, memory] = new RegExp(`^  ${name}: \\{[^}]*?memoryMb: (\\d+)`, 'ms').exec(stack) ?? [];
      return [name, Number(memory)];
    });
    expect(Object.fromEntries(given)).toEqual(MEMORY_MB);
  });

  test('every price names AWS’s page, and those that nobody compared are named', () => {
    for (const prices of Object.values(files)) {
      for (const { page, usd } of Object.values(prices)) {
        expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/$/);
        expect(usd).toBeGreaterThan(0);
      }
    }
    expect(unverified(tokyo)).toContain('sqsFifo');
    expect(unverified(tokyo)).not.toContain('dynamodbWrite');
  });
});

describe('what a day brings', () => {
  // Noted at most every 12 hours; a control is counted when a finding comes after 47.
  test.each([
    [6, 4_000, 2_000, 150 * (24 / 48)],
    [12, 2_000, 2_000, 150 * (24 / 48)],
    [18, 24_000 / 18, 24_000 / 18, 150 * (24 / 54)],
    [24, 1_000, 1_000, 150 * (24 / 48)],
  ])('of one account whose findings AWS updates every %i hours', (refreshHours, refreshes, seen, marks) => {
    const load = loadOf({ accounts: 1, refreshHours });
    expect(checksOf(load)).toBe(1_000);
    const day = dayOf(load);
    expect(day.refreshes).toBeCloseTo(refreshes);
    expect(day.seen).toBeCloseTo(seen);
    expect(day.marks).toBeCloseTo(marks);
    expect(day.counts).toBeCloseTo(marks + 1);
  });

  test('each refresh of a month is reckoned once', () => {
    const { refreshAgain = 0, refreshSeen = 0, refreshMarks = 0 } = itemsOf(loadOf({ refreshHours: 6 }));
    expect(refreshAgain + refreshSeen + refreshMarks).toBeCloseTo(4_000 * 1_000 * (365 / 12), -3);
  });
});

/** A work of nothing but what is said. */
const only = (work: Partial<Work>): Work => ({ ...NO_WORK, ...work });

/** Only new cards come, and take this. */
function withCards(work: Partial<Work>): { load: Load; measured: PerItemFile } {
  const items = Object.fromEntries(ITEM_NAMES.map((name) => [name, {}])) as PerItemFile['items'];
  return {
    measured: {
      ...perItem,
      items: { ...items, newCard: { cards: only(work) } },
      sizes: { ...perItem.sizes, issue: 0, controlScore: 0 },
    },
    // Two requests a week, half of them with a card: one card an account and week.
    load: loadOf({ accounts: 7_000, requests: 2 }),
  };
}

describe('what a month costs', () => {
  const CARDS = 1_000 * (365 / 12);

  test('Lambda: requests, and GB-seconds of waiting and of a part of a processor', () => {
    const { load, measured } = withCards({ invocations: 1, cpuMs: 100, waitMs: 1_000 });
    const seconds = (1_000 + (100 * 1_769) / 1_024) / 1_000;
    expect(monthOf(load, measured).seconds.cards).toBeCloseTo(CARDS * seconds, 3);
    expect(costOf(load, measured, tokyo).lines.lambda).toBeCloseTo(
      CARDS * 0.0000002 + CARDS * seconds * 0.0000133334,
      6,
    );
  });

  test('DynamoDB: reads, and writes with those of the indexes', () => {
    const { load, measured } = withCards({ readUnits: 10, writeUnits: 3, indexWriteUnits: 4 });
    const { lines } = costOf(load, measured, tokyo);
    expect(lines.dynamodbReads).toBeCloseTo(CARDS * 10 * 0.0000001425, 6);
    expect(lines.dynamodbWrites).toBeCloseTo(CARDS * 7 * 0.000000715, 6);
  });

  test('SQS: sent, received and deleted, beside the polling of four empty queues', () => {
    const polls = ((365 / 12) * 86_400 * 5) / 20;
    const idle = 2 * polls * (0.0000004 + 0.0000005);
    const { load, measured } = withCards({ invocations: 1, delayed: 1 });
    expect(costOf(load, measured, tokyo).lines.sqs).toBeCloseTo(idle + CARDS * 4 * 0.0000005, 6);
  });

  test('all of it grows with the accounts, and the sum is the sum', () => {
    const [small, large] = [1_000, 2_000].map((accounts) => costOf(loadOf({ accounts }), perItem, tokyo));
    expect(large?.lines.dynamodbWrites).toBeCloseTo(2 * (small?.lines.dynamodbWrites ?? 0), 0);
    expect(large?.lines.alarms).toBe(small?.lines.alarms);
    expect(large?.total).toBeCloseTo(
      Object.values(large?.lines ?? {}).reduce((sum, usd) => sum + usd, 0),
      6,
    );
  });

  test('batches save invocations, messages’ requests and reads, and no writes', () => {
    const [alone, tens] = [1, 10].map((findingsInBatch) => {
      const load = loadOf({ accounts: 10_000, findingsInBatch });
      return { month: monthOf(load, perItem), cost: costOf(load, perItem, tokyo) };
    });
    if (alone === undefined || tens === undefined) throw new Error('nothing was reckoned');
    expect(tens.month.work.findings.invocations).toBeCloseTo(alone.month.work.findings.invocations / 10, 3);
    expect(tens.cost.lines.sqs).toBeLessThan(alone.cost.lines.sqs / 2);
    expect(tens.cost.lines.lambda).toBeLessThan(alone.cost.lines.lambda);
    expect(tens.cost.lines.dynamodbWrites).toBeCloseTo(alone.cost.lines.dynamodbWrites, 6);
  });
});

describe('limits', () => {
  test('every limit is reckoned, the nearest first', () => {
    const limits = limitsOf(loadOf(), perItem);
    expect(limits.map(({ name }) => name).toSorted()).toEqual([...LIMITS].toSorted());
    const shares = limits.map(({ use, limit }) => use / limit);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  });

  test('a limit is reached at the number of accounts that is named, and not one account before', () => {
    const named = limitsOf(loadOf(), perItem).flatMap(({ name, reachedAt }) =>
      reachedAt === undefined ? [] : [{ name, reachedAt }],
    );
    expect(named.length).toBeGreaterThan(15);
    for (const { name, reachedAt } of named) {
      const share = (accounts: number) => {
        const found = limitsOf(loadOf({ accounts }), perItem).find((limit) => limit.name === name);
        return (found?.use ?? 0) / (found?.limit ?? 0);
      };
      expect({ name, at: share(reachedAt) >= 1, before: share(reachedAt - 1) >= 1 }).toEqual({
        name,
        at: true,
        before: false,
      });
    }
  });

  test('a thousand accounts stay below all of them', () => {
    expect(limitsOf(loadOf(), perItem).filter(({ use, limit }) => use >= limit)).toEqual([]);
  });
});

describe('npm run scale', () => {
  test('prints columns for the accounts that are named, and what to do about what they exceed', () => {
    const { status, stdout, stderr } = scale('--accounts', '50', '--accounts', '20000');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^US dollars a month +50 accounts +20,000 accounts$/m);
    expect(stdout).toMatch(/^What to do:$/m);
    expect(stdout).toContain(`measured on ${perItem.measuredAt} with ${perItem.machine}`);
    expect(stdout).toMatch(/^Not compared with a second source: .*sqsFifo/m);
  });

  test('answers other programs with everything that it has reckoned', () => {
    const { stdout } = scale('--accounts', '10', '--findings-per-account', '100', '--regions', '3', '--json');
    const load = { ...USUAL, checks: 100, regions: 3 };
    const answer = JSON.parse(stdout);
    const { accounts: _, ...rest } = load;
    expect(answer).toMatchObject({ load: rest, region: 'ap-northeast-1' });
    expect(answer.reckoned[0].cost).toEqual(costOf({ ...load, accounts: 10 }, perItem, tokyo));
  });

  test('takes other prices', () => {
    const file = join(scratch, 'prices.json');
    const dear = { ...tokyo, alarm: { ...tokyo.alarm, usd: 100 } };
    writeFileSync(file, JSON.stringify({ 'eu-west-9': dear }));
    const { stdout } = scale('--prices', file, '--region', 'eu-west-9', '--accounts', '1', '--json');
    expect(JSON.parse(stdout).reckoned[0].cost.lines.alarms).toBeCloseTo(40 * 100 + 40 * 0.3);
  });

  test.each([
    [['--accounts', 'many'], '--accounts many: write a number, 0 or more.'],
    [['--refresh-hours', '0'], '--refresh-hours cannot be 0.'],
    [['--failing', '5'], '--failing is a share: 0.05 for five in a hundred.'],
    [['--region', 'mars-1'], 'has prices of ap-northeast-1, us-east-1.'],
    [['--acounts', '5'], "Unknown option '--acounts'"],
  ])('%j is answered with what to write instead', (args, message) => {
    const { status, stderr, stdout } = scale(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: npm run scale');
  });

  test('says what is wrong with a file that it is given', () => {
    const file = join(scratch, 'broken.json');
    writeFileSync(file, '{"ap-northeast-1": {"lambdaRequest": {"usd": "free"}}}');
    const { status, stderr } = scale('--prices', file);
    expect(status).toBe(1);
    expect(stderr).toContain(file);
    expect(stderr).toContain('lambdaRequest.usd');
    expect(scale('--measured', join(scratch, 'none.json')).stderr).toContain('cannot be read');
  });
});

describe.each(['en', 'ja'] as const)('docs/scale in %s', (language) => {
  const text = readFileSync(join(ROOT, 'docs', language === 'en' ? 'scale.md' : 'scale.ja.md'), 'utf8');
  const reckoned = COLUMNS.map((accounts) => {
    const load = loadOf({ accounts });
    return { accounts, cost: costOf(load, perItem, tokyo), limits: limitsOf(load, perItem) };
  });

  // To print them anew: npm run -s scale -- --markdown [--lang ja]
  test.each(Object.entries(showMarkdown(reckoned, language)))(
    'has the table of %s as it is reckoned',
    (name, table) => {
      const [, rest = ''] = text.split(`<!-- npm run scale: ${name} -->\n\n`);
      expect(rest.split('\n\n<!-- end -->')[0]).toBe(table);
    },
  );

  test('names every option that there is, and no other', () => {
    const named = [...text.matchAll(/--([a-z][a-z-]+)/g)].map(([, option = '']) => option);
    const known = [
      ...LOAD_OPTIONS.map(({ option }) => option),
      'accounts',
      'region',
      'json',
      'prices',
      'measured',
    ];
    const other = ['only', 'keep', 'markdown', 'lang'];
    expect(named.filter((option) => ![...known, ...other].includes(option))).toEqual([]);
    expect(LOAD_OPTIONS.map(({ option }) => option).filter((option) => !named.includes(option))).toEqual([]);
  });
});

test('both pages have the same sections', () => {
  const shape = (file: string) =>
    readFileSync(join(ROOT, 'docs', file), 'utf8')
      .split('\n')
      .filter((line) => /^(#+|<!--|\d\.|- \*\*|```)/.test(line))
      .map((line) => /^(#+|<!-- .*-->|\d\.|-|```\w*)/.exec(line)?.[0]);
  expect(shape('scale.ja.md')).toEqual(shape('scale.md'));
});
