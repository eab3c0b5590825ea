import type { AccountId } from '../../src/accounts';
import { bulletinRef } from '../../src/bulletins';
import type { CardMessage } from '../../src/queues';
import {
  type AccountScore,
  type CelebrationSources,
  celebrateIfDue,
  newAccountScore,
  viewCelebration,
} from '../../src/scores';
import { amend } from '../../src/store';
import { type Desk, openDesk } from '../requests/desk';

const ACCOUNT = '111122223333' as AccountId;
const HOUR = 3_600_000;
/** 250 controls: 249 of them are 99.6 %. */
const ALL = { passed: 250, failed: 0, unknown: 0, noData: 3, disabled: 2 };
const OWN = {
  kind: 'celebration',
  day: '2026-11-24',
  subject: `${ACCOUNT}/C0SHOPPRD`,
} as const;
const EVERYBODYS = { ...OWN, subject: `${ACCOUNT}/C0SCORES` } as const;

let desk: Desk;
let sources: CelebrationSources;
let confirmed: number;
beforeEach(async () => {
  desk = await openDesk({ environment: { RANKING_CHANNEL_ID: 'C0SCORES' } });
  confirmed = 0;
  const { celebrations, scores } = desk.bot;
  sources = {
    ...celebrations,
    confirm: async (account) => {
      confirmed += 1;
      return scores.ofAccounts.load(account);
    },
  };
});
afterEach(() => desk.close());

const ago = (ms: number) => new Date(desk.spine.clock.now().getTime() - ms).toISOString();
const stored = async () => (await desk.bot.scores.ofAccounts.load(ACCOUNT))!;
const lines = (key: typeof OWN | typeof EVERYBODYS) => desk.bot.intake.bulletins.lines(key);
const refreshed = () => desk.queues.cards.map(({ record }: CardMessage) => record);

/** An account that has been at 100 % for two hours, and was not before. */
async function climbed(over: Partial<AccountScore> = {}, climb: Partial<AccountScore['climb']> = {}) {
  const score: AccountScore = {
    ...newAccountScore(ACCOUNT, '2026-11-24', desk.spine.clock.now()),
    counts: ALL,
    climb: {
      times: 0,
      longestDays: 0,
      wasBelow: true,
      belowSince: ago(72 * HOUR),
      perfectSince: ago(2 * HOUR),
      ...climb,
    },
    ...over,
  };
  await desk.bot.scores.ofAccounts.create(score);
  return stored();
}

const step = (id: string, seq: number, what: string, about: object = {}) => ({
  id,
  seq,
  what,
  kind: 'take',
  at: ago(10 * HOUR - seq),
  account: ACCOUNT,
  ...about,
});
const helped = (person: string, about: { kind?: string; at?: string; end?: string } = {}) => {
  const { end = 'applied', ...rest } = about;
  const id = `${person}-${rest.kind ?? 'take'}`;
  return [step(id, 1, 'proposed', { by: person, ...rest }), step(id, 2, end, rest)];
};
const record = (...events: readonly object[]) => desk.bot.audit.record(events.flat() as never);

test('both channels get a line with the same facts, and the climb has its end', async () => {
  expect(await celebrateIfDue(await climbed({}, { times: 3, longestDays: 42 }), sources)).toBe(true);
  const facts = { account: ACCOUNT, passed: 250, times: 4, longestDays: 42, people: '' };
  expect(await lines(OWN)).toMatchObject([{ facts }]);
  expect(await lines(EVERYBODYS)).toMatchObject([{ facts }]);
  expect(refreshed()).toEqual([bulletinRef(OWN), bulletinRef(EVERYBODYS)]);
  const { climb } = await stored();
  expect(climb).toMatchObject({ times: 4, celebratedAt: ago(0) });
  expect(climb).not.toHaveProperty('wasBelow');
  expect(await celebrateIfDue(await stored(), sources)).toBe(false);
  expect(confirmed).toBe(1);
});

test('done again after a crash before its end was noted, it is the same celebration, though of another day', async () => {
  const crashing: CelebrationSources = {
    ...sources,
    scores: {
      ...sources.scores,
      ofAccounts: {
        ...sources.scores.ofAccounts,
        replace: async () => {
          throw new Error('the table is away');
        },
      },
    },
  };
  const score = await climbed();
  await expect(celebrateIfDue(score, crashing)).rejects.toThrow('the table is away');
  desk.spine.clock.advance(20 * HOUR);
  expect(await celebrateIfDue(await stored(), sources)).toBe(true);
  expect(new Set(refreshed())).toEqual(new Set([bulletinRef(OWN), bulletinRef(EVERYBODYS)]));
  expect(await lines(OWN)).toMatchObject([{ facts: { times: 1 } }]);
  expect((await stored()).climb.times).toBe(1);
});

test.each<[string, Partial<AccountScore>, Partial<AccountScore['climb']>]>([
  ['99.6 %, which is 100 % when it is rounded', { counts: { ...ALL, passed: 249, failed: 1 } }, {}],
  ['one control that cannot be checked', { counts: { ...ALL, passed: 249, unknown: 1 } }, {}],
  ['no data', { counts: { ...ALL, passed: 0 } }, {}],
  ['four controls', { counts: { ...ALL, passed: 4 } }, {}],
  ['less than an hour', {}, { perfectSince: '2026-11-24T00:00:01.000Z' }],
  ['less than a week after the last one', {}, { celebratedAt: '2026-11-17T01:00:01.000Z' }],
  ['put off', {}, { notBefore: '2026-11-24T01:00:01.000Z' }],
])('not with %s; Security Hub is not even asked', async (_, over, climb) => {
  expect(await celebrateIfDue(await climbed(over, climb), sources)).toBe(false);
  expect(confirmed).toBe(0);
  expect(refreshed()).toEqual([]);
  expect((await stored()).climb).toMatchObject({ wasBelow: true, times: 0 });
});

test('not when Security Hub says otherwise: the climb goes on', async () => {
  const score = await climbed();
  const confirm = async () => ({ ...score, counts: { ...ALL, passed: 249, failed: 1 } });
  expect(await celebrateIfDue(score, { ...sources, confirm })).toBe(false);
  expect(refreshed()).toEqual([]);
  expect((await stored()).climb).toMatchObject({ wasBelow: true, times: 0 });
});

test('put off for an hour where Security Hub could not be asked; what was marked meanwhile is counted all the same', async () => {
  const score = await climbed();
  const soon = ago(-30_000);
  const confirm = async () => {
    // Somebody's write marks a control just now.
    await amend(desk.bot.scores.ofAccounts, ACCOUNT, (current) => ({ ...current, wakeAt: soon }));
    return undefined;
  };
  expect(await celebrateIfDue(score, { ...sources, confirm })).toBe(false);
  expect(refreshed()).toEqual([]);
  expect(await stored()).toMatchObject({ wakeAt: soon, climb: { notBefore: ago(-HOUR), wasBelow: true } });
});

test('names who took a request, or reported it as fixed, since the climb began, the last one first', async () => {
  await record(
    helped('U0OWNER1', { at: ago(20 * HOUR) }),
    helped('U0MEMBER', { at: ago(3 * HOUR), kind: 'report-fixed' }),
    helped('U0MEMBER', { at: ago(30 * HOUR) }),
    // Right at its beginning, before the fall had been counted.
    helped('U0ANALYST', { at: ago(72.5 * HOUR) }),
    // Before it; denied; of another kind.
    helped('U0LEAD', { at: ago(80 * HOUR) }),
    helped('U0GUEST', { end: 'denied' }),
    helped('U0OTHER', { kind: 'suppress' }),
  );
  await celebrateIfDue(await climbed(), sources);
  expect(await lines(OWN)).toMatchObject([{ facts: { people: 'U0MEMBER U0OWNER1 U0ANALYST' } }]);
});

test('names six people at most', async () => {
  await record(...Array.from({ length: 9 }, (_, n) => helped(`U0HELPER${n}`, { at: ago((n + 1) * HOUR) })));
  await celebrateIfDue(await climbed(), sources);
  const people = [0, 1, 2, 3, 4, 5].map((n) => `U0HELPER${n}`).join(' ');
  expect(await lines(OWN)).toMatchObject([{ facts: { people } }]);
});

test('what is shown is what was announced, though the account has fallen since', async () => {
  const recent = [
    { day: '2026-11-22', score: 91 },
    { day: '2026-11-23', score: undefined },
  ];
  await record(helped('U0OWNER1'));
  await celebrateIfDue(await climbed({ recent }), sources);
  await amend(desk.bot.scores.ofAccounts, ACCOUNT, (score) => ({
    ...score,
    counts: { ...ALL, passed: 240, failed: 10 },
  }));
  const bulletin = (await desk.bot.intake.bulletins.load(EVERYBODYS))!;
  const view = await viewCelebration(bulletin, await lines(EVERYBODYS), sources);
  expect(view).toMatchObject({
    kind: 'celebration',
    ref: bulletinRef(EVERYBODYS),
    day: '2026-11-24',
    account: { id: ACCOUNT, channel: 'C0SHOPPRD' },
    passed: 250,
    times: 1,
    people: ['U0OWNER1'],
    points: [...recent, { day: '2026-11-24', score: 100 }],
    own: false,
  });
  const ofOwn = (await desk.bot.intake.bulletins.load(OWN))!;
  expect(await viewCelebration(ofOwn, await lines(OWN), sources)).toMatchObject({ own: true });
  expect(await viewCelebration(ofOwn, [], sources)).toBeUndefined();
});
