import type { KnownBlock } from '@slack/types';
import type { RankedView, RankingView, WeekView } from '../../../src/bulletins';
import type { Language } from '../../../src/playbooks';
import { lastWeek } from '../../../src/scores';
import {
  cleanLine,
  context,
  cut,
  date,
  excerpt,
  image,
  joined,
  mrk,
  type SafeMrkdwn,
  section,
  table,
} from '../../kit';
import { accountLabel, addressed } from '../../phrases';
import { drawRankingPicture, type Picture } from '../../pictures';
import { sparkline } from '../../sparkline';
import type { ShownWords } from '../../words/shown';
import { scoreLabel } from '../score';
import { type BulletinPage, type Drawn, dayOf, insteadOf, packed, type ViewOf } from './bulletin-page';

type Page = BulletinPage<ViewOf<'ranking'>>;

const PROJECT = 60;
const MEDALS: Readonly<Record<number, string>> = { 1: '🥇 ', 2: '🥈 ', 3: '🥉 ' };
const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * The scores of the week, from the top. People come first: whoever has climbed is named with the owner, and mentioned,
 * because praise that nobody hears of is none; that calls a handful of people once a week.
 */
export function drawRanking(page: Page): Drawn {
  const { view, words: w } = page;
  const { ranking } = view;
  const title = `🏆 ${titleOf(page)}`;
  if (ranking.accounts === 0) {
    return {
      title,
      blocks: [
        section(w.ranking.nobody),
        ...organisation(ranking, w),
        context(w.ranking.hint),
        ...insteadOf(page),
      ],
    };
  }
  const { opening, closing } = phrasesOf(ranking, w);
  return {
    title,
    blocks: [
      section(opening),
      ...risers(page),
      ...(view.picture ? [image(view.picture.file, view.picture.alt)] : []),
      ...top(page),
      ...small(ranking, w),
      ...organisation(ranking, w),
      ...(view.organisationPicture
        ? [image(view.organisationPicture.file, view.organisationPicture.alt)]
        : []),
      ...fresh(ranking, w),
      section(closing),
      context(w.ranking.hint),
      context(joined([w.ranking.asOf(date(ranking.asOf)), w.ranking.rule], mrk` · `)),
      ...insteadOf(page),
    ],
  };
}

function titleOf(page: Page): string {
  const { view, words: w } = page;
  const { of } = view.ranking;
  if (of === undefined) {
    const day = dayOf(page);
    return day === undefined ? w.ranking.title : w.ranking.titleOn(day);
  }
  return 'kind' in of
    ? w.ranking.kind[of.kind]
    : w.ranking.project(cut(cleanLine(of.project).trim(), PROJECT));
}

/** Goes round by the week; the lists differ in length, so that the same two meet again only after many weeks. */
function phrasesOf({ organisation: { week }, climbers, newcomers }: RankingView, { ranking }: ShownWords) {
  const count = Math.floor(Date.parse(week) / WEEK_MS);
  const turn = (all: readonly SafeMrkdwn[]): SafeMrkdwn => all[count % all.length] ?? mrk``;
  return {
    opening: turn(climbers.length + newcomers.length > 0 ? ranking.moved : ranking.steady),
    closing: turn(ranking.closings),
  };
}

function label({ account }: RankedView, w: ShownWords): SafeMrkdwn {
  return excerpt(accountLabel(account, w), 100);
}

function changeText({ change }: RankedView, { scores, ranking }: ShownWords): string {
  return change === undefined ? ranking.isNew : scores.signed(change);
}

/** With whoever answers for it. */
function withOwner(text: SafeMrkdwn, { account }: RankedView, w: ShownWords): SafeMrkdwn {
  const owner = account.owner === undefined ? mrk`` : addressed(account.owner, w);
  return mrk`• ${joined([text, owner], mrk` · `)}`;
}

/** Whoever has come to 100 %, and whoever has climbed most. */
function risers({ view, words: w, room }: Page): KnownBlock[] {
  const { climbers, newcomers, moreNewcomers } = view.ranking;
  const shown = newcomers.slice(0, room.lines);
  const more = moreNewcomers + newcomers.length - shown.length;
  return [
    ...(shown.length === 0
      ? []
      : packed([
          mrk`${w.ranking.newcomers}`,
          ...shown.map((one) => withOwner(w.ranking.newcomer(label(one, w), one.passed), one, w)),
          ...(more > 0 ? [w.ranking.moreNewcomers(more)] : []),
        ])),
    ...(climbers.length === 0
      ? []
      : packed([
          mrk`${w.ranking.climbers}`,
          ...climbers.map((one) =>
            withOwner(w.ranking.climber(label(one, w), one.change ?? 0, scoreLabel(one, w)), one, w),
          ),
        ])),
  ];
}

function top({ view, words: w, room, plain }: Page): KnownBlock[] {
  const { ranking } = view;
  const shown = ranking.top.slice(0, room.lines);
  const heading = w.ranking.best(shown.length, ranking.accounts - ranking.smallAccounts);
  const passed = (one: RankedView) => w.ranking.passed(one.passed, one.passed + one.failed + one.unknown);
  const rank = ({ rank: place }: RankedView) => `${MEDALS[place] ?? ''}${place}`;
  if (plain) {
    return packed([
      heading,
      ...shown.map((one) =>
        w.ranking.row(rank(one), label(one, w), scoreLabel(one, w), changeText(one, w), passed(one)),
      ),
    ]);
  }
  const rows = shown.map((one) => [
    rank(one),
    accountLabel(one.account, w),
    scoreLabel(one, w),
    changeText(one, w),
    passed(one),
  ]);
  return [
    section(heading),
    table([w.ranking.columns, ...rows], ['number', 'text', 'number', 'number', 'number']),
  ];
}

/** The class of its own, in one line; and who is in none. */
function small(
  { small: best, smallAccounts, fewResources, noData }: RankingView,
  w: ShownWords,
): KnownBlock[] {
  const places = best.map((one) => w.ranking.smallBest(one.rank, label(one, w), scoreLabel(one, w)));
  return [
    ...(best.length === 0
      ? []
      : [section(joined([w.ranking.small(smallAccounts, fewResources), w.listed(places)]))]),
    ...(noData === 0 ? [] : [context(w.ranking.noData(noData))]),
  ];
}

function organisation(ranking: RankingView, w: ShownWords): KnownBlock[] {
  const line = organisationLine(ranking.organisation, ranking.weeks, w);
  return line === undefined ? [] : [section(joined([mrk`${w.ranking.organisation}`, line]))];
}

/**
 * The organisation's week in a line, compared with the week before, and its median over the weeks as a line of text.
 * @param weeks earlier ones, oldest first
 * @returns undefined where no account has a score
 */
export function organisationLine(
  week: WeekView,
  weeks: readonly WeekView[],
  { ranking }: ShownWords,
): SafeMrkdwn | undefined {
  const { accounts, median, medianFixHours, perfect, opened, closed } = week;
  if (accounts === 0 || median === undefined) return undefined;
  const before = lastWeek({ organisation: week, weeks });
  const line = sparkline([...weeks, week].map((one) => one.median));
  return joined([
    mrk`${[
      ranking.median(before?.median, median),
      ranking.perfect(perfect, before && perfect - before.perfect),
      ranking.requests(opened, closed),
      ...(medianFixHours === undefined ? [] : [ranking.toFix(medianFixHours)]),
    ].join(' · ')}`,
    line === undefined ? mrk`` : mrk`${ranking.weeks(line, weeks.length + 1)}`,
  ]);
}

function fresh({ newControls }: RankingView, { ranking }: ShownWords): KnownBlock[] {
  return newControls ? [section(ranking.fresh(newControls.count, newControls.accounts))] : [];
}

/** The top of the ranking, as a picture. */
export async function pictureRanking(
  { ranking, day }: Pick<ViewOf<'ranking'>, 'ranking' | 'day'>,
  language: Language,
): Promise<Picture> {
  const rows = ranking.top.map(({ account, rank, score, perfect, change }) => ({
    rank,
    name: account.name ?? account.id,
    score,
    perfect,
    change,
  }));
  return drawRankingPicture({ rows, day }, language);
}
