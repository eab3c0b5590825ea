import { type LogDetails, redacted, structuredLog } from '../../src/log';

test.each([
  ['a bot token', 'xoxb-1111-2222-abcDEF'],
  ['a user token', 'xoxp-1111-2222-3333-abcdef'],
  ['a configuration token', 'xoxe.xoxp-1-Mi0yLTEx'],
  ['an app-level token', 'xapp-1-A111-222-abcdef'],
  ['an access key', 'AKIAIOSFODNN7EXAMPLE'],
  ['a temporary access key', 'ASIAIOSFODNN7EXAMPLE'],
  ['a response URL', 'https://hooks.slack.com/commands/T1/2/abc'],
  ['a mail address', 'alex.b+aws@mail.example.com'],
])('%s reaches no log, however it is wrapped', (_, secret) => {
  const secretPart = secret.slice(-10);
  const error = new Error(`refused (${secret})`);
  for (const value of [
    secret,
    `before ${secret} after`,
    error,
    [secret],
    { deep: [{ secret }] },
    [[error]],
  ]) {
    const text = JSON.stringify(redacted({ error: value }));
    expect(text).not.toContain(secretPart);
    expect(text).toContain('[removed]');
  }
});

it('keeps what is meant to be logged, and drops every other key', () => {
  expect(
    redacted({
      account: '111122223333',
      count: 3,
      seconds: 0.5,
      details: ['invalid_blocks', 'block 2'],
      swept: { issue: 1 },
      error: new TypeError('no'),
      reason: 'because of Alex',
      token: 'x',
      url: 'https://example.com',
      email: 'alex@example.com',
      text: 'x',
    }),
  ).toEqual({
    account: '111122223333',
    count: 3,
    seconds: 0.5,
    details: ['invalid_blocks', 'block 2'],
    swept: { issue: 1 },
    error: 'TypeError: no',
  });
  expect(redacted()).toEqual({});
  expect(redacted({ problem: undefined, field: null })).toEqual({ problem: undefined, field: null });
});

it('writes one structured line, without secrets', () => {
  const lines: string[] = [];
  const keep = (line: unknown) => void lines.push(String(line));
  const spies = (['info', 'warn', 'error'] as const).map((level) =>
    jest.spyOn(console, level).mockImplementation((...args: unknown[]) => keep(args[0])),
  );
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    keep(line);
    return true;
  });
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    keep(line);
    return true;
  });
  try {
    const log = structuredLog();
    log.info('taken in', { account: '111122223333', token: 'hidden' } as LogDetails);
    log.warn('refused', { error: new Error('xoxb-1-2') });
    log.error('failed', { problem: 'x' });
  } finally {
    for (const spy of [...spies, out, err]) spy.mockRestore();
  }
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries).toMatchObject([
    { level: 'INFO', message: 'taken in', account: '111122223333' },
    { level: 'WARN', message: 'refused', error: 'Error: [removed]' },
    { level: 'ERROR', message: 'failed', problem: 'x' },
  ]);
  expect(JSON.stringify(entries)).not.toContain('hidden');
});
