import { z } from 'zod';
import { DEPLOYMENT_SETTINGS } from '../../infra/resources';
import { readYaml, section } from '../../src/config';
import { readSettings } from '../../src/settings';

/** What is deployed where. */
export interface Deployment {
  readonly region: string;
  /** Every setting by its name, those that the file leaves out with their default; empty means none. */
  readonly settings: Readonly<Record<string, string>>;
}

const Region = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is not a Region; write one such as ap-northeast-1');

const shape = Object.fromEntries(
  Object.entries(DEPLOYMENT_SETTINGS).map(([name, { what, pattern, default: otherwise }]) => {
    const text = z.string().regex(new RegExp(`^(${pattern})$`), `cannot be used; write the ${what}`);
    return [name, otherwise === undefined ? text : text.default(otherwise)];
  }),
);

const DeploymentFile = section({ AWS_REGION: Region, ...shape });

/** What only the stack knows; it makes the check of the others complete. */
const MADE_BY_STACK = {
  TABLE_NAME: 'table',
  FINDINGS_QUEUE_URL: 'queue',
  WORKFLOW_QUEUE_URL: 'queue',
  CARDS_QUEUE_URL: 'queue',
  CHANGES_QUEUE_URL: 'queue',
  DATA_BUCKET: 'bucket',
  SLACK_BOT_TOKEN: 'xoxb-in-the-secret',
};

/**
 * Reads the settings file of a deployment.
 * @throws ConfigError naming line and column of what is wrong
 * @throws SettingsError for what the functions would refuse at their start
 */
export function readDeployment(file: string): Deployment {
  const { AWS_REGION: region, ...settings } = z
    .object({ AWS_REGION: z.string() })
    .catchall(z.string())
    .parse(readYaml(file, DeploymentFile).value);
  readSettings({ ...settings, ...MADE_BY_STACK });
  return { region, settings };
}
