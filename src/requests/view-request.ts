import type { Account, AccountLookup, Principal } from '../accounts';
import { type Catalogue, type Severity, worse } from '../controls';
import type { PlaybookLookup, ThreatPlaybookLookup } from '../playbooks';
import type { Cause, Issue } from './issue';
import { isOpen } from './issue';
import { requestRef } from './keys';
import type { Request } from './request';
import type { RequestView, SuppressedGroup } from './view';

export interface ViewSources {
  readonly accounts: AccountLookup;
  readonly catalogue: Catalogue;
  readonly playbooks: PlaybookLookup;
  readonly threats: ThreatPlaybookLookup;
  /** Who is mentioned where an account has no owner. */
  readonly securityTeam: readonly Principal[];
}

const SHOWN = 10;
const FAR = '9999';

function causeId(cause: Cause): string {
  if (cause.by === 'exception') return `exception ${cause.change}`;
  return cause.by === 'policy' ? `policy ${cause.line}` : `outside ${cause.who ?? ''}`;
}

function groups(issues: readonly Issue[]): SuppressedGroup[] {
  const byCause = new Map<string, Issue[]>();
  for (const issue of issues) {
    if (issue.cause === undefined) continue;
    const id = causeId(issue.cause);
    byCause.set(id, [...(byCause.get(id) ?? []), issue]);
  }
  return [...byCause.values()].map((members) => ({
    cause: (members[0] as Issue).cause as Cause,
    count: members.length,
    pending: members.filter(({ state }) => state === 'suppressing').length,
    resources: members.slice(0, SHOWN).map(({ resource }) => resource.id),
  }));
}

/** Nearest deadline first, then by region and resource, so that equal records draw equal cards. */
export function byDeadline(a: Issue, b: Issue): number {
  const key = (issue: Issue) => `${issue.due ?? FAR}|${issue.region}|${issue.resource.id}`;
  const [left, right] = [key(a), key(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Threats concern the security team as much as the owner; in mode observe nobody else is told. */
function mentionsOf(
  kind: Request['kind'],
  { owner, mode }: Account,
  team: readonly Principal[],
): readonly Principal[] {
  if (owner === undefined || mode === 'observe') return team;
  return kind === 'threat' ? [owner, ...team.filter((other) => other !== owner)] : [owner];
}

/** What a request's card shows. Pure. */
export function viewRequest(
  request: Request,
  issues: readonly Issue[],
  sources: ViewSources,
  now: Date,
): RequestView {
  const open = issues.filter(isOpen).sort(byDeadline);
  const suppressed = issues.filter(({ state }) => state === 'suppressing' || state === 'suppressed');
  const account = sources.accounts(request.account);
  const catalogued = sources.catalogue.find(request.control);
  // Without an open issue the words of any of them do; the newest one's are the likeliest to be right.
  const newestFirst = [...issues].sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1));
  const example = open[0] ?? newestFirst[0];
  const severity = (open.length > 0 ? open : issues)
    .map((issue) => issue.severity)
    .reduce<Severity>(worse, 'INFORMATIONAL');
  const due = open[0]?.due;
  return {
    ref: requestRef(request),
    account,
    control: request.control,
    kind: request.kind,
    catalogued,
    ...playbookOf(request, sources),
    title: example?.title ?? catalogued?.title ?? request.control,
    description: example?.description ?? '',
    ...(example?.remediationUrl !== undefined && { remediationUrl: example.remediationUrl }),
    severity,
    phase: open.length > 0 ? 'open' : 'done',
    ...(due !== undefined && { due }),
    overdue: due !== undefined && Date.parse(due) <= now.getTime(),
    open: open.slice(0, SHOWN),
    openCount: open.length,
    notifyOnly: open.length > 0 && open.every(({ state }) => state === 'notifying'),
    suppressed: groups(suppressed),
    resolvedCount: issues.filter(({ state }) => state === 'resolved').length,
    closedCount: issues.filter(({ state }) => state === 'closed').length,
    failed: open
      .filter(({ news }) => news?.kind === 'failed')
      .slice(0, SHOWN)
      .map(({ resource, news }) => ({ resource: resource.id, detail: news?.detail ?? '' })),
    withheld: account.mode === 'notify',
    ...(request.takenBy && { takenBy: request.takenBy }),
    ...(request.fixedBy && { fixedBy: request.fixedBy }),
    ...(account.mode === 'observe' && { observed: true as const }),
    mentions: mentionsOf(request.kind, account, sources.securityTeam),
    ownerless: account.owner === undefined,
    ...(request.card.previous && { previous: request.card.previous }),
    ...(request.card.insteadOf && { insteadOf: request.card.insteadOf }),
  };
}

/** The one that says what to do about it; both are undefined where nobody has written any. */
function playbookOf(
  { kind, control }: Pick<Request, 'kind' | 'control'>,
  { playbooks, threats }: ViewSources,
): Pick<RequestView, 'playbook' | 'threatPlaybook'> {
  return kind === 'threat'
    ? { playbook: undefined, threatPlaybook: threats(control) }
    : { playbook: playbooks(control), threatPlaybook: undefined };
}
