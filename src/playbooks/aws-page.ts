import type { Language } from './playbook';

const DOCS: Readonly<Record<Language, string>> = {
  ja: 'https://docs.aws.amazon.com/ja_jp',
  en: 'https://docs.aws.amazon.com',
};

/** AWS's page about a control, e.g. `…/ec2-controls.html#ec2-19` for EC2.19. */
export function controlPage(control: string, language: Language): string {
  const [service = '', number = ''] = control.toLowerCase().split('.');
  return `${DOCS[language]}/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`;
}

/** AWS's pages about GuardDuty's finding types, by what they are about. */
const THREAT_PAGES: Readonly<Record<string, string>> = {
  EC2: 'guardduty_finding-types-ec2',
  IAMUser: 'guardduty_finding-types-iam',
  S3: 'guardduty_finding-types-s3',
  Object: 'gdu-malware-protection-s3-finding-types',
  Kubernetes: 'guardduty-finding-types-eks-audit-logs',
  Runtime: 'findings-runtime-monitoring',
  RDS: 'findings-rds-protection',
  Lambda: 'lambda-protection-finding-types',
};
/** Purposes that have a page of their own. */
const PURPOSE_PAGES: Readonly<Record<string, string>> = {
  AttackSequence: 'guardduty-attack-sequence-finding-types',
  DefenseImpairment: 'findings-custom-detection-rules',
};
const ALL_THREATS = 'guardduty_finding-types-active';

/**
 * AWS's page about a type of GuardDuty finding, at the type's own place where it is a single one.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
 */
export function threatPage(threat: string, language: Language): string {
  const guide = `${DOCS[language]}/guardduty/latest/ug`;
  const [purpose = '', about = '', what = '*'] = threat.split(/[:/]/);
  const whole = PURPOSE_PAGES[purpose];
  if (whole !== undefined) return `${guide}/${whole}.html`;
  const page = THREAT_PAGES[purpose === 'Object' ? purpose : about];
  if (page === undefined) return `${guide}/${ALL_THREATS}.html`;
  // In its anchors AWS calls users of IAM by the service.
  const named = about === 'IAMUser' ? 'iam' : about;
  const place = [purpose, named, what]
    .map((part) => part.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
    .join('-');
  return `${guide}/${page}.html${what === '*' ? '' : `#${place}`}`;
}
