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
  /** Value: the number of the page to show. */
  previousPage: 'secops.resources.previous',
  nextPage: 'secops.resources.next',
  /** Turn the pages of the request list. Value: the number of the page to show, and the account of a list of one. */
  previousRequests: 'secops.requests.previous',
  nextRequests: 'secops.requests.next',
  /** The account whose requests, or questions, are listed: an external select. Value: its id, or `all`. */
  pickAccount: 'secops.requests.account',
  pickQuestions: 'secops.questions.account',
  /** Turn the pages of the list of questions. Value: the page, `open` or `all`, and the account of a list of one. */
  previousQuestions: 'secops.questions.previous',
  nextQuestions: 'secops.questions.next',
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
} as const;

/** Block ids; the errors of a submitted view are reported by those of its inputs. */
export const BLOCKS = {
  requestActions: 'secops.request.actions',
  resources: 'secops.request.resources',
  /** One a suppression: followed by `:` and its place. */
  suppression: 'secops.suppression',
  pages: 'secops.resources.pages',
  menu: 'secops.menu',
  requestPages: 'secops.requests.pages',
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
  offer: 'secops.offer',
  pickAccount: 'secops.requests.account',
  /** Followed by `:` and `open` or `all`: what the list shows. */
  pickQuestions: 'secops.questions.account',
  questionPages: 'secops.questions.pages',
  /** One an issue: followed by `:` and its place. */
  issue: 'secops.issue',
} as const;

export const CALLBACKS = {
  loading: 'secops.loading',
  suppress: 'secops.suppress',
  details: 'secops.details',
  resources: 'secops.resources',
  bulletin: 'secops.bulletin',
  problem: 'secops.problem',
  ask: 'secops.ask',
  answer: 'secops.answer',
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
