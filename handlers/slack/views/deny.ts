import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { ACTIONS, BLOCKS } from '../../../blocks/ids';
import { DENIAL_LENGTH } from '../../../blocks/modals/deny';
import { drawProblem } from '../../../blocks/modals/problem';
import { readText } from '../../../blocks/modals/read-text';
import { principal } from '../../../src/accounts';
import type { FrontBot } from '../../composition';
import { answerChange } from '../answer-change';
import { checkApproval } from '../check-approval';
import { guarded } from '../guarded';

/** The reason of a denial was sent: checked, and queued. */
export const submitDeny =
  (bot: FrontBot) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const user = principal(body.user.id);
    if (user === undefined) return ack();
    const { name } = body.user;
    const language = bot.knownLanguageOf(user);
    const problem = (answer: Parameters<typeof drawProblem>[0]) =>
      ack({ response_action: 'update', view: drawProblem(answer, language) });
    await guarded(
      bot,
      user,
      async () => {
        const input = { block: BLOCKS.denyReason, action: ACTIONS.denyReason };
        const read = readText(view, input, DENIAL_LENGTH, language);
        if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
        const wish = { user, name, value: view.private_metadata, act: 'deny' } as const;
        const checked = await checkApproval(wish, bot);
        if ('refused' in checked) return problem(checked.refused);
        const channel = checked.change.card?.channel;
        await answerChange(
          { type: 'deny', reason: read.text },
          checked,
          { id: user, name },
          channel === undefined ? undefined : { channel },
          bot,
        );
        return ack();
      },
      (reference) => problem({ kind: 'failure', reference }),
    );
  };
