import type { Account, AccountLookup } from '../accounts';
import { addToBulletin, type Bulletins } from '../bulletins';
import type { Calendar } from '../calendar';
import { type Queues, WORKFLOW_BATCH } from '../queues';
import { amend, derivedId, type History } from '../store';
import type { Issue } from './issue';
import { isOpen } from './issue';
import type { Issues } from './issues';
import {
  type IssueKey,
  issueItemKey,
  issueKeyOf,
  issueName,
  issueRef,
  requestKeyOf,
  requestRef,
} from './keys';
import type { Request, RequestKey } from './request';
import type { Requests } from './requests';

const PARALLEL = 8;

/** What the effects of a moved issue need. */
export interface Effects {
  readonly issues: Issues;
  readonly requests: Requests;
  readonly history: History;
  readonly queues: Queues;
  readonly accounts: AccountLookup;
  readonly bulletins: Bulletins;
  readonly calendar: Calendar;
  /** Channel id for requests of accounts that name none. */
  readonly defaultChannel: string;
  /** Channel id of the security team. */
  readonly securityChannel: string;
  /** Tells the security team of an issue whose control nobody has decided on. */
  readonly holdUndecided: (issue: Issue) => Promise<void>;
  readonly now: () => Date;
}

/** Wants a request's card shown anew: raises the revision first, so that no refresh is taken for an older one. */
export async function refreshCard(
  key: RequestKey,
  effects: Pick<Effects, 'requests' | 'queues' | 'now'>,
): Promise<Request | undefined> {
  const request = await effects.requests.raise(key, effects.now());
  if (request) await enqueueCard(request, effects);
  return request;
}

/** Queues the refresh of a request whose revision has already been raised. */
export async function enqueueCard(request: Request, effects: Pick<Effects, 'queues'>): Promise<void> {
  await effects.queues.card({
    record: requestRef(request),
    revision: request.revision,
    channel: request.channel,
  });
}

/** Owners hear nothing of an account in mode observe: what cannot wait goes to the security team. */
function channelOf(account: Account, effects: Pick<Effects, 'defaultChannel' | 'securityChannel'>): string {
  return account.mode === 'observe' ? effects.securityChannel : (account.channel ?? effects.defaultChannel);
}

/** Threats, and what a person has sent by hand, are told whatever the mode. */
export function toldInObserve(issue: Pick<Issue, 'product' | 'sentAt'>): boolean {
  return issue.product === 'guardduty' || issue.sentAt !== undefined;
}

/** What would have been done, for the security team's summary of the next morning. */
async function noteObserved(issue: Issue, effects: Effects): Promise<void> {
  const what =
    issue.state === 'open'
      ? 'ask'
      : issue.state === 'notifying'
        ? 'tell'
        : issue.state === 'suppressing' && issue.cause?.by === 'policy'
          ? 'suppress'
          : undefined;
  if (what === undefined) return;
  const { calendar } = effects;
  const postAt = calendar.nextMorning(effects.now());
  await addToBulletin(
    {
      key: { kind: 'observed', subject: 'all', day: calendar.dayOf(postAt) },
      channel: effects.securityChannel,
      postAt,
    },
    {
      ref: issueName(issueKeyOf(issue)),
      about: 'issue',
      facts: { account: issue.account, control: issue.control, what },
    },
    effects,
  );
}

/**
 * What was shown to the security team alone, while the account was observed, goes to its own channel now. Done by
 * whoever shows it, so that nobody is taken to have been told by a card in the wrong channel.
 * @returns true when it has to be shown elsewhere
 */
export async function moveHome(request: Request, effects: Effects): Promise<boolean> {
  const home = channelOf(effects.accounts(request.account), effects);
  const away = (r: Request) =>
    r.channel === effects.securityChannel && r.channel !== home && r.card.insteadOf === undefined;
  if (!away(request)) return false;
  const { record } = await amend(
    effects.requests,
    request,
    (r) => {
      if (!away(r)) return undefined;
      const { ts, posting: _, shownHash: __, ...card } = r.card;
      return {
        ...r,
        channel: home,
        revision: r.revision + 1,
        unsettled: effects.now().toISOString(),
        card: { ...card, ...(ts !== undefined && { previous: { channel: card.channel ?? r.channel, ts } }) },
      };
    },
    request,
  );
  if (record) await enqueueCard(record, effects);
  return true;
}

async function openRequest(issue: Issue, account: Account, effects: Effects): Promise<void> {
  const key = requestKeyOf(issue);
  if (await refreshCard(key, effects)) return;
  const request: Request = {
    ...key,
    control: issue.control,
    product: issue.product,
    channel: channelOf(account, effects),
    revision: 1,
    phase: 'new',
    card: { shownRevision: 0, toldThrough: 0 },
    version: 1,
    seq: 0,
    outbox: [],
    unsettled: effects.now().toISOString(),
  };
  if (await effects.requests.create(request)) await enqueueCard(request, effects);
  else await refreshCard(key, effects);
}

/** Asks the workflow handler to make Security Hub follow this issue. */
export async function enqueueWorkflow(issue: Issue, effects: Pick<Effects, 'queues'>): Promise<void> {
  await effects.queues.workflow({
    issues: [{ record: requestRef(requestKeyOf(issue)), issue: issueRef(issue) }],
  });
}

/**
 * Does what an unsettled issue still wants done, from the record alone: so the clock can do it again after a crash.
 * Every effect is idempotent. An open issue is settled later, by whoever tells Security Hub that it has been shown.
 */
export async function emitEffects(issue: Issue, effects: Effects): Promise<void> {
  if (issue.unsettled === undefined) return;
  const account = effects.accounts(issue.account);
  const writes = account.mode === 'enforce';
  if (issue.state === 'held') await effects.holdUndecided(issue);
  if (account.mode === 'observe' && !toldInObserve(issue)) await noteObserved(issue, effects);
  else {
    if (isOpen(issue)) {
      if (issue.lift && writes) await enqueueWorkflow(issue, effects);
      await openRequest(issue, account, effects);
      return;
    }
    if ((issue.state === 'suppressing' || issue.lift) && writes) {
      await enqueueWorkflow(issue, effects);
      await refreshCard(requestKeyOf(issue), effects);
      return;
    }
    await refreshCard(requestKeyOf(issue), effects);
  }
  await settleIssue(issue, effects);
}

/** Tells an exception's change that this issue is no longer covered by it. */
async function enqueueLapse(
  issue: Issue,
  { change, why }: NonNullable<Issue['voided']>,
  effects: Pick<Effects, 'queues'>,
): Promise<void> {
  const ref = issueRef(issue);
  await effects.queues.change({
    id: derivedId('lapse', change, ref),
    version: 0,
    group: requestRef(requestKeyOf(issue)),
    body: { type: 'lapse', id: change, what: why === 'changed' ? 'resource changed' : why, detail: ref },
  });
}

/**
 * Marks an issue as settled: keeps its history for good, then clears the mark, unless the issue has moved on,
 * in which case the newer move's effects do it.
 */
export async function settleIssue(
  issue: Issue,
  effects: Pick<Effects, 'issues' | 'history' | 'queues'>,
): Promise<void> {
  const key: IssueKey = issueKeyOf(issue);
  if (issue.voided) await enqueueLapse(issue, issue.voided, effects);
  await effects.history.copy(issueItemKey(key), issue.uncopied);
  const { unsettled: _, waiting: __, voided: ___, ...rest } = issue;
  await effects.issues.replace({ ...rest, uncopied: [], version: issue.version + 1 }, issue.version);
}

/** Moves many issues of one request by a pure step; their effects are left to `emitTogether`. */
export async function moveIssues(
  issues: readonly Issue[],
  step: (issue: Issue) => Issue | undefined,
  effects: Pick<Effects, 'issues'>,
): Promise<readonly Issue[]> {
  const moved: Issue[] = [];
  for (let from = 0; from < issues.length; from += PARALLEL) {
    const some = await Promise.all(
      issues
        .slice(from, from + PARALLEL)
        .map((issue) => amend(effects.issues, issueKeyOf(issue), step, issue)),
    );
    moved.push(...some.flatMap(({ record }) => record ?? []));
  }
  return moved;
}

/** Makes Security Hub follow many issues of one request, in as few messages as hold them. */
export async function enqueueWorkflows(
  key: RequestKey,
  issues: readonly Issue[],
  effects: Pick<Effects, 'queues'>,
): Promise<void> {
  for (let from = 0; from < issues.length; from += WORKFLOW_BATCH) {
    await effects.queues.workflow({
      issues: issues
        .slice(from, from + WORKFLOW_BATCH)
        .map((issue) => ({ record: requestRef(key), issue: issueRef(issue) })),
    });
  }
}

/** Effects of many issues of one request: one refresh, and as few workflow messages as hold them. */
export async function emitTogether(
  key: RequestKey,
  issues: readonly Issue[],
  effects: Effects,
): Promise<void> {
  const unsettled = issues.filter((issue) => issue.unsettled !== undefined);
  const account = effects.accounts(key.account);
  if (account.mode === 'observe') {
    for (const issue of unsettled) await emitEffects(issue, effects);
    return;
  }
  const toWrite =
    account.mode === 'enforce'
      ? unsettled.filter((issue) => issue.state === 'suppressing' || issue.lift === true)
      : [];
  await enqueueWorkflows(key, toWrite, effects);
  const open = unsettled.find(isOpen);
  if (open) await openRequest(open, account, effects);
  else await refreshCard(key, effects);
  for (const issue of unsettled) {
    if (issue.state === 'held') await effects.holdUndecided(issue);
    if (!isOpen(issue) && !toWrite.includes(issue)) await settleIssue(issue, effects);
  }
}
