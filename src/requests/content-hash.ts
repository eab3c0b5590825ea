import { createHash } from 'node:crypto';
import type { Finding } from '../findings';

/** `UpdatedBy` of every note the bot leaves in Security Hub. */
export const NOTE_AUTHOR = 'secops-bot';

/** What tells one state of a finding from another; `ours` stands for any note of the bot's own. */
export type Content = Pick<Finding, 'compliance' | 'workflow' | 'recordState' | 'severity'> & {
  readonly note?: string;
  /** How often GuardDuty has seen it: a threat that goes on has something new to say. */
  readonly count?: number;
};

export function noteIdentity(note: Finding['note']): string | undefined {
  if (note === undefined) return undefined;
  return note.updatedBy === NOTE_AUTHOR ? 'ours' : note.updatedAt;
}

/**
 * Identity of a finding's content, in which a refresh changes nothing. `UpdatedAt` is not part of it, because
 * AWS moves it every few hours and does not move it when people change the workflow. The time of our own note is
 * not part of it either, so that the hash after our own write can be told before its echo comes back.
 */
export function contentHash(content: Content): string {
  return createHash('sha256')
    .update(
      [
        content.compliance,
        content.workflow,
        content.recordState,
        content.severity,
        content.note,
        content.count,
      ]
        .map((part) => part ?? '')
        .join('|'),
    )
    .digest('base64url')
    .slice(0, 16);
}

/** What is known of a finding id, as far as a finding of another format leaves it open. */
type Known = { readonly workflow: Finding['workflow']; readonly note?: string; readonly count?: number };

/**
 * The content of a finding as received. Only ASFF carries the workflow and the notes that the bot goes by; of the
 * other formats they are what is known already.
 * @param known what is known of this finding id; undefined at first sight
 */
export function contentOf(finding: Finding, known: Known | undefined): Content {
  const elsewhere = finding.format !== 'asff' && known !== undefined;
  const note = elsewhere ? known.note : noteIdentity(finding.note);
  const count = finding.threat?.count ?? known?.count;
  return {
    ...(finding.compliance !== undefined && { compliance: finding.compliance }),
    workflow: elsewhere ? known.workflow : finding.workflow,
    recordState: finding.recordState,
    severity: finding.severity,
    ...(note !== undefined && { note }),
    ...(count !== undefined && { count }),
  };
}

/** `contentHash` of a finding as received. */
export function findingHash(finding: Finding, known?: Known): string {
  return contentHash(contentOf(finding, known));
}
