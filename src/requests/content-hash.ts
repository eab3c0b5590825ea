import { createHash } from 'node:crypto';
import type { Finding } from '../findings';

/** `UpdatedBy` of every note the bot leaves in Security Hub. */
export const NOTE_AUTHOR = 'secops-bot';

/** What tells one state of a finding from another; `ours` stands for any note of the bot's own. */
export type Content = Pick<Finding, 'compliance' | 'workflow' | 'recordState' | 'severity'> & {
  readonly note?: string;
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
      [content.compliance, content.workflow, content.recordState, content.severity, content.note]
        .map((part) => part ?? '')
        .join('|'),
    )
    .digest('base64url')
    .slice(0, 16);
}

/** `contentHash` of a finding as received. */
export function findingHash(finding: Finding): string {
  const { note, ...rest } = finding;
  const identity = noteIdentity(note);
  return contentHash({ ...rest, ...(identity !== undefined && { note: identity }) });
}
