import type { AsffFinding } from './finding';

export interface UpdateSource {
  readonly Type: 'BATCH_UPDATE_FINDINGS' | 'BATCH_IMPORT_FINDINGS';
  /** The ARN of who called BatchUpdateFindings, or of the product that imported. */
  readonly Identity: string;
}

export interface HistoryRecord {
  readonly UpdateTime: string;
  readonly FindingCreated: boolean;
  readonly UpdateSource: UpdateSource;
  readonly Updates: readonly {
    readonly UpdatedField: string;
    readonly OldValue?: string;
    readonly NewValue?: string;
  }[];
}

/** History has no entry for these alone (GetFindingHistory in the SDK: "except top-level timestamp fields"). */
const TIMESTAMPS = new Set([
  'CreatedAt',
  'UpdatedAt',
  'FirstObservedAt',
  'LastObservedAt',
  'ProcessedAt',
  'Note.UpdatedAt',
]);

/** The record of one update; undefined when nothing but timestamps moved. */
export function historyRecord(
  before: AsffFinding | undefined,
  after: AsffFinding,
  source: UpdateSource,
  at: string,
): HistoryRecord | undefined {
  if (!before) return { UpdateTime: at, FindingCreated: true, UpdateSource: source, Updates: [] };
  const old = leaves(before);
  const fresh = leaves(after);
  const updates = [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((field) => !TIMESTAMPS.has(field) && old.get(field) !== fresh.get(field))
    .map((field) => {
      const oldValue = old.get(field);
      const newValue = fresh.get(field);
      return {
        UpdatedField: field,
        ...(oldValue === undefined ? {} : { OldValue: oldValue }),
        ...(newValue === undefined ? {} : { NewValue: newValue }),
      };
    });
  if (updates.length === 0) return undefined;
  return { UpdateTime: at, FindingCreated: false, UpdateSource: source, Updates: updates };
}

function leaves(value: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, child] of Object.entries(value) as [string, unknown][]) {
    const field = path === '' ? name : `${path}.${name}`;
    if (child === undefined || child === null) continue;
    if (typeof child === 'object' && !Array.isArray(child)) {
      for (const [leaf, text] of leaves(child, field)) found.set(leaf, text);
    } else {
      found.set(field, typeof child === 'string' ? child : JSON.stringify(child));
    }
  }
  return found;
}
