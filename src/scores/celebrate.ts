import type { Account, AccountId, Principal } from '../accounts';
import { principal } from '../accounts';
import type { Audit } from '../audit';
import {
  addToBulletin,
  type Bulletin,
  type BulletinEffects,
  type BulletinView,
  bulletinRef,
  type Line,
} from '../bulletins';
import type { Calendar } from '../calendar';
import { amend } from '../store';
import type { AccountScore } from './account-score';
import { celebrated, celebratesAt, uncelebrated } from './climb';
import type { Scores } from './scores';

/** What a celebration needs. */
export interface CelebrationSources extends BulletinEffects {
  readonly scores: Scores;
  readonly audit: Pick<Audit, 'of'>;
  readonly accounts: (id: AccountId) => Account;
  readonly calendar: Calendar;
  /** Compares the account with Security Hub and counts it anew; undefined where that cannot be done now. */
  readonly confirm: (account: AccountId) => Promise<AccountScore | undefined>;
  readonly defaultChannel: string;
  /** Everybody's channel of scores, where there is one. */
  readonly rankingChannel: string | undefined;
}

const HOUR = 3_600_000;
/** Confirming failed, or nobody is at work: looked at again after so long. */
const AGAIN_MS = HOUR;
/** A control is counted some time after it fails: whoever takes its request at once has helped too. */
const COUNTED_LATE_MS = HOUR;
/** How far back in the audit log the people of a climb are looked for, and how many of them are named. */
const STEPS = 200;
const NAMED = 6;
const HELPING: readonly string[] = ['take', 'report-fixed'];

/** Somebody is there to be happy about it: a working day, and not yet late. */
const LATEST_MS = 10 * HOUR;

function isGoodTime(now: Date, calendar: Calendar): boolean {
  if (!calendar.quiet) return true;
  const day = calendar.dayOf(now);
  const morning = calendar.morningOf(day);
  const late = new Date(morning.getTime() + LATEST_MS);
  return !calendar.isRestDay(day) && now >= morning && now <= late;
}

/**
 * Celebrates 100 % where it is due: held for an hour, confirmed by Security Hub, once a climb, in the account's channel
 * and in everybody's. Done again after a crash it finds its messages.
 * @returns whether there was something to celebrate
 */
export async function celebrateIfDue(score: AccountScore, sources: CelebrationSources): Promise<boolean> {
  const now = sources.now();
  if (!isDue(score, now)) return false;
  const account = sources.accounts(score.account);
  // Nobody is asked about an account that is only observed, so nobody has climbed.
  if (!account.registered || account.status === 'closed' || account.mode === 'observe') {
    await amend(sources.scores.ofAccounts, score.account, (current) =>
      current.climb.wasBelow ? { ...current, climb: uncelebrated(current.climb) } : undefined,
    );
    return false;
  }
  if (!isGoodTime(now, sources.calendar)) {
    await putOff(score.account, sources.calendar.nextMorning(now), sources);
    return false;
  }
  const confirmed = await sources.confirm(score.account);
  if (confirmed === undefined) {
    await putOff(score.account, new Date(now.getTime() + AGAIN_MS), sources);
    return false;
  }
  if (!isDue(confirmed, now)) return false;
  await announce(confirmed, account, sources);
  await amend(sources.scores.ofAccounts, score.account, (current) =>
    current.climb.wasBelow ? { ...current, climb: celebrated(current.climb, sources.now()) } : undefined,
  );
  return true;
}

function isDue({ climb, counts }: AccountScore, now: Date): boolean {
  const at = celebratesAt(climb, counts);
  return at !== undefined && at <= now;
}

/** Its clock stays as it is: the next count, at once, sets it to whatever comes first. */
async function putOff(account: AccountId, until: Date, { scores }: CelebrationSources): Promise<void> {
  const notBefore = until.toISOString();
  await amend(scores.ofAccounts, account, (score) =>
    score.climb.wasBelow ? { ...score, climb: { ...score.climb, notBefore } } : undefined,
  );
}

async function announce(score: AccountScore, account: Account, sources: CelebrationSources): Promise<void> {
  const { climb, counts } = score;
  const perfectSince = climb.perfectSince ?? sources.now().toISOString();
  const line: Line = {
    ref: account.id,
    about: 'account',
    facts: {
      account: account.id,
      passed: counts.passed,
      times: climb.times + 1,
      longestDays: climb.longestDays,
      people: (await helpers(account.id, climb.belowSince, sources)).join(' '),
    },
  };
  const own = account.channel ?? sources.defaultChannel;
  const channels = new Set([own, ...(sources.rankingChannel === undefined ? [] : [sources.rankingChannel])]);
  for (const channel of channels) {
    const key = {
      kind: 'celebration',
      // The day on which it came to 100 %: that of the celebration may be another one when it is tried again.
      day: sources.calendar.dayOf(new Date(perfectSince)),
      subject: `${account.id}/${channel}`,
    } as const;
    await addToBulletin({ key, channel, postAt: sources.now() }, line, sources);
  }
}

/** Who took, or reported as fixed, the account's requests since the climb began; the last one first. */
async function helpers(
  account: AccountId,
  since: string | undefined,
  { audit }: CelebrationSources,
): Promise<readonly Principal[]> {
  const { events } = await audit.of({ account }, { limit: STEPS });
  const from = since === undefined ? '' : new Date(Date.parse(since) - COUNTED_LATE_MS).toISOString();
  // What was proposed names the person, what was applied says that it came to something.
  const applied = new Set(
    events.flatMap(({ kind, what, id }) => (HELPING.includes(kind) && what === 'applied' ? [id] : [])),
  );
  const people = events.flatMap(({ id, what, by, at }) =>
    what === 'proposed' && applied.has(id) && by !== undefined && at >= from ? [by] : [],
  );
  return [...new Set(people)].slice(0, NAMED);
}

/** What a celebration says: as it was when it was announced. */
export async function viewCelebration(
  bulletin: Bulletin,
  lines: readonly Line[],
  { accounts, scores, rankingChannel }: Pick<CelebrationSources, 'accounts' | 'scores' | 'rankingChannel'>,
): Promise<BulletinView | undefined> {
  const [line] = lines;
  const facts = line?.facts;
  if (line === undefined || facts === undefined) return undefined;
  const id = String(facts['account']) as AccountId;
  const score = await scores.ofAccounts.load(id);
  return {
    kind: 'celebration',
    ref: bulletinRef(bulletin),
    day: bulletin.day,
    ...(bulletin.card.insteadOf !== undefined && { insteadOf: bulletin.card.insteadOf }),
    account: accounts(id),
    passed: Number(facts['passed']),
    times: Number(facts['times']),
    longestDays: Number(facts['longestDays']),
    people: String(facts['people'])
      .split(' ')
      .flatMap((person) => principal(person) ?? []),
    points: [
      ...(score?.recent ?? []).filter(({ day }) => day < bulletin.day),
      // It may have fallen since.
      { day: bulletin.day, score: 100 },
    ],
    own: (bulletin.card.insteadOf ?? bulletin.channel) !== rankingChannel,
  };
}
