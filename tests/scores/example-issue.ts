import type { AccountId } from '../../src/accounts';
import type { ControlId } from '../../src/controls';
import type { FindingKey } from '../../src/findings';
import type { Issue, Seen } from '../../src/requests';

export const ACCOUNT = '111122223333' as AccountId;
export const FSBP = 'aws-foundational-security-best-practices/v/1.0.0';
export const PCI = 'pci-dss/v/3.2.1';
export const LAST_SEEN = '2026-11-24T00:00:00.000Z';

/** What is said of one finding id. */
export interface SeenSketch extends Partial<Omit<Seen, 'compliance'>> {
  /** `none`: a finding without compliance. */
  readonly compliance?: Seen['compliance'] | 'none';
  /** Makes it the finding of this one standard, as with consolidated control findings turned off. */
  readonly standard?: string;
}

let ids = 0;

function seenOf({ compliance = 'FAILED', standard, ...about }: SeenSketch): Seen {
  ids += 1;
  const region = about.region ?? 'ap-northeast-1';
  const path = standard === undefined ? 'security-control/S3.5' : `subscription/${standard}/S3.5`;
  return {
    id: `arn:aws:securityhub:${region}:${ACCOUNT}:${path}/finding/${ids}`,
    productArn: `arn:aws:securityhub:${region}::product/aws/securityhub`,
    region,
    updatedAt: LAST_SEEN,
    hash: `hash-${ids}`,
    ...(compliance !== 'none' && { compliance }),
    workflow: 'NEW',
    recordState: 'ACTIVE',
    severity: 'MEDIUM',
    ...about,
  };
}

/** An issue of S3.5 with these findings, each on a resource of its own unless said otherwise. */
export function issueOf(findings: readonly SeenSketch[], about: Partial<Issue> = {}): Issue {
  ids += 1;
  return {
    account: ACCOUNT,
    control: 'S3.5' as ControlId,
    product: 'control',
    productName: 'Security Hub',
    standards: [FSBP],
    region: 'ap-northeast-1',
    resource: { id: `arn:aws:s3:::example-${ids}`, type: 'AwsS3Bucket', tags: {} },
    title: 'S3 buckets should require requests to use TLS',
    description: 'This control checks whether a bucket requires TLS.',
    severity: 'MEDIUM',
    state: 'open',
    since: LAST_SEEN,
    episodes: 1,
    findings: Object.fromEntries(
      findings.map(seenOf).map((seen) => [`${seen.productArn}|${seen.id}` as FindingKey, seen]),
    ),
    lastSeen: LAST_SEEN,
    version: 1,
    seq: 1,
    uncopied: [],
    ...about,
  };
}
