import { type Amendable, type Item, recordType, type Table } from '../store';
import type { Issue } from './issue';
import { type IssueKey, issueItemKey, issueKeyOf, issuePartition } from './keys';
import type { RequestKey } from './request';

export interface Issues extends Amendable<IssueKey, Issue> {
  /** Writes a new issue (version 1); false when there is one already. */
  create(issue: Issue): Promise<boolean>;
  /** All issues of a request, whatever their state. */
  of(request: RequestKey): Promise<readonly Issue[]>;
}

export const issueItems = recordType<Issue>('issue');

const itemOf = (issue: Issue): Item => issueItems.toItem(issueItemKey(issueKeyOf(issue)), issue);

export function tableIssues(table: Table): Issues {
  return {
    async load(key) {
      const item = await table.get(issueItemKey(key));
      return item && issueItems.fromItem(item);
    },
    create: (issue) => table.create(itemOf({ ...issue, version: 1 })),
    replace: (issue, version) => table.replace(itemOf(issue), version),
    async of(request) {
      return (await table.all(issuePartition(request), 'I#')).map(issueItems.fromItem);
    },
  };
}
