import type { ControlId } from '../controls';

export const LANGUAGES = ['ja', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One step: what to do, and the commands that do it, where some do. Plain text: no Slack markup, no Markdown. */
export interface Step {
  readonly say: string;
  /** Lines of the AWS CLI; what has to be filled in is written in CAPITALS. */
  readonly run?: readonly string[];
}

/** One language's words about a control that fails. */
export interface PlaybookText {
  /** What is wrong, as a developer would say it; fits a card's header. */
  readonly title: string;
  /** Why it matters, and what an attacker would do: one or two sentences. */
  readonly why: string;
  /** What to look at before changing anything: who uses it, and how to see that. */
  readonly check: readonly Step[];
  /** How to fix it, step by step. */
  readonly fix: readonly Step[];
  /** A safer way to get the same thing. */
  readonly alternative?: Step;
  /** What the fix may break, and how to go back. */
  readonly breaks: Step;
  /** When it is fine as it is, and what the reason for suppressing it should then say. */
  readonly intended: string;
}

/** What there is to say about a control, in Japanese and English. */
export interface Playbook {
  readonly control: ControlId;
  /** How long the fix takes somebody who knows the resource, in minutes. */
  readonly effortMinutes: number;
  /** AWS's page about the control. */
  readonly links: Readonly<Record<Language, string>>;
  readonly text: Readonly<Record<Language, PlaybookText>>;
}

/** One language's words about a threat. */
export interface ThreatText {
  readonly title: string;
  /** What happened, and what an attacker is after. */
  readonly happened: string;
  /** The first five minutes. */
  readonly first: readonly Step[];
  /** How to tell a false alarm. */
  readonly falseAlarm: readonly Step[];
  /** How to contain it. */
  readonly contain: readonly Step[];
  /** When it is expected, and what the reason for suppressing it should then say. */
  readonly intended: string;
}

/** What there is to say about a type of GuardDuty finding, or about a family of them. */
export interface ThreatPlaybook {
  /** `Backdoor:EC2/C&CActivity.B`, or a family such as `Backdoor:EC2/*`. */
  readonly threat: string;
  readonly links: Readonly<Record<Language, string>>;
  readonly text: Readonly<Record<Language, ThreatText>>;
}

/** Undefined when nobody has written one: the card then uses Security Hub's own words. */
export type PlaybookLookup = (control: ControlId) => Playbook | undefined;

/** The playbook of a finding type itself, else that of its family. */
export type ThreatPlaybookLookup = (type: string) => ThreatPlaybook | undefined;
