import { type Account, type AccountId, tableAccounts } from '../../src/accounts';
import { tableChanges } from '../../src/changes';
import { tableIssues, tableRequests } from '../../src/requests';
import type { Table } from '../../src/store';
import { type Exception, liveExceptions, sinceWhen, suppressedUnder } from '../../src/suppressions';

/** An exception as it is exported; people by name and Slack id, times as ISO 8601. */
export interface ExportedException {
  readonly account: AccountId;
  readonly accountName: string;
  readonly control: string;
  /** What is suppressed because of it now. */
  readonly resources: readonly string[];
  readonly reason: string;
  readonly ticket: string;
  readonly by: string;
  readonly approvedBy: readonly string[];
  readonly since: string;
  readonly until: string;
  readonly byDesign: boolean;
}

const PARALLEL = 8;
const person = ({ id, name }: { readonly id: string; readonly name: string }) => `${name} (${id})`;

/** All exceptions in force, of one account or of all, the one that ends first at the head. */
export async function exportedExceptions(
  table: Table,
  account: AccountId | undefined,
): Promise<readonly ExportedException[]> {
  const issues = tableIssues(table);
  const requests = tableRequests(table, () => undefined);
  const names = new Map(
    (await tableAccounts(table).all()).map(({ id, name }): [AccountId, Account['name']] => [id, name]),
  );
  const exported = async (exception: Exception): Promise<ExportedException> => {
    const { change, payload, request: key, byDesign } = exception;
    const [request, suppressed] = await Promise.all([requests.load(key), suppressedUnder(exception, issues)]);
    return {
      account: key.account,
      accountName: names.get(key.account) ?? '',
      control: request?.control ?? key.subject,
      resources: suppressed.map(({ resource }) => resource.id).sort(),
      reason: payload.reason,
      ticket: payload.ticket ?? '',
      by: person(change.actor),
      approvedBy: (change.approvals ?? []).map(({ by }) => person(by)),
      since: sinceWhen(exception),
      until: payload.until,
      byDesign,
    };
  };
  const all = await liveExceptions(tableChanges(table), { ...(account !== undefined && { account }) });
  const rows: ExportedException[] = [];
  for (let from = 0; from < all.length; from += PARALLEL) {
    rows.push(...(await Promise.all(all.slice(from, from + PARALLEL).map(exported))));
  }
  return rows;
}
