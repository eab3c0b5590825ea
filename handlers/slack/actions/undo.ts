import { ruleUndo } from '../../../src/access';
import { parseRequestRef } from '../../../src/requests';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import { noteDenial } from '../note-denial';
import { type Press, replyTo, whisper } from '../press';

/** "Undo" beside a suppression: its value is the id of the change. */
export async function undoChange(press: Press, bot: FrontBot): Promise<void> {
  const change = await bot.changes.load(press.value);
  const key = change && parseRequestRef(change.target);
  if (change === undefined || key === undefined) {
    await whisper(press, bot, { kind: 'outcome', outcome: 'gone' });
    return;
  }
  const asker = await bot.directory.askerFor(press.user, bot.intake.accounts(key.account), false);
  const ruling = ruleUndo(asker, change.actor.id, 'LOW', bot.config.access);
  if (ruling.effect !== 'allow') {
    await noteDenial({ ...press, kind: 'undo', ref: change.target, ruling }, bot);
    await whisper(press, bot, { kind: 'ruling', ruling, ask: [] });
    return;
  }
  await bot.ports.queues.change({
    id: derivedId('undo', change.id, press.user, press.shown),
    version: 0,
    group: change.target,
    body: {
      type: 'undo',
      id: change.id,
      actor: { id: press.user, name: press.name },
      replyTo: replyTo(press),
    },
  });
}
