/** Proper names of standards, by the name in their path; `v` stands for the version. */
const NAMES: Readonly<Record<string, (version: string) => string>> = {
  'aws-foundational-security-best-practices': (v) => `AWS FSBP v${v}`,
  'aws-resource-tagging-standard': (v) => `AWS Resource Tagging Standard v${v}`,
  'cis-aws-foundations-benchmark': (v) => `CIS AWS Foundations Benchmark v${v}`,
  'nist-800-53': (v) => `NIST SP 800-53 Rev. ${revision(v)}`,
  'nist-800-171': (v) => `NIST SP 800-171 Rev. ${revision(v)}`,
  'pci-dss': (v) => `PCI DSS v${v}`,
  'service-managed-aws-control-tower': (v) => `AWS Control Tower v${v}`,
};

/** NIST counts revisions: 5 for AWS's `5.0.0`. */
function revision(version: string): string {
  return version.replace(/(?:\.0)+$/, '');
}

/**
 * A standard as people know it.
 * @param path as findings name it, e.g. `pci-dss/v/4.0.1`; one that is not known is returned as it is
 */
export function standardName(path: string): string {
  const [, name = '', version = ''] = /^([a-z0-9-]+)\/v\/(\d[\w.]*)$/i.exec(path) ?? [];
  const known = name.toLowerCase();
  return Object.hasOwn(NAMES, known) ? (NAMES[known]?.(version) ?? path) : path;
}
