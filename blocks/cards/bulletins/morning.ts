import { context, type SafeMrkdwn, section } from '../../kit';
import { addressedAll } from '../../phrases';
import {
  type BulletinPage,
  type Drawn,
  dayOf,
  insteadOf,
  lineSection,
  listButton,
  progressOf,
  type ViewOf,
  worstDot,
} from './bulletin-page';

type Page = BulletinPage<ViewOf<'morning'>>;

/** A channel has more owners than an account. */
const MENTIONED = 30;

/** A channel's requests of one day that could wait for its morning. */
export function drawMorning(page: Page): Drawn {
  const { view, words: w, room, plain } = page;
  const { lines } = view;
  const done = lines.every((line) => line.done);
  const shown = lines.slice(0, room.lines);
  const rest = lines.length - shown.length;
  const offers = !plain && shown.some((line) => !line.done && line.permalink === undefined);
  return {
    title: title(page, done),
    blocks: [
      section(done ? w.bulletin.morning.thanks : ask(page)),
      ...shown.map((line) => lineSection(line, page)),
      ...progressOf(lines, w),
      ...(rest > 0 ? [context(w.bulletin.moreCommand(rest))] : []),
      ...(offers ? [context(w.bulletin.howToAnswer)] : []),
      ...insteadOf(page),
      ...(rest > 0 || plain ? [listButton(page)] : []),
    ],
  };
}

function title(page: Page, done: boolean): string {
  const { morning } = page.words.bulletin;
  const day = dayOf(page);
  const n = page.view.lines.length;
  if (done) return `✅ ${day === undefined ? morning.doneUndated(n) : morning.done(day, n)}`;
  const dot = worstDot(page.view.lines);
  return `${dot} ${day === undefined ? morning.titleUndated(n) : morning.title(day, n)}`;
}

function ask({ view, words: w }: Page): SafeMrkdwn {
  const { morning } = w.bulletin;
  // Something may have become worse since it was put off until the morning.
  const calm = view.lines.every(
    ({ done, severity, overdue }) => done || !(overdue || severity === 'CRITICAL' || severity === 'HIGH'),
  );
  if (view.mentions.length === 0) return calm ? morning.calmNobody : morning.askNobody;
  const who = addressedAll(view.mentions, w, MENTIONED);
  return calm ? morning.calm(who) : morning.ask(who);
}
