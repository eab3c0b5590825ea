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
  readonly scores: number;
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

/** One account in a ranking. */
export interface RankedView {
  readonly account: Account;
  /** Accounts of one score share a rank: 1, 2, 2, 4. */
  readonly rank: number;
  /** In percent, rounded. */
  readonly score: number;
  /** Every control with data has passed: 100 alone may be a rounded one. */
  readonly perfect: boolean;
  /** Controls with data, by their status. */
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  /** Points gained over seven days; absent where the account had no score then. */
  readonly change?: number;
  /** Days at 100 % so far. */
  readonly perfectDays: number;
}

/** One week of the organisation; see `OrganisationWeek` of the scores. */
export interface WeekView {
  readonly week: Day;
  readonly accounts: number;
  readonly perfect: number;
  readonly median?: number;
  readonly opened: number;
  readonly closed: number;
  readonly medianFixHours?: number;
}

/** Scores from the top. There is no view of the bottom. */
export interface RankingView {
  /** Only accounts of this kind, or of this project; all when left out. */
  readonly of?: { readonly kind: AccountKind } | { readonly project: string };
  /** Accounts that are ranked, those of the class of their own included. */
  readonly accounts: number;
  /** The best ones. */
  readonly top: readonly RankedView[];
  /** Who gained most in seven days, most first; without the newcomers. */
  readonly climbers: readonly RankedView[];
  /** Who has come to 100 % in the last seven days, and how many more than are named. */
  readonly newcomers: readonly RankedView[];
  readonly moreNewcomers: number;
  /** Accounts with fewer than `fewResources` resources, ranked among themselves: the best ones, and how many there are. */
  readonly small: readonly RankedView[];
  readonly smallAccounts: number;
  readonly fewResources: number;
  /** Accounts whose controls have no data. */
  readonly noData: number;
  /** The organisation as it is now, and its past weeks, oldest first. */
  readonly organisation: WeekView;
  readonly weeks: readonly WeekView[];
  /** Controls that nobody had before this week, where they have cost somebody points. */
  readonly newControls?: { readonly count: number; readonly accounts: number };
  /** ISO 8601. */
  readonly asOf: string;
}

interface Base {
  /** Reference of the bulletin, see `bulletinRef`: what its own buttons carry. */
  readonly ref: string;
  /** `any` for one that belongs to no day. */
  readonly day: Day;
  readonly insteadOf?: string;
  /** Its picture in Slack, and what that says in words. */
  readonly picture?: { readonly file: string; readonly alt: string };
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
    })
  | (Base & {
      readonly kind: 'ranking';
      readonly ranking: RankingView;
      /** The organisation's weeks as a picture of their own, where there is room for two. */
      readonly organisationPicture?: Base['picture'];
    })
  | (Base & {
      readonly kind: 'celebration';
      readonly account: Account;
      /** Controls that passed: all that have data. */
      readonly passed: number;
      /** The how-manieth time this is. */
      readonly times: number;
      /** The longest time at 100 % before this one, in days. */
      readonly longestDays: number;
      /** Who took the last requests, the last one first. */
      readonly people: readonly Principal[];
      /** The climb, oldest first. */
      readonly points: readonly { readonly day: Day; readonly score: number | undefined }[];
      /** True in the account's own channel, false where everybody's ranking is. */
      readonly own: boolean;
    });
