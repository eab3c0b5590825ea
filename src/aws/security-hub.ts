import {
  type AwsSecurityFindingFilters,
  BatchUpdateFindingsCommand,
  GetFindingHistoryCommand,
  GetFindingsCommand,
  type SecurityHubClient,
  SecurityHubServiceException,
} from '@aws-sdk/client-securityhub';
import type { Catalogue, Severity } from '../controls';
import { type Finding, readFindings, type WorkflowStatus } from '../findings';
import type { Log } from '../log';

/** Names one finding in Security Hub. */
export interface FindingName {
  readonly id: string;
  readonly productArn: string;
  /** Where it lives; the aggregation region answers for all of them. */
  readonly region: string;
}

/** What a scan reads. */
export type FindingFilter =
  | {
      /**
       * Active findings of one product: of controls those that have not passed, of GuardDuty (whose findings have no
       * compliance) all of them.
       */
      readonly failing: 'control' | 'guardduty';
      /** At most 20; none means all. */
      readonly accounts: readonly string[];
      /** Only of these severities; all when left out. */
      readonly severities?: readonly Severity[];
    }
  | {
      /** At most 20. */
      readonly names: readonly FindingName[];
    };

/** The answer of one call. */
export interface FindingPage {
  readonly findings: readonly Finding[];
  /** Ids of findings that Security Hub holds and that cannot be read. */
  readonly unreadable: readonly string[];
  /** To be passed back for the next page; absent on the last. */
  readonly next?: string;
}

/** What the intake may ask Security Hub. */
export interface FindingSource {
  /** The finding as Security Hub holds it now; undefined when it holds none. */
  finding(name: FindingName): Promise<Finding | undefined>;
  /** The findings of these ids, read 20 ids a call (the API's limit for one filter). */
  findings(names: readonly FindingName[]): Promise<readonly Finding[]>;
  /**
   * One page of up to 100 findings: exactly one GetFindings call, so that the caller can keep to the limit.
   * @throws an error that `isThrottling` knows when Security Hub wants fewer calls
   */
  scan(filter: FindingFilter, token?: string): Promise<FindingPage>;
  /** The identity that last moved the workflow of a finding, unless that was the bot itself. */
  workflowHistory(name: FindingName): Promise<{ changedBy?: string }>;
}

/** One call's worth of the same update. */
export interface WorkflowUpdate {
  readonly status: WorkflowStatus;
  /** At most 512 characters; absent leaves the note as it is. */
  readonly note?: string;
  /** At most 100. */
  readonly findings: readonly FindingName[];
}

export interface Unprocessed {
  readonly id: string;
  readonly productArn: string;
  /** `FindingNotFound`, `ConcurrentUpdateError`, `InternalFailure` … as Security Hub says. */
  readonly code: string;
}

/** The one owner of writes to Security Hub's workflow is the workflow handler; it has this. */
export interface FindingWriter {
  /** Writes status and note to up to 100 findings in one call. An HTTP 200 may still hold unprocessed ones. */
  update(update: WorkflowUpdate): Promise<readonly Unprocessed[]>;
}

/** The API's limit on the values of one filter attribute. */
export const VALUES_PER_FILTER = 20;
const PAGE = 100;
/** Security Hub's own name for its controls has changed; which of the two a finding carries depends on its age. */
const PRODUCT_NAMES = { control: ['Security Hub', 'Security Hub CSPM'], guardduty: ['GuardDuty'] } as const;
const NOT_PASSED = ['FAILED', 'WARNING', 'NOT_AVAILABLE'];

/** True when Security Hub refused a call because there were too many. */
export function isThrottling(error: unknown): boolean {
  return error instanceof SecurityHubServiceException && error.$metadata.httpStatusCode === 429;
}

const equals = (values: Iterable<string>) =>
  [...new Set(values)].map((Value) => ({ Value, Comparison: 'EQUALS' as const }));

function filtersOf(filter: FindingFilter): AwsSecurityFindingFilters {
  if ('names' in filter) {
    return {
      Id: equals(filter.names.map(({ id }) => id)),
      // Security Hub V2 spells the same product otherwise; this is the API of the first.
      ProductArn: equals(
        filter.names.map(({ productArn }) => productArn.replace(':productv2/', ':product/')),
      ),
    };
  }
  const { failing, accounts, severities } = filter;
  return {
    ...(accounts.length > 0 && { AwsAccountId: equals(accounts) }),
    ProductName: equals(PRODUCT_NAMES[failing]),
    RecordState: equals(['ACTIVE']),
    ...(failing === 'control' && { ComplianceStatus: equals(NOT_PASSED) }),
    ...(severities && { SeverityLabel: equals(severities) }),
  };
}

/** Account and role (or user) of an identity's ARN: sessions of one role are one identity. */
function roleOf(arn: string): string {
  const [, , , , account, path = ''] = arn.split(':');
  const [kind, ...names] = path.split('/');
  return `${account ?? ''}/${kind === 'assumed-role' ? names[0] : names.at(-1)}`;
}

/**
 * @param client in the aggregation region, with the administrator account's credentials
 * @param author `UpdatedBy` of the notes, by which the bot recognises its own
 * @param ownIdentity the ARN that Security Hub's history shows for the bot's own writes
 */
export function securityHub(
  client: SecurityHubClient,
  catalogue: Catalogue,
  author: string,
  ownIdentity: () => Promise<string>,
  warn: Log['warn'],
): FindingSource & FindingWriter {
  const scan: FindingSource['scan'] = async (filter, token) => {
    const page = await client.send(
      new GetFindingsCommand({
        Filters: filtersOf(filter),
        MaxResults: PAGE,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    const found: Finding[] = [];
    const unreadable: string[] = [];
    for (const raw of page.Findings ?? []) {
      const { findings, refusals } = readFindings(JSON.stringify(raw), catalogue);
      found.push(...findings);
      for (const { field, problem } of refusals) {
        unreadable.push(raw.Id ?? '');
        warn('Security Hub answered with a finding that cannot be read', { finding: raw.Id, field, problem });
      }
    }
    return { findings: found, unreadable, ...(page.NextToken && { next: page.NextToken }) };
  };

  const findings: FindingSource['findings'] = async (names) => {
    const found: Finding[] = [];
    for (let from = 0; from < names.length; from += VALUES_PER_FILTER) {
      const filter = { names: names.slice(from, from + VALUES_PER_FILTER) };
      let token: string | undefined;
      do {
        const page = await scan(filter, token);
        found.push(...page.findings);
        token = page.next;
      } while (token !== undefined);
    }
    return found;
  };

  return {
    findings,
    scan,
    async finding(name) {
      return (await findings([name])).find(({ id }) => id === name.id);
    },
    async workflowHistory(name) {
      let token: string | undefined;
      let latest: { at: number; by: string } | undefined;
      do {
        const page = await client.send(
          new GetFindingHistoryCommand({
            FindingIdentifier: { Id: name.id, ProductArn: name.productArn },
            MaxResults: 100,
            ...(token !== undefined && { NextToken: token }),
          }),
        );
        for (const record of page.Records ?? []) {
          if (record.UpdateSource?.Type !== 'BATCH_UPDATE_FINDINGS') continue;
          if (!record.Updates?.some(({ UpdatedField }) => UpdatedField?.startsWith('Workflow'))) continue;
          const at = record.UpdateTime?.getTime() ?? 0;
          // Security Hub answers newest first: of two moves of one moment, the first named is the newer.
          if (latest === undefined || at > latest.at) {
            latest = { at, by: record.UpdateSource.Identity ?? 'unknown' };
          }
        }
        token = page.NextToken;
      } while (token);
      if (latest === undefined || roleOf(latest.by) === roleOf(await ownIdentity())) return {};
      return { changedBy: latest.by };
    },
    async update({ status, note, findings: names }) {
      const answer = await client.send(
        new BatchUpdateFindingsCommand({
          FindingIdentifiers: names.map(({ id, productArn }) => ({ Id: id, ProductArn: productArn })),
          Workflow: { Status: status },
          ...(note !== undefined && { Note: { Text: note, UpdatedBy: author } }),
        }),
      );
      return (answer.UnprocessedFindings ?? []).map((item) => ({
        id: item.FindingIdentifier?.Id ?? '',
        productArn: item.FindingIdentifier?.ProductArn ?? '',
        code: item.ErrorCode ?? 'Unknown',
      }));
    },
  };
}
