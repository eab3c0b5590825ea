/** Ids of everything that can be pressed. The value of a button is an opaque reference, nothing to trust. */
export const ACTIONS = {
  /** Value: the request's reference. */
  take: 'secops.request.take',
  fixed: 'secops.request.fixed',
  suppress: 'secops.request.suppress',
  resources: 'secops.request.resources',
  details: 'secops.request.details',
  checkNow: 'secops.request.check',
  /** Value: the request's reference, in an offer with the person's own words behind it; see `offerValue`. */
  ask: 'secops.question.ask',
  /** Value: the question's reference. */
  answer: 'secops.question.answer',
  /** Overflow menu; see `readMore`. */
  more: 'secops.request.more',
  /** Value: the id of the change to undo. */
  undo: 'secops.suppression.undo',
  /** Value: the id of the change whose exception is to go on. */
  extend: 'secops.suppression.extend',
  /** Value: the number of the page to show. */
  previousPage: 'secops.resources.previous',
  nextPage: 'secops.resources.next',
  /** Turn the pages of the request list. Value: the number of the page to show, and the account of a list of one. */
  previousRequests: 'secops.requests.previous',
  nextRequests: 'secops.requests.next',
  /** Several requests are to be suppressed at once. Value: the account of a list of one, or nothing. */
  bulk: 'secops.bulk.open',
  /** Which of them: a choice inside the dialog. */
  bulkRequests: 'secops.bulk.requests',
  /** The account whose requests, or questions, are listed: an external select. Value: its id, or `all`. */
  pickAccount: 'secops.requests.account',
  pickQuestions: 'secops.questions.account',
  /** Turn the pages of the list of questions. Value: the page, `open` or `all`, and the account of a list of one. */
  previousQuestions: 'secops.questions.previous',
  nextQuestions: 'secops.questions.next',
  /** Turn the pages of a history. Value: where the page begins, and whose history it is; see `historyValue`. */
  olderHistory: 'secops.history.older',
  newestHistory: 'secops.history.newest',
  /** Value: the change and what was shown of it; see `approvalValue`. */
  approve: 'secops.approval.approve',
  deny: 'secops.approval.deny',
  /** Value: the id of the change. */
  withdraw: 'secops.approval.withdraw',
  /** Turn the pages of the list of exceptions. Value: the page, and the account of a list of one. */
  previousExceptions: 'secops.exceptions.previous',
  nextExceptions: 'secops.exceptions.next',
  /** The account whose exceptions are listed: an external select. Value: its id, or `all`. */
  pickExceptions: 'secops.exceptions.account',
  /** Opens an address; answered by an empty ack. */
  console: 'secops.link.console',
  /** A line of a bulletin: its request's own card is wanted. Value: the request's reference. */
  showRequest: 'secops.bulletin.show',
  /** Value: the bulletin's reference. */
  bulletinList: 'secops.bulletin.list',
  /** Turn the pages of a bulletin's list, whose metadata is the bulletin's reference. Value: the page to show. */
  bulletinPrevious: 'secops.bulletin.previous',
  bulletinNext: 'secops.bulletin.next',
  /** How a control is to be treated. Value: the bulletin's reference. */
  decideTrack: 'secops.decide.track',
  decideNotify: 'secops.decide.notify',
  decideIgnore: 'secops.decide.ignore',
  decideLeave: 'secops.decide.leave',
  /** Whoever answers for an account is to be set, or claims it. Value: the account's id. */
  setOwner: 'secops.account.owner',
  /** The account's card is wanted. Value: its id. */
  showAccount: 'secops.account.show',
  /** Value: whose history it is, see `subjectRef`. */
  accountHistory: 'secops.account.history',
  /** Turn the pages of the list of accounts. Value: the page to show. */
  previousAccounts: 'secops.accounts.previous',
  nextAccounts: 'secops.accounts.next',
  /** What an import would read, of all accounts without owner. Value: the bulletin's reference. */
  accountsCsv: 'secops.accounts.csv',
  /** Inputs of the dialog about an account's owner. */
  ownerPerson: 'secops.owner.person',
  ownerGroup: 'secops.owner.group',
  deputyPerson: 'secops.deputy.person',
  deputyGroup: 'secops.deputy.group',
  ownerChannel: 'secops.owner.channel',
  accountName: 'secops.account.name',
  accountKind: 'secops.account.kind',
  accountProject: 'secops.account.project',
  accountMail: 'secops.account.mail',
  /** The form for a new account is wanted. The value does not matter. */
  requestAccount: 'secops.new.request',
  /** The id of an account that is on its way is to be entered, or looked at again. Value: the account request's reference. */
  enterAccount: 'secops.new.enter',
  checkAccount: 'secops.new.check',
  /** An account that is there already is to be registered. Value: its id. */
  registerAccount: 'secops.new.register',
  /** Inputs of the dialogs about new accounts, besides those that the dialog about an owner has too. */
  purpose: 'secops.new.purpose',
  newChannel: 'secops.new.channel',
  cost: 'secops.new.cost',
  formField: 'secops.new.field',
  accountId: 'secops.new.id',
  unchecked: 'secops.new.unchecked',
  uncheckedNote: 'secops.new.note',
  menuRequests: 'secops.menu.requests',
  menuPolicy: 'secops.menu.policy',
  menuHelp: 'secops.menu.help',
  /** Inputs of the suppress dialog. */
  reason: 'secops.suppress.reason',
  scope: 'secops.suppress.scope',
  issues: 'secops.suppress.issues',
  days: 'secops.suppress.days',
  ticket: 'secops.suppress.ticket',
  /** Inputs of the dialogs that ask and answer. */
  questionText: 'secops.question.text',
  answerText: 'secops.answer.text',
  denyReason: 'secops.deny.reason',
  /** The bot's own page. Values: the page of its requests to show. */
  homeRefresh: 'secops.home.refresh',
  homePrevious: 'secops.home.previous',
  homeNext: 'secops.home.next',
} as const;

/** Block ids; the errors of a submitted view are reported by those of its inputs. */
export const BLOCKS = {
  requestActions: 'secops.request.actions',
  resources: 'secops.request.resources',
  /** One a suppression: followed by `:` and its place. */
  suppression: 'secops.suppression',
  exception: 'secops.exception',
  exceptionPages: 'secops.exceptions.pages',
  pickExceptions: 'secops.exceptions.account',
  pages: 'secops.resources.pages',
  menu: 'secops.menu',
  requestPages: 'secops.requests.pages',
  bulk: 'secops.bulk',
  bulkRequests: 'secops.bulk.requests',
  bulletinActions: 'secops.bulletin.actions',
  bulletinPages: 'secops.bulletin.pages',
  decide: 'secops.decide',
  reason: 'secops.suppress.reason',
  scope: 'secops.suppress.scope',
  issues: 'secops.suppress.issues',
  days: 'secops.suppress.days',
  ticket: 'secops.suppress.ticket',
  question: 'secops.question',
  questionText: 'secops.question.text',
  answerText: 'secops.answer.text',
  approval: 'secops.approval',
  denyReason: 'secops.deny.reason',
  offer: 'secops.offer',
  pickAccount: 'secops.requests.account',
  /** Followed by `:` and `open` or `all`: what the list shows. */
  pickQuestions: 'secops.questions.account',
  questionPages: 'secops.questions.pages',
  historyPages: 'secops.history.pages',
  /** Followed by `:` and the account's id. */
  account: 'secops.account',
  accountPages: 'secops.accounts.pages',
  digestOwner: 'secops.digest.owner',
  ownerPerson: 'secops.owner.person',
  ownerGroup: 'secops.owner.group',
  deputyPerson: 'secops.deputy.person',
  deputyGroup: 'secops.deputy.group',
  ownerChannel: 'secops.owner.channel',
  accountName: 'secops.account.name',
  accountKind: 'secops.account.kind',
  accountProject: 'secops.account.project',
  accountMail: 'secops.account.mail',
  timeline: 'secops.new.timeline',
  purpose: 'secops.new.purpose',
  newChannel: 'secops.new.channel',
  cost: 'secops.new.cost',
  /** One a field of the deployment's own: followed by `:` and its id. */
  formField: 'secops.new.field',
  accountId: 'secops.new.id',
  unchecked: 'secops.new.unchecked',
  uncheckedNote: 'secops.new.note',
  /** One an issue: followed by `:` and its place. */
  issue: 'secops.issue',
  home: 'secops.home',
  homePages: 'secops.home.pages',
  /** One a line of the page: followed by `:` and what it is about. */
  homeRequest: 'secops.home.request',
  homeAccount: 'secops.home.account',
  homeException: 'secops.home.exception',
  homeAsked: 'secops.home.asked',
} as const;

export const CALLBACKS = {
  loading: 'secops.loading',
  suppress: 'secops.suppress',
  bulk: 'secops.bulk',
  bulkTerms: 'secops.bulk.terms',
  details: 'secops.details',
  resources: 'secops.resources',
  bulletin: 'secops.bulletin',
  problem: 'secops.problem',
  ask: 'secops.ask',
  answer: 'secops.answer',
  deny: 'secops.deny',
  owner: 'secops.owner',
  claim: 'secops.claim',
  accountsCsv: 'secops.accounts.csv',
  requestAccount: 'secops.new.request',
  enterAccount: 'secops.new.enter',
  registerAccount: 'secops.new.register',
} as const;

const MORE_CHOICES = ['details', 'check', 'ask'] as const;
/** The choices of the card's overflow menu. */
export type MoreChoice = (typeof MORE_CHOICES)[number];

/** The value of one choice: overflow menus have no value of their own, so it carries the reference too. */
export function moreValue(choice: MoreChoice, ref: string): string {
  return `${choice}:${ref}`;
}

/** Reads a choice of the overflow menu; undefined when it is none of ours. */
export function readMore(value: string): { readonly choice: MoreChoice; readonly ref: string } | undefined {
  const [name, ...rest] = value.split(':');
  const choice = MORE_CHOICES.find((known) => known === name);
  const ref = rest.join(':');
  return choice === undefined || ref === '' ? undefined : { choice, ref };
}

/** The value of a button that offers something about a request with words that the person has already written. */
export function offerValue(ref: string, text: string): string {
  return `${ref}\n${text}`;
}

/** Reads a reference with or without words behind it. The words are the person's own, and nothing to trust. */
export function readOffer(value: string): { readonly ref: string; readonly text?: string } {
  const end = value.indexOf('\n');
  return end < 0 ? { ref: value } : { ref: value.slice(0, end), text: value.slice(end + 1) };
}

/** The value of a button that answers whether a change may be done: its id, and the hash of what the card shows. */
export function approvalValue(id: string, hash: string): string {
  return `${id}.${hash}`;
}

const APPROVAL = /^([0-9a-z]{1,64})(?:\.([0-9a-z]{26}))?$/;

/** Reads which change is answered, and what of it was seen where that matters; undefined when it is none of ours. */
export function readApproval(value: string): { readonly id: string; readonly hash?: string } | undefined {
  const [, id, hash] = APPROVAL.exec(value) ?? [];
  return id === undefined ? undefined : { id, ...(hash !== undefined && { hash }) };
}

/** The first page of a history, in the value of the button that leads there. */
const NEWEST = '-';

/**
 * The value of a button that turns the pages of a history.
 * @param of whose history it is, see `subjectRef`
 * @param from the cursor at which the page begins; none: the newest
 */
export function historyValue(of: string, from = NEWEST): string {
  return `${from} ${of}`;
}

/** Reads whose history is wanted, and from where. */
export function readHistory(value: string): { readonly of: string; readonly from?: string } {
  const [from = NEWEST, ...rest] = value.split(' ');
  const of = rest.join(' ');
  return from === NEWEST ? { of } : { of, from };
}
