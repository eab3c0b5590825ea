import type { RankingView } from '../../src/bulletins';
import type { Day } from '../../src/calendar';
import type { Language } from '../../src/playbooks';
import type { RankingOf } from '../../src/scores';
import { code, excerpt, joined, type Message, message, mrk, type SafeMrkdwn, section } from '../kit';
import { drawOrganisationPicture, type Picture } from '../pictures';
import { words } from '../words';
import { drawBulletin } from './bulletin';

/** A picture in Slack, and what it says in words. */
export type ShownPicture = { readonly file: string; readonly alt: string };

/** A ranking that somebody has asked for. */
export interface RankingAnswer {
  readonly ranking: RankingView;
  readonly day: Day;
  readonly picture?: ShownPicture;
  readonly organisationPicture?: ShownPicture;
}

const NAME = 60;
/** A line needs two ends. */
const ENOUGH_WEEKS = 2;

/** The same as the weekly post says, for one person. */
export function drawRankingAnswer(answer: RankingAnswer, language: Language): Message {
  return drawBulletin({ kind: 'ranking', ref: '', ...answer }, language);
}

/** The organisation's weeks as a picture; undefined where there is no line yet. */
export async function pictureOrganisation(
  { organisation, weeks }: Pick<RankingView, 'organisation' | 'weeks'>,
  language: Language,
): Promise<Picture | undefined> {
  const all = [...weeks, organisation].map(({ week, median, perfect, accounts }) => ({
    week,
    median,
    perfect,
    accounts,
  }));
  const known = all.filter(({ median }) => median !== undefined);
  return known.length < ENOUGH_WEEKS ? undefined : drawOrganisationPicture({ weeks: all }, language);
}

/** What a ranking can be narrowed down to. */
export interface RankingChoices {
  /** What may have been meant. Untrusted. */
  readonly near: readonly RankingOf[];
  /** Else all there is, as far as there is room, and how many more. */
  readonly all: readonly RankingOf[];
  readonly more: number;
}

/** What was typed is neither a kind of account nor a project: says so, and what there is. */
export function drawRankingProblem(typed: string, choices: RankingChoices, language: Language): Message {
  const w = words(language);
  const said = w.ranking.unknown(code(typed, 100));
  const line = (of: RankingOf): SafeMrkdwn => {
    const [argument, what] =
      'kind' in of
        ? [of.kind, mrk`${w.kind[of.kind]}`]
        : [of.project, w.ranking.ofProject(excerpt(of.project, NAME))];
    return w.ranking.one(code(`/secops ranking ${argument}`, 120), what);
  };
  const { near, all, more } = choices;
  const offered =
    near.length > 0
      ? [w.ranking.near, ...near.map(line)]
      : [w.ranking.choices, ...all.map(line), ...(more > 0 ? [w.ranking.more(more)] : [])];
  return message(said, [section(joined([said, ...offered]))]);
}
