import type { Language } from '../../src/playbooks';
import type { RequestView } from '../../src/requests';
import { mrk, type SafeMrkdwn } from '../kit';
import type { ShownWords } from '../words/shown';

/** How much of everything a card shows; lengths in UTF-16 units. */
export interface Room {
  readonly resources: number;
  readonly id: number;
  readonly prose: number;
  /** Of each part of the playbook. */
  readonly part: number;
  readonly groups: number;
  readonly url: number;
}

/** Everything the parts of a request's card are drawn from. */
export interface RequestPage {
  readonly view: RequestView;
  readonly language: Language;
  readonly words: ShownWords;
  readonly room: Room;
}

/** A label with its value beneath. */
export function fact(label: string, value: SafeMrkdwn): SafeMrkdwn {
  return mrk`*${label}*\n${value}`;
}
