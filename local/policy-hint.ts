import type { PolicyFile, TablePolicies } from '../src/policy';

/** What to say at the start when a pushed policy, and not the file beside it, is in force; undefined when it is not. */
export async function policyHint(file: PolicyFile, policies: TablePolicies): Promise<string | undefined> {
  const pushed = await policies.pushed();
  if (pushed === undefined || pushed.text === file.text) return undefined;
  return `Policy ${pushed.number}, pushed by ${pushed.by} at ${pushed.at}, is in force; config/policy.yml differs. Compare: npm run policy -- preview`;
}
