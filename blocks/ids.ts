/** Ids of everything that can be pressed. The value of a button is an opaque reference, nothing to trust. */
export const ACTIONS = {
  /** Value: the request's reference. */
  take: 'secops.request.take',
  fixed: 'secops.request.fixed',
  suppress: 'secops.request.suppress',
  resources: 'secops.request.resources',
  details: 'secops.request.details',
  checkNow: 'secops.request.check',
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
  /** Opens an address; answered by an empty ack. */
  console: 'secops.link.console',
  menuRequests: 'secops.menu.requests',
  menuPolicy: 'secops.menu.policy',
  menuHelp: 'secops.menu.help',
  /** Inputs of the suppress dialog. */
  reason: 'secops.suppress.reason',
  scope: 'secops.suppress.scope',
  issues: 'secops.suppress.issues',
  days: 'secops.suppress.days',
  ticket: 'secops.suppress.ticket',
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
  reason: 'secops.suppress.reason',
  scope: 'secops.suppress.scope',
  issues: 'secops.suppress.issues',
  days: 'secops.suppress.days',
  ticket: 'secops.suppress.ticket',
  /** One an issue: followed by `:` and its place. */
  issue: 'secops.issue',
} as const;

export const CALLBACKS = {
  loading: 'secops.loading',
  suppress: 'secops.suppress',
  details: 'secops.details',
  resources: 'secops.resources',
  problem: 'secops.problem',
} as const;

const MORE_CHOICES = ['details', 'check'] as const;
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
