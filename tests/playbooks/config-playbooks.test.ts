import { join } from 'node:path';
import { coverage } from '../../commands/playbooks/coverage';
import { cliOperations } from '../../commands/playbooks/open-playbooks';
import { tooLong } from '../../commands/playbooks/too-long';
import { loadCatalogue, type Severity } from '../../src/controls';
import { lintPlaybook, lintThreat, loadPlaybooks } from '../../src/playbooks';
import { loadPolicy } from '../../src/policy';

const playbooks = loadPlaybooks(join(__dirname, '..', '..', 'config', 'playbooks'));
const operations = cliOperations();

test('nothing is wrong with those about controls: commands, language, length', () => {
  expect(playbooks.all().flatMap((one) => [...lintPlaybook(one, operations), ...tooLong(one)])).toEqual([]);
});

test('nothing is wrong with those about threats', () => {
  expect(playbooks.allThreats().flatMap((one) => [...lintThreat(one, operations), ...tooLong(one)])).toEqual(
    [],
  );
});

test('links lead to AWS’s pages of Security Hub’s controls and of GuardDuty’s finding types, in the reader’s language', () => {
  const HUB =
    /^https:\/\/docs\.aws\.amazon\.com\/(ja_jp\/)?securityhub\/latest\/userguide\/[a-z0-9]+-controls\.html#[a-z0-9]+-\d+$/;
  const DUTY =
    /^https:\/\/docs\.aws\.amazon\.com\/(ja_jp\/)?guardduty\/latest\/ug\/[a-z0-9_-]+\.html(#[a-z0-9-]+)?$/;
  for (const { links } of playbooks.all()) for (const link of Object.values(links)) expect(link).toMatch(HUB);
  for (const { links } of playbooks.allThreats())
    for (const link of Object.values(links)) expect(link).toMatch(DUTY);
  for (const { links } of [...playbooks.all(), ...playbooks.allThreats()]) {
    expect([links.ja.includes('/ja_jp/'), links.en.includes('/ja_jp/')]).toEqual([true, false]);
  }
});

test('no two have the same title', () => {
  const titles = [...playbooks.all(), ...playbooks.allThreats()].flatMap(({ text }) => [
    text.ja.title,
    text.en.title,
  ]);
  expect(titles.filter((title, place) => titles.indexOf(title) !== place)).toEqual([]);
});

describe('nobody who has to act is left with a title and a link', () => {
  const folder = join(__dirname, '..', '..', 'config');
  const catalogue = loadCatalogue(folder);
  const policy = loadPolicy(join(folder, 'policy.yml'), catalogue);
  const tracked = coverage(catalogue, policy, (control) => playbooks.lookup(control) !== undefined).filter(
    ({ treatment }) => treatment === 'track',
  );
  const of = (severity: Severity) => tracked.filter(({ control }) => control.severity === severity);

  test.each<Severity>(['CRITICAL', 'HIGH'])('every tracked %s control has one', (severity) => {
    expect(of(severity).length).toBeGreaterThan(20);
    expect(of(severity).flatMap(({ control, playbook }) => (playbook ? [] : [control.id]))).toEqual([]);
  });

  test('and so have most that are MEDIUM', () => {
    expect(of('MEDIUM').filter(({ playbook }) => playbook).length).toBeGreaterThanOrEqual(60);
  });

  test.each([
    'AttackSequence:S3/CompromisedData',
    'Backdoor:EC2/C&CActivity.B!DNS',
    'CredentialAccess:RDS/AnomalousBehavior.SuccessfulBruteForce',
    'CryptoCurrency:Runtime/BitcoinTool.B',
    'DefenseEvasion:Kubernetes/MaliciousIPCaller',
    'Discovery:S3/AnomalousBehavior',
    'Execution:Runtime/ReverseShell',
    'Exfiltration:IAMUser/AnomalousBehavior',
    'Impact:Lambda/SuspiciousBehavior',
    'InitialAccess:IAMUser/AnomalousBehavior',
    'Object:S3/MaliciousFile',
    'PenTest:IAMUser/KaliLinux',
    'Persistence:Kubernetes/ContainerWithSensitiveMount',
    'Policy:IAMUser/RootCredentialUsage',
    'PrivilegeEscalation:Kubernetes/PrivilegedContainer',
    'Recon:EC2/PortProbeUnprotectedPort',
    'Stealth:IAMUser/CloudTrailLoggingDisabled',
    'Trojan:EC2/DNSDataExfiltration',
    'UnauthorizedAccess:EC2/SSHBruteForce',
  ])('%s has one, of its own or of its family', (type) => {
    expect(playbooks.threat(type)?.text.ja.contain.length).toBeGreaterThan(0);
  });
});
