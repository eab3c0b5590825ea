import { type AsffFinding, importedFinding } from '../aws';
import { type Checked, controlFindingId } from './control-finding';
import type { Held } from './held';
import { ofWholeAccount } from './standing-checks';

/** Security Hub updates a finding 18 hours after its last update at the latest, changed or not. */
const EVERY_MS = 18 * 3_600_000;

/** What Security Hub does by itself at one moment. */
export interface DailyRefresh {
  /** Held findings that are to be reported again. */
  readonly again: readonly AsffFinding[];
  /** Controls that have nothing left to check in their account, and so pass. */
  readonly vacated: readonly Checked[];
  /** Nothing is due before this moment; milliseconds since the epoch. */
  readonly nextAt: number;
}

/**
 * What is due.
 * @param checks all that Security Hub checks in these accounts
 * @param deletable those of them whose resource can be deleted
 */
export function dailyRefresh(
  known: Held,
  checks: readonly Checked[],
  deletable: readonly Checked[],
  at: Date,
): DailyRefresh {
  const now = at.getTime();
  const isDue = ({ UpdatedAt: updatedAt }: AsffFinding) => Date.parse(updatedAt) + EVERY_MS <= now;
  const findings = [...new Set(checks.map(controlFindingId))].flatMap((id) => known.get(id) ?? []);
  const waiting = findings.filter((finding) => !isDue(finding));
  return {
    // What somebody has put there by hand in a shape that no control reports stays as it is.
    again: findings.filter(
      (finding) =>
        finding.RecordState !== 'ARCHIVED' && isDue(finding) && importedFinding.safeParse(finding).success,
    ),
    vacated: vacated(known, deletable, isDue),
    nextAt: Math.min(now, ...waiting.map(({ UpdatedAt: updatedAt }) => Date.parse(updatedAt))) + EVERY_MS,
  };
}

/** Controls whose last resource in an account has been gone for so long, and which do not pass for that yet. */
function vacated(
  known: Held,
  deletable: readonly Checked[],
  isDue: (finding: AsffFinding) => boolean,
): readonly Checked[] {
  const byControl = Map.groupBy(deletable, ({ account, control }) => `${account} ${control.id}`);
  return [...byControl.values()].flatMap((checks) => {
    const findings = checks.flatMap((checked) => known.get(controlFindingId(checked)) ?? []);
    const gone = findings.length > 0 && findings.every((one) => one.RecordState === 'ARCHIVED' && isDue(one));
    const [first] = checks;
    if (!gone || first === undefined) return [];
    const whole = ofWholeAccount(first);
    return known.get(controlFindingId(whole))?.RecordState === 'ACTIVE' ? [] : [whole];
  });
}
