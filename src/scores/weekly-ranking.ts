import {
  addToBulletin,
  type Bulletin,
  type BulletinEffects,
  type BulletinKey,
  type BulletinView,
  bulletinRef,
} from '../bulletins';
import { addDays, type Calendar, type Day, mondayOf, zoneOf } from '../calendar';
import type { Key, Table } from '../store';
import type { ScoreRules } from './load-score-rules';
import { foldScores, type RankingSources, readRanking } from './ranking';
import type { Scores } from './scores';

/** What the weekly ranking needs. */
export interface WeeklyRanking extends RankingSources, BulletinEffects {
  readonly scores: RankingSources['scores'] & Pick<Scores, 'keepWeek'>;
  readonly table: Table;
  readonly calendar: Calendar;
  readonly now: () => Date;
  /** Where it is posted; without one only the organisation's line is kept. */
  readonly rankingChannel: string | undefined;
}

/** How far one week's ranking has come. */
interface Turn {
  /** The day on which it was begun: that of its bulletin, whenever the rest is done. */
  readonly day: Day;
  /** `early`: there was nothing to rank on that day. */
  readonly state: 'early' | 'begun' | 'done';
}

const turnKey = (week: Day): Key => ({ pk: 'SCORES#WEEKLY', sk: `W#${week}` });
const WEEK_DAYS = 7;

/** The day on which a week's ranking is posted: that of the rules, or the next working day. */
function dayOfTurn(week: Day, { weekly }: Pick<ScoreRules, 'weekly'>, calendar: Calendar): Day {
  const day = addDays(week, (weekly.weekday + 6) % 7);
  return calendar.isRestDay(day) ? calendar.workingDay(day, 'after') : day;
}

/** The week (its Monday) whose ranking was the last one due on a day or before. */
export function weekOfRanking(day: Day, { rules, calendar }: Pick<WeeklyRanking, 'rules' | 'calendar'>): Day {
  let week = mondayOf(day);
  while (dayOfTurn(week, rules, calendar) > day) week = addDays(week, -WEEK_DAYS);
  return week;
}

/**
 * Keeps the organisation's line and has the ranking posted, once a week. Called at every tick: until the hour of the
 * ranking it reads nothing, and after it one small record. Who was down then does it on a later working day of the same
 * week. Killed anywhere it is done again, and finds its message.
 */
export async function followWeek(sources: WeeklyRanking): Promise<void> {
  const { calendar, rules, rankingChannel, scores, table } = sources;
  const now = sources.now();
  const today = calendar.dayOf(now);
  if (calendar.isRestDay(today)) return;
  const at = zoneOf(calendar.timeZone).instant({ day: today, time: rules.weekly.time });
  if (now < at) return;
  const week = weekOfRanking(today, sources);
  if (dayOfTurn(week, rules, calendar) < mondayOf(today)) return;

  const key = turnKey(week);
  const turn = (await table.get(key)) as (Key & Turn) | undefined;
  if (turn?.state === 'done' || (turn?.state === 'early' && turn.day === today)) return;
  const step = (state: Turn['state'], day: Day) => table.put({ ...key, state, day });

  const { organisation } = await foldScores(undefined, sources);
  if (!organisation.settled) {
    await step('early', today);
    return;
  }
  await scores.keepWeek(organisation.line(week));
  const day = turn?.state === 'begun' ? turn.day : today;
  if (rankingChannel !== undefined) {
    // First: a bulletin is known by its day, and this may be done again on another one.
    await step('begun', day);
    const bulletin: BulletinKey = { kind: 'ranking', subject: 'all', day };
    const line = { ref: week, about: 'account' } as const;
    await addToBulletin({ key: bulletin, channel: rankingChannel, postAt: now }, line, sources);
  }
  await step('done', day);
}

/** What the weekly ranking says; undefined where no account has a score. */
export async function viewRanking(
  bulletin: Bulletin,
  sources: RankingSources & Pick<WeeklyRanking, 'calendar'>,
): Promise<BulletinView | undefined> {
  const ranking = await readRanking(undefined, weekOfRanking(bulletin.day, sources), sources);
  if (ranking.accounts === 0) return undefined;
  return {
    kind: 'ranking',
    ref: bulletinRef(bulletin),
    day: bulletin.day,
    ...(bulletin.card.insteadOf !== undefined && { insteadOf: bulletin.card.insteadOf }),
    ranking,
  };
}
