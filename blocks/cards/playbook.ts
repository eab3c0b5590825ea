import type { KnownBlock } from '@slack/types';
import type { Language, Playbook, ThreatPlaybook } from '../../src/playbooks';
import {
  allowedUrl,
  code,
  context,
  excerpt,
  header,
  joined,
  link,
  type Message,
  message,
  mrk,
  type SafeMrkdwn,
  section,
} from '../kit';
import { controlParts, type PlaybookPart, threatParts, within } from '../playbook';
import { type Words, words } from '../words';

const TEXT = 3000;
const TYPED = 100;
/** Titles that a search lists; Slack shows all of them without unfolding. */
export const PLAYBOOKS_LISTED = 15;

/** A playbook is about a control, or about a threat. */
export type AnyPlaybook = Playbook | ThreatPlaybook;

/** What it is about: a control's id, or a finding type. */
function subjectOf(playbook: AnyPlaybook): string {
  return 'control' in playbook ? playbook.control : playbook.threat;
}

/** All that a playbook says, commands included. */
export function playbookBlocks(playbook: AnyPlaybook, language: Language, w: Words): KnownBlock[] {
  const { playbook: said } = w;
  const [why, parts, when] =
    'control' in playbook
      ? [
          fact(said.why, playbook.text[language].why),
          controlParts(playbook.text[language], w),
          fact(said.intended, playbook.text[language].intended),
        ]
      : [
          fact(said.happened, playbook.text[language].happened),
          threatParts(playbook.text[language], w),
          fact(said.expected, playbook.text[language].intended),
        ];
  const url = allowedUrl(playbook.links[language]);
  const facts = [
    mrk`${code(subjectOf(playbook), TYPED)}`,
    ...('control' in playbook ? [mrk`${said.effort}: ${said.minutes(playbook.effortMinutes)}`] : []),
    ...(url === undefined ? [] : [link(url, said.page)]),
  ];
  return [
    section(why),
    ...parts.map((part: PlaybookPart) => section(within(part, TEXT))),
    section(when),
    context(joined(facts, mrk` · `)),
  ];
}

function fact(label: string, text: string): SafeMrkdwn {
  return mrk`*${label}*\n${text}`;
}

/** `/secops playbook EC2.19`. */
export function drawPlaybook(playbook: AnyPlaybook, language: Language): Message {
  const { title } = playbook.text[language];
  return message(mrk`${title}`, [header(title), ...playbookBlocks(playbook, language, words(language))]);
}

/** `/secops playbook WORD`, where it is found in several. */
export function drawPlaybooksFound(
  typed: string,
  found: readonly AnyPlaybook[],
  language: Language,
): Message {
  const { playbook: said } = words(language);
  const heading =
    found.length === 0 ? said.unknown(code(typed, TYPED)) : said.found(found.length, code(typed, TYPED));
  const lines = found
    .slice(0, PLAYBOOKS_LISTED)
    .map((one) => mrk`• ${code(subjectOf(one), TYPED)} ${excerpt(one.text[language].title, TYPED)}`);
  const more = found.length - lines.length;
  const usage = said.usage(code('/secops playbook EC2.19'), code('/secops playbook SSH'));
  return message(heading, [
    section(joined([heading, ...lines])),
    context(more > 0 ? joined([said.more(more), usage]) : usage),
  ]);
}
