import type { RankingView } from '../../src/bulletins';
import type { Day } from '../../src/calendar';
import type { Language } from '../../src/playbooks';
import type { Message } from '../kit';
import { drawOrganisationPicture, type Picture } from '../pictures';
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
