import * as z from 'zod';
import { section } from '../config';
import { LANGUAGES, type Language } from './playbook';

/** The most characters of each part, so that a card shows all of it without unfolding. */
const LIMITS = {
  title: { en: 60, ja: 40 },
  prose: { en: 320, ja: 240 },
  say: { en: 260, ja: 180 },
  run: 420,
  runs: 4,
  steps: 5,
} as const;

const line = (limit: number) =>
  z
    .string()
    .min(1, 'write something')
    .max(limit, `write at most ${limit} characters`)
    // Cards show a playbook's words as they are, so markup would be read as text.
    .regex(/^[^`\n]*$/, 'write one line of plain text, without line breaks and backticks');

/** The same in both languages, side by side. */
const both = (limits: Readonly<Record<Language, number>>) =>
  section({ ja: line(limits.ja), en: line(limits.en) });

const command = line(LIMITS.run).startsWith('aws ', 'write a line of the AWS CLI, from aws on');

const step = section({
  ja: line(LIMITS.say.ja),
  en: line(LIMITS.say.en),
  // A single one may stand without a list.
  run: z
    .preprocess(
      (given) => (typeof given === 'string' ? [given] : given),
      z.array(command).min(1).max(LIMITS.runs, `write at most ${LIMITS.runs} commands`).optional(),
    )
    .optional(),
});

const steps = z
  .array(step)
  .min(1, 'write at least one step')
  .max(LIMITS.steps, `write at most ${LIMITS.steps} steps`);

const minutes = z.number().int('write whole minutes').min(1).max(2400);

const CONTROL_PARTS = {
  effortMinutes: minutes,
  title: both(LIMITS.title),
  why: both(LIMITS.prose),
  check: steps,
  fix: steps,
  breaks: step,
  intended: both(LIMITS.prose),
} as const;

const THREAT_PARTS = {
  title: both(LIMITS.title),
  happened: both(LIMITS.prose),
  first: steps,
  falseAlarm: steps,
  contain: steps,
  intended: both(LIMITS.prose),
} as const;

/** `EC2.19.yml`. */
export const CONTROL_PLAYBOOK = section({
  control: z.string(),
  ...CONTROL_PARTS,
  alternative: step.optional(),
});

/** A type of GuardDuty finding, or a family of them, which ends in `*`. */
const THREAT = z
  .string()
  .regex(
    /^[A-Za-z]+:(\*|[A-Za-z0-9]+\/(\*|[\w.!&-]+))$/,
    'write a finding type such as Backdoor:EC2/DenialOfService.Dns, or a family such as Backdoor:EC2/* or Backdoor:*',
  );

export const THREAT_PLAYBOOK = section({ threat: THREAT, ...THREAT_PARTS });

/** A team's own words: any parts of a playbook, each whole. */
export const CONTROL_OVERRIDE = section({
  control: z.string(),
  effortMinutes: minutes.optional(),
  title: CONTROL_PARTS.title.optional(),
  why: CONTROL_PARTS.why.optional(),
  check: steps.optional(),
  fix: steps.optional(),
  alternative: step.optional(),
  breaks: step.optional(),
  intended: CONTROL_PARTS.intended.optional(),
});

export const THREAT_OVERRIDE = section({
  threat: THREAT,
  title: THREAT_PARTS.title.optional(),
  happened: THREAT_PARTS.happened.optional(),
  first: steps.optional(),
  falseAlarm: steps.optional(),
  contain: steps.optional(),
  intended: THREAT_PARTS.intended.optional(),
});

export type WrittenStep = z.output<typeof step>;
export type WrittenPlaybook = z.output<typeof CONTROL_PLAYBOOK>;
export type WrittenThreat = z.output<typeof THREAT_PLAYBOOK>;

/** What is the same for each language. */
export function perLanguage<T>(make: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<Language, T>;
}
