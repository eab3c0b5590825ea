import {
  type AwsSecurityFinding,
  BatchUpdateFindingsCommand,
  GetFindingHistoryCommand,
  GetFindingsCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { Catalogue } from '../controls';
import { type Finding, readFindings, type WorkflowStatus } from '../findings';

/** Names one finding in Security Hub. */
export interface FindingName {
  readonly id: string;
  readonly productArn: string;
  /** Where it lives; the aggregation region answers for all of them. */
  readonly region: string;
}

/** What the intake may ask Security Hub. */
export interface FindingSource {
  /** The finding as Security Hub holds it now; undefined when it holds none. */
  finding(name: FindingName): Promise<Finding | undefined>;
  /** The findings of these ids, read 20 ids a call (the API's limit for one filter). */
  findings(names: readonly FindingName[]): Promise<readonly Finding[]>;
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

const IDS_PER_FILTER = 20;

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
  warn: (message: string, details: Record<string, unknown>) => void,
): FindingSource & FindingWriter {
  const normalise = (raw: AwsSecurityFinding): readonly Finding[] => {
    const { findings, refusals } = readFindings(JSON.stringify(raw), catalogue);
    for (const { field, problem } of refusals) {
      warn('Security Hub answered with a finding that cannot be read', { finding: raw.Id, field, problem });
    }
    return findings;
  };

  const findings: FindingSource['findings'] = async (names) => {
    const found: Finding[] = [];
    for (let from = 0; from < names.length; from += IDS_PER_FILTER) {
      const some = names.slice(from, from + IDS_PER_FILTER);
      let token: string | undefined;
      do {
        const page = await client.send(
          new GetFindingsCommand({
            Filters: {
              Id: some.map(({ id }) => ({ Value: id, Comparison: 'EQUALS' as const })),
              ProductArn: [...new Set(some.map(({ productArn }) => productArn))].map((Value) => ({
                Value,
                Comparison: 'EQUALS' as const,
              })),
            },
            MaxResults: 100,
            ...(token !== undefined && { NextToken: token }),
          }),
        );
        found.push(...(page.Findings ?? []).flatMap(normalise));
        token = page.NextToken;
      } while (token);
    }
    return found;
  };

  return {
    findings,
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
