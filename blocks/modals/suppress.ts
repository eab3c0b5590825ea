import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { SuppressOffer } from '../../src/access';
import type { Language } from '../../src/playbooks';
import type { RequestView } from '../../src/requests';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import {
  clean,
  cleanLine,
  code,
  context,
  cut,
  cutMiddle,
  input,
  joined,
  LIMITS,
  modal,
  mrk,
  option,
  plain,
  type SafeMrkdwn,
  section,
} from '../kit';
import { accountLabel, regionLabel, rulingText, titleOf } from '../phrases';
import { type Words, words } from '../words';
import { REASON_LENGTH, writeTarget } from './read-suppress';

/** An open issue that may be chosen. */
export interface SuppressChoice {
  /** Short reference; see `issueRef`. */
  readonly ref: string;
  readonly resource: string;
  readonly region: string;
}

export interface SuppressDialog {
  readonly view: RequestView;
  /** The request's open issues, nearest deadline first; just the one when the dialog is about one. */
  readonly issues: readonly SuppressChoice[];
  readonly offer: SuppressOffer;
  readonly now: Date;
  /** For the dates on offer, e.g. `Asia/Tokyo`. */
  readonly timeZone: string;
  /** A reason that the person has already written. */
  readonly reason?: string;
}

const SHOWN = 10;
const DAY_MS = 86_400_000;

/** Asks for what a suppression needs; where this person may not suppress, says who could. */
export function drawSuppress(dialog: SuppressDialog, language: Language): ModalView {
  const w = words(language);
  const { issues, offer } = dialog;
  const asks = issues.length > 0 && offer.days.length > 0;
  const [first] = issues;
  const only = issues.length === 1 ? first?.ref : undefined;
  return modal({
    callback: CALLBACKS.suppress,
    title: w.suppress.title,
    close: asks ? w.suppress.cancel : w.close,
    ...(asks && { submit: w.suppress.submit }),
    metadata: writeTarget({ request: dialog.view.ref, ...(only !== undefined && { issue: only }) }),
    blocks: [
      section(about(dialog, language, w)),
      ...(issues.length > 0 ? [section(targets(issues, w))] : [section(w.suppress.nothing)]),
      ...(asks ? questions(dialog, w) : refusal(dialog, w)),
    ],
  });
}

function about({ view }: SuppressDialog, language: Language, w: Words): SafeMrkdwn {
  return w.suppress
    .about(mrk`${view.control}`.cut(120), titleOf(view, language), accountLabel(view.account, w))
    .cut(LIMITS.field);
}

function targets(issues: readonly SuppressChoice[], w: Words): SafeMrkdwn {
  const label = issues.length === 1 ? w.suppress.one : w.suppress.target(issues.length);
  const lines = issues
    .slice(0, SHOWN)
    .map(({ resource, region }) => mrk`• ${code(resource, 200)} (${regionLabel(region, w)})`);
  const rest = issues.length - lines.length;
  return joined([mrk`*${label}*`, ...lines, rest > 0 ? mrk`${w.andMore(rest)}` : mrk``]);
}

function refusal({ offer, issues }: SuppressDialog, w: Words): KnownBlock[] {
  if (issues.length === 0) return [];
  const why = offer.refused
    ? rulingText(offer.refused, offer.askGroups, w)
    : rulingText({ effect: 'deny', reason: { code: 'not-allowed', who: [] } }, offer.askGroups, w);
  return [section(joined([w.suppress.refusedTitle, why]))];
}

function questions(dialog: SuppressDialog, w: Words): KnownBlock[] {
  const { issues, view } = dialog;
  const several = issues.length > 1;
  return [
    reason(dialog, w),
    ...(several ? [scope(issues, w), chosen(issues, w), context(...scopeNotes(issues, w))] : []),
    days(dialog, w),
    ticket(w),
    context(view.withheld ? w.suppress.withheld : w.suppress.explain),
  ];
}

function reason({ reason: given = '' }: SuppressDialog, w: Words): InputBlock {
  const written = cut(clean(given).trim(), REASON_LENGTH.max);
  const element: InputBlock['element'] = {
    type: 'plain_text_input',
    action_id: ACTIONS.reason,
    multiline: true,
    min_length: REASON_LENGTH.min,
    max_length: REASON_LENGTH.max,
    placeholder: plain(w.suppress.reasonPlaceholder, LIMITS.placeholder),
    ...(written !== '' && { initial_value: written }),
  };
  return input(BLOCKS.reason, w.suppress.reason, element, { hint: w.suppress.reasonHint });
}

function scope(issues: readonly SuppressChoice[], w: Words): InputBlock {
  const all = option(w.suppress.scopeAll(issues.length), 'all');
  const element: InputBlock['element'] = {
    type: 'radio_buttons',
    action_id: ACTIONS.scope,
    options: [all, option(w.suppress.scopeChosen, 'chosen')],
    initial_option: all,
  };
  return input(BLOCKS.scope, w.suppress.scope, element);
}

function chosen(issues: readonly SuppressChoice[], w: Words): InputBlock {
  const element: InputBlock['element'] = {
    type: 'multi_static_select',
    action_id: ACTIONS.issues,
    placeholder: plain(w.suppress.issuesPlaceholder, LIMITS.placeholder),
    options: issues.slice(0, LIMITS.options).map((issue) => option(choiceLabel(issue), issue.ref)),
  };
  return input(BLOCKS.issues, w.suppress.issues, element, { hint: w.suppress.issuesHint, optional: true });
}

/** The end of an ARN tells resources apart; the region stays whole. */
function choiceLabel({ resource, region }: SuppressChoice): string {
  const where = ` (${cutMiddle(cleanLine(region).trim(), 27)})`;
  return cutMiddle(cleanLine(resource).trim(), LIMITS.option - where.length) + where;
}

function scopeNotes(issues: readonly SuppressChoice[], w: Words): SafeMrkdwn[] {
  const { length } = issues;
  return length > LIMITS.options
    ? [w.suppress.scopeNote, w.suppress.tooMany(LIMITS.options, length)]
    : [w.suppress.scopeNote];
}

function days({ offer, now, timeZone }: SuppressDialog, w: Words): InputBlock {
  const element: InputBlock['element'] = {
    type: 'static_select',
    action_id: ACTIONS.days,
    placeholder: plain(w.suppress.daysPlaceholder, LIMITS.placeholder),
    options: offer.days.slice(0, LIMITS.options).map((count) => {
      const until = w.day(new Date(now.getTime() + count * DAY_MS), timeZone);
      return option(w.suppress.dayOption(count, until), String(count));
    }),
  };
  return input(BLOCKS.days, w.suppress.days, element);
}

function ticket(w: Words): InputBlock {
  const element: InputBlock['element'] = { type: 'url_text_input', action_id: ACTIONS.ticket };
  return input(BLOCKS.ticket, w.suppress.ticket, element, { hint: w.suppress.ticketHint, optional: true });
}
