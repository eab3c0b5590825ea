import type { Findable } from '../../src/accounts';
import type { Language } from '../../src/playbooks';
import type { RankingOf } from '../../src/scores';
import { code, excerpt, joined, type Message, message, mrk, type SafeMrkdwn, section } from '../kit';
import { accountLabel } from '../phrases';
import { words } from '../words';

const NAME = 60;

/** What was typed is nobody whom Slack knows. */
export function drawNobody(language: Language): Message {
  const { nobody } = words(language).misread.score;
  return message(nobody, [section(nobody)]);
}

/**
 * No account and no project is meant by what was typed, or more than one account: says so, and what may have been meant.
 * @param example an account to show the command with, where none is near
 */
export function drawScoreProblem(
  typed: string,
  near: readonly Findable[],
  problem: 'several' | 'unknown',
  example: string,
  language: Language,
): Message {
  const w = words(language);
  const problems = w.misread.score;
  const said = problems[problem](code(typed, 100));
  const usage = (name: string) => code(`/secops score ${name}`, 120);
  const next =
    near.length > 0
      ? [problems.near, ...near.map((account) => mrk`• ${accountLabel(account, w)}: ${usage(account.id)}`)]
      : [problems.example(usage(example))];
  return message(said, [section(joined([said, ...next]))]);
}

/** What a ranking can be narrowed down to. */
export interface RankingChoices {
  /** What may have been meant. Untrusted. */
  readonly near: readonly RankingOf[];
  /** Else all there is, as far as there is room, and how many more. */
  readonly all: readonly RankingOf[];
  readonly more: number;
}

/** What was typed is neither a kind of account nor a project: says so, and what there is. */
export function drawRankingProblem(typed: string, choices: RankingChoices, language: Language): Message {
  const w = words(language);
  const problems = w.misread.ranking;
  const said = problems.unknown(code(typed, 100));
  const line = (of: RankingOf): SafeMrkdwn => {
    const [argument, what] =
      'kind' in of
        ? [of.kind, mrk`${w.kind[of.kind]}`]
        : [of.project, problems.ofProject(excerpt(of.project, NAME))];
    return problems.one(code(`/secops ranking ${argument}`, 120), what);
  };
  const { near, all, more } = choices;
  const offered =
    near.length > 0
      ? [problems.near, ...near.map(line)]
      : [problems.choices, ...all.map(line), ...(more > 0 ? [problems.more(more)] : [])];
  return message(said, [section(joined([said, ...offered]))]);
}

/** Nothing was typed whose history could be shown: says what can be. */
export function drawHistoryUsage(language: Language): Message {
  const { history } = words(language).misread;
  const example = (typed: string) => code(`/secops history ${typed}`, 120);
  const lines = [
    history.usage,
    history.usageAccount(example('shop-prod')),
    history.usageRequest(example('shop-prod EC2.19')),
    history.usagePerson(example('@user')),
  ];
  return message(history.usage, [section(joined(lines))]);
}
