import type { AccountLookup } from '../accounts';
import type { BulletinEffects, BulletinKey, Line } from '../bulletins';
import { type ControlId, SEVERITIES, type Severity, worse } from '../controls';
import type { TablePolicies } from '../policy';
import type { Issues, Known } from '../requests';

/** What the capability works with. */
export interface Undecided extends BulletinEffects {
  readonly policies: TablePolicies;
  readonly issues: Issues;
  readonly known: Known;
  readonly accounts: AccountLookup;
  /** Channel id of the security team. */
  readonly securityChannel: string;
}

/** The bulletin about one control: there is one for good. */
export function undecidedKey(control: string): BulletinKey {
  return { kind: 'undecided', subject: control.toLowerCase(), day: 'any' };
}

/** A control as the findings that were held described it. */
export interface UndecidedControl {
  readonly control: ControlId;
  /** AWS's words: untrusted. */
  readonly title: string;
  /** The worst of its findings. */
  readonly severity: Severity;
}

/** The line of an account in which the control fails. */
export function lineOf(account: string, { control, title, severity }: UndecidedControl): Line {
  return { ref: account, about: 'account', facts: { account, control, title, severity } };
}

/** What the lines say about their control; undefined when there are none. */
export function controlOf(lines: readonly Line[]): UndecidedControl | undefined {
  const facts = lines.flatMap(({ facts }) => (facts ? [facts] : []));
  const [first] = facts;
  if (first === undefined) return undefined;
  const severities = facts.flatMap(({ severity }) => SEVERITIES.find((known) => known === severity) ?? []);
  return {
    control: String(first['control']) as ControlId,
    title: String(first['title']),
    severity: severities.reduce<Severity>(worse, 'INFORMATIONAL'),
  };
}
