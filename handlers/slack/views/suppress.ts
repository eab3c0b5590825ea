import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { drawProblem } from '../../../blocks/modals/problem';
import { readSuppress, type SuppressWish } from '../../../blocks/modals/read-suppress';
import { rule } from '../../../src/access';
import { principal } from '../../../src/accounts';
import type { Severity } from '../../../src/controls';
import { parseRequestRef } from '../../../src/requests';
import { findException, suppressedUnder, worstOf } from '../../../src/suppressions';
import type { FrontBot } from '../../composition';
import { guarded } from '../guarded';
import { noteDenial } from '../note-denial';
import { suppressionKindOf, suppressProposal } from '../suppress-proposal';

/** The suppress dialog was sent: checked, ruled on, and queued as a change. */
export const submitSuppress =
  (bot: FrontBot) =>
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
        const severity = await severityOf(read.wish, request.summary.severity, bot);
        if (severity === undefined) return problem({ kind: 'exception', outcome: 'ended' });
        const kind = suppressionKindOf(read.wish);
        const asked = { kind, severity, days: read.wish.days };
        const ruling = rule(asker, asked, bot.config.access);
        // What needs an approval is proposed all the same: those who may give it are asked then.
        if (ruling.effect === 'deny') {
          const { name } = body.user;
          await noteDenial({ user, name, kind, ref: read.wish.request, ruling }, bot);
          return problem({ kind: 'ruling', ruling, ask: [] });
        }
        await bot.ports.queues.change(
          suppressProposal(view.id, { id: user, name: body.user.name }, read.wish, request, bot.ports.now()),
        );
        return ack();
      },
      (reference) => problem({ kind: 'failure', reference }),
    );
  };

/** The severity that is ruled on; undefined when the exception that was to go on has ended. */
async function severityOf(wish: SuppressWish, open: Severity, bot: FrontBot): Promise<Severity | undefined> {
  if (wish.extends === undefined) return open;
  const exception = await findException(wish.extends, bot.changes);
  const covered = exception ? await suppressedUnder(exception, bot.intake.issues) : [];
  return covered.length === 0 ? undefined : worstOf(covered);
}
