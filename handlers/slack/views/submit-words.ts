import type { SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import { drawProblem } from '../../../blocks/modals/problem';
import type { TextInput } from '../../../blocks/modals/read-text';
import { rule } from '../../../src/access';
import { type Principal, principal } from '../../../src/accounts';
import type { Actor } from '../../../src/changes';
import type { Language } from '../../../src/playbooks';
import type { ChangeMessage } from '../../../src/queues';
import { parseRequestRef, type Request, requestRef } from '../../../src/requests';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import { guarded } from '../guarded';
import { noteDenial } from '../note-denial';

/** A dialog that asks for words about a request and nothing else. */
interface WordsDialog {
  /** The kind of change that it proposes; its payload gets the words as `text`. */
  readonly kind: string;
  /** Where it is opened from, and so where its change is answered: in the channel, or in the thread. */
  readonly from: 'card' | 'reply';
  /** Whom those may ask who may not do it themselves. */
  readonly whomToAsk: readonly Principal[];
  readonly read: (view: ViewOutput, language: Language) => TextInput;
  /** What the view's metadata are about; undefined when that is gone. */
  readonly about: (ref: string) => Promise<{ readonly target: string; readonly payload: object } | undefined>;
}

/** Checks the words and the rights, and queues the change. Its id follows from the dialog: a retry is the same. */
export async function submitWords(
  { ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>,
  bot: FrontBot,
  dialog: WordsDialog,
): Promise<void> {
  const user = principal(body.user.id);
  if (user === undefined) return ack();
  const language = bot.knownLanguageOf(user);
  const problem = (answer: Parameters<typeof drawProblem>[0]) =>
    ack({ response_action: 'update', view: drawProblem(answer, language) });
  await guarded(
    bot,
    user,
    async () => {
      const read = dialog.read(view, language);
      if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
      const about = await dialog.about(view.private_metadata);
      const key = about && parseRequestRef(about.target);
      const request = key && (await bot.intake.requests.load(key));
      if (about === undefined || key === undefined || request === undefined) {
        return problem({ kind: 'outcome', outcome: 'gone' });
      }
      const asker = await bot.directory.askerFor(user, bot.intake.accounts(key.account), false);
      const severity = request.summary?.severity ?? 'MEDIUM';
      const ruling = rule(asker, { kind: dialog.kind, severity }, bot.config.access);
      if (ruling.effect === 'deny') {
        const { name } = body.user;
        await noteDenial({ user, name, kind: dialog.kind, ref: about.target, ruling }, bot);
        const ask = asker.standing === 'member' ? dialog.whomToAsk : [];
        return problem({ kind: 'ruling', ruling, ask });
      }
      const actor = { id: user, name: body.user.name };
      const payload = { ...about.payload, text: read.text };
      const id = derivedId(dialog.kind, view.id);
      await bot.ports.queues.change(proposal(id, dialog, actor, payload, request, bot.ports.now()));
      return ack();
    },
    (reference) => problem({ kind: 'failure', reference }),
  );
}

function proposal(
  id: string,
  { kind, from }: WordsDialog,
  actor: Actor,
  payload: object,
  request: Request,
  now: Date,
): ChangeMessage {
  const target = requestRef(request);
  const { channel, ts } = request.card;
  return {
    id,
    version: 0,
    group: target,
    body: {
      type: 'propose',
      id,
      kind,
      actor,
      target,
      payload,
      at: now.toISOString(),
      ...(channel !== undefined && {
        replyTo: { channel, ...(from === 'reply' && ts !== undefined && { thread: ts }) },
      }),
    },
  };
}
