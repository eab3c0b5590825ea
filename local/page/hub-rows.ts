import type { AsffFinding } from '../aws';
import type { Hub, HubRow } from './api';

const SHOWN = 500;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function row(finding: AsffFinding): HubRow {
  const { Note: note, Types: types } = finding;
  const type = Array.isArray(types) ? textOf(types[0]) : '';
  const noted = typeof note === 'object' && note !== null && 'Text' in note ? textOf(note.Text) : '';
  return {
    id: finding.Id,
    account: finding.AwsAccountId,
    region: finding.Region ?? finding.ProductArn.split(':')[3] ?? '',
    control: finding.Compliance?.SecurityControlId ?? type,
    title: finding.Title,
    resource: finding.Resources[0]?.Id ?? '',
    severity: finding.Severity.Label ?? '',
    compliance: finding.Compliance?.Status ?? '',
    workflow: finding.Workflow?.Status ?? 'NEW',
    recordState: finding.RecordState ?? 'ACTIVE',
    note: noted,
    updatedAt: finding.UpdatedAt,
  };
}

const passes = (finding: AsffFinding): number => (finding.Compliance?.Status === 'PASSED' ? 1 : 0);

/** What Security Hub's stand-in holds, the newest first; of what was updated at once, that which does not pass. */
export function hubRows(findings: readonly AsffFinding[]): Hub {
  const newestFirst = [...findings].sort(
    (a, b) => Date.parse(b.UpdatedAt) - Date.parse(a.UpdatedAt) || passes(a) - passes(b),
  );
  return { rows: newestFirst.slice(0, SHOWN).map(row), total: findings.length };
}
