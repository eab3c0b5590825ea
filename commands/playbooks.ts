import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '../src/playbooks';
import { checkPlaybooks } from './playbooks/check-playbooks';
import { showPlaybook } from './playbooks/show-playbook';
import { runToEnd } from './run-to-end';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run playbooks -- check [--json] [--overrides FOLDER]
       npm run playbooks -- show CONTROL|TYPE [--lang ${LANGUAGES.join('|')}] [--overrides FOLDER]

check  Says which controls that the policy tracks have a playbook, by severity and service, and what is wrong with those
       that there are: commands that the AWS CLI does not know, language that nobody would write, what is too long for
       a card. Exit code 1 when something is wrong, or a CRITICAL or HIGH control has none.
show   Prints one as cards and “Details…” show it, and how much of Slack's room it takes.

--overrides  A folder with words of your own, as the setting PLAYBOOK_OVERRIDES names one.
--json       Nothing but JSON on standard output.`;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [verb, subject, ...more] = positionals;
  if (more.length > 0) throw new WrongUsage(`I do not know "${more.join(' ')}".`);
  if (verb === 'check' && subject === undefined) return checkPlaybooks(values.overrides, values.json);
  if (verb === 'show' && subject !== undefined) {
    return showPlaybook(subject, languageOf(values.lang), values.overrides);
  }
  throw new WrongUsage(verb === 'show' ? 'Which control?' : `I do not know "${verb ?? ''}".`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        lang: { type: 'string', default: 'ja' },
        overrides: { type: 'string' },
      },
    });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function languageOf(typed: string): Language {
  const language = LANGUAGES.find((known) => known === typed);
  if (language === undefined) throw new WrongUsage(`--lang is ${LANGUAGES.join(' or ')}.`);
  return language;
}

runToEnd(main, { usage: USAGE, alone: true });
