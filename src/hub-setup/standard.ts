import type { EnabledStandard } from '../aws';

/** The standard that is to be on everywhere: AWS Foundational Security Best Practices, which holds nearly all controls. */
const PATH = 'standards/aws-foundational-security-best-practices/v/1.0.0';

/** Its ARN in a Region. */
export function standardArn(partition: string, region: string): string {
  return `arn:${partition}:securityhub:${region}::${PATH}`;
}

/** Its status where it is enabled; undefined where it is not. */
export function standardStatus(standards: readonly EnabledStandard[]): string | undefined {
  return standards.find(({ arn }) => arn.endsWith(PATH))?.status;
}
