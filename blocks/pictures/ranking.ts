import type { Day } from '../../src/calendar';
import type { Language } from '../../src/playbooks';
import { shownWords } from '../words/shown';
import { renderEmpty } from './empty';
import { heading } from './heading';
import { nameInWords, nameText } from './name';
import { PALETTE } from './palette';
import type { Picture } from './picture';
import { card, MARGIN, render, SMALLEST, WIDTH } from './render';
import { box, circle, perfectStar, text } from './svg';
import { tenths } from './tenths';

interface RankingRow {
  readonly rank: number;
  /** Untrusted. */
  readonly name: string;
  /** 0 to 100. */
  readonly score: number;
  /** True when really all controls passed: a score of 100 alone may be rounded. */
  readonly perfect: boolean;
  /** Points in 7 days; none when nothing was known 7 days ago. */
  readonly change: number | undefined;
}

/** The top of the ranking. */
export interface RankingPictureView {
  /** Best first, 1 to 30. */
  readonly rows: readonly RankingRow[];
  readonly day: Day;
}

const TOP = 140;
const BAR = { left: MARGIN + 58, right: 500 };
const SCORE_RIGHT = 602;
const CHANGE_RIGHT = WIDTH - MARGIN;
/** Characters of a name in the words: thirty rows have to fit. */
const NAME_IN_WORDS = 32;

/** The first accounts of the ranking, a row each; a friendly empty card when there are none. */
export function drawRankingPicture(view: RankingPictureView, language: Language): Promise<Picture> {
  const { ranking, asOf, date, listed } = shownWords(language).pictures;
  const { rows } = view;
  const title = heading(ranking.title, asOf(date(view.day)));
  if (rows.length === 0) {
    return renderEmpty(title, ranking.empty, ranking.emptyHint, ranking.altEmpty);
  }

  const step = rows.length > 10 ? 50 : 60;
  const legend = rows.some(({ perfect }) => perfect);
  const height = TOP + rows.length * step + (legend ? 62 : 24);
  const column = { size: SMALLEST, weight: 400, fill: PALETTE.quiet, anchor: 'end' } as const;
  const body = [
    card(height),
    title,
    text(SCORE_RIGHT, 106, ranking.scoreColumn, column),
    text(CHANGE_RIGHT, 106, ranking.changeColumn, column),
    ...rows.map((row, place) => drawRow(row, TOP + place * step, step - 12, language)),
    ...(legend
      ? [
          perfectStar(MARGIN + 12, height - 41),
          text(MARGIN + 32, height - 33, ranking.perfect, {
            size: SMALLEST,
            weight: 400,
            fill: PALETTE.quiet,
          }),
        ]
      : []),
  ];
  const alt = `${ranking.alt(date(view.day), rows.length)}${language === 'en' ? ' ' : ''}${listed(rows.map((row) => rowInWords(row, language)))}${ranking.end}`;
  return render(body.join(''), height, alt);
}

const MEDALS: Readonly<Record<number, string>> = { 1: PALETTE.gold, 2: PALETTE.silver, 3: PALETTE.bronze };

function drawRow(row: RankingRow, y: number, barHeight: number, language: Language): string {
  const { signed } = shownWords(language).pictures;
  const middle = y + barHeight / 2;
  const baseline = middle + 9;
  const first = row.rank <= 3;
  const medal = MEDALS[row.rank];
  const room = BAR.right - BAR.left;
  const filled = Math.max((room * row.score) / 100, 16);
  const track = { x: BAR.left, y, width: room, height: barHeight };
  const name = { size: 24, weight: first ? 700 : 400, fill: PALETTE.ink } as const;
  const score = String(tenths(row.score));
  const change = row.change === undefined ? undefined : tenths(row.change);
  const rising = (change ?? 0) > 0;
  return [
    ...(medal === undefined ? [] : [circle(MARGIN + 20, middle, 20, `fill="${medal}"`)]),
    text(MARGIN + 20, baseline, String(row.rank), {
      size: 24,
      weight: first ? 700 : 400,
      fill: first ? PALETTE.ink : PALETTE.quiet,
      anchor: 'middle',
    }),
    box(track, 10, `fill="${PALETTE.track}"`),
    box({ ...track, width: filled }, 10, `fill="${row.perfect ? PALETTE.goldFill : PALETTE.fill}"`),
    nameText(BAR.left + 14, baseline, row.name, name, room - (row.perfect ? 66 : 28), language),
    ...(row.perfect ? [perfectStar(BAR.right - 26, middle)] : []),
    text(SCORE_RIGHT - 24, baseline + 1, score, { size: 28, weight: 700, fill: PALETTE.ink, anchor: 'end' }),
    text(SCORE_RIGHT, baseline + 1, '%', { size: SMALLEST, weight: 400, fill: PALETTE.quiet, anchor: 'end' }),
    text(CHANGE_RIGHT, baseline, change === undefined ? '–' : signed(change), {
      size: 24,
      weight: rising ? 700 : 400,
      fill: rising ? PALETTE.line : PALETTE.quiet,
      anchor: 'end',
    }),
  ].join('');
}

function rowInWords(row: RankingRow, language: Language): string {
  const { ranking, percent, signed } = shownWords(language).pictures;
  const name = nameInWords(row.name, NAME_IN_WORDS, language);
  const change = row.change === undefined ? '' : ranking.altChange(signed(tenths(row.change)));
  return ranking.altRow(
    row.rank,
    name,
    percent(tenths(row.score)),
    `${row.perfect ? ranking.altPerfect : ''}${change}`,
  );
}
