import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_WORKSPACE } from '../../local/slack/fixtures';
import { Triggers } from '../../local/slack/triggers';
import type { LogDetails } from '../../src/log';
import { structuredLog } from '../../src/log';
import { keptLog } from './log-lines';
import LogScan from './log-scan.cjs';

const { findSecrets } = LogScan;

/** Put together here, so that no line of this file's own output holds one. */
const secret = (...parts: string[]) => parts.join('');

describe('what no log may hold', () => {
  test.each([
    ["Slack's token", secret('xo', 'xb-1111-2222-abcDEF')],
    ["Slack's token", secret('xo', 'xp-1111-2222-3333-abcdef')],
    ["Slack's token", secret('xo', 'xe.xo', 'xp-1-Mi0yLTEx')],
    ["Slack's token", secret('xa', 'pp-1-A111-222-abcdef')],
    ['an access key of AWS', secret('AK', 'IAIOSFODNN7EXAMPLE')],
    ['an access key of AWS', secret('AS', 'IAIOSFODNN7EXAMPLE')],
    ['a session token of AWS', secret('IQoJb3JpZ2lu', 'X2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUC')],
    ['a response URL', secret('https://hooks.slack', '.com/commands/T1/2/abc')],
    ['a response URL', secret('http://127.0.0.1:7777/resp', 'onse/T0LOCAL/0123456789abcdef01234567')],
    ['a trigger id', secret('13345224609.', '738474920.8088930838d88f008e0')],
    ['a trigger id', new Triggers(() => Date.parse('2026-11-24T01:00:00Z'), 'T0LOCAL').issue('U0MEMBER')],
    ...LOCAL_WORKSPACE.users.flatMap(({ email }): [string, string][] =>
      email === '' ? [] : [['a mail address', email]],
    ),
    ['a mail address', secret('a.b+c@', 'mail.example.co.jp')],
  ])('%s: found wherever it stands, told without it', (what, text) => {
    for (const line of [text, `{"error":"Error: refused (${text})"}`, `before ${text}, after`]) {
      const leaks = findSecrets(`first line\n${line}\nlast line`);
      expect(leaks.map((leak) => leak.what)).toEqual([what]);
      expect(leaks[0]?.line).toContain('…');
      expect(leaks[0]?.line).not.toContain(text);
      expect(leaks[0]?.line).not.toContain('last line');
    }
  });

  test('what the run knows to be secret, word for word; short words are no secret', () => {
    expect(findSecrets('signed with 0123456789abcdef', ['0123456789abcdef', 'with'])).toEqual([
      { what: 'a secret of the run', line: 'signed with 0123…' },
    ]);
  });

  test('several in a line, each of them', () => {
    const line = `${secret('one@', 'example.com')} ${secret('two@', 'example.com')} ${secret('xo', 'xb-1')}`;
    expect(findSecrets(line)).toHaveLength(3);
  });

  test.each([
    'xoxb-… is not a bot token: it begins with xoxb-',
    'node_modules/@slack/bolt@5.1.0/dist',
    'arn:aws:sts::111122223333:assumed-role/SecOpsBotMember/slack-U0OWNER1',
    'the host must be hooks.slack.com',
    '111122223333/control/ec2.19 at 1795482000.000100 in C0REQUESTS of T0LOCAL',
    '2026-11-24T01:00:00.000Z 127.0.0.1:4566 <@U0OWNER1> <!subteam^S0LEADS>',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('%s: no secret', (line) => {
    expect(findSecrets(line)).toEqual([]);
  });
});

interface Printed {
  readonly message: string;
}

/** The scan of a run of its own, in the folder that it has made. @param printed on the console of a test */
function scanned(run: (folder: string) => void, printed?: readonly Printed[]) {
  const before = process.env['TEST_LOGS'];
  const said: string[] = [];
  const stderr = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => said.push(String(text)) > 0);
  const scan = new LogScan();
  const leaks = LogScan.leaks;
  try {
    scan.onRunStart();
    run(process.env['TEST_LOGS'] ?? '');
    const testFilePath = join(process.cwd(), 'tests/printing.test.ts');
    scan.onTestResult({}, { testFilePath, ...(printed && { console: printed }) });
    scan.onRunComplete();
    return { error: scan.getLastError()?.message, said: said.join('') };
  } finally {
    stderr.mockRestore();
    LogScan.leaks = leaks;
    if (before === undefined) delete process.env['TEST_LOGS'];
    else process.env['TEST_LOGS'] = before;
  }
}

describe('the scan of a run', () => {
  const line = (test: string, kept: object) =>
    `${JSON.stringify({ test: join(process.cwd(), test), ...kept })}\n`;

  test('nothing to be found: the run passes, and says nothing', () => {
    const quiet = (folder: string) =>
      writeFileSync(join(folder, '1.log'), line('tests/a.test.ts', { text: 'finding taken in' }));
    expect(scanned(quiet, [{ message: 'as it should be' }])).toEqual({ error: undefined, said: '' });
  });

  test('a secret fails it, whichever worker knew it: line and test file are named', () => {
    const { error, said } = scanned((folder) => {
      writeFileSync(join(folder, '1.log'), line('tests/a.test.ts', { text: 'refused signing-secret-of-a' }));
      writeFileSync(join(folder, '2.log'), line('tests/b.test.ts', { secret: 'signing-secret-of-a' }));
    });
    expect(error).toBe('1 log lines hold what no log may hold');
    expect(said).toBe('A log holds a secret of the run: refused sign…\n  in tests/a.test.ts\n');
  });

  test('what a command answers may name addresses, and nothing else', () => {
    const text = `not taken: ${secret('left@', 'example.com')} ${secret('xo', 'xb-1-2')}`;
    const { error, said } = scanned((folder) =>
      writeFileSync(join(folder, '1.log'), line('tests/a.test.ts', { text, answer: true })),
    );
    expect(error).toBe('1 log lines hold what no log may hold');
    expect(said).toContain("A log holds Slack's token");
  });

  test("a test's console is read as well", () => {
    const message = secret('mail of someone@', 'example.com');
    const { error, said } = scanned(() => undefined, [{ message }]);
    expect(error).toBeDefined();
    expect(said).toBe('A log holds a mail address: mail of some…\n  in tests/printing.test.ts\n');
  });
});

/** What this worker has kept of this test, by what was said last. */
function kept(): string[] {
  const folder = process.env['TEST_LOGS'];
  if (folder === undefined)
    throw new Error('jest.config.cjs must name tests/setup/log-scan.cjs as a reporter');
  return readFileSync(join(folder, `${process.pid}.log`), 'utf8')
    .split('\n')
    .filter((record) => record !== '')
    .map((record) => JSON.parse(record) as { test: string; text?: string })
    .flatMap(({ test, text }) => (test === __filename && text !== undefined ? [text] : []));
}

/** What writes to the terminal in the end; see `keep-output.ts`. */
const behindStdout = process.stdout as unknown as Record<'secops.untouched', () => boolean>;

describe('what is kept of a run', () => {
  test("the bot's log, as it would have been written, before a test sees it", () => {
    const seen: unknown[] = [];
    const log = keptLog({ warn: (message, details) => void seen.push(message, details) });
    log.warn('kept one', { account: '111122223333', token: 'not logged' } as LogDetails);
    log.info('kept two');
    expect(seen).toEqual(['kept one', { account: '111122223333', token: 'not logged' }]);
    expect(kept().slice(-2)).toEqual([
      '{"level":"warn","message":"kept one","account":"111122223333"}',
      '{"level":"info","message":"kept two"}',
    ]);
  });

  test("what the product's own logger writes", () => {
    // Kept, and not shown.
    const shown = jest.spyOn(behindStdout, 'secops.untouched').mockReturnValue(true);
    structuredLog().info('kept of the logger', { count: 3 });
    shown.mockRestore();
    expect(kept().at(-1)).toContain('"message":"kept of the logger"');
  });

  test('what processes print that a test starts, even those whose output is read later', async () => {
    const script = `
      process.stdout.write('kept of a ');
      setTimeout(() => { process.stdout.write('child\\n'); process.stderr.write('and of its errors'); }, 20);
    `;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child, 'spawn');
    await new Promise((resolve) => setImmediate(resolve));
    const read = async (stream: AsyncIterable<unknown>) => {
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      return text;
    };
    const printed = await Promise.all([read(child.stdout), read(child.stderr)]);
    expect(printed).toEqual(['kept of a child\n', 'and of its errors']);
    expect(kept()).toEqual(expect.arrayContaining(['kept of a child', 'and of its errors']));
  });
});
