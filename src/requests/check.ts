import type { FindingName } from '../aws';
import type { Issue, Seen } from './issue';
import { isOpen } from './issue';
import { issueRef } from './keys';
import type { RequestKey } from './request';
import { type Intake, takeIn } from './take-in';

/** What Security Hub said when it was asked about the open issues of a request. */
export interface Checked {
  /** Open issues that still fail, those beyond the limit of one check among them. */
  readonly failing: number;
  /** Issues that are not open any more. */
  readonly passed: number;
  /** Issues of which Security Hub holds nothing. */
  readonly gone: number;
}

/** One check reads at most so many findings: five GetFindings calls of 20 ids, of the three a second allowed. */
const FINDINGS_A_CHECK = 100;

function liveNames(issue: Issue): FindingName[] {
  return Object.values<Seen>(issue.findings)
    .filter(({ recordState }) => recordState === 'ACTIVE')
    .map(({ id, productArn, region }) => ({ id, productArn, region }));
}

/**
 * Asks Security Hub for the findings of a request's open issues and takes the answers in as if they had been
 * delivered: what has passed resolves at once.
 */
export async function checkRequest(key: RequestKey, intake: Intake): Promise<Checked> {
  const open = (await intake.issues.of(key)).filter(isOpen);
  const asked: Issue[] = [];
  const names: FindingName[] = [];
  for (const issue of open) {
    const live = liveNames(issue);
    if (names.length + live.length > FINDINGS_A_CHECK) break;
    asked.push(issue);
    names.push(...live);
  }
  const found = await intake.hub.findings(names);
  for (const finding of found) await takeIn(finding, intake, { confirmed: true });
  const ids = new Set(found.map(({ id }) => id));
  const gone = asked.filter((issue) => liveNames(issue).every(({ id }) => !ids.has(id))).length;
  const still = new Set((await intake.issues.of(key)).filter(isOpen).map(issueRef));
  const failing = open.filter((issue) => still.has(issueRef(issue))).length;
  return { failing: failing - gone, passed: open.length - failing, gone };
}
