const FSBP = 'standards/aws-foundational-security-best-practices/v/1.0.0';
const CIS = 'standards/cis-aws-foundations-benchmark/v/5.0.0';

/**
 * Controls of CIS AWS Foundations Benchmark 5.0.0 that FSBP has as well, and those that it has not.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html
 */
const ALSO_CIS = new Set([
  'Account.1',
  'CloudTrail.1',
  'CloudTrail.2',
  'CloudTrail.4',
  'Config.1',
  'EC2.2',
  'EC2.6',
  'EC2.7',
  'EC2.8',
  'EC2.21',
  'EFS.1',
  'EFS.8',
  'IAM.2',
  'IAM.3',
  'IAM.4',
  'IAM.5',
  'IAM.6',
  'RDS.2',
  'RDS.3',
  'RDS.5',
  'RDS.13',
  'RDS.15',
  'S3.1',
  'S3.5',
  'S3.8',
]);
const CIS_ALONE = new Set([
  'CloudTrail.7',
  'EC2.53',
  'EC2.54',
  'IAM.9',
  'IAM.15',
  'IAM.16',
  'IAM.18',
  'IAM.22',
  'IAM.26',
  'IAM.27',
  'IAM.28',
  'KMS.4',
  'S3.20',
  'S3.22',
  'S3.23',
]);

/** The enabled standards that a control's finding names: the example accounts have FSBP and CIS 5.0.0 on. */
export function standardsOf(control: string): readonly string[] {
  if (CIS_ALONE.has(control)) return [CIS];
  return ALSO_CIS.has(control) ? [FSBP, CIS] : [FSBP];
}
