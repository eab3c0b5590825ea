import type { PlaybookText, Step, ThreatText } from '../src/playbooks';
import { code, joined, mrk, type SafeMrkdwn } from './kit';
import type { Words } from './words';

/** One answer of a playbook: a label, and what stands under it. */
export interface PlaybookPart {
  readonly text: SafeMrkdwn;
  /** The same without commands, for where there is little room: half a command would be a wrong one. */
  readonly words: SafeMrkdwn;
}

const WHOLE = 3000;

type Mark = (place: number) => string;
const numbered: Mark = (place) => `${place + 1}. `;
const listed: Mark = () => '• ';
const alone: Mark = () => '';

function part(label: string, steps: readonly Step[], mark: Mark): PlaybookPart {
  const said = (step: Step, place: number) => mrk`${mark(place)}${step.say}`;
  const whole = (step: Step, place: number) =>
    joined([said(step, place), ...(step.run ?? []).map((run) => code(run, WHOLE))]);
  return {
    text: mrk`*${label}*\n${joined(steps.map(whole))}`,
    words: mrk`*${label}*\n${joined(steps.map(said))}`,
  };
}

/** What to do about a control that fails. Why it matters and when it is meant stand elsewhere on a card. */
export function controlParts(text: PlaybookText, { playbook: said }: Words): PlaybookPart[] {
  return [
    part(said.check, text.check, listed),
    part(said.fix, text.fix, numbered),
    ...(text.alternative === undefined ? [] : [part(said.alternative, [text.alternative], alone)]),
    part(said.breaks, [text.breaks], alone),
  ];
}

/** What to do about a threat. */
export function threatParts(text: ThreatText, { playbook: said }: Words): PlaybookPart[] {
  return [
    part(said.first, text.first, numbered),
    part(said.falseAlarm, text.falseAlarm, listed),
    part(said.contain, text.contain, numbered),
  ];
}

/** A part of at most so many characters of markup: whole, or without its commands. */
export function within({ text, words }: PlaybookPart, max: number): SafeMrkdwn {
  return text.markup.length <= max ? text : words.cut(max);
}
