import type { Severity } from '../controls';
import type { ComplianceStatus } from './finding';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html, Normalized: 0 to 100 */
export function fromNormalized(score: number): Severity {
  if (score >= 90) return 'CRITICAL';
  if (score >= 70) return 'HIGH';
  if (score >= 40) return 'MEDIUM';
  return score >= 1 ? 'LOW' : 'INFORMATIONAL';
}

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html: 1.0 to 10.0 */
export function fromGuardDuty(score: number): Severity {
  if (score >= 9) return 'CRITICAL';
  if (score >= 7) return 'HIGH';
  if (score >= 4) return 'MEDIUM';
  return score >= 1 ? 'LOW' : 'INFORMATIONAL';
}

/** How severe a control's finding is: Security Hub says INFORMATIONAL of what has passed. */
export function controlSeverity(
  stated: Severity | undefined,
  compliance: ComplianceStatus | undefined,
  ofCatalogue: Severity | undefined,
): Severity | undefined {
  // A failing finding that says so was written by hand.
  const unsaid = stated === undefined || (stated === 'INFORMATIONAL' && compliance === 'FAILED');
  return unsaid ? (ofCatalogue ?? stated) : stated;
}
