import { type Severity, severityRank, worse } from '../controls';
import { type Finding, type FindingKey, sameContent, type Threat } from '../findings';
import type { Treated } from '../policy';
import { contentHash, contentOf, findingHash } from './content-hash';
import type { Cause, Issue, IssueState, News, Prints, Seen } from './issue';
import { isOpen } from './issue';

const HOUR = 3_600_000;
/** A refresh that changes nothing moves "last seen" at most this often. */
const LAST_SEEN_EVERY = 12 * HOUR;
/** For so long after our own write Security Hub may still answer with what stood there before. */
export const WRITE_SETTLES = 15 * 60_000;
/** An event of a change this old was held up on its way: Security Hub is asked what has become of it since. */
const LATE_AFTER = HOUR;
/** An archived finding id is remembered this long, so that a late event of it is known for what it is. */
const FORGET_ARCHIVED = 30 * 24 * HOUR;
const CONSOLIDATION = 'CONSOLIDATED_CONTROL_FINDINGS_UPDATE';

/** The policy's answer, with the deadline of what opens now. */
export type TreatedNow = Treated & {
  /**
   * ISO 8601, rest days respected; reckoned only for what opens. Absent: `deadlineHours` from now, whatever day that is.
   */
  readonly due?: () => string;
};

/** A finding that a person has sent from Security Hub's console with a custom action. */
export interface Sent {
  readonly action: string;
  /** Who did it, if the event says so. */
  readonly by?: string;
  /** Time of the event: the same one delivered twice is one wish. */
  readonly at: string;
}

/** What Security Hub's history says about the finding's workflow after our own last write. */
export interface WorkflowHistory {
  /** Identity that last moved the workflow since then; undefined when nobody but us did. */
  readonly changedBy?: string;
}

export interface DecideInput {
  readonly finding: Finding;
  /** The finding's region, or `global`; see `issueRegion`. */
  readonly region: string;
  readonly issue: Issue | undefined;
  /** What policy says to this finding, asked only when it matters. */
  readonly treat: (severity: Severity) => TreatedNow;
  readonly now: Date;
  /** It was sent by hand: people are asked now, whatever policy says. */
  readonly sent?: Sent | undefined;
  /** Answers to an earlier `ask`. */
  readonly fetched?: Finding | 'gone';
  readonly history?: WorkflowHistory;
}

export interface Decision {
  /** One word for logs and counts. */
  readonly outcome:
    | 'unchanged'
    | 'seen'
    | 'old'
    | 'echo'
    | 'left alone'
    | 'ask finding'
    | 'ask history'
    | 'recorded'
    | 'moved';
  /** The issue as it shall be; undefined when nothing is to be written. */
  readonly next?: Issue;
  /** AWS cannot check it: the security team is told once a control. */
  readonly unchecked?: true;
  /** What must be read from Security Hub before this can be decided. */
  readonly ask?: 'finding' | 'history';
}

export type Verdict = 'failing' | 'unknown' | 'passed' | 'gone';

function isFailing(seen: Pick<Seen, 'compliance'>): boolean {
  return seen.compliance === undefined || seen.compliance === 'FAILED';
}

/** Its finding ids that are not archived. */
export function liveFindings(findings: Issue['findings']): Seen[] {
  return Object.values<Seen>(findings).filter((seen) => seen.recordState === 'ACTIVE');
}

/** An issue is as bad as its worst live finding; an archived finding is archived whatever it says. */
export function judge(findings: Issue['findings']): Verdict {
  const live = liveFindings(findings);
  if (live.length === 0) return 'gone';
  if (live.some(isFailing)) return 'failing';
  return live.every((seen) => seen.compliance === 'PASSED') ? 'passed' : 'unknown';
}

function isArchived(seen: Seen): boolean {
  return seen.recordState === 'ARCHIVED';
}

function isLiveFailing(seen: Seen): boolean {
  return seen.recordState === 'ACTIVE' && isFailing(seen);
}

/** Its finding ids that are live and failing. */
export function liveFailing(findings: Issue['findings']): Seen[] {
  return Object.values<Seen>(findings).filter(isLiveFailing);
}

/** True when Security Hub's SUPPRESSED on this finding is the bot's own doing. */
function suppressedByUs(seen: Seen): boolean {
  return seen.wrote?.status === 'SUPPRESSED';
}

/** That of the worst live failing finding; `fallback` where nothing fails. */
export function worstSeverity(findings: Issue['findings'], fallback: Severity): Severity {
  const failing = liveFailing(findings);
  return failing.length === 0 ? fallback : failing.map((seen) => seen.severity).reduce(worse);
}

/** True while an exception made here still holds for the issue. */
export function liveException(issue: Pick<Issue, 'cause'>, now: Date): boolean {
  return issue.cause?.by === 'exception' && Date.parse(issue.cause.until) > now.getTime();
}

/**
 * Moves an issue: the new state with its history entry, unsettled until its effects are done.
 * @param what the history's words, when "from → to" does not say enough
 */
export function moveIssue(
  issue: Issue,
  to: IssueState,
  now: Date,
  details: {
    readonly by?: string | undefined;
    readonly detail?: string | undefined;
    readonly cause?: Cause | undefined;
    readonly news?: News | undefined;
    readonly lift?: boolean;
  } = {},
): Issue {
  const at = now.toISOString();
  const { cause: _cause, news: _news, lift: _lift, waiting: _waiting, ...rest } = issue;
  return {
    ...rest,
    ...(details.cause && { cause: details.cause }),
    ...(details.news && { news: details.news }),
    ...(details.lift && { lift: true }),
    state: to,
    since: at,
    ...(to === 'resolved' && { resolvedAt: at }),
    seq: issue.seq + 1,
    uncopied: [
      ...issue.uncopied,
      {
        seq: issue.seq + 1,
        at,
        what: issue.seq === 0 ? to : `${issue.state} → ${to}`,
        ...(details.by !== undefined && { by: details.by }),
        ...(details.detail !== undefined && { detail: details.detail }),
      },
    ],
    unsettled: at,
  };
}

/** Another exception keeps the issue as it is: it stays where it stands. */
export function goOn(
  issue: Issue,
  now: Date,
  { by, detail, cause }: { readonly by: string; readonly detail: string; readonly cause: Cause },
): Issue {
  const at = now.toISOString();
  const seq = issue.seq + 1;
  return {
    ...issue,
    cause,
    seq,
    uncopied: [...issue.uncopied, { seq, at, what: 'extended', by, detail }],
    unsettled: at,
  };
}

export interface OpenDetails {
  readonly by?: string;
  readonly detail?: string;
  readonly news?: News['kind'];
  /** The entry of the request's history that tells it already. */
  readonly toldBy?: number;
}

/** Opens an issue anew: the next episode, with its deadline, and the news for its thread. */
export function openIssue(
  issue: Issue,
  state: 'open' | 'notifying',
  treated: TreatedNow,
  now: Date,
  details: OpenDetails = {},
): Issue {
  const episodes = issue.episodes + 1;
  const kind = details.news ?? (episodes > 1 ? 'back' : 'joined');
  const lift = mustLift(issue);
  const moved = moveIssue(issue, state, now, {
    by: details.by,
    detail: details.detail ?? `${treated.treatment} (policy line ${treated.line})`,
    lift,
    news: {
      kind,
      at: now.toISOString(),
      ...(details.detail !== undefined && { detail: details.detail }),
      ...(details.toldBy !== undefined && { seq: details.toldBy }),
    },
  });
  return {
    ...moved,
    episodes,
    openedAt: now.toISOString(),
    due: deadline(treated, now),
  };
}

/** Our own SUPPRESSED on a finding that is asked for again, or left to others, must be taken back. */
function mustLift(issue: Issue): boolean {
  return liveFailing(issue.findings).some((seen) => seen.workflow === 'SUPPRESSED' && suppressedByUs(seen));
}

function deadline(treated: TreatedNow, now: Date): string {
  return treated.due?.() ?? new Date(now.getTime() + treated.deadlineHours * HOUR).toISOString();
}

/** What the table of states says to a failing issue that nobody is asked about yet. */
export function decideAnew(issue: Issue, treated: TreatedNow, now: Date, details: OpenDetails = {}): Issue {
  if (liveException(issue, now)) {
    return moveIssue(issue, 'suppressing', now, { cause: issue.cause, detail: 'exception still holds' });
  }
  if (treated.undecided) {
    return issue.state === 'held'
      ? issue
      : moveIssue(issue, 'held', now, {
          detail: 'nobody has decided on this control yet',
          lift: mustLift(issue),
        });
  }
  switch (treated.treatment) {
    case 'track':
      return openIssue(issue, 'open', treated, now, details);
    case 'notify':
      return openIssue(issue, 'notifying', treated, now, details);
    case 'ignore':
      return moveIssue(issue, 'suppressing', now, {
        detail: `ignore (policy line ${treated.line})`,
        cause: policyCause(treated),
      });
    case 'leave':
      if (issue.state === 'left') return issue;
      return mustLift(issue)
        ? moveIssue(issue, 'left', now, { lift: true })
        : settled(moveIssue(issue, 'left', now));
  }
}

/** Nobody has to hear of it and nothing has to be written: no effects are left to do. */
function settled(issue: Issue): Issue {
  const { unsettled: _, ...rest } = issue;
  return rest;
}

export function policyCause(treated: Treated): Cause {
  return {
    by: 'policy',
    treatment: treated.treatment,
    line: treated.line,
    policyVersion: treated.version,
  };
}

function newIssue(finding: Finding, region: string, now: Date): Issue {
  return {
    account: finding.account,
    control: finding.control,
    product: finding.product,
    productName: finding.productName,
    standards: finding.standards,
    region,
    resource: finding.resource,
    title: finding.title,
    description: finding.description,
    ...(finding.remediationUrl !== undefined && { remediationUrl: finding.remediationUrl }),
    severity: finding.severity,
    state: 'unknown',
    since: now.toISOString(),
    episodes: 0,
    findings: {},
    lastSeen: now.toISOString(),
    version: 0,
    seq: 0,
    uncopied: [],
  };
}

function withFinding(issue: Issue, finding: Finding, seen: Seen | undefined, now: Date): Issue {
  const content = contentOf(finding, seen);
  const direct = finding.format !== 'asff' && (seen === undefined || seen.direct === true);
  const entry: Seen = {
    id: finding.id,
    productArn: finding.productArn,
    region: finding.region,
    updatedAt: finding.updatedAt,
    hash: contentHash(content),
    ...content,
    ...(direct && { direct: true }),
    ...printsOf(finding, seen?.prints),
    ...(seen?.wrote && { wrote: seen.wrote }),
  };
  const kept = Object.entries<Seen>(issue.findings).filter(
    ([, known]) =>
      known.recordState === 'ACTIVE' || now.getTime() - Date.parse(known.updatedAt) < FORGET_ARCHIVED,
  );
  const findings: Record<FindingKey, Seen> = { ...Object.fromEntries(kept), [finding.key]: entry };
  const failing = finding.recordState === 'ACTIVE' && isFailing(entry);
  return {
    ...issue,
    // AWS's words come from the finding that fails: a PASSED one often carries other texts.
    ...(failing && { title: finding.title, description: finding.description, resource: finding.resource }),
    ...(failing && finding.remediationUrl !== undefined && { remediationUrl: finding.remediationUrl }),
    ...(finding.threat && { threat: threatOf(issue.threat, finding.threat) }),
    severity: worstSeverity(findings, issue.severity),
    standards: standardsWith(issue, finding),
    findings,
    lastSeen: now.toISOString(),
  };
}

/** Over all its findings; of a finding that stands alone, those that it names now: standards are switched off, too. */
function standardsWith(issue: Issue, { key, standards }: Finding): readonly string[] {
  const alone = Object.entries<Seen>(issue.findings).every(
    ([other, seen]) => other === key || isArchived(seen),
  );
  return [...new Set([...(alone ? [] : issue.standards), ...standards])].sort();
}

/** With the finding's own fingerprint in the place of the last one of its format. */
function printsOf({ format, fingerprint }: Finding, known: Prints | undefined): { readonly prints?: Prints } {
  const prints = { ...known, ...(fingerprint !== undefined && { [format]: fingerprint }) };
  return Object.keys(prints).length === 0 ? {} : { prints };
}

/** True when the finding says of its resource what it has not said before. */
function saysNew({ format, fingerprint }: Finding, seen: Seen): boolean {
  return fingerprint !== undefined && seen.prints?.[format] !== fingerprint;
}

/** What is newest, and of what the newest does not say, what was known. */
function threatOf(known: Threat | undefined, news: Threat): Threat {
  const count = Math.max(known?.count ?? 0, news.count ?? 0);
  const first = [known?.firstSeen, news.firstSeen].filter((at) => at !== undefined).sort()[0];
  return {
    ...known,
    ...news,
    ...(count > 0 && { count }),
    ...(first !== undefined && { firstSeen: first }),
  };
}

/** Known content of a resource that is described otherwise: that is written down, and may end an exception. */
function described(
  { finding, issue: known, now, treat }: DecideInput & { readonly issue: Issue },
  seen: Seen,
): Decision {
  const issue = withDesign(withFinding(known, finding, seen, now), finding);
  const why = whyVoid(issue, finding, now);
  return why === undefined
    ? { outcome: 'recorded', next: issue }
    : { outcome: 'moved', next: withoutException(issue, why, treat(issue.severity), now) };
}

/** Known content again: at most "last seen" moves. */
function refreshed(issue: Issue, finding: Finding, seen: Seen, now: Date): Decision {
  if (finding.updatedAt === seen.updatedAt || now.getTime() - Date.parse(issue.lastSeen) < LAST_SEEN_EVERY) {
    return { outcome: 'unchanged' };
  }
  return {
    outcome: 'seen',
    next: {
      ...issue,
      standards: standardsWith(issue, finding),
      lastSeen: now.toISOString(),
      findings: { ...issue.findings, [finding.key]: { ...seen, updatedAt: finding.updatedAt } },
    },
  };
}

/**
 * The table of states: what one finding does to its issue. Pure; the caller writes `next` if the stored version
 * is still the one it read, and decides again otherwise.
 */
export function decide(input: DecideInput): Decision {
  const decision = decideContent(input);
  const { sent } = input;
  const issue = decision.next ?? input.issue;
  if (sent === undefined || issue === undefined || decision.ask !== undefined) return decision;
  // Sent by hand, whatever there is to say about its content; what does not fail is not asked about.
  if (judge(issue.findings) !== 'failing') return decision;
  const next = sendIssue(issue, sent, input.treat(issue.severity), input.now);
  return next === issue ? decision : { outcome: 'moved', next };
}

/** What the content of the finding does to its issue. */
function decideContent(input: DecideInput): Decision {
  const { issue, now } = input;
  const seen = issue?.findings[input.finding.key];
  let finding = input.finding;

  if (issue && seen) {
    if (finding.updatedAt < seen.updatedAt) return { outcome: 'old' };
    const hash = findingHash(finding, seen);
    const held = heldFromNowOn(finding, seen);
    if (hash === seen.hash && !held) {
      return saysNew(finding, seen)
        ? described({ ...input, issue }, seen)
        : refreshed(issue, finding, seen, now);
    }
    if (finding.updatedAt === seen.updatedAt && !held) {
      // People's changes and our own come with the old UpdatedAt: which of the two contents is newer?
      const wroteLately =
        seen.wrote !== undefined && now.getTime() - Date.parse(seen.wrote.at) < WRITE_SETTLES;
      const nobodyWroteThis =
        finding.workflow === 'SUPPRESSED' &&
        seen.wrote?.status !== 'SUPPRESSED' &&
        seen.wrote?.before !== 'SUPPRESSED';
      if (wroteLately) {
        if (!nobodyWroteThis) return { outcome: 'echo' };
        // Somebody's suppression, or a late echo of one of ours that has been taken back since.
        if (input.history === undefined) return { outcome: 'ask history', ask: 'history' };
        if (input.history.changedBy === undefined) return { outcome: 'echo' };
      } else {
        if (input.fetched === undefined) return { outcome: 'ask finding', ask: 'finding' };
        // Security Hub no longer holds it: its ARCHIVED event is what counts, not this one.
        if (input.fetched === 'gone') {
          // Nor need it hold what has not come as ASFF; of two contents of one moment the first one counts there.
          if (!seen.direct || finding.recordState === seen.recordState) return { outcome: 'old' };
        } else {
          finding = input.fetched;
          if (findingHash(finding, seen) === seen.hash) return { outcome: 'unchanged' };
        }
      }
    } else if (now.getTime() - Date.parse(finding.updatedAt) > LATE_AFTER) {
      // A refresh writes nothing down: an event that was held up may be older than what has been seen since.
      if (input.fetched === undefined) return { outcome: 'ask finding', ask: 'finding' };
      if (input.fetched !== 'gone' && input.fetched.updatedAt > finding.updatedAt) {
        finding = input.fetched;
        if (findingHash(finding, seen) === seen.hash && !held) return { outcome: 'unchanged' };
      }
    }
  }
  return step({ ...input, finding }, seen);
}

/** True when a finding that had not come as ASFF does: Security Hub CSPM holds it, and is to follow now. */
function heldFromNowOn(finding: Finding, seen: Seen): boolean {
  return seen.direct === true && finding.format === 'asff';
}

/** New content: record it, and move the issue where the table says so. */
function step(input: DecideInput, seen: Seen | undefined): Decision {
  const { finding, now, history } = input;
  const known = input.issue ?? newIssue(finding, input.region, now);
  const issue = withDesign(withFinding(known, finding, seen, now), finding);
  const verdict = judge(issue.findings);
  const moved = (next: Issue): Decision => ({ outcome: next === issue ? 'recorded' : 'moved', next });
  const settledStates: readonly IssueState[] = ['resolved', 'closed'];

  if (verdict === 'unknown') return { outcome: 'recorded', next: issue, unchecked: true };

  if (verdict === 'passed') {
    return moved(
      issue.state === 'resolved'
        ? issue
        : finish(issue, 'resolved', now, known.version === 0 ? undefined : 'PASSED'),
    );
  }

  if (verdict === 'gone') {
    // AWS replaces ids when consolidated findings are switched: the new id of the same issue is on its way.
    if (finding.archivalReason === CONSOLIDATION && !settledStates.includes(issue.state)) {
      return { outcome: 'recorded', next: issue };
    }
    return moved(issue.state === 'closed' ? issue : finish(issue, 'closed', now, finding.archivalReason));
  }

  // Failing from here on. A finding that itself passed or went leaves its issue as bad as the others are.
  const treated = input.treat(issue.severity);
  const stored = finding.product === 'control' || input.sent !== undefined;
  if (known.version === 0 && treated.treatment === 'leave' && !stored) {
    return { outcome: 'left alone' };
  }
  const thisFails = finding.recordState === 'ACTIVE' && (finding.compliance ?? 'FAILED') === 'FAILED';
  const suppressedOutside =
    liveFailing(issue.findings).length > 0 &&
    liveFailing(issue.findings).every((other) => other.workflow === 'SUPPRESSED' && !suppressedByUs(other));

  const why = whyVoid(issue, finding, now);
  if (why !== undefined) return moved(withoutException(issue, why, treated, now));

  switch (issue.state) {
    case 'unknown':
    case 'left':
    case 'held':
    case 'resolved':
    case 'closed': {
      if (suppressedOutside) {
        const adopted = moveIssue(issue, 'suppressed', now, {
          cause: { by: 'outside' },
          detail: 'already SUPPRESSED in Security Hub',
        });
        return moved(adopted);
      }
      return moved(decideAnew(issue, treated, now));
    }

    case 'open':
    case 'notifying': {
      if (suppressedOutside) {
        if (history === undefined) return { outcome: 'ask history', ask: 'history' };
        return moved(
          moveIssue(issue, 'suppressed', now, {
            cause: { by: 'outside', ...(history.changedBy !== undefined && { who: history.changedBy }) },
            by: history.changedBy,
            detail: 'SUPPRESSED outside',
            news: {
              kind: 'adopted',
              at: now.toISOString(),
              ...(history.changedBy !== undefined && { detail: history.changedBy }),
            },
          }),
        );
      }
      if (
        thisFails &&
        finding.workflow === 'RESOLVED' &&
        seen !== undefined &&
        seen.workflow !== 'RESOLVED'
      ) {
        if (history === undefined) return { outcome: 'ask history', ask: 'history' };
        return moved(
          keepOpen(issue, now, {
            kind: 'claimed',
            at: now.toISOString(),
            ...(history.changedBy !== undefined && { detail: history.changedBy }),
          }),
        );
      }
      if (issue.state === 'notifying' && treated.treatment === 'track') {
        return moved({
          ...moveIssue(issue, 'open', now, { news: issue.news }),
          due: dueBy(issue, treated, now),
        });
      }
      const again = (issue.threat?.count ?? 0) > (known.threat?.count ?? 0);
      const worsened = severityRank(issue.severity) < severityRank(known.severity);
      const toNotify =
        seen === undefined
          ? known.version > 0
          : heldFromNowOn(finding, seen) || (thisFails && !isLiveFailing(seen));
      if (worsened || again || toNotify) {
        // Worse, once more, or a finding id, new or failing again (AWS has reset its workflow), that must be told
        // NOTIFIED as well: the card and Security Hub follow.
        return moved({ ...issue, due: dueBy(issue, treated, now), unsettled: now.toISOString() });
      }
      return { outcome: 'recorded', next: issue };
    }

    case 'suppressing':
      return moved({ ...issue, unsettled: now.toISOString() });

    case 'suppressed': {
      const cause = issue.cause;
      const worsened = severityRank(issue.severity) < severityRank(known.severity);
      if (cause?.by === 'policy' && worsened && treated.treatment === 'track') {
        return moved(
          decideAnew(dropCause(issue), treated, now, { detail: 'more severe than when it was suppressed' }),
        );
      }
      if (!thisFails || finding.workflow === 'SUPPRESSED') return { outcome: 'recorded', next: issue };
      // AWS has replaced all ids of the issue: what somebody has suppressed stays so, and the new id is to say it too.
      const replaced = seen === undefined && Object.values<Seen>(known.findings).every(isArchived);
      if (cause?.by === 'outside' && replaced) {
        return moved(
          moveIssue(issue, 'suppressing', now, { cause, detail: 'new finding id of a suppressed issue' }),
        );
      }
      if (cause?.by === 'outside') {
        return moved(decideAnew(dropCause(issue), treated, now, seen ? { news: 'lifted' } : {}));
      }
      if (cause?.by === 'exception' && !liveException(issue, now)) {
        return moved(decideAnew(dropCause(issue), treated, now, { detail: 'exception ended' }));
      }
      if (seen?.wrote?.status === 'SUPPRESSED') {
        if (history === undefined) return { outcome: 'ask history', ask: 'history' };
        if (history.changedBy !== undefined) {
          return moved(
            openIssue(dropCause(issue), 'open', treated, now, {
              by: history.changedBy,
              detail: history.changedBy,
              news: 'lifted',
            }),
          );
        }
      }
      if (cause?.by === 'policy' && !(treated.treatment === 'ignore' || treated.treatment === 'notify')) {
        return moved(decideAnew(dropCause(issue), treated, now));
      }
      // A new finding id of the same issue, or a refresh that lost our mark: suppressed again, for the same reason.
      return moved(
        moveIssue(issue, 'suppressing', now, {
          cause,
          detail: seen ? 'suppressed again' : 'new finding id of a suppressed issue',
        }),
      );
    }
  }
}

/** Why an exception does not cover what fails now: it is more severe, or another thing, than what was accepted. */
function whyVoid(issue: Issue, finding: Finding, now: Date): NonNullable<Issue['voided']>['why'] | undefined {
  const { cause, severity } = issue;
  if (cause?.by !== 'exception' || !liveException(issue, now)) return undefined;
  if (finding.recordState !== 'ACTIVE' || !isFailing(finding)) return undefined;
  if (cause.severity !== undefined && severityRank(severity) < severityRank(cause.severity))
    return 'worsened';
  const { format, fingerprint, key } = finding;
  const then = cause.design?.[key]?.[format];
  return then !== undefined && fingerprint !== undefined && !sameContent(then, fingerprint)
    ? 'changed'
    : undefined;
}

/** Its exception is void: decided anew, and the thread and the exception's change hear why. */
function withoutException(
  issue: Issue,
  why: NonNullable<Issue['voided']>['why'],
  treated: TreatedNow,
  now: Date,
): Issue {
  if (issue.cause?.by !== 'exception') return issue;
  const { change, who } = issue.cause;
  const anew = decideAnew(dropCause(issue), treated, now, {
    news: why,
    detail: `exception ${change} is void: ${why}`,
  });
  return {
    ...anew,
    ...(anew.news?.kind === why && { news: { ...anew.news, detail: who } }),
    voided: { change, why },
    unsettled: now.toISOString(),
  };
}

/** A finding id, or a format, that comes while an issue is suppressed by design is compared with from now on. */
function withDesign(issue: Issue, { format, fingerprint, key }: Finding): Issue {
  const { cause } = issue;
  if (cause?.by !== 'exception' || cause.design === undefined || fingerprint === undefined) return issue;
  const known = cause.design[key];
  if (known?.[format] !== undefined) return issue;
  return {
    ...issue,
    cause: { ...cause, design: { ...cause.design, [key]: { ...known, [format]: fingerprint } } },
  };
}

function dropCause(issue: Issue): Issue {
  const { cause: _, ...rest } = issue;
  return rest;
}

function dueBy(issue: Issue, treated: TreatedNow, now: Date): string {
  const due = deadline(treated, now);
  return issue.due !== undefined && issue.due < due ? issue.due : due;
}

/** Something happened to an open issue that leaves it open, and that people should hear. */
function keepOpen(issue: Issue, now: Date, news: News, what = 'marked RESOLVED, still failing'): Issue {
  const { waiting: _, ...rest } = issue;
  return {
    ...rest,
    news,
    seq: issue.seq + 1,
    uncopied: [
      ...issue.uncopied,
      {
        seq: issue.seq + 1,
        at: now.toISOString(),
        what,
        ...(news.detail !== undefined && { by: news.detail }),
      },
    ],
    unsettled: now.toISOString(),
  };
}

/**
 * A person wants this failing issue asked about, whatever policy says. An exception that still holds was another
 * person's decision, and stays.
 */
function sendIssue(issue: Issue, sent: Sent, treated: TreatedNow, now: Date): Issue {
  if (issue.sentAt === sent.at || liveException(issue, now)) return issue;
  const noted: Issue = { ...issue, sentAt: sent.at };
  const detail = sent.by === undefined ? sent.action : `${sent.action} (${sent.by})`;
  return isOpen(issue)
    ? keepOpen(noted, now, { kind: 'sent', at: now.toISOString(), detail }, 'sent by custom action')
    : openIssue(dropCause(noted), 'open', treated, now, { news: 'sent', detail });
}

/**
 * What a changed policy, kind or mode makes of an issue. What people decided (exceptions, what they suppressed
 * outside or sent by hand) stays as it is. Pure.
 * @param emit the account's mode has changed: what rests because of the old one is to have its effects
 */
export function redecide(issue: Issue, treated: TreatedNow, now: Date, emit: boolean): Issue {
  const at = now.toISOString();
  const again = (same: Issue): Issue => {
    if (!emit || same.unsettled !== undefined) return same;
    // Found while the account was only observed: people are asked now, and have their time from now on.
    const unasked = isOpen(same) && same.news?.seq === undefined;
    return { ...same, ...(unasked && { openedAt: at, due: deadline(treated, now) }), unsettled: at };
  };
  switch (issue.state) {
    case 'left':
    case 'held': {
      const next = decideAnew(issue, treated, now, { detail: 'policy changed' });
      return next === issue && (issue.state === 'held' || issue.lift) ? again(issue) : next;
    }
    case 'open':
    case 'notifying': {
      if (issue.sentAt !== undefined || issue.product === 'guardduty') return again(issue);
      if (treated.undecided || treated.treatment === 'ignore' || treated.treatment === 'leave') {
        return decideAnew(issue, treated, now);
      }
      const state = treated.treatment === 'track' ? 'open' : 'notifying';
      return issue.state === state
        ? again(issue)
        : moveIssue(issue, state, now, {
            detail: `${treated.treatment} (policy line ${treated.line})`,
            news: issue.news,
          });
    }
    case 'suppressing':
    case 'suppressed': {
      const suppresses = treated.treatment === 'ignore' || treated.treatment === 'notify';
      if (issue.cause?.by !== 'policy' || (suppresses && !treated.undecided)) {
        return issue.state === 'suppressing' ? again(issue) : issue;
      }
      return decideAnew(dropCause(issue), treated, now, { detail: 'policy changed' });
    }
    case 'resolved':
    case 'closed':
    case 'unknown':
      return issue;
  }
}

/** Passed or gone. An exception that still holds stays with the issue, for the day it fails again. */
export function finish(
  issue: Issue,
  to: 'resolved' | 'closed',
  now: Date,
  detail: string | undefined,
): Issue {
  const wasAsked = isOpen(issue) || issue.state === 'suppressing' || issue.state === 'suppressed';
  const moved = moveIssue(issue, to, now, {
    detail,
    ...(issue.cause?.by === 'exception' && liveException(issue, now) && { cause: issue.cause }),
  });
  const { due: _, ...rest } = moved;
  return wasAsked ? rest : settled(rest);
}
