import { STACK_NAME } from '../../infra/resources';
import { textTable } from '../text-table';
import type { Deployment } from './read-deployment';

const MODES: Readonly<Record<string, string>> = {
  observe: 'only observed: nobody in a channel of theirs hears of it, and nothing is written to Security Hub',
  notify: 'told in Slack; nothing is written to Security Hub',
  enforce: 'told in Slack, and Security Hub follows',
};

const LOCKS: Readonly<Record<string, string>> = {
  compliance: 'nobody, not even the root user, can delete them before that, and no later setting changes it',
  governance: 'whoever has the right to bypass it can delete them before that: good for a trial',
};

/** What is going to be done, for a person to read before it is. */
export function describeDeployment({ account, region, settings }: Deployment): string[] {
  const rows = Object.entries(settings).map(([name, value]) => {
    const shown = name === 'MEMBER_EXTERNAL_ID' && value !== '' ? '(given)' : value;
    return [`  ${name}`, shown === '' ? '–' : shown];
  });
  return [
    `The stack ${STACK_NAME} in account ${account}, ${region}, is going to be made, or brought to this:`,
    ...textTable(rows),
    `Registered accounts that state no mode are ${MODES[settings['UNKNOWN_ACCOUNT_MODE'] ?? '']}.`,
    `History and audit log are archived, each for ${settings['ARCHIVE_YEARS']} year(s): ${LOCKS[settings['ARCHIVE_LOCK'] ?? '']}.`,
  ];
}
