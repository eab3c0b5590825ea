import type { Language } from './playbook';

const GUIDES: Readonly<Record<Language, string>> = {
  ja: 'https://docs.aws.amazon.com/ja_jp/securityhub/latest/userguide',
  en: 'https://docs.aws.amazon.com/securityhub/latest/userguide',
};

/** AWS's page about a control, e.g. `…/ec2-controls.html#ec2-19` for EC2.19. */
export function controlPage(control: string, language: Language): string {
  const [service = '', number = ''] = control.toLowerCase().split('.');
  return `${GUIDES[language]}/${service}-controls.html#${service}-${number}`;
}
