import type { ApproverRole, Need } from '../../src/access';
import { mrk } from '../kit';
import type { ja } from './ja';
import { en as accounts } from './sections/accounts';
import { en as approval } from './sections/approval';
import { en as bulk } from './sections/bulk';
import { en as bulletin } from './sections/bulletin';
import { en as exceptions } from './sections/exceptions';
import { en as misread } from './sections/misread';
import { en as newAccount } from './sections/new-account';
import { en as owners } from './sections/owners';
import { en as playbook } from './sections/playbook';
import { en as questions } from './sections/questions';

/** "1 resource", "3 resources". */
function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

const approver: Record<ApproverRole, string> = { analyst: 'security analyst', lead: 'security lead' };

/** Who has to approve, and how many of them. */
function approvers(needs: readonly Need[]): string {
  return needs
    .map(({ of, count: n }) => (n === 1 ? `a ${approver[of]}` : count(n, approver[of])))
    .join(' and ');
}

/** The English words. */
export const en: typeof ja = {
  severity: {
    CRITICAL: 'Critical',
    HIGH: 'High',
    MEDIUM: 'Medium',
    LOW: 'Low',
    INFORMATIONAL: 'Informational',
  },
  kind: { production: 'production', 'non-production': 'non-production' },
  role: {
    member: 'members of this workspace',
    owner: 'the account’s owner or deputy',
    analyst: 'a security analyst',
    lead: 'a security lead',
  },
  state: {
    open: 'Open',
    notifying: 'Open (notice only)',
    suppressing: 'Being suppressed (waiting for Security Hub)',
    suppressed: 'Suppressed',
    resolved: 'Resolved',
    closed: 'Closed',
    left: 'Left to others',
    held: 'Waiting for a decision',
    unknown: 'Cannot be checked',
  },
  workflow: { NEW: 'New', NOTIFIED: 'Notified', RESOLVED: 'Resolved', SUPPRESSED: 'Suppressed' },
  record: { ACTIVE: 'Active', ARCHIVED: 'Archived' },
  treatment: {
    track: 'followed until it is fixed',
    notify: 'told, then suppressed',
    ignore: 'suppressed without a message',
    leave: 'left alone (somebody else looks after it)',
  },
  nextCheck: {
    periodic:
      'AWS checks this every 12 or 24 hours, so the result arrives within 24 hours of its last check.',
    change: 'AWS checks this when the resource changes; the result usually arrives within minutes.',
    both: 'AWS checks this when the resource changes, usually within minutes, and otherwise within 24 hours of its last check.',
  },
  unreachable: {
    not_in_channel: (channel) =>
      mrk`This is shown here because the bot is not in ${channel}. Please invite it there with \`/invite\`.`,
    channel_not_found: (channel) =>
      mrk`This is shown here because ${channel} could not be found. If it is private, please invite the bot there with \`/invite\`; otherwise, please register another channel for the account.`,
    is_archived: (channel) =>
      mrk`This is shown here because ${channel} is archived. Please register another channel for the account.`,
    externally_shared: (channel) =>
      mrk`This is shown here because ${channel} is shared with people outside the company. Please register an internal channel for the account.`,
  },
  refusal: {
    FindingNotFound: 'Security Hub no longer has this finding: it is gone, or another has taken its place',
    ConcurrentUpdateError: 'Security Hub was busy with another update of the same finding',
    InternalFailure: 'Security Hub had an internal error',
    InvalidInput: 'Security Hub did not accept what was written',
    LimitExceeded: 'The limit for writing to Security Hub was reached',
    AccessDenied: 'The bot is not permitted to write to Security Hub',
  },
  bulletin,

  person: (who) => who,
  people: (who) => who,
  listed: (all) =>
    all.reduce(
      (text, one, index) =>
        index === 0 ? one : index === all.length - 1 ? mrk`${text} and ${one}` : mrk`${text}, ${one}`,
      mrk``,
    ),
  roles: (all) => all.join(' or '),
  accountName: (id) => `no name yet (${id})`,
  global: 'all regions (global)',
  andMore: (n) => `and ${n} more`,
  none: 'none',
  close: 'Close',
  day: (at, timeZone) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone }).format(at),

  card: {
    title: (level, title) => `${level}: ${title}`,
    threat: (level, title) => `Threat, ${level.toLowerCase()}: ${title}`,
    resolvedTitle: (title) => `Resolved: ${title}`,
    suppressedTitle: (title) => `Suppressed: ${title}`,
    closedTitle: (title) => `Closed: ${title}`,
    notification: (title, account) => mrk`${title} — ${account}`,
    ask: (who) => mrk`${who}, please take a look and decide what to do.`,
    askOwnerless: (who) =>
      mrk`${who}, this account has no owner yet. Could you please take a look in their place?`,
    askNobody: mrk`This account has no owner yet. If it is yours, please take a look.`,
    noticeOnly: mrk`This is for your information. Acting on it is optional; once told, it is suppressed and leaves the score.`,
    due: 'By when',
    dueOn: (when) => when,
    overdue: (when) => mrk`${when} (this has passed)\nIf it needs more time, just say so in the thread.`,
    noDue: 'No deadline',
    account: 'Account',
    control: 'Control',
    threatType: 'Type of threat',
    region: 'Region',
    severityLabel: 'Severity',
    taken: 'Taken by',
    takenBy: (who, when) => mrk`${who} (since ${when})`,
    why: 'Why it matters',
    what: 'What happened',
    resources: (n) => `Resources (${n})`,
    showMore: (n) => `Show ${n} more`,
    pressSuppress: mrk`Press “Suppress…” and leave the reason.`,
    pressSuppressOnly: mrk`If this is intended, press “Suppress…” and leave the reason.`,
    readMore: 'Step by step, in the AWS documentation',
    progress: (parts, total) => mrk`Of ${total}: ${parts.join(', ')}`,
    open: (n) => `${n} open`,
    resolved: (n) => `${n} resolved`,
    suppressed: (n) => `${n} suppressed`,
    closed: (n) => `${n} closed`,
    doneResolved: mrk`All resolved. Thank you for taking care of it.`,
    doneResolvedBy: (who) => mrk`All resolved. Thank you for taking care of it, ${who}.`,
    doneSuppressed: mrk`Everything here is suppressed. There is nothing to do at the moment.`,
    doneClosed: mrk`The resources are gone, so this request is closed.`,
    fixedClaim: (who, when) => mrk`${who} says that it is fixed (${when}).`,
    stillFailing: (n) => mrk`At that time Security Hub still recorded ${n} as failing.`,
    waiting: mrk`Waiting for AWS to check again.`,
    noneFailing: mrk`At that time Security Hub recorded no failure any more.`,
    byException: (who, n, until) => mrk`*${n} suppressed* by ${who} until ${until}.`,
    reason: 'Reason',
    ticket: 'Ticket',
    byPolicy: (n, line) => mrk`*${n} suppressed* by policy, line ${line}.`,
    byOutside: (n, who) => mrk`*${n} suppressed* in Security Hub itself by ${who}.`,
    byOutsideUnknown: (n) => mrk`*${n} suppressed* in Security Hub itself.`,
    pending: (n) => mrk`Security Hub has not confirmed ${n} of them yet.`,
    withheldGroup: (n) => mrk`For ${n} of them, nothing is written to Security Hub.`,
    moreGroups: (n) =>
      mrk`There ${n === 1 ? 'is one more suppression' : `are ${n} more suppressions`}; see the details.`,
    withheld: mrk`This account is in mode notify: nothing is written to Security Hub.`,
    observed: mrk`This account is in mode observe, so only the security team is shown this; its owner has not been told.`,
    failed: (n) => mrk`*${n} could not be suppressed* and stay open for now.`,
    previous: (link) => mrk`There was a request like this before: ${link}`,
    previousLink: 'the earlier card',
    unreachable: (channel, because) =>
      mrk`This is shown here because ${channel} could not be reached (${because}). Please check that the bot is invited there, or register another channel for the account.`,
    take: 'I’ll take it',
    fixed: 'I fixed it',
    suppress: 'Suppress…',
    details: 'See details',
    checkNow: 'Check now',
    undo: 'Undo suppression',
    undoTitle: 'Undo suppression',
    undoText: 'The resources become open again, and so does this request.',
    keep: 'Back',
  },

  thread: {
    joined: (n) => mrk`${count(n, 'more resource')} joined this request.`,
    back: (n) => mrk`${count(n, 'resource')} ${n === 1 ? 'is' : 'are'} back again. Please have another look.`,
    backBrief: 'Back again',
    lookPlease: (who) => mrk`${who}, please have a look.`,
    suppressed: (who, n, until) => mrk`${who} suppressed ${count(n, 'resource')} until ${until}.`,
    suppressedForGood: (who, n) => mrk`${who} suppressed ${count(n, 'resource')}.`,
    reason: 'Reason',
    ticket: 'Ticket',
    undone: (who, n) =>
      mrk`${who} undid the suppression of ${count(n, 'resource')}, which ${n === 1 ? 'is' : 'are'} open again.`,
    expired: (n) =>
      mrk`The suppression of ${count(n, 'resource')} has run out, so ${n === 1 ? 'it is' : 'they are'} open again.`,
    taken: (who) => mrk`${who} is taking care of it. Thank you.`,
    fixed: (who) => mrk`${who} says that it is fixed. Thank you.`,
    stillFailing: (n) =>
      mrk`Security Hub still records ${n} as failing. We simply wait until AWS checks again.`,
    noneFailing: mrk`Security Hub records no failure any more either; the card will follow shortly.`,
    resolved: [
      () => mrk`✅ All resolved. Thank you for taking care of it.`,
      () => mrk`✅ That was the last one. Thank you for fixing it so carefully.`,
      () => mrk`✅ Resolved and confirmed. The account is safer for it.`,
      () => mrk`✅ Confirmed. Thank you for making the time.`,
    ],
    thanks: (who) => mrk`Well done, ${who}.`,
    settled: mrk`Nothing is open here any more. There is nothing to do at the moment.`,
    adopted: (n, who) =>
      mrk`${who} suppressed ${count(n, 'resource')} in Security Hub itself. We follow that decision here.`,
    lifted: (n, who) =>
      mrk`${who} lifted the suppression of ${count(n, 'resource')} in Security Hub, so ${n === 1 ? 'it is' : 'they are'} open again.`,
    claimed: (n, who) =>
      mrk`${who} marked ${count(n, 'resource')} as resolved in Security Hub, but the check still fails. Until it passes, ${n === 1 ? 'it stays' : 'they stay'} open here.`,
    somebody: 'Somebody',
    failed: (n, because) => mrk`${count(n, 'resource')} could not be suppressed. ${because}.`,
    failedNext: mrk`What is affected stays open. Please try “Suppress…” again in a while; if it happens again, tell the security team.`,
    failedGone: mrk`There is nothing to do. Should a new finding arrive, you will hear of it here.`,
    unknownRefusal: (detail) => mrk`Security Hub answered ${detail}`,
    noDetail: 'No reason was given',
    opened: mrk`This request was opened.`,
    sent: (action) => mrk`Sent from Security Hub by the custom action ${action}.`,
    sentBy: (action, who) => mrk`${who} sent this from Security Hub by the custom action ${action}.`,
    sentUnnamed: mrk`Sent from Security Hub by a custom action.`,
  },

  loading: { title: 'One moment', text: mrk`One moment, please.` },

  suppress: {
    title: 'Suppress',
    submit: 'Suppress',
    cancel: 'Cancel',
    about: (control, title, account) => mrk`*${control} ${title}*\nAccount: ${account}`,
    target: (n) => `What will be suppressed (${n} open now)`,
    one: 'What will be suppressed',
    explain: mrk`While suppressed, it is not announced and does not count in the score. After that it is open again.`,
    withheld: mrk`This account is in mode notify: the suppression is recorded here, and nothing is written to Security Hub.`,
    reason: 'Reason',
    reasonHint: 'Say why this is fine, so that whoever reads it later can follow: 10 to 500 characters.',
    reasonPlaceholder: 'e.g. A test environment, reachable from our office network only.',
    scope: 'Scope',
    scopeAll: (n) => `All that are open now (${n})`,
    scopeChosen: 'Only those I choose',
    scopeNote: mrk`It does not apply to what is found later.`,
    issues: 'Resources to suppress',
    issuesPlaceholder: 'Choose resources',
    issuesHint: 'Needed with “Only those I choose”.',
    tooMany: (shown, all) =>
      mrk`The first ${shown} of ${all} can be chosen here; the rest, once these are dealt with.`,
    days: 'Until',
    daysPlaceholder: 'Choose a date',
    dayOption: (days, until) => `${count(days, 'day')} (until ${until})`,
    dayNeeds: (needs, other) => `Needs ${approvers(needs)}${other ? ' other than you' : ''} to approve`,
    askApproval: 'Ask for approval',
    approvalNote: mrk`Sending this asks the security team for approval. Nothing is suppressed until it is given.`,
    someNeedApproval: mrk`If the term you choose needs approval, sending this asks the security team for it. Nothing is suppressed until it is given.`,
    ticket: 'Ticket URL',
    ticketHint: 'A URL that begins with https://',
    refusedTitle: mrk`*This cannot be suppressed with your present rights.*`,
    nothing: mrk`Nothing is open here that could be suppressed.`,
    errors: {
      reasonShort: 'Please write at least 10 characters.',
      reasonLong: 'Please keep the reason within 500 characters.',
      scope: 'Please choose the scope.',
      issues: 'Please choose at least one resource.',
      days: 'Please choose until when.',
      ticket: 'Please enter a URL that begins with https://',
      stale: 'This dialog is out of date. Please close it and open it again.',
    },
  },

  ruling: {
    outsider: mrk`Only members of this workspace can do this.`,
    notAllowed: (who) => mrk`This can be done by ${who}.`,
    notAllowedNobody: mrk`Nobody is permitted to do this.`,
    tooLong: (days, level) => mrk`For severity ${level}, the longest period is ${count(days, 'day')}.`,
    gone: mrk`This is no longer there. The card will catch up in a moment.`,
    guest: mrk`Guests of this workspace cannot do this.`,
    left: mrk`This cannot be done: the person who asked for it has left Slack.`,
    owned: mrk`This account has an owner already. The present owner or a security analyst can hand it over.`,
    approvers,
    needsApproval: (needs, other) =>
      mrk`This needs the approval of ${approvers(needs)}${other ? ' other than yourself' : ''}.`,
    askThem: (who) => mrk`Please ask ${who}.`,
  },

  details: {
    title: 'Details',
    resource: 'Resource',
    type: 'Type',
    state: 'State',
    region: 'Region',
    firstSeen: 'First seen',
    lastSeen: 'Last seen',
    due: 'By when',
    episodes: 'Times seen',
    times: (n) => count(n, 'time'),
    standards: 'Standards',
    findings: 'Findings in Security Hub',
    history: 'History',
    console: 'Open in Security Hub',
    signIn: (account) =>
      mrk`Before “Open in Security Hub”, please sign in to account ${account} or to the Security Hub administrator account.`,
    more: (n) =>
      mrk`There ${n === 1 ? 'is one more' : `are ${n} more`}; “Show … more” on the card opens the full list.`,
    moreFindings: (n) => mrk`There ${n === 1 ? 'is one more finding' : `are ${n} more findings`}.`,
    empty: mrk`There is nothing to show.`,
  },

  resources: {
    title: 'Open resources',
    heading: (n, page, pages) => mrk`${n} open (page ${page} of ${pages})`,
    due: (when) => mrk`by ${when}`,
    previous: 'Previous page',
    next: 'Next page',
    empty: mrk`No resources are open.`,
  },

  notice: {
    unchecked: (control) => mrk`AWS cannot check ${control}`,
    uncheckedWhere: (account, region) => mrk`First seen in ${account}, ${region}`,
    uncheckedWhy:
      'Its result was WARNING or NOT_AVAILABLE. Most often AWS Config does not record that kind of resource. The score counts it as unknown.',
    uncheckedDo:
      'Please look at what AWS Config records and at the permissions of the service-linked rules. Owners have not been told. You hear of this once a control.',
    sharedChannel: (channel) =>
      mrk`${channel} is shared with people outside the company: nothing is posted there`,
    sharedChannelWhy:
      'What was to go there goes to the default channel instead, or, where that cannot be reached, to this one.',
    sharedChannelDo: mrk`Please check whether the sharing is intended. If it is, please register an internal channel for the account. You hear of this once a channel.`,
  },
  answers: {
    help: 'How to use secops-bot',
    helpIntro: mrk`Answer AWS security requests right here.`,
    menu: 'secops-bot',
    menuText: mrk`What would you like to see?`,
    menuRequests: 'See requests',
    menuPolicy: 'Look up the policy',
    menuHelp: 'See how to use it',
    list: (n) => `Open requests (${n})`,
    listEmpty: mrk`No requests are open. Thank you.`,
    listEmptyMine: (example) =>
      mrk`Accounts that you own have no open requests. For another account, add its name or id: ${example}.`,
    listLine: (open, due) => mrk`${open} open, by ${due}`,
    listLineNoDue: (open) => mrk`${open} open`,
    overdue: 'past its date',
    openCard: 'Open the card',
    page: (page, pages) => mrk`Page ${page} of ${pages}`,
    policy: (control) => `How ${control} is treated`,
    policySeverity: 'Severity',
    policyCategory: 'Category',
    categories: {
      required: 'Required services and settings',
      availability: 'Availability',
      logging: 'Logging',
      'encryption-in-transit': 'Encryption in transit',
      'encryption-at-rest': 'Encryption at rest',
      other: 'Other',
    },
    uncategorised: 'Not categorised',
    policyRow: (kindName, what) => mrk`*In ${kindName}*: ${what}`,
    policyDue: (hours) => `within ${hours % 24 === 0 ? count(hours / 24, 'day') : count(hours, 'hour')}`,
    policyLine: (line) => mrk`policy line ${line}`,
    policyAnswer: mrk`decided in Slack`,
    policyUndecided: mrk`Nobody has decided on this control yet. Until the security team has, owners are not told. This is what the present policy would propose:`,
    checkNow: 'Asked Security Hub',
    checkResult: (failing, passed) => mrk`On record now: ${failing} failing, ${passed} passed.`,
    checkGone: (n) => mrk`${count(n, 'finding')} ${n === 1 ? 'is' : 'are'} no longer there.`,
    checkPassed: mrk`Everything passes. The card will follow shortly.`,
    checkWait: mrk`If it has just been fixed, please wait for AWS to check again.`,
    unknown: (word) => mrk`There is no command ${word}.`,
    suggest: (usage) => mrk`Did you mean ${usage}?`,
    seeHelp: mrk`See \`/secops help\` for all of them.`,
    failure: mrk`That did not work. Nothing was changed; please try again.`,
    uncertain: mrk`This stopped half-way, and nobody knows yet whether it took effect. Please look at the card and at Security Hub before trying again.`,
    failureReference: (id) => mrk`If it happens again, please give the security team this reference: ${id}`,
    outcome: {
      applied: mrk`Understood. The card will follow shortly.`,
      already: mrk`This was already done. Nothing was changed.`,
      gone: mrk`This is no longer there. Nothing was changed.`,
      failed: mrk`That could not be done. Nothing was changed.`,
      shown: mrk`The card is being posted; it will be in the channel in a moment.`,
    },
  },

  problem: { title: 'Please note' },
  accounts,
  approval,
  exceptions,
  bulk,
  misread,
  newAccount,
  owners,
  playbook,
  questions,
};
