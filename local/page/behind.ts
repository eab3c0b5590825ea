import type { Bot } from '../../handlers/composition';
import { accountRequestKey, parseAccountRequestRef } from '../../src/account-requests';
import { accountItemKey } from '../../src/accounts';
import { type Bulletin, bulletinRef, parseBulletinRef } from '../../src/bulletins';
import { changeItemKey, parseChangeRef } from '../../src/changes';
import { severityRank } from '../../src/controls';
import { noticeRef, parseNoticeRef } from '../../src/notices';
import { explain, type PolicyFile } from '../../src/policy';
import { parseQuestionRef } from '../../src/questions';
import { viewAccountList } from '../../src/registry';
import {
  byDeadline,
  type Issue,
  isOpen,
  issueItemKey,
  issueKeyOf,
  parseRequestRef,
  type Request,
  type RequestKey,
  requestItemKey,
  viewRequest,
} from '../../src/requests';
import { METADATA_EVENT } from '../../src/slack';
import type { HistoryEntry, Key } from '../../src/store';
import type { AwsControl } from '../aws';
import { type Call, LOCAL_WORKSPACE } from '../slack';
import type { Behind, BehindEntry, Decision, Document } from './api';
import { PageRefusal } from './refusal';

/** Where to look behind a message. */
export interface BehindDeps {
  readonly bot: Bot;
  /** Address of the Slack stand-in. */
  readonly slack: string;
  readonly hub: AwsControl;
}

/** As many as a person reads through. */
const ISSUES = 50;
const HISTORY = 200;
const ISSUES_WITH_HISTORY = 10;
const CALLS = 100;

interface Shown {
  readonly bot_id?: string;
  readonly channel?: string;
  readonly ts: string;
  readonly text?: string;
  readonly blocks?: readonly Document[];
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: Document };
}

/** What is known of the record that a message shows. */
type About = Pick<Behind, 'kind' | 'title' | 'record' | 'issues' | 'history'> & {
  readonly decision?: Decision;
  /** Ids of its findings in Security Hub. */
  readonly findingIds: readonly string[];
  /** What else calls to AWS about it name. */
  readonly alsoNamed?: readonly string[];
};

/** Everything that lies behind one message: its record, findings, decision, history, and the calls made. */
export async function behind(channel: string, ts: string, deps: BehindDeps): Promise<Behind> {
  const message = await findMessage(channel, ts, deps.slack);
  const { findingIds, alsoNamed = [], ...about } = await aboutOf(message, deps.bot);
  const wanted = new Set(findingIds);
  const named = [...findingIds, ...alsoNamed];
  const [held, slackCalls, awsCalls] = await Promise.all([
    wanted.size === 0 ? [] : deps.hub.findings(),
    callsOf(channel, ts, deps.slack),
    named.length === 0 ? [] : deps.hub.callsAbout(named),
  ]);
  return {
    ...about,
    findings: held.filter(({ Id }) => wanted.has(Id)),
    message: message.blocks ?? [],
    slackCalls,
    awsCalls: awsCalls.slice(-CALLS).map(({ operation, at, outcome, input, error }) => ({
      operation,
      at,
      outcome,
      input,
      ...(error !== undefined && { error }),
    })),
  };
}

async function read<T>(slack: string, path: string): Promise<T | undefined> {
  const answer = await fetch(`${slack}/control/${path}`);
  if (answer.status === 400) return undefined;
  if (!answer.ok) throw new PageRefusal(502, `The Slack stand-in answers ${answer.status}.`);
  return (await answer.json()) as T;
}

async function findMessage(channel: string, ts: string, slack: string): Promise<Shown> {
  const path = [channel, ts].map(encodeURIComponent).join('/');
  const found = await read<Shown>(slack, `channels/${path}`);
  if (found) return found;
  // Shown to one person alone: in nobody's channel.
  for (const { id } of LOCAL_WORKSPACE.users) {
    const user = await read<{ readonly ephemerals: readonly Shown[] }>(slack, `users/${id}`);
    const own = user?.ephemerals.find((message) => message.ts === ts && message.channel === channel);
    if (own) return own;
  }
  throw new PageRefusal(404, 'This message is no longer there.');
}

async function callsOf(channel: string, ts: string, slack: string): Promise<Behind['slackCalls']> {
  const query = new URLSearchParams({ channel, ts });
  const calls = (await read<readonly Call[]>(slack, `calls?${query.toString()}`)) ?? [];
  return calls.slice(-CALLS).map(({ method, at, args, result, fault }) => {
    const error = fault ?? result['error'];
    return {
      method,
      at: new Date(at).toISOString(),
      ok: result['ok'] === true,
      ...(typeof error === 'string' && { error }),
      args,
    };
  });
}

async function aboutOf({ bot_id, text, metadata }: Shown, bot: Bot): Promise<About> {
  const payload = metadata?.event_payload ?? {};
  const { record, key } = payload;
  const own = bot_id === bot.settings.SLACK_BOT_ID && metadata?.event_type === METADATA_EVENT;
  const found = own && typeof record === 'string' ? await recordBehind(record, String(key), bot) : undefined;
  return (
    found ?? {
      kind: 'none',
      title: (text ?? '').slice(0, 80),
      record: null,
      issues: [],
      history: [],
      findingIds: [],
    }
  );
}

async function recordBehind(ref: string, key: string, bot: Bot): Promise<About | undefined> {
  const bulletin = parseBulletinRef(ref);
  if (bulletin) return bulletinBehind(bulletin, bot);
  const notice = parseNoticeRef(ref);
  if (notice) return noticeBehind(notice, bot);
  const change = parseChangeRef(ref);
  if (change !== undefined) return changeBehind(change, bot);
  const wanted = parseAccountRequestRef(ref);
  if (wanted !== undefined) return accountRequestBehind(wanted, bot);
  const request = parseRequestRef(ref);
  return request && requestBehind(request, key, bot);
}

const plain = (record: object): Document => ({ ...record });
const idsOf = (issues: readonly Issue[]): string[] => [
  ...new Set(issues.flatMap(({ findings }) => Object.values(findings).map(({ id }) => id))),
];

async function bulletinBehind(
  key: NonNullable<ReturnType<typeof parseBulletinRef>>,
  bot: Bot,
): Promise<About | undefined> {
  const { bulletins, issues: stored } = bot.intake;
  const [bulletin, lines] = await Promise.all([bulletins.load(key), bulletins.lines(key)]);
  if (bulletin === undefined) return undefined;
  const keys = lines.flatMap(({ ref, about }): RequestKey[] => {
    const named = about === 'request' ? ref : `${ref}/control/${key.subject}`;
    const request = about === 'request' || key.kind === 'undecided' ? parseRequestRef(named) : undefined;
    return request ? [request] : [];
  });
  const issues: Issue[] = [];
  for (const request of keys) {
    if (issues.length >= ISSUES) break;
    issues.push(...(await stored.of(request)));
  }
  const shown = issues.slice(0, ISSUES);
  const [first] = shown;
  return {
    kind: 'bulletin',
    title: bulletinRef(bulletin),
    // The list of accounts has no lines: it shows the accounts as they are.
    record:
      key.kind === 'accounts'
        ? { ...bulletin, ...(await accountsOn(bulletin, bot)) }
        : { ...bulletin, lines },
    issues: shown.map(plain),
    // The lines of the others may each have been decided by another line of the policy.
    ...(key.kind === 'undecided' && first && { decision: decisionOf(first, shown, bot) }),
    history: [],
    findingIds: idsOf(shown),
  };
}

async function accountsOn(bulletin: Bulletin, bot: Bot): Promise<Document> {
  const view = await viewAccountList(bulletin, bot.accountList);
  return view?.kind === 'accounts' ? { ownerless: view.ownerless, unregistered: view.unregistered } : {};
}

async function noticeBehind(
  key: NonNullable<ReturnType<typeof parseNoticeRef>>,
  bot: Bot,
): Promise<About | undefined> {
  const notice = await bot.noticePublisher.notices.load(key);
  if (notice === undefined) return undefined;
  const about: readonly RequestKey[] =
    notice.kind === 'unchecked'
      ? [{ account: notice.account, kind: 'control', subject: notice.control.toLowerCase() }]
      : [];
  const issues = (await Promise.all(about.map((each) => bot.intake.issues.of(each)))).flat();
  const shown = issues.slice(0, ISSUES);
  // Who owns an account is told of the account: what was done to it stands there.
  const account = notice.kind === 'owner' ? await bot.registry.accounts.load(notice.account) : undefined;
  return {
    kind: 'notice',
    title: noticeRef(notice),
    record: { ...notice, ...(account && { about: account }) },
    issues: shown.map(plain),
    history: account ? await recordHistory(accountItemKey(account.id), account.uncopied, bot) : [],
    findingIds: idsOf(shown),
  };
}

async function changeBehind(id: string, bot: Bot): Promise<About | undefined> {
  const change = await bot.changes.load(id);
  if (change === undefined) return undefined;
  const { kind, about } = change;
  const key = about.request === undefined ? undefined : parseRequestRef(about.request);
  const request = key && (await requestBehind(key, '', bot));
  return {
    kind: 'change',
    title: [kind, request?.title ?? about.account].filter((part) => part !== undefined).join(': '),
    record: { ...change, ...(request && { on: request.record }) },
    issues: request?.issues ?? [],
    ...(request?.decision && { decision: request.decision }),
    history: await recordHistory(changeItemKey(id), change.uncopied, bot),
    findingIds: request?.findingIds ?? [],
  };
}

async function accountRequestBehind(id: string, bot: Bot): Promise<About | undefined> {
  const request = await bot.accountRequests.load(id);
  if (request === undefined) return undefined;
  const { account, check, wanted } = request;
  return {
    kind: 'account-request',
    title: wanted.name,
    record: plain(request),
    issues: [],
    history: await recordHistory(accountRequestKey(id), request.uncopied, bot),
    findingIds: [],
    alsoNamed: [account, check?.roleArn].filter((name) => name !== undefined),
  };
}

async function requestBehind(key: RequestKey, entryKey: string, bot: Bot): Promise<About | undefined> {
  const [request, all] = await Promise.all([bot.intake.requests.load(key), bot.intake.issues.of(key)]);
  if (request === undefined) return undefined;
  const issues = [...all].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || byDeadline(a, b));
  const shown = issues.slice(0, ISSUES);
  const entries = await entriesOf(request, key, bot);
  const asked = entries.find(({ seq }) => String(seq) === entryKey)?.['question'];
  const named = typeof asked === 'string' ? parseQuestionRef(asked) : undefined;
  const question = named && (await bot.questions.load(named));
  const worst = [...shown]
    .sort(
      (a, b) => Number(isOpen(b)) - Number(isOpen(a)) || severityRank(a.severity) - severityRank(b.severity),
    )
    .at(0);
  const { title } = viewRequest(request, all, bot.views, bot.ports.now());
  return {
    kind: question ? 'question' : 'request',
    title: `${request.control} ${title}`,
    record: question ? { ...question, about: request } : plain(request),
    issues: shown.map(plain),
    ...(worst && { decision: decisionOf(worst, shown, bot) }),
    history: await historyOf(entries, shown, bot),
    findingIds: idsOf(shown),
  };
}

/** The request's numbered entries, those still in the record and those already copied. */
async function entriesOf(
  request: Request,
  key: RequestKey,
  bot: Bot,
): Promise<readonly (Document & { readonly seq: number; readonly at: string })[]> {
  const copied = await bot.intake.history.latest(requestItemKey(key), HISTORY);
  const bySeq = new Map(
    [...copied, ...request.outbox].map((entry) => [entry.seq, { ...entry, seq: entry.seq, at: entry.at }]),
  );
  return [...bySeq.values()];
}

/** Entries of one record, those still in it and those already copied, the oldest first. */
async function recordHistory(
  key: Key,
  uncopied: readonly HistoryEntry[],
  bot: Bot,
): Promise<readonly BehindEntry[]> {
  const copied = await bot.intake.history.latest(key, HISTORY);
  const bySeq = new Map<number, HistoryEntry>([...copied, ...uncopied].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()]
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, at, what, by, detail }) => ({
      seq,
      at,
      what,
      ...(by !== undefined && { by }),
      ...(detail !== undefined && { detail }),
    }));
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

async function historyOf(
  entries: Awaited<ReturnType<typeof entriesOf>>,
  issues: readonly Issue[],
  bot: Bot,
): Promise<readonly BehindEntry[]> {
  const told = entries.map((entry): BehindEntry => {
    const by = text(entry['who']);
    // What somebody said comes first: an answer's detail is the question that it answers.
    const detail = text(entry['reason']) ?? text(entry['detail']);
    return {
      seq: entry.seq,
      at: entry.at,
      what: text(entry['kind']) ?? '',
      ...(by !== undefined && { by }),
      ...(detail !== undefined && { detail }),
    };
  });
  const moved = await Promise.all(
    issues.slice(0, ISSUES_WITH_HISTORY).map(async (issue) => {
      const entries = await recordHistory(issueItemKey(issueKeyOf(issue)), issue.uncopied, bot);
      return entries.map((entry): BehindEntry => ({ ...entry, resource: issue.resource.id }));
    }),
  );
  return [...told, ...moved.flat()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq));
}

/** A line of the policy as it is written, without the comments that follow it. */
function lineText({ lines, text: policy }: PolicyFile, lineNumber: number): string {
  const next = Math.min(...lines.map((line) => line.lineNumber).filter((number) => number > lineNumber));
  return policy
    .split('\n')
    .slice(lineNumber - 1, Number.isFinite(next) ? next - 1 : undefined)
    .filter((row) => row.trim() !== '' && !row.trim().startsWith('#'))
    .join('\n');
}

function decisionOf(issue: Issue, issues: readonly Issue[], bot: Bot): Decision {
  const policy = bot.policies.current();
  const { treated, line, answer } = explain(policy, {
    control: issue.control,
    product: issue.product,
    severity: issue.severity,
    category: bot.config.catalogue.find(issue.control)?.category,
    account: issue.account,
    kind: bot.accounts.lookup(issue.account).kind,
    region: issue.region,
    tags: issue.resource.tags,
  });
  const due = issues.filter(isOpen).sort(byDeadline)[0]?.due;
  const why = line?.why ?? (answer && `${answer.who}, ${answer.at}`);
  return {
    treatment: treated.treatment,
    line: treated.line,
    version: treated.version,
    severity: issue.severity,
    deadlineHours: treated.deadlineHours,
    ...(line && { lineNumber: line.lineNumber, text: lineText(policy.file, line.lineNumber) }),
    ...(why !== undefined && { why }),
    ...(due !== undefined && { due }),
  };
}
