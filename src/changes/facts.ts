import type { Change } from './change';

/** What a fact about a change is called. `field` is what a deployment has added; it brings its own title. */
export type FactLabel =
  /** What happens if the change is done: a `word` naming an effect that is not that of the change's kind. */
  | 'effect'
  | 'scope'
  /** How many things it touches, and some of them, one fact each. */
  | 'count'
  | 'resource'
  /** Requests that it touches, one fact each; and those of them that were done before it could be. */
  | 'request'
  | 'skipped'
  | 'severity'
  | 'reason'
  | 'ticket'
  | 'until'
  | 'account'
  | 'name'
  | 'kind'
  | 'mode'
  | 'purpose'
  | 'owner'
  | 'deputy'
  | 'present-owner'
  | 'present-deputy'
  | 'project'
  | 'mail'
  | 'channel'
  | 'cost'
  | 'note'
  | 'field';

/**
 * How a value is read. `word` is one of the bot's own words, said in the reader's language, and so is `severity`; all
 * others are untrusted.
 */
export type FactKind = 'text' | 'code' | 'date' | 'person' | 'channel' | 'link' | 'word' | 'severity';

/** One thing to know about a change, in a form that can be said in any language. */
export interface Fact {
  readonly label: FactLabel;
  readonly value: string;
  readonly kind: FactKind;
  /** Of a `field`. */
  readonly title?: string;
}

/** Everything that whoever approves a change has to know, in the order in which it is read. */
export type ChangeFacts = readonly Fact[];

/**
 * Says what exactly one kind of change asks for. Brought by the capability, like the kind itself.
 * @throws ChangeFailed when what it is about is gone
 */
export type DescribeChange = (change: Change) => Promise<ChangeFacts>;
