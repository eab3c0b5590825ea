import * as z from 'zod';
import { drawAnswer } from '../../blocks/cards/answers';
import { pictureRanking } from '../../blocks/cards/bulletins/ranking';
import { drawRankingAnswer, pictureOrganisation } from '../../blocks/cards/ranking';
import { ACCOUNT_KINDS, principal } from '../../src/accounts';
import { readRanking, weekOfRanking } from '../../src/scores';
import type { Bot } from '../composition';
import { respondWithPictures } from '../respond-with-pictures';
import { noteDenial } from '../slack/note-denial';

/** The ranking of scores, as it is now. */
export const RankingJob = z.object({
  job: z.literal('ranking'),
  user: z.string(),
  /** Absent: all accounts. */
  of: z.union([z.object({ kind: z.enum(ACCOUNT_KINDS) }), z.object({ project: z.string() })]).optional(),
  responseUrl: z.url(),
});
export type RankingJob = z.infer<typeof RankingJob>;

export async function runRanking({ user: id, of, responseUrl }: RankingJob, bot: Bot): Promise<void> {
  const user = principal(id);
  if (user === undefined) return;
  const [{ standing }, language] = await Promise.all([bot.directory.visitor(user), bot.languageOf(user)]);
  // A guest who may look sees the scores of their own accounts only, which is no ranking.
  if (standing === 'guest') {
    const ruling = { effect: 'deny', reason: { code: 'guest' } } as const;
    await noteDenial({ user, kind: 'look', ref: 'ranking', ruling }, bot);
    await bot.ports.respond(responseUrl, drawAnswer({ kind: 'ruling', ruling, ask: [] }, language));
    return;
  }
  const day = bot.config.calendar.dayOf(bot.ports.now());
  const ranking = await readRanking(of, weekOfRanking(day, bot.weekly), bot.weekly);
  await respondWithPictures(
    {
      responseUrl,
      about: day,
      pictures: {
        ranking: async () =>
          ranking.accounts === 0 ? undefined : pictureRanking({ ranking, day }, language),
        organisation: () => pictureOrganisation(ranking, language),
      },
      draw: ({ ranking: picture, organisation: organisationPicture }) =>
        drawRankingAnswer(
          {
            ranking,
            day,
            ...(picture && { picture }),
            ...(organisationPicture && { organisationPicture }),
          },
          language,
        ),
    },
    bot,
  );
}
