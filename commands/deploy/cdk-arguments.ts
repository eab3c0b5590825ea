import { DEPLOYMENT_SETTINGS, STACK_NAME } from '../../infra/resources';
import type { Deployment } from './read-deployment';

/**
 * How the CDK is called. Every parameter is named, those with their default too: CloudFormation would keep the value of
 * the last deployment for one that is not.
 * @param unasked rights may grow without a question at the terminal
 */
export function cdkArguments({ settings }: Deployment, unasked: boolean): string[] {
  return [
    'deploy',
    STACK_NAME,
    '--no-notices',
    '--require-approval',
    unasked ? 'never' : 'broadening',
    ...Object.entries(DEPLOYMENT_SETTINGS).flatMap(([name, { parameter }]) => [
      '--parameters',
      `${STACK_NAME}:${parameter}=${settings[name] ?? ''}`,
    ]),
  ];
}
