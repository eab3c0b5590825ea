import type { Control } from '../../src/controls';
import type { AsffFinding } from '../aws';
import { LOCAL_REGION } from '../embedded/services';
import { NORMALIZED } from './normalized';
import { standardsOf } from './standards-of';
import { uuidOf } from './uuid-of';

/** What a control is checked on. */
export interface Checked {
  readonly account: string;
  readonly control: Control;
  readonly resource: { readonly id: string; readonly type: string };
}

export interface CheckResult {
  /** `WARNING`: AWS could not check it. */
  readonly status: 'PASSED' | 'FAILED' | 'WARNING' | 'NOT_AVAILABLE';
  readonly at: Date;
  /** When the finding was first reported. */
  readonly createdAt: string;
  /** The resource is gone. */
  readonly archived?: true;
}

/** The `Id` of the finding: the same check of the same resource is the same finding. */
export function controlFindingId({ account, control, resource }: Checked): string {
  const uuid = uuidOf(account, LOCAL_REGION, control.id, resource.id);
  return `arn:aws:securityhub:${LOCAL_REGION}:${account}:security-control/${control.id}/finding/${uuid}`;
}

/** The finding of one check in ASFF, as Security Hub's control reports it with consolidated control findings. */
export function controlFinding(
  checked: Checked,
  { status, at, createdAt, archived }: CheckResult,
): AsffFinding {
  const { account, control, resource } = checked;
  const id = controlFindingId(checked);
  const product = `arn:aws:securityhub:${LOCAL_REGION}::product/aws/securityhub`;
  const severity = status === 'PASSED' ? 'INFORMATIONAL' : control.severity;
  const now = at.toISOString();
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: product,
    ProductName: 'Security Hub',
    CompanyName: 'AWS',
    Region: LOCAL_REGION,
    GeneratorId: `security-control/${control.id}`,
    AwsAccountId: account,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    FirstObservedAt: createdAt,
    LastObservedAt: now,
    CreatedAt: createdAt,
    UpdatedAt: now,
    Severity: { Label: severity, Normalized: NORMALIZED[severity], Original: severity },
    Title: control.title,
    Description: `This control checks the following: ${control.title}.`,
    Remediation: {
      Recommendation: {
        Text: 'For information on how to correct this issue, consult the AWS Security Hub controls documentation.',
        Url: `https://docs.aws.amazon.com/console/securityhub/${control.id}/remediation`,
      },
    },
    ProductFields: {
      'RelatedAWSResources:0/name': `securityhub-${control.id.toLowerCase().replace('.', '-')}-1a2b3c4d`,
      'RelatedAWSResources:0/type': 'AWS::Config::ConfigRule',
      'aws/securityhub/ProductName': 'Security Hub',
      'aws/securityhub/CompanyName': 'AWS',
      'aws/securityhub/FindingId': `${product}/${id}`,
      'Resources:0/Id': resource.id,
    },
    Resources: [{ Type: resource.type, Id: resource.id, Partition: 'aws', Region: LOCAL_REGION }],
    Compliance: {
      Status: status,
      SecurityControlId: control.id,
      AssociatedStandards: standardsOf(control.id).map((standard) => ({ StandardsId: standard })),
    },
    WorkflowState: 'NEW',
    Workflow: { Status: status === 'PASSED' ? 'RESOLVED' : 'NEW' },
    RecordState: archived ? 'ARCHIVED' : 'ACTIVE',
  };
}
