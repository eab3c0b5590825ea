import type { ControlId } from '../controls';

export const LANGUAGES = ['ja', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One language's words of a playbook. Plain text: no Slack markup, no Markdown. */
export interface PlaybookText {
  /** What is wrong, as a developer would say it; fits a card's header. */
  readonly title: string;
  /** Why it matters: one or two sentences. */
  readonly why: string;
  /** What to look at before changing anything. */
  readonly check: readonly string[];
  /** How to fix it, step by step. */
  readonly fix: readonly string[];
  /** A safer way to get the same thing. */
  readonly alternative?: string;
  /** When the setting may be meant, and what the reason for suppressing it should then say. */
  readonly intended: string;
}

/** The five answers for a control, in Japanese and English. */
export interface Playbook {
  readonly control: ControlId;
  /** AWS's page about the control. */
  readonly links: Readonly<Record<Language, string>>;
  readonly text: Readonly<Record<Language, PlaybookText>>;
}

/** Undefined when nobody has written one: the card then uses Security Hub's own words. */
export type PlaybookLookup = (control: ControlId) => Playbook | undefined;
