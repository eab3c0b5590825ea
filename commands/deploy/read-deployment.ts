import * as z from 'zod';
import { loadConfig } from '../../handlers/composition';
import { DEPLOYMENT_SETTINGS } from '../../infra/resources';
import { readYaml, section } from '../../src/config';
import { readSettings, SettingsError } from '../../src/settings';

/** What is deployed where. */
export interface Deployment {
  /** The account that is meant: nothing is done in another one. */
  readonly account: string;
  readonly region: string;
  /** Every setting by its name, those that the file leaves out with their default; empty means none. */
  readonly settings: Readonly<Record<string, string>>;
}

const Account = z.string().regex(/^\d{12}$/, 'is not an account; write its twelve digits');

const Region = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is not a Region; write one such as ap-northeast-1');

const shape = Object.fromEntries(
  Object.entries(DEPLOYMENT_SETTINGS).map(([name, { what, pattern, default: otherwise }]) => {
    const text = z.string().regex(new RegExp(`^(${pattern})$`), `cannot be used; write the ${what}`);
    return [name, otherwise === undefined ? text : text.default(otherwise)];
  }),
);

const DeploymentFile = section({ AWS_ACCOUNT_ID: Account, AWS_REGION: Region, ...shape });

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
  const {
    AWS_ACCOUNT_ID: account,
    AWS_REGION: region,
    ...settings
  } = z
    .object({ AWS_ACCOUNT_ID: z.string(), AWS_REGION: z.string() })
    .catchall(z.string())
    .parse(readYaml(file, DeploymentFile).value);
  const foreign = (settings['OPERATOR_PRINCIPALS'] ?? '')
    .split(',')
    .find((arn) => arn !== '' && arn.split(':')[4] !== account);
  if (foreign !== undefined) {
    throw new SettingsError([
      `OPERATOR_PRINCIPALS names ${foreign}: only roles and users of account ${account} itself are let in`,
    ]);
  }
  readSettings({ ...settings, ...MADE_BY_STACK });
  return { account, region, settings };
}

/**
 * Reads every data file that is deployed: what is wrong in one is better told here than in a function's log.
 * @param folder `config/`
 * @throws ConfigError naming file, line and column of what is wrong
 */
export function readDataFiles(folder: string, { settings }: Deployment): void {
  const { playbooks } = loadConfig({
    ...readSettings({ ...settings, ...MADE_BY_STACK }),
    CONFIG_DIR: folder,
  });
  playbooks.all();
  playbooks.allThreats();
}
