import type { ControlId } from '../controls';
import type { Playbooks } from './load-playbooks';
import { LANGUAGES, type Playbook, type ThreatPlaybook } from './playbook';

type Any = Playbook | ThreatPlaybook;

const nameOf = (playbook: Any): string => ('control' in playbook ? playbook.control : playbook.threat);

/** All words of a playbook in both languages. */
function wordsOf(playbook: Any): string {
  return LANGUAGES.map((language) => JSON.stringify(playbook.text[language])).join('\n');
}

/**
 * The playbooks that somebody may mean: the one whose control or finding type it is, else those that hold every word, in
 * either language and without regard to case; what is in the title comes first.
 */
export function findPlaybooks(typed: string, playbooks: Playbooks): readonly Any[] {
  const exact = playbooks.lookup(typed as ControlId) ?? playbooks.threat(typed);
  if (exact) return [exact];
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const found = [...playbooks.all(), ...playbooks.allThreats()].filter((one) =>
    has(`${nameOf(one)}\n${wordsOf(one)}`),
  );
  const titled = (one: Any) =>
    has([nameOf(one), ...LANGUAGES.map((language) => one.text[language].title)].join('\n'));
  return [...found.filter(titled), ...found.filter((one) => !titled(one))];
}
