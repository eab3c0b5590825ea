import { createHash } from 'node:crypto';
import type { Language } from '../../../src/playbooks';
import { context, image, joined, mrk, type SafeMrkdwn, section } from '../../kit';
import { accountLabel, addressedAll } from '../../phrases';
import { drawCelebrationPicture, type Picture } from '../../pictures';
import { type BulletinPage, type Drawn, dayOf, insteadOf, type ViewOf } from './bulletin-page';

type View = ViewOf<'celebration'>;
type Page = BulletinPage<View>;

/** An account has reached 100 %: the news, thanks to those who did it, and an invitation to be happy about it. */
export function drawCelebration(page: Page): Drawn {
  const { view, words: w } = page;
  const { celebration } = w;
  const account = accountLabel(view.account, w);
  const voice = view.own ? celebration.own : celebration.everybody;
  const choose = choiceOf(view);
  const news = choose(voice.news)(mrk`${account}`, view.passed);
  const thanks =
    view.people.length === 0 ? choose(voice.thanksAll) : choose(voice.thanks)(addressedAll(view.people, w));
  const { picture } = view;
  return {
    title: celebration.title(account, view.passed, view.times),
    blocks: [
      section(news),
      ...(picture ? [image(picture.file, picture.alt)] : []),
      section(joined([mrk`🙌 ${thanks}`, mrk`🏅 ${climbOf(page)}`])),
      section(choose(voice.invite)),
      context(small(page)),
      ...insteadOf(page),
    ],
  };
}

/** How often it has come here, and how long it has stayed. */
function climbOf({ view, words: w }: Page): SafeMrkdwn {
  const { celebration } = w;
  const { times, longestDays } = view;
  const longest = view.own ? celebration.longest.own : celebration.longest.everybody;
  const said = timesOf(times, longestDays, w);
  return longestDays === 0 ? said : celebration.together(said, longest(longestDays));
}

function timesOf(times: number, longestDays: number, { celebration }: Page['words']): SafeMrkdwn {
  if (times <= 1) return longestDays > 0 ? celebration.firstCelebrated : celebration.first;
  return times === 2 ? celebration.second : celebration.again(times);
}

/** Since when, and what the number stands for. */
function small(page: Page): SafeMrkdwn {
  const { celebration } = page.words;
  const day = dayOf(page);
  const reached = day === undefined ? [] : [mrk`${celebration.reached(day)}`];
  return joined([...reached, mrk`${celebration.counted}`], mrk` · `);
}

/** Chooses among several ways to say a thing: another one each time, and for one time always the same. */
function choiceOf({ account, times }: View): <T>(ways: readonly [T, ...T[]]) => T {
  const dice = createHash('sha256').update(account.id).digest();
  let thrown = 0;
  return (ways) => {
    const way = ways[((dice[thrown] ?? 0) + times) % ways.length];
    thrown += 1;
    return way ?? ways[0];
  };
}

/** The climb, as a picture. */
export async function pictureCelebration(
  { account, passed, times, longestDays, points }: View,
  language: Language,
): Promise<Picture> {
  const name = account.name ?? account.id;
  // It has been at 100 % before anybody celebrated.
  const counted = times === 1 && longestDays > 0 ? 0 : times;
  return drawCelebrationPicture({ name, passed, times: counted, points }, language);
}
