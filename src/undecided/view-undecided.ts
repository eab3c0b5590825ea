import { type AccountId, accountId } from '../accounts';
import { type Bulletin, type BulletinView, bulletinRef, type Line } from '../bulletins';
import type { Language, PlaybookLookup } from '../playbooks';
import type { Issue } from '../requests';
import { isUndecided, proposeTreatment } from './propose-treatment';
import { controlOf, type Undecided } from './undecided';

const PARALLEL = 8;

export interface UndecidedSources extends Pick<Undecided, 'policies' | 'issues' | 'accounts'> {
  readonly playbooks: PlaybookLookup;
}

/** True for an issue that an answer decides on, before and after it is given. */
function touches({ state, cause }: Issue): boolean {
  if (state === 'suppressing' || state === 'suppressed') return cause?.by === 'policy';
  return state === 'held' || state === 'open' || state === 'notifying' || state === 'left';
}

/**
 * What the bulletin of an undecided control shows.
 * @returns undefined when there is nothing to decide: the policy has got a line for it before it was posted
 */
export async function buildUndecidedView(
  bulletin: Bulletin,
  lines: readonly Line[],
  language: Language,
  sources: UndecidedSources,
): Promise<BulletinView | undefined> {
  const { policies } = sources;
  const control = controlOf(lines);
  if (control === undefined) return undefined;
  const { file } = policies.current();
  // As it stands at this moment: what is remembered may be older than the answer that had this shown anew.
  const answer = await policies.answerTo(control.control);
  const settled = answer === undefined && !isUndecided(control, file);
  if (settled && bulletin.card.ts === undefined) return undefined;

  const ids = lines.flatMap(({ ref }) => accountId(ref) ?? []);
  const counted: { id: AccountId; issues: number }[] = [];
  for (let from = 0; from < ids.length; from += PARALLEL) {
    counted.push(
      ...(await Promise.all(
        ids.slice(from, from + PARALLEL).map(async (id) => {
          const key = { account: id, kind: 'control' as const, subject: bulletin.subject };
          return { id, issues: (await sources.issues.of(key)).filter(touches).length };
        }),
      )),
    );
  }
  const accounts = counted
    .filter(({ issues }) => issues > 0)
    .sort((a, b) => b.issues - a.issues || (a.id < b.id ? -1 : 1))
    .map(({ id, issues }) => ({ account: sources.accounts(id), issues }));
  return {
    ref: bulletinRef(bulletin),
    day: bulletin.day,
    ...(bulletin.card.insteadOf !== undefined && { insteadOf: bulletin.card.insteadOf }),
    kind: 'undecided',
    ...control,
    title: sources.playbooks(control.control)?.text[language].title ?? control.title,
    proposals: proposeTreatment(control, file),
    accounts,
    ...(answer && { answer: { treatment: answer.treatment, who: answer.who, at: answer.at } }),
  };
}
