import { basename } from 'node:path';
import * as z from 'zod';
import { ConfigError, listFiles, readYaml, section } from '../config';
import type { ControlId } from '../controls';
import { controlPage } from './control-page';
import type { Language, Playbook, PlaybookLookup, PlaybookText } from './playbook';

/** The playbooks of a folder. */
export interface Playbooks {
  readonly lookup: PlaybookLookup;
  all(): readonly Playbook[];
}

/** The most characters of a playbook's parts: what a card shows without unfolding. */
const LIMITS = { title: { en: 60, ja: 40 }, text: 300, steps: 5 } as const;

const words = (limit: number) =>
  z
    .string()
    .min(1, 'write something')
    .max(limit, `write at most ${limit} characters`)
    // Cards show a playbook's words as they are, so markup would be read as text.
    .regex(/^[^`\n]*$/, 'write one line of plain text, without line breaks and backticks');

const steps = z
  .array(words(LIMITS.text))
  .min(1, 'write at least one step')
  .max(LIMITS.steps, `write at most ${LIMITS.steps} steps`);

const text = (language: Language) =>
  section({
    title: words(LIMITS.title[language]),
    why: words(LIMITS.text),
    check: steps,
    fix: steps,
    alternative: words(LIMITS.text).optional(),
    intended: words(LIMITS.text),
  });

const PLAYBOOK = section({ control: z.string(), ja: text('ja'), en: text('en') });

/**
 * Reads every `*.yml` of a folder; a file is named after its control.
 * @throws {ConfigError} when one is wrong, misnamed or too long
 */
export function loadPlaybooks(folder: string): Playbooks {
  const all = listFiles(folder, '.yml').map(readPlaybook);
  const byControl = new Map(all.map((playbook) => [playbook.control.toLowerCase(), playbook]));
  return { lookup: (control) => byControl.get(control.toLowerCase()), all: () => all };
}

function readPlaybook(file: string): Playbook {
  const { value, problemAt } = readYaml(file, PLAYBOOK);
  const name = basename(file, '.yml');
  if (value.control !== name) {
    const problem = `"${value.control}" is not what the file is named after; write control: ${name}, or rename the file`;
    throw new ConfigError(file, [problemAt(['control'], problem)]);
  }
  return {
    control: name as ControlId,
    links: { ja: controlPage(name, 'ja'), en: controlPage(name, 'en') },
    text: { ja: withoutBlank(value.ja), en: withoutBlank(value.en) },
  };
}

/** Leaves `alternative` out instead of undefined, as the type wants it. */
function withoutBlank({ alternative, ...words }: z.infer<ReturnType<typeof text>>): PlaybookText {
  return alternative === undefined ? words : { ...words, alternative };
}
