import { guardDutyType } from '../../src/findings/guardduty-type';

test.each([
  ['Backdoor:EC2/C&CActivity.B!DNS', 'TTPs/Command and Control/Backdoor:EC2-C&CActivity.B!DNS'],
  ['Behavior:EC2/NetworkPortUnusual', 'Unusual Behaviors/VM/Behavior:EC2-NetworkPortUnusual'],
  ['Discovery:S3/TorIPCaller', 'TTPs/Discovery:S3-TorIPCaller'],
  ['PenTest:IAMUser/KaliLinux', 'TTPs/PenTest:IAMUser/KaliLinux'],
  [
    'Policy:S3/BucketBlockPublicAccessDisabled',
    'Effects/Data Exposure/Policy:S3-BucketBlockPublicAccessDisabled',
  ],
  ['Discovery:IAMUser/AnomalousBehavior', 'TTPs/Discovery/IAMUser-AnomalousBehavior'],
  ['CredentialAccess:IAMUser/AnomalousBehavior', 'TTPs/Credential Access/IAMUser-AnomalousBehavior'],
  ['Discovery:RDS/MaliciousIPCaller', 'TTPs/Discovery/RDS-MaliciousIPCaller'],
  [
    'Execution:Kubernetes/AnomalousBehavior.ExecInPod',
    'TTPs/AnomalousBehavior/Execution:Kubernetes-ExecInPod',
  ],
  [
    'PrivilegeEscalation:Kubernetes/AnomalousBehavior.WorkloadDeployed!PrivilegedContainer',
    'TTPs/AnomalousBehavior/PrivilegeEscalation:Kubernetes-WorkloadDeployed!PrivilegedContainer',
  ],
  [
    'CredentialAccess:Kubernetes/TorIPCaller',
    'TTPs/CredentialAccess/CredentialAccess:Kubernetes-TorIPCaller',
  ],
  ['DefenseEvasion:EC2/UnusualDNSResolver', 'TTPs/DefenseEvasion/EC2:Unusual-DNS-Resolver'],
  ['DefenseEvasion:EC2/UnusualDoHActivity', 'TTPs/DefenseEvasion/EC2:Unusual-DoH-Activity'],
  ['Execution:EC2/MaliciousFile!Snapshot', 'TTPs/Execution/Execution:EC2-MaliciousFile!Snapshot'],
  ['AttackSequence:S3/CompromisedData', 'TTPs/AttackSequence:S3/CompromisedData'],
])('%s is %s in ASFF', (type, asff) => {
  expect(guardDutyType([asff])).toBe(type);
  expect(guardDutyType(['Threats', type])).toBe(type);
});

test.each([
  ['nothing', [], undefined],
  ['a form of its own', ['Odd'], 'Odd'],
  ['a megabyte', ['a/'.repeat(500_000)], 'a/'.repeat(500_000)],
])('%s stays as it is', (_what, types, expected) => {
  expect(guardDutyType(types)).toBe(expected);
});
