import type { Account, AccountKind, Principal } from '../accounts';
import type { Day } from '../calendar';
import type { ControlId, Severity } from '../controls';
import type { Treated, Treatment } from '../policy';

/** One request in a bulletin, as it is now. */
export interface LineView {
  /** Opaque reference that buttons carry; see `requestRef`. */
  readonly ref: string;
  readonly control: ControlId;
  /** In the bulletin's language where there is a playbook, else AWS's own words (untrusted). */
  readonly title: string;
  readonly severity: Severity;
  readonly account: Account;
  readonly open: number;
  /** Nothing open any more. */
  readonly done: boolean;
  readonly due?: string;
  /** The day of `due` in the deployment's time zone. */
  readonly dueDay?: Day;
  readonly overdue: boolean;
  readonly takenBy?: Principal;
  /** Address of its own card, when it has one. */
  readonly permalink?: string;
}

/** What would have been done for one account in mode observe. */
export interface ObservedView {
  readonly account: Account;
  /** New issues that would have been asked about, told, suppressed; most frequent controls first, at most five. */
  readonly asked: number;
  readonly told: number;
  readonly suppressed: number;
  readonly controls: readonly { readonly control: ControlId; readonly count: number }[];
}

/** What the nightly reconcile mended in one account; see `Drift`. */
export interface DriftView {
  readonly account: Account;
  readonly opened: number;
  readonly closed: number;
  readonly adopted: number;
  readonly lifted: number;
  readonly rewritten: number;
  readonly changed: number;
}

/** What rests suppressed outside of the bot in one account. */
export interface OutsideView {
  readonly account: Account;
  readonly count: number;
  /** How many they were when they were told last. */
  readonly before: number;
}

/** An account that nobody answers for. */
export interface OwnerlessView {
  readonly account: Account;
  /** ISO 8601. */
  readonly since: string;
}

/** An account that sends findings and is not registered. */
export interface UnregisteredView {
  readonly account: Account;
  /** When the bot first heard of it, ISO 8601. */
  readonly since: string;
  /** Open issues that nobody has been asked about; undefined where they were not counted. */
  readonly waiting?: number;
}

interface Base {
  /** Reference of the bulletin, see `bulletinRef`: what its own buttons carry. */
  readonly ref: string;
  /** `any` for one that belongs to no day. */
  readonly day: Day;
  readonly insteadOf?: string;
}

/** Everything a bulletin shows, read at one moment. Requests come most urgent first. */
export type BulletinView =
  | (Base & {
      readonly kind: 'digest';
      readonly account: Account;
      readonly mentions: readonly Principal[];
      readonly ownerless: boolean;
      /** True where the account is younger than a day: it is normal that much comes at once. */
      readonly young: boolean;
      readonly lines: readonly LineView[];
      /** Open issues over all its requests. */
      readonly issues: number;
    })
  | (Base & {
      readonly kind: 'morning';
      readonly lines: readonly LineView[];
      readonly mentions: readonly Principal[];
    })
  | (Base & { readonly kind: 'reminder'; readonly owner: Principal; readonly lines: readonly LineView[] })
  | (Base & {
      readonly kind: 'overdue';
      /** By owner; those without one last. Whoever has the oldest comes first. */
      readonly owners: readonly { readonly owner?: Principal; readonly lines: readonly LineView[] }[];
      readonly total: number;
    })
  | (Base & { readonly kind: 'observed'; readonly accounts: readonly ObservedView[] })
  | (Base & {
      readonly kind: 'undecided';
      readonly control: ControlId;
      readonly title: string;
      readonly severity: Severity;
      /** What the policy's general lines would do, by kind of account. */
      readonly proposals: Readonly<Record<AccountKind, Treated>>;
      /** Where it fails: what each treatment would touch. */
      readonly accounts: readonly { readonly account: Account; readonly issues: number }[];
      readonly answer?: { readonly treatment: Treatment; readonly who: Principal; readonly at: string };
    })
  | (Base & {
      readonly kind: 'drift';
      /** Where anything was mended, most of it first. */
      readonly accounts: readonly DriftView[];
      /** Where something rests suppressed outside, or has done so when it was told last; the most first. */
      readonly outside: readonly OutsideView[];
      /** Findings read, and calls made, in the whole run. */
      readonly findings: number;
      readonly calls: number;
    })
  | (Base & {
      readonly kind: 'accounts';
      /** Longest waiting first. */
      readonly ownerless: readonly OwnerlessView[];
      readonly unregistered: readonly UnregisteredView[];
    });
