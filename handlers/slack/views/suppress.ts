import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { drawProblem } from '../../../blocks/modals/problem';
import { readSuppress } from '../../../blocks/modals/read-suppress';
import { rule } from '../../../src/access';
import { principal } from '../../../src/accounts';
import { parseRequestRef } from '../../../src/requests';
import type { Bot } from '../../composition';
import { guarded } from '../guarded';
import { suppressProposal } from '../suppress-proposal';

/** The suppress dialog was sent: checked, ruled on, and queued as a change. */
export const submitSuppress =
  (bot: Bot) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const user = principal(body.user.id);
    if (user === undefined) return ack();
    const language = bot.knownLanguageOf(user);
    const problem = (answer: Parameters<typeof drawProblem>[0]) =>
      ack({ response_action: 'update', view: drawProblem(answer, language) });
    await guarded(
      bot,
      user,
      async () => {
        const read = readSuppress(view, language);
        if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
        const key = parseRequestRef(read.wish.request);
        const request = key && (await bot.intake.requests.load(key));
        if (key === undefined || request?.summary === undefined) {
          return problem({ kind: 'outcome', outcome: 'gone' });
        }
        const asker = await bot.directory.askerFor(user, bot.intake.accounts(key.account), false);
        const asked = { kind: 'suppress', severity: request.summary.severity, days: read.wish.days };
        const ruling = rule(asker, asked, bot.config.access);
        if (ruling.effect !== 'allow') return problem({ kind: 'ruling', ruling, ask: [] });
        await bot.ports.queues.change(
          suppressProposal(view.id, { id: user, name: body.user.name }, read.wish, request, bot.ports.now()),
        );
        return ack();
      },
      (reference) => problem({ kind: 'failure', reference }),
    );
  };
