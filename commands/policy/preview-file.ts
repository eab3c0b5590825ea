import { join, relative } from 'node:path';
import { loadPolicy, type PolicyFile, type PushedPolicy, previewPolicy, withAnswers } from '../../src/policy';
import type { OpenPolicies } from './open-policies';
import { printPreview } from './print-preview';
import { subjectsOfHub, subjectsOfTable } from './subjects';

/** A policy file that has been held against the policy in force. */
export interface Previewed {
  readonly next: PolicyFile;
  /** The pushed policy that it was compared with; undefined while the file of the deployment is in force. */
  readonly inForce: PushedPolicy | undefined;
}

/** Names a pushed policy. */
function nameOf(pushed: PushedPolicy | undefined): string {
  return pushed === undefined
    ? 'config/policy.yml'
    : `policy ${pushed.number}, pushed by ${pushed.by} at ${pushed.at}`;
}

/**
 * Prints what a policy file would do, and how that differs from the policy in force.
 * @param file its path; the deployment's own when undefined
 * @throws ConfigError when it is no policy
 */
export async function previewFile(
  file: string | undefined,
  from: 'table' | 'hub',
  open: OpenPolicies,
): Promise<Previewed> {
  const path = file ?? relative('', join(open.configDir, 'policy.yml'));
  const next = loadPolicy(path, open.catalogue);
  const inForce = await open.policies.pushed();
  const { subjects, kept } = from === 'hub' ? await subjectsOfHub(open) : await subjectsOfTable(open);
  const current = open.policies.current();
  const preview = previewPolicy(subjects, current, withAnswers(next, current.answers));
  printPreview(preview, { file: path, inForce: nameOf(inForce), kept, accounts: open.accounts });
  return { next, inForce };
}
