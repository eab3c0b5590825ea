import { LIMITS } from '../../blocks/kit';
import { controlParts, threatParts } from '../../blocks/playbook';
import { words } from '../../blocks/words';
import type { ControlId } from '../../src/controls';
import type { Language } from '../../src/playbooks';
import { bold } from '../bold';
import { openPlaybooks } from './open-playbooks';
import { CARD_ROOM, lengths, tooLong } from './too-long';

/** Markup of Slack as a terminal reads it. */
const plainly = (markup: string): string =>
  markup
    .replaceAll(/^\*(.+)\*$/gm, (_, label: string) => bold(label))
    .replaceAll(/^`(.+)`$/gm, '    $1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Prints one playbook. @returns the exit code */
export function showPlaybook(subject: string, language: Language, overrides: string | undefined): number {
  const playbooks = openPlaybooks(overrides);
  const playbook = playbooks.lookup(subject as ControlId) ?? playbooks.threat(subject);
  if (playbook === undefined) {
    console.error(`There is no playbook for ${subject}. npm run playbooks -- check lists what there is.`);
    return 1;
  }
  const w = words(language);
  const { playbook: said } = w;
  const text = playbook.text[language];
  const [why, parts, intended] =
    'control' in playbook
      ? [
          `${bold(said.why)}\n${playbook.text[language].why}`,
          controlParts(playbook.text[language], w),
          `${bold(said.intended)}\n${text.intended}`,
        ]
      : [
          `${bold(said.happened)}\n${playbook.text[language].happened}`,
          threatParts(playbook.text[language], w),
          `${bold(said.expected)}\n${text.intended}`,
        ];
  const facts = [
    'control' in playbook ? `${said.effort}: ${said.minutes(playbook.effortMinutes)}` : '',
    `${said.page}: ${playbook.links[language]}`,
  ].filter(Boolean);
  console.log(
    [
      bold(text.title),
      why,
      ...parts.map((part) => plainly(part.text.markup)),
      intended,
      facts.join('\n'),
    ].join('\n\n'),
  );
  for (const { language: of, whole, longest } of lengths(playbook).filter(
    (one) => one.language === language,
  )) {
    console.log(
      `\n${of}: ${whole} of ${CARD_ROOM} characters of a card; longest part ${longest} of ${LIMITS.text}`,
    );
  }
  const problems = tooLong(playbook);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}
