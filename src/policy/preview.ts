import type { AccountId } from '../accounts';
import type { Policy, Subject, Treated } from './treatment';

/** What becomes of an issue: its treatment, or that it waits for somebody to decide. */
export const OUTCOMES = ['asked', 'told', 'suppressed', 'left', 'held'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How many issues would come to which end. */
export type Counts = Readonly<Record<Outcome, number>>;

/** Issues of one control that the new policy treats otherwise. */
export interface Difference {
  readonly control: string;
  readonly from: Outcome;
  readonly to: Outcome;
  readonly count: number;
}

/** What a policy would do with the issues there are, and how that differs from the policy in force. */
export interface Preview {
  readonly issues: number;
  /** Issues that would be treated otherwise. */
  readonly changed: number;
  readonly counts: Counts;
  /** By control, most issues first. */
  readonly byControl: readonly (readonly [control: string, counts: Counts])[];
  readonly byAccount: readonly (readonly [account: AccountId, counts: Counts])[];
  /** Most issues first. */
  readonly differences: readonly Difference[];
}

const OF_TREATMENT = { track: 'asked', notify: 'told', ignore: 'suppressed', leave: 'left' } as const;

/** What becomes of an issue that is treated so. */
function outcomeOf({ treatment, undecided }: Treated): Outcome {
  return undecided ? 'held' : OF_TREATMENT[treatment];
}

type Counting = Record<Outcome, number>;
const none = (): Counting => ({ asked: 0, told: 0, suppressed: 0, left: 0, held: 0 });
const total = (counts: Counts) => OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);

function count<K>(counts: Map<K, Counting>, key: K, outcome: Outcome): void {
  const some = counts.get(key) ?? none();
  some[outcome] += 1;
  counts.set(key, some);
}

/** Largest first; equal ones by name, so that the same question gets the same answer. */
function ranked<K extends string>(counts: ReadonlyMap<K, Counting>): readonly (readonly [K, Counts])[] {
  return [...counts].sort(([a, left], [b, right]) => total(right) - total(left) || (a < b ? -1 : 1));
}

/** Holds the policy `next` against the one in force. Pure. */
export function previewPolicy(subjects: Iterable<Subject>, inForce: Policy, next: Policy): Preview {
  const counts = none();
  const byControl = new Map<string, Counting>();
  const byAccount = new Map<AccountId, Counting>();
  const differences = new Map<string, Difference>();
  let changed = 0;
  for (const subject of subjects) {
    const [from, to] = [outcomeOf(inForce.treat(subject)), outcomeOf(next.treat(subject))];
    counts[to] += 1;
    count(byControl, subject.control, to);
    count(byAccount, subject.account, to);
    if (from === to) continue;
    changed += 1;
    const key = `${subject.control}|${from}|${to}`;
    const known = differences.get(key)?.count ?? 0;
    differences.set(key, { control: subject.control, from, to, count: known + 1 });
  }
  return {
    issues: total(counts),
    changed,
    counts,
    byControl: ranked(byControl),
    byAccount: ranked(byAccount),
    differences: [...differences]
      .sort(([a, left], [b, right]) => right.count - left.count || (a < b ? -1 : 1))
      .map(([, difference]) => difference),
  };
}
