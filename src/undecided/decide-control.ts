import * as z from 'zod';
import { type AccessRules, type Directory, rule } from '../access';
import { type BulletinKey, parseBulletinRef, refreshBulletin } from '../bulletins';
import { type Change, ChangeFailed, type ChangeKind } from '../changes';
import { ANY_ACCOUNT, TREATMENTS } from '../policy';
import { isUndecided } from './propose-treatment';
import { redecideControl } from './redecide-control';
import { controlOf, type Undecided, type UndecidedControl } from './undecided';

export const DecidePayload = z.object({ treatment: z.enum(TREATMENTS) });
export type DecidePayload = z.infer<typeof DecidePayload>;

export interface DecideDeps extends Undecided {
  readonly directory: Directory;
  readonly rules: AccessRules;
}

/**
 * The security team's answer to a control that policy does not decide on. The first answer counts; whoever wants it
 * otherwise writes a line into the policy.
 */
export function decideControl(deps: DecideDeps): ChangeKind<DecidePayload> {
  const targetOf = async (change: Change): Promise<UndecidedControl & { readonly key: BulletinKey }> => {
    const key = parseBulletinRef(change.target);
    const control = key?.kind === 'undecided' ? controlOf(await deps.bulletins.lines(key)) : undefined;
    if (key === undefined || control === undefined) throw new ChangeFailed('gone');
    return { ...control, key };
  };

  return {
    kind: 'decide-control',
    schema: DecidePayload,
    about: () => ({}),

    async rule(change) {
      const key = parseBulletinRef(change.target);
      const control = key && controlOf(await deps.bulletins.lines(key));
      // It concerns every account: whose they are gives no right.
      const asker = await deps.directory.askerFor(change.actor.id, deps.accounts(ANY_ACCOUNT), true);
      return rule(asker, { kind: 'decide-control', severity: control?.severity ?? 'CRITICAL' }, deps.rules);
    },

    async before(change) {
      const { control } = await targetOf(change);
      return { answer: await deps.policies.answerTo(control) };
    },

    async apply(change, { treatment }) {
      const { key, ...control } = await targetOf(change);
      await deps.policies.refresh('now');
      if (!isUndecided(control, deps.policies.current().file)) throw new ChangeFailed('answered');
      const counts = await deps.policies.answer({
        control: control.control,
        treatment,
        who: change.actor.id,
        at: change.proposedAt,
      });
      if (!counts) throw new ChangeFailed('answered');
      await deps.policies.refresh('now');
      await redecideControl(control.control, change.id, deps);
      await refreshBulletin(key, deps);
      return {};
    },
  };
}
