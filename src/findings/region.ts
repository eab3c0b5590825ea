import type { Catalogue } from '../controls';
import type { Finding } from './finding';

const REGION = /^[a-z]{2,8}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/;

/** True for text in the form of an AWS Region's name, of any partition; regions yet to open included. */
export function isRegion(text: string): boolean {
  return REGION.test(text);
}

/**
 * The region that counts for an issue's identity: `global` for the controls that the catalogue marks so, whose one
 * problem is reported by every region; the finding's own for all others, account-level resources included.
 */
export function issueRegion(
  finding: Pick<Finding, 'product' | 'control' | 'region'>,
  catalogue: Catalogue,
): string {
  const global = finding.product === 'control' && catalogue.find(finding.control)?.scope === 'global';
  return global ? 'global' : finding.region;
}
