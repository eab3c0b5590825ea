import { SEVERITIES, type Severity, severityRank } from '../controls';
import { type Issue, issueRef } from '../requests';
import { derivedId } from '../store';

/** Of each id so much is kept, 60 bits of it: many issues have to fit into one record. */
const LENGTH = 12;

const short = (...parts: readonly string[]) => derivedId(...parts).slice(0, LENGTH);

/**
 * What an approval of several requests is bound to in one of them: each of its issues, as often as it has opened, and
 * its severity. Less of it, or a lower severity, has only parts that were there before.
 */
export function approvalParts(
  request: string,
  issues: readonly Issue[],
  severity: Severity,
): readonly string[] {
  if (issues.length === 0) return [];
  return [
    ...issues.map((issue) => short(request, issueRef(issue), String(issue.episodes))),
    ...SEVERITIES.filter((level) => severityRank(level) >= severityRank(severity)).map((level) =>
      short(request, level),
    ),
  ];
}
