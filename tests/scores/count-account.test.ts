import { tick } from '../../handlers/clock';
import type { AccountId } from '../../src/accounts';
import type { ControlId } from '../../src/controls';
import { countAccount, scoreOf } from '../../src/scores';
import type { Item } from '../../src/store';
import { asff, imported } from '../fixtures/findings';
import { openMemoryBot } from '../setup/memory-bot';
import { openSpine, type Spine } from '../setup/spine';
import { KEY, openCounting, saying, write } from './counting';
import { issueOf, LAST_SEEN } from './example-issue';

const ACCOUNT = '111122223333' as AccountId;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PASSED = { compliance: 'PASSED' } as const;
const ALL = { all: { reconciled: true } };

describe('an account is counted', () => {
  let spine: Spine;
  beforeEach(async () => {
    spine = await openSpine();
  });
  afterEach(async () => {
    await spine.close();
  });

  const wait = async (ms: number) => {
    spine.clock.advance(ms);
    await tick(spine.bot);
    await spine.drain();
  };
  const score = () => spine.bot.scores.ofAccounts.load(ACCOUNT);

  test('from its issues, a minute after the first of them was written', async () => {
    await spine.send(asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', status: 'PASSED' }));
    await spine.send(asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-b' }));
    await spine.send(asff({ control: 'EC2.8', resource: 'arn:aws:ec2:::instance/i-1', status: 'PASSED' }));
    await spine.send(asff({ control: 'EC2.9', resource: 'arn:aws:ec2:::instance/i-1', status: 'WARNING' }));
    await spine.drain();
    expect((await score())?.asOf).toBeUndefined();

    await wait(2 * MINUTE);
    expect(await score()).toMatchObject({
      counts: { passed: 1, failed: 1, unknown: 1, noData: 0, disabled: 0 },
    });
  });

  test('what is not seen for two days is no longer counted', async () => {
    await spine.send(asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-a', status: 'PASSED' }));
    await spine.drain();
    await wait(2 * MINUTE);
    expect((await score())?.counts.passed).toBe(1);
    for (let hour = 0; hour < 56; hour += 4) await wait(4 * HOUR);
    expect((await score())?.counts).toMatchObject({ passed: 0, noData: 1 });
    expect((await score())?.recent.map(({ score: points }) => points)).toEqual([100, 100]);
    expect(await spine.bot.scores.snapshots(ACCOUNT, 10)).toMatchObject([
      { day: '2026-11-24', counts: { passed: 1 } },
      { day: '2026-11-25', counts: { passed: 1 } },
    ]);
  });
});

describe('two at once', () => {
  test('counts: the one that has read earlier does not write over the other', async () => {
    for (let nth = 0; nth < 6; nth += 1) {
      const { process, clock, hooks, count, counts, scores, settle } = openCounting();
      const issue = issueOf([{}]);
      await write(process(), issue);
      clock.advance(MINUTE);
      let writes = 0;
      hooks.before = async () => {
        writes += 1;
        if (writes !== nth + 1) return;
        await write(process(), saying(issue, PASSED));
        await countAccount(ACCOUNT, counts, ALL);
      };
      await count();
      hooks.before = async () => undefined;
      const [control, score] = [await scores.ofControls.load(KEY), await scores.ofAccounts.load(ACCOUNT)];
      expect([nth, control?.status]).toEqual([nth, writes > nth ? 'passed' : 'failed']);
      expect(score?.counts).toMatchObject(writes > nth ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
      await settle();
      expect((await scores.ofAccounts.load(ACCOUNT))?.counts).toEqual(score?.counts);
    }
  });

  test('a comparison with issues read earlier, and what has happened since', async () => {
    const { process, clock, settle, counts, status, scores } = openCounting();
    const issue = issueOf([{}]);
    await write(process(), issue);
    await settle();
    const read = await counts.issues.of({ account: ACCOUNT, kind: 'control', subject: 's3.5' });
    await write(process(), saying(issue, PASSED));
    await settle();
    clock.advance(MINUTE);
    const all = { issues: read, reconciled: true };
    expect(await countAccount(ACCOUNT, counts, { all })).toMatchObject({ mended: 0 });
    expect(await status()).toBe('passed');
    expect((await scores.ofAccounts.load(ACCOUNT))?.counts).toMatchObject({ passed: 1, failed: 0 });
  });
});

describe('what was lost is mended, and counted', () => {
  test('a mark that was lost with its process', async () => {
    const { process, settle, counts, scores, status } = openCounting();
    const issue = issueOf([{}]);
    await write(process(), issue);
    await settle();
    await write(counts.issues, saying(issue, PASSED));
    await settle();
    expect(await status()).toBe('failed');
    expect(await countAccount(ACCOUNT, counts, ALL)).toMatchObject({ mended: 1 });
    expect(await status()).toBe('passed');
    expect(await scores.ofAccounts.load(ACCOUNT)).toMatchObject({
      counts: { passed: 1, failed: 0 },
      reconciledAt: expect.any(String),
    });
    expect(await countAccount(ACCOUNT, counts, ALL)).toMatchObject({ mended: 0 });
  });

  test('a control that has no record, though it is known', async () => {
    const { counts, scores, status } = openCounting();
    await counts.issues.create(issueOf([{}]));
    const known = counts.known as unknown as { note(key: object, at: string): Promise<void> };
    await known.note({ account: ACCOUNT, kind: 'control', subject: 's3.5' }, LAST_SEEN);
    expect(await countAccount(ACCOUNT, counts, ALL)).toMatchObject({ mended: 1 });
    expect(await status()).toBe('failed');
    expect(await scores.firstSeen()).toMatchObject([{ control: 'S3.5' }]);
  });

  test('a record that was damaged', async () => {
    const { process, settle, counts, scores, status } = openCounting();
    await write(process(), issueOf([{}]));
    await settle();
    const control = await scores.ofControls.load(KEY);
    if (control === undefined) throw new Error('not counted');
    await scores.ofControls.replace(
      { ...control, status: 'passed', version: control.version + 1 },
      control.version,
    );
    expect(await countAccount(ACCOUNT, counts, ALL)).toMatchObject({ mended: 1 });
    expect(await status()).toBe('failed');
  });

  test('but not what has fallen silent, for that was to be expected', async () => {
    const { process, settle, counts, clock, status } = openCounting();
    await write(process(), issueOf([{}]));
    await settle();
    clock.advance(3 * DAY);
    expect(await countAccount(ACCOUNT, counts, ALL)).toMatchObject({ mended: 0 });
    expect(await status()).toBe('no-data');
  });
});

describe('the day of the time zone', () => {
  test('that ends while an account is counted keeps its snapshot', async () => {
    const { process, hooks, clock, count, settle, scores } = openCounting({
      start: '2026-11-24T14:57:00.000Z',
    });
    const issue = issueOf([{}]);
    await write(process(), issue);
    clock.advance(MINUTE);
    await count();
    await write(process(), saying(issue, PASSED));
    clock.advance(MINUTE);
    hooks.before = async ({ type }) => {
      if (type === 'control-score') clock.advance(2 * MINUTE);
    };
    await count();
    hooks.before = async () => undefined;
    await settle();
    expect(await scores.ofAccounts.load(ACCOUNT)).toMatchObject({ day: '2026-11-25', counts: { passed: 1 } });
    expect(await scores.snapshots(ACCOUNT, 10)).toMatchObject([{ day: '2026-11-24', counts: { failed: 1 } }]);
  });

  test.each([
    ['Asia/Tokyo', '2026-11-24T10:00:00.000Z', '2026-11-24T15:00:00.000Z'],
    ['America/New_York', '2026-10-31T20:00:00.000Z', '2026-11-01T04:00:00.000Z'],
    // The hour after midnight comes twice, or not at all.
    ['America/New_York', '2026-11-01T20:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['Africa/Cairo', '2026-04-23T20:00:00.000Z', '2026-04-23T22:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-03T12:00:00.000Z', '2026-10-03T13:30:00.000Z'],
    ['UTC', '2026-12-31T20:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ])(
    '%s: ends at midnight there, and the account wakes within the hour after it',
    async (timeZone, start, midnight) => {
      const { process, settle, scores, clock, count, counts } = openCounting({ timeZone, start });
      await write(process(), issueOf([{}], { lastSeen: start }));
      await settle();
      const today = counts.calendar.dayOf(new Date(start));
      const wakes = Date.parse((await scores.ofAccounts.load(ACCOUNT))?.wakeAt ?? '') - Date.parse(midnight);
      expect(wakes).toBeGreaterThan(0);
      expect(wakes).toBeLessThanOrEqual(HOUR + MINUTE);
      clock.advance(Date.parse(midnight) - clock.now().getTime() - 1);
      await count();
      expect(await scores.ofAccounts.load(ACCOUNT)).toMatchObject({ day: today, recent: [] });
      clock.advance(1);
      await count();
      expect(await scores.ofAccounts.load(ACCOUNT)).toMatchObject({ recent: [{ day: today, score: 0 }] });
      expect(await scores.snapshots(ACCOUNT, 10)).toMatchObject([{ day: today, counts: { failed: 1 } }]);
    },
  );

  test('comes after forty days in which nobody counted: what is known is kept, what is not is left open', async () => {
    const { process, settle, scores, clock, count } = openCounting();
    const issue = issueOf([PASSED], { lastSeen: '2026-11-24T01:00:00.000Z' });
    await write(process(), issue);
    await settle();
    clock.advance(40 * DAY);
    await count();
    const score = await scores.ofAccounts.load(ACCOUNT);
    expect(score).toMatchObject({ day: '2027-01-03', counts: { passed: 0, noData: 1 } });
    expect((await scores.snapshots(ACCOUNT, 400)).map(({ day }) => day)).toEqual([
      '2026-11-24',
      '2026-11-25',
    ]);
    expect(score?.recent).toHaveLength(30);
    expect(score?.recent[0]).toEqual({ day: '2026-12-04', score: undefined });
    expect(score?.recent.every(({ score: points }) => points === undefined)).toBe(true);
    // AWS speaks again.
    await write(process(), { ...issue, lastSeen: clock.now().toISOString() });
    await settle();
    expect(
      scoreOf((await scores.ofAccounts.load(ACCOUNT))?.counts ?? { passed: 0, failed: 0, unknown: 0 }),
    ).toBe(100);
  });
});

describe('an account', () => {
  test('without any control finding has no score', async () => {
    const { count, scores } = openCounting();
    const { score, mended } = await count();
    expect([scoreOf(score.counts), mended]).toEqual([undefined, 0]);
    expect(await scores.ofControls.of(ACCOUNT)).toEqual([]);
  });

  test('has one control, however its name is spelt', async () => {
    const { process, settle, scores } = openCounting();
    await write(process(), issueOf([PASSED]));
    await write(process(), issueOf([{}], { control: 's3.5' as ControlId }));
    await settle();
    expect((await scores.ofAccounts.load(ACCOUNT))?.counts).toMatchObject({ passed: 0, failed: 1 });
    expect(await scores.ofControls.of(ACCOUNT)).toHaveLength(1);
  });

  test('is not judged by another product that uses the name of a control', async () => {
    const { process, settle, scores, counts } = openCounting();
    await write(process(), issueOf([PASSED]));
    await write(process(), issueOf([{}], { product: 'other', productName: 'Example' }));
    await settle();
    expect((await scores.ofAccounts.load(ACCOUNT))?.counts).toMatchObject({ passed: 1, failed: 0 });
    expect(await countAccount(ACCOUNT, counts, ALL)).toMatchObject({ mended: 0 });
  });

  test('knows its controls that are switched off, from the next count on', async () => {
    const { process, settle, scores, disabled, counts } = openCounting();
    await write(process(), issueOf([{}]));
    await settle();
    disabled.set('s3.5', new Set(['ap-northeast-1']));
    await countAccount(ACCOUNT, counts, ALL);
    expect((await scores.ofAccounts.load(ACCOUNT))?.counts).toMatchObject({ failed: 0, disabled: 1 });
  });

  test('is not counted again and again while nothing happens', async () => {
    const { process, settle, scores, clock, counts } = openCounting();
    for (let index = 0; index < 6; index += 1) {
      await write(process(), issueOf([PASSED], { control: `EC2.${index}` as ControlId }));
    }
    await settle();
    let counted = 0;
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      clock.advance(MINUTE);
      const score = await scores.ofAccounts.load(ACCOUNT);
      if (score === undefined || score.wakeAt > clock.now().toISOString()) continue;
      counted += 1;
      await countAccount(ACCOUNT, counts);
    }
    expect(counted).toBe(1);
  });
});

describe('a week in which nothing changes', () => {
  test('costs two writes a day and control at most, findings that are refreshed every 18 hours included', async () => {
    const written: Item[] = [];
    const memory = openMemoryBot((table) => ({
      ...table,
      create(item) {
        written.push(item);
        return table.create(item);
      },
      replace(item, version) {
        written.push(item);
        return table.replace(item, version);
      },
      put(item) {
        written.push(item);
        return table.put(item);
      },
    }));
    const controls = ['S3.5', 'EC2.8', 'EC2.9', 'EC2.19'];
    const send = async () => {
      for (const control of controls) {
        const updatedAt = memory.clock.now().toISOString();
        memory.send(
          imported(asff({ control, resource: 'arn:aws:s3:::example-a', status: 'PASSED', updatedAt })),
        );
      }
      await memory.drain();
    };
    await send();
    for (let minutes = 0; minutes < 5; minutes += 1) {
      memory.clock.advance(MINUTE);
      await memory.tick();
    }
    written.length = 0;
    const days = 7;
    for (let hour = 1; hour <= days * 24; hour += 1) {
      memory.clock.advance(HOUR);
      if (hour % 18 === 0) await send();
      await memory.tick();
    }
    const of = (type: string) => written.filter((item) => item['type'] === type).length;
    expect(await memory.bot.scores.ofAccounts.load(ACCOUNT)).toMatchObject({
      counts: { passed: controls.length },
    });
    expect({
      controls: of('control-score'),
      accounts: of('account-score'),
      days: of('score-snapshot'),
    }).toEqual({
      // When what was seen last would fall silent: after 48, 84, 120 and 156 hours.
      controls: 4 * controls.length,
      // Two a count: these, and at the end of each day.
      accounts: 2 * (4 + 7),
      days: 7,
    });
    expect(of('control-score')).toBeLessThanOrEqual(2 * days * controls.length);
  });
});
