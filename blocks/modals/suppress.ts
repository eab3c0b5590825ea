import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { OfferedTerm, SuppressOffer } from '../../src/access';
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
  date,
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
import { REASON_LENGTH, writeTarget, writeTerm } from './read-suppress';

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
  /** Terms for what is meant to be as it is; see `designTerms`. */
  readonly design?: readonly OfferedTerm[];
  /** The exception that is to go on: then `issues` are what it covers now. */
  readonly extending?: { readonly change: string; readonly until: string };
  /** A reason that the person has already written. */
  readonly reason?: string;
}

/** As much of it as the terms are drawn from. */
export interface TermsDialog extends Pick<SuppressDialog, 'now' | 'timeZone' | 'design'> {
  readonly offer: Pick<SuppressOffer, 'terms'>;
  readonly view: Pick<RequestView, 'kind'>;
}

const SHOWN = 10;
const DAY_MS = 86_400_000;

/** A term that takes effect only when somebody has approved it. */
const waits = ({ ruling }: OfferedTerm) => ruling.effect === 'needs approval';

/** Asks for what a suppression needs, and says who has to approve it; where this person may not suppress, who could. */
export function drawSuppress(dialog: SuppressDialog, language: Language): ModalView {
  const w = words(language);
  const { issues, extending } = dialog;
  const terms = termsOf(dialog);
  const asks = issues.length > 0 && terms.length > 0;
  const [first] = issues;
  const only = issues.length === 1 ? first?.ref : undefined;
  const submit = extending === undefined ? w.suppress.submit : w.exceptions.extendSubmit;
  const target = extending === undefined ? { issue: only } : { extends: extending.change };
  return modal({
    callback: CALLBACKS.suppress,
    title: extending === undefined ? w.suppress.title : w.exceptions.extendTitle,
    close: asks ? w.suppress.cancel : w.close,
    ...(asks && { submit: terms.every(waits) ? w.suppress.askApproval : submit }),
    metadata: writeTarget({ request: dialog.view.ref, ...target }),
    blocks: [
      section(about(dialog, language, w)),
      ...(issues.length > 0 ? [section(targets(dialog, w))] : [section(w.suppress.nothing)]),
      ...(asks ? questions(dialog, w) : refusal(dialog, w)),
    ],
  });
}

/** All terms on offer. A threat is nobody's design. */
function termsOf({ offer, design = [], view }: TermsDialog): readonly OfferedTerm[] {
  return view.kind === 'control' ? [...offer.terms, ...design] : offer.terms;
}

function about({ view }: SuppressDialog, language: Language, w: Words): SafeMrkdwn {
  return w.suppress
    .about(mrk`${view.control}`.cut(120), titleOf(view, language), accountLabel(view.account, w))
    .cut(LIMITS.field);
}

function targets({ issues, extending }: SuppressDialog, w: Words): SafeMrkdwn {
  const open = issues.length === 1 ? w.suppress.one : w.suppress.target(issues.length);
  const label = extending === undefined ? open : w.exceptions.extendTarget(issues.length);
  const lines = issues
    .slice(0, SHOWN)
    .map(({ resource, region }) => mrk`• ${code(resource, 200)} (${regionLabel(region, w)})`);
  const rest = issues.length - lines.length;
  return joined([mrk`*${label}*`, ...lines, rest > 0 ? mrk`${w.andMore(rest)}` : mrk``]);
}

function refusal({ offer, issues }: SuppressDialog, w: Words): KnownBlock[] {
  if (issues.length === 0) return [];
  const refused = offer.refused ?? { effect: 'deny', reason: { code: 'not-allowed', who: [] } };
  return [section(joined([w.suppress.refusedTitle, rulingText(refused, offer.ask, w)]))];
}

/** Who will have to approve: said once where every term takes the same, else beside each term that takes something. */
export function approvalNote(terms: readonly OfferedTerm[], w: Words): KnownBlock[] {
  const waiting = terms.filter(waits);
  const [first] = waiting;
  if (first === undefined) return [];
  if (waiting.length < terms.length) return [context(w.suppress.someNeedApproval)];
  const { ruling } = first;
  const who = ruling.effect === 'needs approval' && sameForAll(terms) ? [rulingText(ruling, [], w)] : [];
  return [section(joined([...who, w.suppress.approvalNote]))];
}

function sameForAll(terms: readonly OfferedTerm[]): boolean {
  return new Set(terms.map(({ ruling }) => JSON.stringify(ruling))).size === 1;
}

function questions(dialog: SuppressDialog, w: Words): KnownBlock[] {
  const { issues, view, extending } = dialog;
  const several = issues.length > 1 && extending === undefined;
  const byDesign = termsOf(dialog).length > dialog.offer.terms.length;
  return [
    ...(extending === undefined ? [] : [context(w.exceptions.extendNote(date(extending.until)))]),
    reasonInput(dialog, w),
    ...(several ? [scope(issues, w), chosen(issues, w), context(...scopeNotes(issues, w))] : []),
    daysInput(dialog, w),
    ...(byDesign ? [context(w.exceptions.designNote)] : []),
    ...approvalNote(termsOf(dialog), w),
    ticketInput(w),
    context(view.withheld ? w.suppress.withheld : w.suppress.explain),
  ];
}

/** Why it is suppressed. */
export function reasonInput({ reason: given = '' }: Pick<SuppressDialog, 'reason'>, w: Words): InputBlock {
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

/** For how long: only what this person may choose. */
export function daysInput(dialog: TermsDialog, w: Words): InputBlock {
  const { now, offer, timeZone } = dialog;
  const all = termsOf(dialog);
  const same = sameForAll(all);
  const offered = (term: OfferedTerm) => {
    const { days: count, ruling } = term;
    const byDesign = !offer.terms.includes(term);
    const until = w.day(new Date(now.getTime() + count * DAY_MS), timeZone);
    const takes =
      ruling.effect === 'allow' || same ? undefined : w.suppress.dayNeeds(ruling.needs, ruling.other);
    const said = byDesign ? w.exceptions.designOption : w.suppress.dayOption;
    return option(said(count, until), writeTerm({ days: count, byDesign }), takes);
  };
  const groups = [
    { label: w.exceptions.termsGroup, terms: offer.terms },
    { label: w.exceptions.designGroup, terms: all.slice(offer.terms.length) },
  ].filter(({ terms }) => terms.length > 0);
  const element: InputBlock['element'] = {
    type: 'static_select',
    action_id: ACTIONS.days,
    placeholder: plain(w.suppress.daysPlaceholder, LIMITS.placeholder),
    ...(groups.length < 2
      ? { options: all.map(offered) }
      : {
          option_groups: groups.map(({ label, terms }) => ({
            label: plain(label, LIMITS.option),
            options: terms.map(offered),
          })),
        }),
  };
  return input(BLOCKS.days, w.suppress.days, element);
}

/** Where more is written about it. */
export function ticketInput(w: Words): InputBlock {
  const element: InputBlock['element'] = { type: 'url_text_input', action_id: ACTIONS.ticket };
  return input(BLOCKS.ticket, w.suppress.ticket, element, { hint: w.suppress.ticketHint, optional: true });
}
