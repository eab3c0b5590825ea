import { standardName } from '../../src/scores';

test.each([
  ['aws-foundational-security-best-practices/v/1.0.0', 'AWS FSBP v1.0.0'],
  ['aws-resource-tagging-standard/v/1.0.0', 'AWS Resource Tagging Standard v1.0.0'],
  ['cis-aws-foundations-benchmark/v/5.0.0', 'CIS AWS Foundations Benchmark v5.0.0'],
  ['CIS-AWS-Foundations-Benchmark/v/1.2.0', 'CIS AWS Foundations Benchmark v1.2.0'],
  ['nist-800-53/v/5.0.0', 'NIST SP 800-53 Rev. 5'],
  ['nist-800-171/v/2.0.0', 'NIST SP 800-171 Rev. 2'],
  ['pci-dss/v/4.0.1', 'PCI DSS v4.0.1'],
  ['service-managed-aws-control-tower/v/1.0.0', 'AWS Control Tower v1.0.0'],
  ['example-standard/v/2.1.0', 'example-standard/v/2.1.0'],
  ['constructor/v/1.0.0', 'constructor/v/1.0.0'],
  ['pci-dss', 'pci-dss'],
  ['', ''],
])('%s is %s', (path, name) => {
  expect(standardName(path)).toBe(name);
});
