import type { Button } from '@slack/types';
import type { Language } from '../../src/playbooks';
import { ACTIONS, BLOCKS, offerValue } from '../ids';
import {
  actions,
  button,
  context,
  cut,
  joined,
  LIMITS,
  type Message,
  message,
  quote,
  type SafeMrkdwn,
  section,
} from '../kit';
import { REASON_LENGTH } from '../modals/read-suppress';
import { type ShownWords, shownWords } from '../words/shown';

/** What is answered to a mention of the bot; `ref` is the request whose thread it was said in. */
export type Offer =
  /** A reason to suppress, or a question, that the person has written. */
  | { readonly kind: 'suppress' | 'ask'; readonly ref: string; readonly text: string }
  /** ShownWords too few for a reason. */
  | { readonly kind: 'short'; readonly ref: string; readonly text: string }
  /** A reason, where nothing is open any more. */
  | { readonly kind: 'done'; readonly ref: string; readonly text: string }
  | { readonly kind: 'help'; readonly ref: string }
  /** Said under a message that lists several requests, or anywhere else. */
  | { readonly kind: 'bulletin' | 'elsewhere' };

const SHOWN = 600;

/** A short answer to a mention, seen by the person alone. */
export function drawOffer(offer: Offer, language: Language): Message {
  const w = shownWords(language);
  const [said, more, buttons] = told(offer, w);
  return message(said, [
    section(joined([said, ...('text' in offer ? [quote(offer.text, SHOWN)] : [])])),
    ...(buttons.length > 0 ? [actions(BLOCKS.offer, buttons)] : []),
    ...(more === undefined ? [] : [context(more)]),
  ]);
}

type Told = readonly [said: SafeMrkdwn, more: SafeMrkdwn | undefined, buttons: Button[]];

/** As many of the words as a button can carry. */
function value(ref: string, text: string): string {
  return offerValue(ref, cut(text, LIMITS.value - ref.length - 1));
}

function told(offer: Offer, w: ShownWords): Told {
  const ask = (ref: string, text: string) => button(ACTIONS.ask, w.questions.ask, value(ref, text));
  switch (offer.kind) {
    case 'suppress':
      return [
        w.offers.suppress,
        w.offers.orAsk,
        [
          button(ACTIONS.suppress, w.offers.suppressButton, value(offer.ref, offer.text), 'primary'),
          ask(offer.ref, offer.text),
        ],
      ];
    case 'ask':
      return [w.offers.ask, undefined, [ask(offer.ref, offer.text)]];
    case 'short':
      return [w.offers.short(REASON_LENGTH.min), w.offers.orAsk, [ask(offer.ref, offer.text)]];
    case 'done':
      return [w.offers.done, w.offers.orAsk, [ask(offer.ref, offer.text)]];
    case 'help':
      return [w.offers.help, w.offers.commands, [ask(offer.ref, '')]];
    case 'bulletin':
      return [w.offers.bulletin, w.offers.commands, []];
    case 'elsewhere':
      return [w.offers.elsewhere, w.offers.commands, []];
  }
}
