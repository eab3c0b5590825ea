import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { SuppressOffer } from '../../src/access';
import type { Account } from '../../src/accounts';
import type { Severity } from '../../src/controls';
import type { Language } from '../../src/playbooks';
import { MOST_REQUESTS } from '../../src/suppressions';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import {
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
  section,
} from '../kit';
import { accountLabel, rulingText, severityDot } from '../phrases';
import { type Words, words } from '../words';
import { type BulkPlace, type BulkTarget, writeBulk } from './read-bulk';
import { approvalNote, daysInput, reasonInput, ticketInput } from './suppress';

/** An open request that may be chosen. Title and names are untrusted. */
export interface BulkChoice {
  readonly ref: string;
  readonly control: string;
  readonly title: string;
  readonly severity: Severity;
  readonly account: Pick<Account, 'id' | 'name'>;
  readonly open: number;
}

/** True for a request that a menu can hold. */
export function fitsBulk(ref: string): boolean {
  return ref.length <= LIMITS.optionValue;
}

/** The first page: which requests. Who has to approve follows from them, and is said on the second. */
export function drawBulk(choices: readonly BulkChoice[], place: BulkPlace, language: Language): ModalView {
  const w = words(language);
  const offered = choices.slice(0, LIMITS.options);
  const page = { callback: CALLBACKS.bulk, title: w.bulk.title, metadata: writeBulk(place) };
  if (offered.length === 0) {
    return modal({ ...page, close: w.close, blocks: [section(w.bulk.nothing)] });
  }
  return modal({
    ...page,
    close: w.suppress.cancel,
    submit: w.bulk.next,
    blocks: [
      section(w.bulk.intro(MOST_REQUESTS)),
      requests(offered, w),
      context(
        ...[w.bulk.noThreats],
        ...(choices.length > offered.length ? [w.bulk.first(offered.length, choices.length)] : []),
      ),
    ],
  });
}

function requests(choices: readonly BulkChoice[], w: Words): InputBlock {
  return input(BLOCKS.bulkRequests, w.bulk.requests, {
    type: 'multi_static_select',
    action_id: ACTIONS.bulkRequests,
    placeholder: plain(w.bulk.placeholder, LIMITS.placeholder),
    max_selected_items: MOST_REQUESTS,
    options: choices.map((choice) =>
      option(choiceLabel(choice, w), choice.ref, cut(cleanLine(choice.title).trim(), LIMITS.option)),
    ),
  });
}

/** The control and how much of it is open stay whole; the account's name gives way. */
function choiceLabel({ control, severity, account, open }: BulkChoice, w: Words): string {
  const head = `${severityDot(severity)} ${cut(cleanLine(control).trim(), 30)} · `;
  const tail = ` · ${w.bulletin.issues(open)}`;
  return head + cutMiddle(accountLabel(account, w), LIMITS.option - head.length - tail.length) + tail;
}

export interface BulkTermsDialog {
  readonly target: BulkTarget;
  readonly chosen: readonly BulkChoice[];
  readonly worst: Severity;
  readonly offer: Pick<SuppressOffer, 'terms'>;
  readonly now: Date;
  readonly timeZone: string;
}

/** The second page: what was chosen, the worst of it, who has to approve, and why and for how long. */
export function drawBulkTerms(dialog: BulkTermsDialog, language: Language): ModalView {
  const w = words(language);
  const { chosen, worst, offer } = dialog;
  const { terms } = offer;
  const asks = terms.every(({ ruling }) => ruling.effect === 'needs approval');
  return modal({
    callback: CALLBACKS.bulkTerms,
    title: w.bulk.title,
    close: w.suppress.cancel,
    submit: asks ? w.suppress.askApproval : w.suppress.submit,
    metadata: writeBulk(dialog.target),
    blocks: [
      section(
        joined([
          mrk`*${w.bulk.chosen(
            chosen.length,
            chosen.reduce((sum, { open }) => sum + open, 0),
          )}*`,
          ...chosen.map((choice) => mrk`• ${code(choiceLabel(choice, w), LIMITS.option)}`),
        ]),
      ),
      section(w.bulk.worst(mrk`${severityDot(worst)} ${w.severity[worst]}`)),
      ...approval(dialog, w),
      reasonInput({}, w),
      daysInput({ ...dialog, view: { kind: 'control' } }, w),
      ticketInput(w),
      context(w.bulk.each),
    ],
  });
}

/** Who has to approve, before anything is written; nobody, where this person may do it alone. */
function approval({ offer }: BulkTermsDialog, w: Words): KnownBlock[] {
  const notes = approvalNote(offer.terms, w);
  return notes.length === 0 ? [context(w.bulk.alone)] : notes;
}

/** Why these requests cannot be suppressed together by this person. */
export function drawBulkRefused(
  refused: NonNullable<SuppressOffer['refused']>,
  ask: SuppressOffer['ask'],
  language: Language,
): ModalView {
  const w = words(language);
  return modal({
    callback: CALLBACKS.problem,
    title: w.bulk.title,
    close: w.close,
    blocks: [section(joined([w.bulk.refused, rulingText(refused, ask, w)]))],
  });
}
