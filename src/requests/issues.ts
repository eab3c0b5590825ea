import { type Amendable, clockAttributes, type Item, type Table } from '../store';
import type { Issue } from './issue';
import { type IssueKey, issueItemKey, issueKeyOf, issuePartition } from './keys';
import type { RequestKey } from './request';

/** Minutes after which an unsettled record is looked at by the clock. */
export const SETTLE_WITHIN_MINUTES = 10;

export interface Issues extends Amendable<IssueKey, Issue> {
  /** Writes a new issue (version 1); false when there is one already. */
  create(issue: Issue): Promise<boolean>;
  /** All issues of a request, whatever their state. */
  of(request: RequestKey): Promise<readonly Issue[]>;
}

function toItem(issue: Issue): Item {
  const key = issueItemKey(issueKeyOf(issue));
  const { nextAt: _, ...rest } = issue;
  const nextAt = issue.unsettled === undefined ? undefined : settleBy(issue.unsettled);
  return { ...rest, ...key, type: 'issue', ...clockAttributes(key, nextAt) };
}

/** When the clock looks again at a record left unsettled at this time. */
export function settleBy(unsettled: string): string {
  return new Date(Date.parse(unsettled) + SETTLE_WITHIN_MINUTES * 60_000).toISOString();
}

export function issueFromItem(item: Item): Issue {
  const { pk: _pk, sk: _sk, type: _type, clockPk: _clockPk, ...issue } = item;
  return issue as unknown as Issue;
}

export function tableIssues(table: Table): Issues {
  return {
    async load(key) {
      const item = await table.get(issueItemKey(key));
      return item && issueFromItem(item);
    },
    create: (issue) => table.create(toItem({ ...issue, version: 1 })),
    replace: (issue, version) => table.replace(toItem(issue), version),
    async of(request) {
      return (await table.all(issuePartition(request), 'I#')).map(issueFromItem);
    },
  };
}
