import { tick } from '../../handlers/clock';
import { type Bot, compose } from '../../handlers/composition';
import type { AccountId } from '../../src/accounts';
import { bulletinRef } from '../../src/bulletins';
import { addDays, type Day, loadCalendar, zoneOf } from '../../src/calendar';
import { type AccountScore, followWeek, loadScoreRules, weekOfRanking } from '../../src/scores';
import type { Table } from '../../src/store';
import { manualClock, openSpine, type Spine } from '../setup/spine';
import { accountScore, counts, recent } from './records';

jest.setTimeout(60_000);

const SCORES = 'C0SCORES';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHOP = '111122223333' as AccountId;

const zone = zoneOf('Asia/Tokyo');
/** The moment at which a clock in Tokyo shows this. */
const tokyo = (day: Day, hour: number) => zone.instant({ day, time: hour * HOUR });

let spine: Spine;

async function open(from: Date, channel: string | null = SCORES): Promise<void> {
  spine = await openSpine({
    clock: manualClock(from.toISOString()),
    environment: channel === null ? {} : { RANKING_CHANNEL_ID: channel },
  });
}
async function keepScore(over: Partial<AccountScore> = {}): Promise<void> {
  const score = accountScore({
    account: SHOP,
    counts: counts(9, 1),
    resources: 30,
    recent: recent(70, 70, 70, 70, 70, 70, 70),
    week: { opened: 2, closed: 3, fixHours: [5] },
    // Nothing wakes it: what is counted here is what stands here.
    wakeAt: '2099-01-01T00:00:00.000Z',
    ...over,
  });
  expect(await spine.bot.scores.ofAccounts.create(score)).toBe(true);
}
const until = (at: Date) => spine.clock.advance(at.getTime() - spine.clock.now().getTime());
const posts = async () => spine.people.channel(SCORES);
const weeks = async () => (await spine.bot.scores.weeks(20)).map(({ week }) => week);
/** What the clock has put into the queue, posted. */
const go = async (bot: Bot = spine.bot) => {
  await followWeek(bot.weekly);
  if ((await spine.depth('cards')) > 0) await spine.drain();
};

describe('the day of the ranking', () => {
  const rules = loadScoreRules('config/scores.yml');
  const calendar = loadCalendar('config/calendar.yml', { timeZone: 'Asia/Tokyo', quiet: true });

  test.each<[Day, Day]>([
    // Monday, at whatever hour, and the days after it.
    ['2026-11-16', '2026-11-16'],
    ['2026-11-22', '2026-11-16'],
    // A holiday: that week's comes on Tuesday.
    ['2026-11-23', '2026-11-16'],
    ['2026-11-24', '2026-11-23'],
    // Golden Week: from Monday to Wednesday nobody is at work.
    ['2027-05-05', '2027-04-26'],
    ['2027-05-06', '2027-05-03'],
    // Monday the 28th of December is a working day, and the 4th of January is one again.
    ['2026-12-31', '2026-12-28'],
    ['2027-01-03', '2026-12-28'],
    ['2027-01-04', '2027-01-04'],
  ])('on %s the last one due is that of %s', (day, week) => {
    expect(weekOfRanking(day, { rules, calendar })).toBe(week);
  });

  test('on Fridays: one that falls on a holiday is posted the Monday after', () => {
    const fridays = { ...rules, weekly: { ...rules.weekly, weekday: 5 } };
    const of = (day: Day) => weekOfRanking(day, { rules: fridays, calendar });
    expect([of('2026-12-31'), of('2027-01-03'), of('2027-01-04'), of('2027-01-08')]).toEqual([
      '2026-12-21',
      '2026-12-21',
      '2026-12-28',
      '2027-01-04',
    ]);
  });
});

describe('the clock', () => {
  afterEach(() => spine.close());

  test('week by week: once each, at ten on Monday or the next working day, and never twice', async () => {
    await open(tokyo('2026-11-16', 9));
    await keepScore();
    const seen: string[] = [];
    let known = 0;
    for (let day = '2026-11-16'; day < '2026-12-08'; day = addDays(day, 1)) {
      for (const hour of [9.99, 10, 18]) {
        until(tokyo(day, hour));
        await go();
        const now = (await posts()).length;
        if (now > known) seen.push(`${day} ${hour}`);
        known = now;
      }
    }
    expect(seen).toEqual(['2026-11-16 10', '2026-11-24 10', '2026-11-30 10', '2026-12-07 10']);
    expect(await weeks()).toEqual(['2026-11-16', '2026-11-23', '2026-11-30', '2026-12-07']);
    expect(spine.logged).toEqual([]);
  });

  test('the post has its picture, compares with the week before, and is the clock’s own work', async () => {
    await open(tokyo('2026-11-24', 9.9));
    await keepScore();
    await spine.bot.scores.keepWeek({
      week: '2026-11-16',
      accounts: 1,
      perfect: 0,
      median: 70,
      opened: 0,
      closed: 0,
    });
    await tick(spine.bot);
    await spine.drain();
    expect(await posts()).toEqual([]);
    until(tokyo('2026-11-24', 10));
    await tick(spine.bot);
    await spine.drain();
    const [post, ...others] = await posts();
    expect(others).toEqual([]);
    expect(JSON.stringify(post)).toContain('スコアの中央値 70 → 90 %');
    expect(JSON.stringify(post)).toContain('slack_file');
    expect(await weeks()).toEqual(['2026-11-16', '2026-11-23']);
  });

  describe('a bot that was down', () => {
    test('on Monday posts on the next working day of that week, at the hour of the ranking', async () => {
      await open(tokyo('2026-11-26', 3));
      await keepScore();
      await go();
      expect(await posts()).toEqual([]);
      until(tokyo('2026-11-26', 10));
      await go();
      until(tokyo('2026-11-27', 10));
      await go();
      expect(await posts()).toHaveLength(1);
      expect(await weeks()).toEqual(['2026-11-23']);
    });

    test('until the weekend posts the next week’s only', async () => {
      await open(tokyo('2026-11-28', 12));
      await keepScore();
      await go();
      until(tokyo('2026-11-30', 9));
      await go();
      expect(await posts()).toEqual([]);
      until(tokyo('2026-11-30', 10));
      await go();
      expect(await posts()).toHaveLength(1);
      expect(await weeks()).toEqual(['2026-11-30']);
    });
  });

  describe('nothing to tell', () => {
    test('without a channel only the organisation’s week is kept, once', async () => {
      await open(tokyo('2026-11-24', 10), null);
      await keepScore();
      await go();
      const { table } = spine.ports;
      const reads: string[] = [];
      const counting: Table = {
        ...table,
        get: async (key) => {
          reads.push(key.pk);
          return table.get(key);
        },
        query: async (pk, options) => {
          reads.push(pk);
          return table.query(pk, options);
        },
      };
      await go(spine.composeWith({ table: counting }));
      expect(reads).toEqual(['SCORES#WEEKLY']);
      expect(await weeks()).toEqual(['2026-11-23']);
      expect(await posts()).toEqual([]);
    });

    test('before its hour and on days of rest nothing is read', async () => {
      await open(tokyo('2026-11-24', 9.99));
      const refusing = { get: () => Promise.reject(new Error('read')) };
      const bot = compose(
        spine.settings,
        { ...spine.ports, table: { ...spine.ports.table, ...refusing } },
        spine.config,
      );
      await expect(followWeek(bot.weekly)).resolves.toBeUndefined();
      until(tokyo('2026-11-28', 12));
      await expect(followWeek(bot.weekly)).resolves.toBeUndefined();
    });

    test('no account has a score: it is looked at once a day, and posted when there is one', async () => {
      await open(tokyo('2026-11-24', 10));
      await go();
      await keepScore({ recent: [] });
      until(tokyo('2026-11-24', 11));
      await go();
      // The next day it has a score, but no day has ended yet.
      until(tokyo('2026-11-25', 10));
      await go();
      expect([await posts(), await weeks()]).toEqual([[], []]);
      await spine.bot.scores.ofAccounts.replace(
        accountScore({
          account: SHOP,
          counts: counts(9, 1),
          recent: recent(90),
          wakeAt: '2099-01-01T00:00:00.000Z',
        }),
        1,
      );
      until(tokyo('2026-11-25', 12));
      await go();
      expect(await posts()).toEqual([]);
      until(tokyo('2026-11-26', 10));
      await go();
      expect(await posts()).toHaveLength(1);
      expect(await weeks()).toEqual(['2026-11-23']);
    });
  });

  test('killed between any two writes, it is posted once, on the day on which it was begun', async () => {
    for (let died = 0; died < 12; died += 1) {
      await open(tokyo('2026-11-24', 10));
      await keepScore();
      let left = died;
      const dying = <A extends unknown[], R>(act: (...args: A) => Promise<R>) => {
        return async (...args: A): Promise<R> => {
          left -= 1;
          if (left < 0) throw new Error('killed');
          return act(...args);
        };
      };
      const { table, queues } = spine.ports;
      const bot = spine.composeWith({
        table: {
          ...table,
          put: dying(table.put),
          create: dying(table.create),
          replace: dying(table.replace),
          raise: dying(table.raise),
        },
        queues: { ...queues, card: dying(queues.card) },
      });
      const killed = await followWeek(bot.weekly).then(
        () => false,
        () => true,
      );
      until(tokyo('2026-11-25', 10));
      await tick(spine.bot);
      await spine.drain();
      expect(await posts()).toHaveLength(1);
      expect(await weeks()).toEqual(['2026-11-23']);
      const days = ['2026-11-24', '2026-11-25'];
      const made = await Promise.all(
        days.map((day) =>
          spine.bot.bulletinPublisher.bulletins.load({ kind: 'ranking', subject: 'all', day }),
        ),
      );
      expect(made.flatMap((one) => (one === undefined ? [] : [bulletinRef(one)]))).toHaveLength(1);
      if (!killed) {
        expect(died).toBeGreaterThan(4);
        return;
      }
      await spine.close();
    }
    throw new Error('it never came through');
  });

  test('a ranking that has been planned keeps its channel', async () => {
    await open(tokyo('2026-11-24', 10));
    await keepScore();
    await followWeek(spine.bot.weekly);
    const elsewhere = compose(
      { ...spine.settings, RANKING_CHANNEL_ID: 'C0REQUESTS' },
      spine.ports,
      spine.config,
    );
    until(tokyo('2026-11-24', 10.1));
    await followWeek(elsewhere.weekly);
    await spine.drain();
    expect(await posts()).toHaveLength(1);
    expect(await spine.people.channel('C0REQUESTS')).toEqual([]);
  });
});
