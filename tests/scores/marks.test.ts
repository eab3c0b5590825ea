import { type Issue, issueKeyOf } from '../../src/requests';
import { COUNT_AFTER_MS, countsAs, MARK_STAYS_MS, markingIssues, SILENT_AFTER_MS } from '../../src/scores';
import { KEY, openCounting, saying, write } from './counting';
import { ACCOUNT, issueOf } from './example-issue';

const SECOND = 1_000;
const HOUR = 3_600_000;

describe('an issue that is written', () => {
  test('has its control marked and its account counted a minute later', async () => {
    const { process, scores, clock } = openCounting();
    await write(process(), issueOf([{}]));
    expect(await scores.ofControls.load(KEY)).toMatchObject({
      status: 'no-data',
      marked: clock.now().toISOString(),
    });
    expect(await scores.ofAccounts.load(ACCOUNT)).toMatchObject({
      wakeAt: new Date(clock.now().getTime() + COUNT_AFTER_MS).toISOString(),
    });
  });

  test('is announced before it is written, so that a crash in between counts once too often', async () => {
    const { process, hooks, status, settle } = openCounting();
    const issue = issueOf([{}]);
    hooks.before = async ({ type }) => {
      if (type === 'issue') throw new Error('killed');
    };
    await expect(process().create(issue)).rejects.toThrow('killed');
    hooks.before = async () => undefined;
    await settle();
    expect(await status()).toBe('no-data');
    await write(process(), issue);
    await settle();
    expect(await status()).toBe('failed');
  });

  test('is announced once in a flood, and no more when it says nothing new', async () => {
    const { process, marks, clock } = openCounting();
    const issues = process();
    const flood = Array.from({ length: 100 }, () => issueOf([{}]));
    for (const issue of flood) await write(issues, issue);
    expect(marks()).toBe(1);
    clock.advance(HOUR);
    for (const issue of flood) {
      const stored = await issues.load(issueKeyOf(issue));
      if (stored === undefined) throw new Error('lost');
      const refreshed = { ...stored, lastSeen: clock.now().toISOString(), title: 'Another title' };
      await issues.replace({ ...refreshed, version: stored.version + 1 }, stored.version);
    }
    expect(marks()).toBe(1);
  });

  test('of another product is none of the score', async () => {
    const { process, scores } = openCounting();
    await write(process(), issueOf([{}], { product: 'other' }));
    expect(await scores.ofAccounts.load(ACCOUNT)).toBeUndefined();
    expect(await scores.ofControls.of(ACCOUNT)).toEqual([]);
  });

  test('for the first time in the organisation dates its control, even if the worker dies over it', async () => {
    const { process, scores, hooks } = openCounting();
    hooks.after = async ({ type }) => {
      if (type === 'control-score') throw new Error('killed');
    };
    await expect(process().create(issueOf([{}]))).rejects.toThrow('killed');
    expect(await scores.firstSeen()).toEqual([{ control: 'S3.5', at: '2026-11-24T01:00:00.000Z' }]);
  });

  test('is announced when it returns after a silence, although it says the same', async () => {
    const { process, settle, status, clock } = openCounting();
    const issue = issueOf([{}], { lastSeen: '2026-11-24T01:00:00.000Z' });
    await write(process(), issue);
    await settle();
    clock.advance(SILENT_AFTER_MS);
    await settle();
    expect(await status()).toBe('no-data');
    clock.advance(HOUR);
    await write(process(), { ...issue, lastSeen: clock.now().toISOString() });
    await settle();
    expect(await status()).toBe('failed');
  });
});

describe('no write is missed', () => {
  const failed = { compliance: 'FAILED' } as const;
  const passed = { compliance: 'PASSED' } as const;

  test('that relies on a mark which an early count has just seen', async () => {
    const { process, clock, count, settle, status } = openCounting();
    const [issues, issue] = [process(), issueOf([failed])];
    await write(issues, issue);
    // Another control's mark has set the clock earlier.
    clock.advance(10 * SECOND);
    await count();
    expect(await status()).toBe('failed');
    await write(issues, saying(issue, passed));
    await settle();
    expect(await status()).toBe('passed');
  });

  test('at any time after the mark, by its own process or by another, whenever the account is counted', async () => {
    for (let counted = 0; counted <= 120; counted += 10) {
      for (let written = 0; written <= 120; written += 10) {
        for (const other of [false, true]) {
          const { process, clock, count, settle, status } = openCounting();
          const [issues, issue] = [process(), issueOf([failed])];
          await write(issues, issue);
          for (let second = 0; second <= 120; second += 10) {
            if (second === counted) await count();
            if (second === written) await write(other ? process() : issues, saying(issue, passed));
            clock.advance(10 * SECOND);
          }
          await settle();
          const when = `counted after ${counted} s, written after ${written} s by ${other ? 'another' : 'the same'}`;
          expect([when, await status()]).toEqual([when, 'passed']);
        }
      }
    }
  });

  test('between the reading of the issues and the writing of the control', async () => {
    const { process, clock, hooks, count, settle, status } = openCounting();
    const [issues, issue] = [process(), issueOf([failed])];
    await write(issues, issue);
    clock.advance(COUNT_AFTER_MS);
    let races = 0;
    hooks.before = async ({ type }) => {
      if (type !== 'control-score' || races > 0) return;
      races += 1;
      await write(process(), saying(issue, passed));
    };
    await count();
    expect(races).toBe(1);
    await settle();
    expect(await status()).toBe('passed');
  });

  test('that is announced while a count is at work, and done when it is over', async () => {
    const { process, clock, hooks, count, settle, status } = openCounting();
    const issue = issueOf([failed]);
    await write(process(), issue);
    clock.advance(COUNT_AFTER_MS);
    const announced = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    let writing: Promise<void> | undefined;
    hooks.before = async ({ type }) => {
      if (type === 'issue') {
        announced.resolve();
        await over.promise;
      } else if (type === 'control-score' && writing === undefined) {
        writing = write(process(), saying(issue, passed));
        await announced.promise;
      }
    };
    await count();
    expect(await status()).toBe('failed');
    over.resolve();
    await writing;
    await settle();
    expect(await status()).toBe('passed');
  });

  test('at any write of a count, however the two fall together', async () => {
    for (let nth = 0; nth < 8; nth += 1) {
      for (const when of ['before', 'after'] as const) {
        const { process, clock, hooks, count, settle, status, scores } = openCounting();
        const [issues, issue] = [process(), issueOf([failed])];
        await write(issues, issue);
        clock.advance(COUNT_AFTER_MS);
        let writes = 0;
        hooks[when] = async () => {
          writes += 1;
          if (writes !== nth + 1) return;
          await write(process(), saying(issue, passed));
        };
        await count();
        hooks[when] = async () => undefined;
        const soon = new Date(clock.now().getTime() + COUNT_AFTER_MS).toISOString();
        const wakeAt = (await scores.ofAccounts.load(ACCOUNT))?.wakeAt ?? '';
        if (writes > nth) expect([nth, when, wakeAt <= soon]).toEqual([nth, when, true]);
        else await write(process(), saying(issue, passed));
        await settle();
        expect([nth, when, await status()]).toEqual([nth, when, 'passed']);
        expect((await scores.ofAccounts.load(ACCOUNT))?.counts.passed).toBe(1);
      }
    }
  });

  test('of a worker that has stood still since it announced it', async () => {
    for (const still of [20, 40, 50, 90, 3_600]) {
      const { process, clock, hooks, count, settle, status } = openCounting();
      let stands = true;
      hooks.before = async ({ type }) => {
        if (type !== 'issue' || !stands) return;
        stands = false;
        clock.advance(still * SECOND);
        await count();
      };
      await write(process(), issueOf([failed]));
      await settle();
      expect([still, await status()]).toEqual([still, 'failed']);
    }
  });

  test('of a worker whose clock goes ten seconds ahead, or behind', async () => {
    for (const skew of [-10, 10]) {
      for (let wait = 0; wait <= 90; wait += 5) {
        const { process, clock, count, settle, status, scores, counts } = openCounting();
        const skewed = markingIssues(counts.issues, {
          scores,
          calendar: counts.calendar,
          now: () => new Date(clock.now().getTime() + skew * SECOND),
        });
        const issue = issueOf([failed]);
        await write(skewed, issue);
        clock.advance(wait * SECOND);
        await count();
        clock.advance(SECOND);
        await write(wait % 2 === 0 ? skewed : process(), saying(issue, passed));
        await settle();
        expect([skew, wait, await status()]).toEqual([skew, wait, 'passed']);
      }
    }
  });

  test('of a process whose clock was put back', async () => {
    const { process, clock, count, settle, status } = openCounting();
    const [issues, issue] = [process(), issueOf([failed])];
    await write(issues, issue);
    clock.advance(COUNT_AFTER_MS);
    await count();
    clock.advance(-COUNT_AFTER_MS - 5 * SECOND);
    await write(issues, saying(issue, passed));
    clock.advance(COUNT_AFTER_MS + 5 * SECOND);
    await settle();
    expect(await status()).toBe('passed');
  });
});

test('a young mark survives the count that has seen it, an old one does not', async () => {
  for (const [age, stays] of [
    [MARK_STAYS_MS - 1, true],
    [MARK_STAYS_MS, false],
  ] as const) {
    const { process, clock, count, scores } = openCounting();
    await write(process(), issueOf([{}]));
    clock.advance(age);
    await count();
    const control = await scores.ofControls.load(KEY);
    expect([age, control?.status, control?.marked !== undefined]).toEqual([age, 'failed', stays]);
  }
});

describe('two issues count the same', () => {
  const issue = issueOf([{}]);

  test.each<[string, Issue]>([
    ['whatever they are called', { ...issue, title: 'Another title' }],
    ['whenever they were seen', { ...issue, lastSeen: '2026-12-01T00:00:00.000Z' }],
    ['whoever is told', saying(issue, { workflow: 'NOTIFIED' })],
    ['however severe', saying(issue, { severity: 'CRITICAL' })],
    ['in whatever state, if Security Hub holds them', { ...issue, state: 'suppressed' }],
  ])('%s', (_, other) => {
    expect(countsAs(other)).toBe(countsAs(issue));
  });

  test.each<[string, Issue]>([
    ['compliance', saying(issue, { compliance: 'PASSED' })],
    ['record', saying(issue, { recordState: 'ARCHIVED' })],
    ['suppression', saying(issue, { workflow: 'SUPPRESSED' })],
    ['standards', { ...issue, standards: ['pci-dss/v/3.2.1'] }],
    ['finding ids', { ...issue, findings: {} }],
  ])('only with the same %s', (_, other) => {
    expect(countsAs(other)).not.toBe(countsAs(issue));
  });

  test('only with the same state where nothing but the bot suppresses them', () => {
    const direct = saying(issue, { direct: true });
    expect(countsAs({ ...direct, state: 'suppressed' })).not.toBe(countsAs(direct));
  });
});
