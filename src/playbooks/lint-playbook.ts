import { type CliOperations, cliMistakes } from './cli-line';
import type { Language, Playbook, Step, ThreatPlaybook } from './playbook';

const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Folded lines of YAML leave a blank where they are joined; Japanese has none between its own letters. */
const BLANK_INSIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。」] [\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。「]/u;
const FULL_WIDTH = /[\uFF01-\uFF5E]/u;
/** How a polite sentence ends: です・ます and their forms. */
const POLITE =
  /(?:です|ます|ません|ました|でした|ください|でしょう|ましょう|ですか|ますか|ませんか|でしょうか|です」|ます」)$/u;
/** `<bucket name>`; a comparison has no letter right after its sign. */
const PLACEHOLDER = /<[A-Za-z][^<>=]*>/;
const COMMAND = /\baws [a-z0-9-]+ [a-z0-9]+-[a-z0-9-]+/;

type Where = (part: string, problem: string) => string;

/** One place of a playbook with its words. */
interface Said {
  readonly part: string;
  readonly text: string;
  /** A title is no sentence. */
  readonly title?: true;
}

const steps = (part: string, all: readonly Step[]): Said[] =>
  all.map(({ say }, place) => ({ part: `${part} ${place + 1}`, text: say }));

function controlWords({ text }: Playbook, language: Language): Said[] {
  const { title, why, check, fix, alternative, breaks, intended } = text[language];
  return [
    { part: 'title', text: title, title: true },
    { part: 'why', text: why },
    ...steps('check', check),
    ...steps('fix', fix),
    ...steps('alternative', alternative ? [alternative] : []),
    ...steps('breaks', [breaks]),
    { part: 'intended', text: intended },
  ];
}

function threatWords({ text }: ThreatPlaybook, language: Language): Said[] {
  const { title, happened, first, falseAlarm, contain, intended } = text[language];
  return [
    { part: 'title', text: title, title: true },
    { part: 'happened', text: happened },
    ...steps('first', first),
    ...steps('falseAlarm', falseAlarm),
    ...steps('contain', contain),
    { part: 'intended', text: intended },
  ];
}

function japaneseMistakes({ text, title }: Said): readonly string[] {
  const sentences = text
    // What stands in brackets is no sentence of its own.
    .replaceAll(/\s*\([^()]*\)/gu, '')
    .split('。')
    .map((sentence) => sentence.trim())
    .filter(Boolean);
  const rude = title ? [] : sentences.filter((sentence) => !POLITE.test(sentence));
  return [
    ...(JAPANESE.test(text) ? [] : ['is not Japanese']),
    ...(BLANK_INSIDE.test(text)
      ? ['has a blank between Japanese letters; write the line without folding it there']
      : []),
    ...(FULL_WIDTH.test(text)
      ? ['has full-width digits, letters or brackets; write them in half width']
      : []),
    ...rude.map((sentence) => `ends a sentence without です or ます: ${sentence}`),
    ...(!title && !text.endsWith('。') ? ['does not end with 。'] : []),
  ];
}

function englishMistakes({ text, title }: Said): readonly string[] {
  return [
    ...(JAPANESE.test(text) ? ['is not English'] : []),
    ...(!title && !/[.?)]$/.test(text) ? ['does not end with a full stop'] : []),
    ...(title && text.endsWith('.') ? ['is a title; write it without a full stop'] : []),
    ...(text.includes('!') ? ['shouts; write it without an exclamation mark'] : []),
  ];
}

function wordMistakes(said: readonly Said[], language: Language, where: Where): readonly string[] {
  const rules = language === 'ja' ? japaneseMistakes : englishMistakes;
  return said.flatMap((one) => [
    ...rules(one).map((problem) => where(`${one.part} (${language})`, problem)),
    ...(COMMAND.test(one.text)
      ? [where(`${one.part} (${language})`, 'holds a command; write it under run')]
      : []),
    ...(PLACEHOLDER.test(one.text)
      ? [where(`${one.part} (${language})`, 'has angle brackets; write what has to be filled in in CAPITALS')]
      : []),
  ]);
}

function commandMistakes(all: readonly Step[], operations: CliOperations, where: Where): readonly string[] {
  return all
    .flatMap(({ run = [] }) => run)
    .flatMap((line) => [
      ...cliMistakes(line, operations).map((problem) => where('run', problem)),
      ...(PLACEHOLDER.test(line)
        ? [where('run', `write what has to be filled in in CAPITALS: ${line}`)]
        : []),
    ]);
}

/**
 * What is wrong with a playbook that its form lets through: commands that there are not, and language that nobody would
 * write.
 * @param operations what the AWS CLI knows
 */
export function lintPlaybook(playbook: Playbook, operations: CliOperations): readonly string[] {
  const where: Where = (part, problem) => `${playbook.control}: ${part} ${problem}`;
  const { check, fix, alternative, breaks } = playbook.text.en;
  return [
    ...wordMistakes(controlWords(playbook, 'ja'), 'ja', where),
    ...wordMistakes(controlWords(playbook, 'en'), 'en', where),
    ...commandMistakes([...check, ...fix, ...(alternative ? [alternative] : []), breaks], operations, where),
  ];
}

/** The same for a threat's. */
export function lintThreat(playbook: ThreatPlaybook, operations: CliOperations): readonly string[] {
  const where: Where = (part, problem) => `${playbook.threat}: ${part} ${problem}`;
  const { first, falseAlarm, contain } = playbook.text.en;
  return [
    ...wordMistakes(threatWords(playbook, 'ja'), 'ja', where),
    ...wordMistakes(threatWords(playbook, 'en'), 'en', where),
    ...commandMistakes([...first, ...falseAlarm, ...contain], operations, where),
  ];
}
