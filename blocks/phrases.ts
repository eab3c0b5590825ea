import type { DenyReason, Ruling } from '../src/access';
import { type Account, isUserGroup, type Principal } from '../src/accounts';
import type { Severity } from '../src/controls';
import type { Language } from '../src/playbooks';
import type { Treated } from '../src/policy';
import type { RequestView } from '../src/requests';
import { cleanLine, code, cut, excerpt, joined, mention, mrk, type SafeMrkdwn } from './kit';
import type { Words } from './words';

const NAME = 80;

/** `name (id)`; for an account without a name it says that it has none. */
export function accountLabel(account: Pick<Account, 'id' | 'name'>, words: Words): string {
  const name = cleanLine(account.name ?? '').trim();
  return name === '' ? words.accountName(account.id) : `${cut(name, NAME)} (${account.id})`;
}

/** Mentions somebody as one is addressed in the language. */
export function addressed(who: Principal, words: Words): SafeMrkdwn {
  return isUserGroup(who) ? words.people(mention(who)) : words.person(mention(who));
}

/** Mentions all of them, or the first `most`: a request is not a broadcast. */
export function addressedAll(all: readonly Principal[], words: Words, most = 10): SafeMrkdwn {
  return words.listed(all.slice(0, most).map((who) => addressed(who, words)));
}

/** An AWS identity. It is never looked at as a Slack id, whatever its form. */
export function identity(who: string | undefined, words: Words): SafeMrkdwn {
  return who === undefined || who === '' ? mrk`${words.thread.somebody}` : code(who);
}

/** A region as people say it. */
export function regionLabel(region: string, words: Words): SafeMrkdwn {
  return region === 'global' ? mrk`${words.global}` : excerpt(region, 40);
}

/** The playbook's title, else Security Hub's own. Untrusted text. */
export function titleOf(
  view: Pick<RequestView, 'playbook' | 'title'> & Partial<Pick<RequestView, 'threatPlaybook'>>,
  language: Language,
): string {
  return (view.playbook ?? view.threatPlaybook)?.text[language].title ?? view.title;
}

/** Why Security Hub refused a write, in plain words; an unknown reason is quoted. */
export function refusalOf(detail: string | undefined, words: Words): SafeMrkdwn {
  if (detail === undefined || detail.trim() === '') return mrk`${words.thread.noDetail}`;
  const refusal = refusalCode(detail);
  const known = Object.hasOwn(words.refusal, refusal) ? words.refusal[refusal] : undefined;
  return known === undefined ? words.thread.unknownRefusal(code(detail, 120)) : mrk`${known}`;
}

/** The code that a refusal begins with: `FindingNotFound` of `FindingNotFound: no such finding`. */
export function refusalCode(detail: string): string {
  return /^\w+/.exec(detail.trim())?.[0] ?? '';
}

const DOTS: Record<Severity, string> = {
  CRITICAL: '🔴',
  HIGH: '🟠',
  MEDIUM: '🟡',
  LOW: '🔵',
  INFORMATIONAL: '⚪',
};

/** A dot in the severity's colour: seen before it is read. */
export function severityDot(severity: Severity): string {
  return DOTS[severity];
}

/** Why something is refused or has to wait, and whom to ask, in plain words. */
export function rulingText(
  ruling: Exclude<Ruling, { effect: 'allow' }>,
  ask: readonly Principal[],
  words: Words,
): SafeMrkdwn {
  const why =
    ruling.effect === 'deny'
      ? denial(ruling.reason, words)
      : words.ruling.needsApproval(ruling.needs, ruling.other);
  const which =
    ruling.effect === 'deny' && ruling.about !== undefined ? [words.bulk.about(code(ruling.about, 150))] : [];
  const whom = ask.length === 0 ? [] : [words.ruling.askThem(addressedAll(ask, words))];
  return joined([...which, why, ...whom]);
}

function denial(reason: DenyReason, words: Words): SafeMrkdwn {
  switch (reason.code) {
    case 'outsider':
    case 'guest':
    case 'left':
    case 'owned':
    case 'gone':
      return words.ruling[reason.code];
    case 'too-long':
      return words.ruling.tooLong(reason.maxDays, words.severity[reason.severity]);
    case 'not-allowed':
      return reason.who.length === 0
        ? words.ruling.notAllowedNobody
        : words.ruling.notAllowed(words.roles(reason.who.map((role) => words.role[role])));
  }
}

/** What the policy says of one kind of account. */
export type PolicyRow = Pick<Treated, 'treatment' | 'deadlineHours' | 'line' | 'undecided'>;

/** The line that answers for a control somebody decided on in Slack; see `Treated`. */
const ANSWER = 'answer';

/** How a kind of account is treated, by when, and which line says so. */
export function policyRow(kindName: string, treated: PolicyRow, { answers, treatment }: Words): SafeMrkdwn {
  const due = treated.treatment === 'track' ? [mrk`${answers.policyDue(treated.deadlineHours)}`] : [];
  return joined(
    [
      answers.policyRow(kindName, treatment[treated.treatment]),
      ...due,
      treated.line === ANSWER ? answers.policyAnswer : answers.policyLine(code(treated.line, 80)),
    ],
    mrk` · `,
  );
}

/** What a kind of change is called; one without words of its own is named by its code. */
export function kindName(kind: string, { approval }: Words): string {
  return (Object.hasOwn(approval.kinds, kind) ? approval.kinds[kind] : undefined) ?? approval.anyKind(kind);
}
