import type { Catalogue } from '../../src/controls';
import type { Checked, CheckResult } from './control-finding';

/** A check that nothing on the page breaks: it says the same day after day. */
export interface StandingCheck {
  readonly checked: Checked;
  readonly status: CheckResult['status'];
}

/** Settings of a whole account. */
const SETTINGS = [
  'Account.1',
  'CloudTrail.1',
  'Config.1',
  'EC2.1',
  'EC2.182',
  'EMR.2',
  'GuardDuty.6',
  'GuardDuty.9',
  'GuardDuty.10',
  'IAM.6',
  'IAM.7',
  'IAM.9',
  'IAM.15',
  'IAM.16',
  'IAM.18',
  'IAM.28',
  'Inspector.1',
  'Inspector.4',
  'SSM.7',
];

/** Controls of what nobody uses there: with no resource to check, Security Hub reports the account as PASSED. */
const UNUSED = [
  'CodeBuild.2',
  'DMS.1',
  'DocumentDB.3',
  'EC2.23',
  'EKS.1',
  'EKS.2',
  'ELB.3',
  'IAM.26',
  'Opensearch.2',
  'RDS.1',
  'Redshift.1',
  'S3.19',
  'SageMaker.1',
  'SSM.4',
];

/** What one account has beside these. AWS Config does not record the recovery points of shop-prod: no result. */
const OF_ACCOUNT: Readonly<Record<string, Readonly<Record<string, CheckResult['status']>>>> = {
  '111122223333': { 'S3.1': 'PASSED', 'Backup.1': 'WARNING' },
  '444455556666': { 'IAM.4': 'PASSED' },
};

/** The same check of the account as a whole. */
export function ofWholeAccount({ account, control }: Pick<Checked, 'account' | 'control'>): Checked {
  return { account, control, resource: { id: `AWS::::Account:${account}`, type: 'AwsAccount' } };
}

/**
 * The checks of an example account as a whole which are not among its resources: shown in Security Hub, with nothing to
 * break.
 */
export function standingChecks(account: string, catalogue: Catalogue): readonly StandingCheck[] {
  const results: Readonly<Record<string, CheckResult['status']>> = {
    ...Object.fromEntries([...SETTINGS, ...UNUSED].map((id) => [id, 'PASSED' as const])),
    ...OF_ACCOUNT[account],
  };
  return Object.entries(results).flatMap(([id, status]) => {
    const control = catalogue.find(id);
    return control === undefined ? [] : [{ checked: ofWholeAccount({ account, control }), status }];
  });
}
