import { rule } from '../../../src/access';
import { parseBulletinRef } from '../../../src/bulletins';
import { ANY_ACCOUNT, type Treatment } from '../../../src/policy';
import type { DecidePayload } from '../../../src/undecided';
import type { FrontBot } from '../../composition';
import { noteDenial } from '../note-denial';
import { type Press, whisper } from '../press';
import { proposeByButton } from '../propose';

/** The security team's answer to a control that nobody has decided on. */
export const pressDecide =
  (treatment: Treatment) =>
  async (press: Press, bot: FrontBot): Promise<void> => {
    if (parseBulletinRef(press.value)?.kind !== 'undecided') {
      await whisper(press, bot, { kind: 'outcome', outcome: 'gone' });
      return;
    }
    const asker = await bot.directory.askerFor(press.user, bot.intake.accounts(ANY_ACCOUNT), false);
    const ruling = rule(asker, { kind: 'decide-control', severity: 'LOW' }, bot.config.access);
    // Whether somebody has to approve it is ruled when the severity is known.
    if (ruling.effect === 'deny') {
      await noteDenial({ ...press, kind: 'decide-control', ref: press.value, ruling }, bot);
      await whisper(press, bot, {
        kind: 'ruling',
        ruling,
        ask: asker.standing === 'member' ? bot.settings.SECURITY_ANALYSTS : [],
      });
      return;
    }
    const payload: DecidePayload = { treatment };
    await proposeByButton(press, bot, 'decide-control', press.value, payload);
  };
