import * as z from 'zod';
import { invalidInput } from './aws-error';
import type { Caller } from './caller';
import type { Echo } from './echo';
import { readFilters, readSort } from './filters';
import {
  type AsffFinding,
  type FindingIdentifier,
  findingIdentifier,
  importedFinding,
  keyOf,
  regionOf,
} from './finding';
import { historyRecord, type UpdateSource } from './finding-history';
import type { Entry, Journal } from './journal';
import { turn } from './turn';
import { workflowAfter } from './workflow-after';

const MAX_BATCH = 100;
const MAX_PAGE = 100;
const HISTORY_DAYS = 90;

const page = {
  NextToken: z.string().optional(),
  MaxResults: z.number().int().min(1).max(MAX_PAGE).optional(),
};

const getFindingsInput = z.object({
  Filters: z.record(z.string(), z.unknown()).optional(),
  SortCriteria: z.array(z.object({ Field: z.string(), SortOrder: z.enum(['asc', 'desc']) })).optional(),
  ...page,
});

const getFindingHistoryInput = z.object({
  FindingIdentifier: findingIdentifier,
  StartTime: z.iso.datetime({ offset: true }).optional(),
  EndTime: z.iso.datetime({ offset: true }).optional(),
  ...page,
});

export const workflowStatus = z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']);

const severityLabel = z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']);

const noteUpdate = z.object({ Text: z.string().min(1).max(512), UpdatedBy: z.string().min(1).max(512) });

const batchUpdateInput = z.object({
  FindingIdentifiers: z.array(findingIdentifier).min(1).max(MAX_BATCH),
  Note: noteUpdate.optional(),
  Workflow: z.object({ Status: workflowStatus }).optional(),
  Severity: z
    .object({ Label: severityLabel.optional(), Normalized: z.number().int().min(0).max(100).optional() })
    .optional(),
  VerificationState: z.enum(['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE']).optional(),
  Confidence: z.number().int().min(0).max(100).optional(),
  Criticality: z.number().int().min(0).max(100).optional(),
  Types: z.array(z.string()).max(50).optional(),
  UserDefinedFields: z
    .record(z.string().max(128), z.string().max(1024))
    .refine((fields) => Object.keys(fields).length <= 50, 'takes at most 50 pairs')
    .optional(),
  RelatedFindings: z
    .array(z.object({ Id: z.string(), ProductArn: z.string() }))
    .max(10)
    .optional(),
});

export type FindingUpdate = Omit<z.infer<typeof batchUpdateInput>, 'FindingIdentifiers'>;

const batchImportInput = z.object({ Findings: z.array(z.unknown()).min(1).max(MAX_BATCH) });

/** Providers never write these; BatchUpdateFindings does. */
const CUSTOMER_FIELDS = ['Note', 'UserDefinedFields', 'VerificationState', 'Workflow'];
/** Once BatchUpdateFindings has written one of these, providers no longer do. */
const CONTESTED_FIELDS = ['Confidence', 'Criticality', 'RelatedFindings', 'Severity', 'Types'];

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Security Hub's side of the findings of many accounts, as seen by its administrator. */
export class SecurityHub {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly hubAccount: string,
    private readonly now: () => Date,
    private readonly echo: Echo,
    private readonly journal: Journal | undefined,
  ) {
    for (const entry of journal?.load() ?? []) this.entries.set(entry.key, entry);
  }

  getFindings(input: unknown, caller: Caller): object {
    const { Filters, SortCriteria = [], NextToken, MaxResults = MAX_PAGE } = parse(getFindingsInput, input);
    const judge = readFilters(Filters, this.now());
    const order = readSort(SortCriteria);
    const matching = this.visibleTo(caller).filter(judge);
    const sorted = SortCriteria.length === 0 ? matching : matching.sort(order);
    const { items, next } = turn(sorted, MaxResults, NextToken, [Filters, SortCriteria]);
    return { Findings: items, NextToken: next };
  }

  /** Newest first. */
  getFindingHistory(input: unknown, caller: Caller): object {
    const {
      FindingIdentifier,
      StartTime,
      EndTime,
      NextToken,
      MaxResults = MAX_PAGE,
    } = parse(getFindingHistoryInput, input);
    const entry = this.find(FindingIdentifier, caller);
    const end = EndTime === undefined ? this.now().getTime() : Date.parse(EndTime);
    const start = StartTime === undefined ? end - HISTORY_DAYS * 86_400_000 : Date.parse(StartTime);
    const records = (entry?.history ?? [])
      .filter((record) => start <= Date.parse(record.UpdateTime) && Date.parse(record.UpdateTime) <= end)
      .map((record) => ({ FindingIdentifier, ...record }))
      .reverse();
    const { items, next } = turn(records, MaxResults, NextToken, [FindingIdentifier, StartTime, EndTime]);
    return { Records: items, NextToken: next };
  }

  /** @param refuse findings that are to come back unprocessed, and why */
  batchUpdateFindings(input: unknown, caller: Caller, refuse: (id: string) => Refusal | undefined): object {
    const { FindingIdentifiers, ...update } = parse(batchUpdateInput, input);
    const processed: FindingIdentifier[] = [];
    const unprocessed: object[] = [];
    const seen = new Set<string>();
    for (const identifier of FindingIdentifiers) {
      const entry = this.find(identifier, caller);
      const refusal = seen.has(keyOf(identifier))
        ? { code: 'DuplicatedFindingIdentifier', message: 'The same finding is named twice.' }
        : (refuse(identifier.Id) ??
          (entry ? undefined : { code: 'FindingNotFound', message: 'There is no such finding.' }));
      seen.add(keyOf(identifier));
      if (refusal || !entry) {
        unprocessed.push({
          FindingIdentifier: identifier,
          ErrorCode: refusal?.code,
          ErrorMessage: refusal?.message,
        });
        continue;
      }
      this.update(entry, update, caller.arn);
      processed.push(identifier);
    }
    return { ProcessedFindings: processed, UnprocessedFindings: unprocessed };
  }

  /** As a product's integration or a control does: one report of each finding. */
  batchImportFindings(input: unknown): object {
    const { Findings } = parse(batchImportInput, input);
    const failed: object[] = [];
    for (const given of Findings) {
      const read = importedFinding.safeParse(given);
      const taken = read.success ? this.import(read.data) : describe(read.error);
      if (typeof taken !== 'string') {
        this.echo.of(taken);
        continue;
      }
      const id = z.object({ Id: z.string() }).safeParse(given);
      failed.push({ Id: id.success ? id.data.Id : '', ErrorCode: 'InvalidInput', ErrorMessage: taken });
    }
    return {
      SuccessCount: Findings.length - failed.length,
      FailedCount: failed.length,
      FailedFindings: failed,
    };
  }

  /** Stores findings as they are, without an event. */
  put(findings: readonly AsffFinding[]): void {
    for (const finding of findings) {
      this.store(finding, this.entries.get(keyOf(finding)), {
        Type: 'BATCH_IMPORT_FINDINGS',
        Identity: finding.ProductArn,
      });
    }
  }

  /** The same without events. The first one that cannot be taken is refused, and all behind it with it. */
  report(findings: readonly AsffFinding[]): readonly AsffFinding[] {
    return findings.map((finding) => {
      const taken = this.import(finding);
      if (typeof taken === 'string') throw invalidInput(`${finding.Id}: ${taken}`);
      return taken;
    });
  }

  /** What a person does in the console. False when there is no such finding. */
  updateAs(identity: string, of: FindingIdentifier, update: FindingUpdate): boolean {
    const entry = this.entries.get(keyOf(of));
    if (!entry) return false;
    this.update(entry, update, identity);
    return true;
  }

  findings(): readonly AsffFinding[] {
    return [...this.entries.values()].map((entry) => entry.finding);
  }

  clear(): void {
    this.entries.clear();
    this.journal?.clear();
  }

  private update(entry: Entry, update: FindingUpdate, identity: string): void {
    const { Note, Severity, ...rest } = update;
    const finding: AsffFinding = {
      ...entry.finding,
      ...rest,
      ...(Note ? { Note: { ...Note, UpdatedAt: this.now().toISOString() } } : {}),
      ...(Severity ? { Severity: { ...entry.finding.Severity, ...bothWays(Severity) } } : {}),
    };
    const owned = CONTESTED_FIELDS.filter((field) => field in update);
    const before = { ...entry, ownedFields: [...new Set([...entry.ownedFields, ...owned])] };
    this.store(finding, before, { Type: 'BATCH_UPDATE_FINDINGS', Identity: identity });
    this.echo.of(finding);
  }

  /** The finding as it is held then, or why the report is not taken. */
  private import(incoming: AsffFinding): AsffFinding | string {
    const entry = this.entries.get(keyOf(incoming));
    const before = entry?.finding;
    if (before && Date.parse(incoming.UpdatedAt) <= Date.parse(before.UpdatedAt)) {
      return `UpdatedAt must be later than ${before.UpdatedAt}.`;
    }
    const kept = entry
      ? Object.entries(entry.finding).filter(([field]) =>
          [...CUSTOMER_FIELDS, ...entry.ownedFields].includes(field),
        )
      : [];
    const finding: AsffFinding = {
      ...incoming,
      Severity: { ...incoming.Severity, ...bothWays(incoming.Severity) },
      Region: regionOf(incoming),
      RecordState: incoming.RecordState ?? 'ACTIVE',
      ...Object.fromEntries(kept),
      Workflow: { Status: workflowAfter(before, incoming) },
      ProcessedAt: this.now().toISOString(),
    };
    this.store(finding, entry, { Type: 'BATCH_IMPORT_FINDINGS', Identity: incoming.ProductArn });
    return finding;
  }

  private store(finding: AsffFinding, before: Entry | undefined, source: UpdateSource): void {
    const record = historyRecord(before?.finding, finding, source, this.now().toISOString());
    const entry: Entry = {
      key: keyOf(finding),
      finding,
      ownedFields: before?.ownedFields ?? [],
      history: [...(before?.history ?? []), ...(record ? [record] : [])],
    };
    this.entries.set(entry.key, entry);
    this.journal?.write(entry);
  }

  /** The administrator's account sees every member's findings, a member its own. */
  private visibleTo(caller: Caller): AsffFinding[] {
    const all = [...this.entries.values()].map((entry) => entry.finding);
    if (caller.account === this.hubAccount) return all;
    return all.filter((finding) => finding.AwsAccountId === caller.account);
  }

  private find(of: FindingIdentifier, caller: Caller): Entry | undefined {
    const entry = this.entries.get(keyOf(of));
    const visible = caller.account === this.hubAccount || entry?.finding.AwsAccountId === caller.account;
    return visible ? entry : undefined;
  }
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input);
  if (!read.success) throw invalidInput(describe(read.error));
  return read.data;
}

function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue
    ? `${issue.path.join('.') || 'The request'}: ${issue.message}.`
    : 'The request cannot be read.';
}

const NORMALIZED: Readonly<Record<z.infer<typeof severityLabel>, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};

/** Label and number say the same thing; the one that is missing follows from the other. */
function bothWays(severity: { Label?: string | undefined; Normalized?: number | undefined }) {
  const { Label, Normalized } = severity;
  if (Label !== undefined) {
    const known = severityLabel.safeParse(Label);
    return { Label, Normalized: known.success ? NORMALIZED[known.data] : Normalized };
  }
  if (Normalized === undefined) return {};
  const label = severityLabel.options.findLast((option) => NORMALIZED[option] <= Normalized);
  return { Label: label, Normalized };
}
