import { LIMITS } from '../../blocks/kit';
import { controlParts, threatParts } from '../../blocks/playbook';
import { words } from '../../blocks/words';
import { LANGUAGES, type Playbook, type ThreatPlaybook } from '../../src/playbooks';

/** A card says more than its playbook: who, by when, which resources. So much is left for what to do. */
export const CARD_ROOM = LIMITS.messageJson - 3_200;

/** Characters of a card that a playbook takes, by language. */
export function lengths(playbook: Playbook | ThreatPlaybook) {
  return LANGUAGES.map((language) => {
    const w = words(language);
    const parts =
      'control' in playbook
        ? controlParts(playbook.text[language], w)
        : threatParts(playbook.text[language], w);
    const texts = parts.map(({ text }) => text.markup);
    return {
      language,
      whole: JSON.stringify(texts).length,
      longest: Math.max(...texts.map((text) => text.length)),
    };
  });
}

/** What Slack or a card would cut off. */
export function tooLong(playbook: Playbook | ThreatPlaybook): readonly string[] {
  const name = 'control' in playbook ? playbook.control : playbook.threat;
  return lengths(playbook).flatMap(({ language, whole, longest }) => [
    ...(longest > LIMITS.text
      ? [
          `${name}: one part (${language}) has ${longest} characters with its commands; Slack takes ${LIMITS.text}`,
        ]
      : []),
    ...(whole > CARD_ROOM
      ? [`${name}: what to do (${language}) has ${whole} characters; a card has room for ${CARD_ROOM}`]
      : []),
  ]);
}
