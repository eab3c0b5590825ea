import type { Question } from './question';

export interface QuestionFilter {
  readonly status: 'open' | 'all';
  /** The id of the one account whose questions are wanted. */
  readonly account?: string;
}

export interface QuestionOverview {
  /** Open ones first, the longest waiting first; then the answered ones, the newest first. */
  readonly questions: readonly Question[];
  /** Controls with how often they were asked about, open and answered, the most often first; five at most. */
  readonly mostAsked: readonly { readonly control: string; readonly count: number }[];
}

const MOST_ASKED = 5;

/** What the list of questions shows. Pure. */
export function listQuestions(all: readonly Question[], filter: QuestionFilter): QuestionOverview {
  const wanted = all.filter(
    ({ request }) => filter.account === undefined || request.account === filter.account,
  );
  const open = wanted.filter(({ status }) => status === 'open').sort((a, b) => (a.at < b.at ? -1 : 1));
  const answered = wanted
    .filter(({ status }) => status === 'answered')
    .sort((a, b) => (a.at > b.at ? -1 : 1));
  const counts = new Map<string, number>();
  for (const { control } of wanted) counts.set(control, (counts.get(control) ?? 0) + 1);
  return {
    questions: filter.status === 'all' ? [...open, ...answered] : open,
    mostAsked: [...counts]
      .map(([control, count]) => ({ control, count }))
      .sort((a, b) => b.count - a.count || (a.control < b.control ? -1 : 1))
      .slice(0, MOST_ASKED),
  };
}
